// L2 regularisation: the inner optimizer minimises f + ½λ‖θ‖².
//
//   g ← g + λθ
//
// Hoerl & Kennard 1970, ridge regression, https://doi.org/10.1080/00401706.1970.10488634.
// Variant: value and curvature are those of the sum too, so that line searches and Newton's method
// see one function.
#include "descent/catalogue.h"

namespace descent {
namespace {

class L2 final : public Cloneable<L2, GradientDecorator> {
 public:
  double lambda = 0.01;

  std::optional<double> firstStep(const Vector& x, const Vector& g, double eta) const override {
    return inner->firstStep(x, g + lambda * x, eta);
  }
  std::optional<double> gain(double scale, double eta) const override {
    return inner->gain(scale, eta);
  }
  std::optional<double> shrinkage(double scale, double eta) const override {
    const auto own = inner->shrinkage(scale, eta), gained = inner->gain(scale, eta);
    if (!own || !gained) return {};
    return *own - lambda * *gained;
  }
  std::optional<double> penalty() const override {
    const auto own = inner->penalty();
    if (!own) return {};
    return lambda + *own;
  }

 protected:
  double seenGradient(Oracle& oracle, const Vector& x, Vector& g) override {
    const double value = oracle.gradient(x, g);
    g += lambda * x;
    return value + added(x);
  }
  double seenValue(Oracle& oracle, const Vector& x) override { return oracle.value(x) + added(x); }
  double seenCurvature() const override { return lambda; }

 private:
  double added(const Vector& x) const { return lambda / 2 * x.squaredNorm(); }
};

}  // namespace

void register_l2(Catalogue& catalogue) {
  catalogue.add(
      Describe<L2>("l2", "L2 penalty")
          .sentence("Minimise the loss plus half of λ times the squared length of the weights: the "
                    "inner optimizer sees both as one gradient.")
          .formula(R"(g \leftarrow g + \lambda\theta)")
          .cites("Hoerl & Kennard 1970, Ridge Regression: Biased Estimation for Nonorthogonal "
                 "Problems",
                 "https://doi.org/10.1080/00401706.1970.10488634")
          .variant("Coupled: the penalty passes through the inner optimizer's moments and scaling. "
                   "Compare decoupled-decay; with SGD inside the two coincide.")
          .card("x = inner(x, lambda y: grad(y) + lambda_ * y)", "the inner optimizer's",
                "Ridge regression, and SGD training in vision.",
                "Inside an adaptive optimizer weights with large gradients are hardly decayed.")
          .knob("lambda", &L2::lambda, 0, 10, "λ times θ is added to the gradient.")
          .as("Decay", "λ")
          .usual(0, 0.1));
}

}  // namespace descent
