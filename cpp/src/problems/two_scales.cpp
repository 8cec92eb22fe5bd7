// Two weights whose gradients only flip their sign: one by much, one by little. In the mean nothing
// pulls them, so what moves them is weight decay alone.
//
//   f_t = ±(s₁ θ₁ + s₂ θ₂),  the sign changes at every step;   f = 0 in the mean
//
// The setting in which Loshchilov & Hutter 2019, Proposition 2, https://arxiv.org/abs/1711.05101,
// tells L2 inside Adam from decoupled decay: weights with large gradients are decayed less.
#include "descent/catalogue.h"
#include "problems/tilted.h"

namespace descent {
namespace {

class TwoScales final : public Cloneable<TwoScales, Problem> {
 public:
  double large = 10;
  double small = 0.1;

  Eigen::Index dimension() const override { return 2; }
  Vector start() const override { return Vector::Ones(2); }
  SuggestedRates rates() const override { return {0.01, 0.01}; }

  double value(const Vector&) const override { return 0; }
  void gradient(const Vector&, Vector& g) const override { g = Vector::Zero(2); }
  bool hessian(const Vector&, Matrix& h) const override { return h = Matrix::Zero(2, 2), true; }
  const Objective& at(int t) const override {
    return seen_ = {*this, (t % 2 == 1 ? 1 : -1) * Point(large, small)};
  }

 private:
  mutable Tilted seen_;
};

}  // namespace

void register_two_scales(Catalogue& catalogue) {
  catalogue.add(
      Describe<TwoScales>("two-scales", "Two scales")
          .sentence("Two weights whose gradients only flip their sign, by much and by little: what "
                    "moves them is weight decay alone.")
          .formula(R"(f_t = \pm\,(s_1\theta_1 + s_2\theta_2))")
          .cites("Loshchilov & Hutter 2019, Decoupled Weight Decay Regularization",
                 "https://arxiv.org/abs/1711.05101")
          .variant("The sign changes at every step; the mean of f is zero everywhere.")
          .knob("large", &TwoScales::large, 1e-6, 1e6, "Size of the first weight's gradient.")
          .as("Large gradient", "s_1")
          .usual(0.1, 100, Scale::kLog)
          .knob("small", &TwoScales::small, 1e-6, 1e6, "Size of the second weight's gradient.")
          .as("Small gradient", "s_2")
          .usual(0.01, 10, Scale::kLog));
}

}  // namespace descent
