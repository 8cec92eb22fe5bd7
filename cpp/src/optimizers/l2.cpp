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

  Predictions predict() const override {
    const Predictions within = inner->predict();
    Predictions said;
    if (within.firstStep) {
      said.firstStep = [this](const Vector& x, const Vector& g, double eta) {
        return inner->predict().firstStep(x, g + lambda * x, eta);
      };
    }
    said.gain = within.gain;
    if (within.shrinkage && within.gain) {
      said.shrinkage = [this](double size, double eta) {
        const Predictions own = inner->predict();
        return own.shrinkage(size, eta) - lambda * own.gain(size, eta);
      };
    }
    if (within.penalty) said.penalty = lambda + *within.penalty;
    return said;
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
