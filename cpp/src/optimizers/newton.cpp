// Newton's method: step to the minimum of the local quadratic.
//
//   θ ← θ − η (H + τI)⁻¹ g,   τ = max(0, δ − λ_min(H))
//
// Nocedal & Wright 2006, Section 3.4 (Hessian modification by a multiple of the identity).
// Variant: τ = 0 wherever H is safely positive definite, so the step is then Newton's own.
// damping=off is the pure step, which runs to saddles and maxima as readily as to minima; where H
// is singular it takes the least-norm solution.
#include <cmath>
#include <limits>

#include "descent/catalogue.h"
#include "numerics/jacobi.h"
#include "numerics/products.h"

namespace descent {
namespace {

class Newton final : public Cloneable<Newton, Optimizer> {
 public:
  double delta = 1e-3;
  bool damping = true;

  Newton() { lr = 1; }
  void reset(const Layout&) override { model_.reset(); }

  Step step(Oracle& oracle, Vector& x, double learningRate) override {
    const double value = oracle.gradient(x, g_);
    oracle.hessian(x, h_);
    if (!g_.allFinite() || !h_.allFinite()) return {value, Status::kDiverged};
    const auto [lambda, q] = symmetricEigen(h_);
    const double tau = damping ? std::max(0.0, delta - lambda[0]) : 0;
    const double tiny =
        damping ? 0 : std::numeric_limits<double>::epsilon() * lambda.cwiseAbs().maxCoeff();
    Vector inverse = lambda.array() + tau;
    for (double& entry : inverse) entry = std::abs(entry) > tiny ? 1 / entry : 0;
    const Vector direction = times(q, inverse.cwiseProduct(transposeTimes(q, g_)));
    model_ = QuadraticModel{x - direction, h_};
    model_->hessian.diagonal().array() += tau;
    x -= learningRate * direction;
    return finishStep(value, x);
  }

  Predictions predict() const override {
    Predictions said;
    // Quadratic only where the step is Newton's own; a shift or another rate leaves a linear rest.
    said.convergenceOrder = [this](double leastCurvature, double eta) {
      const bool isShifted = damping && leastCurvature < delta;
      return eta == 1 && !isShifted ? 2 : 1;
    };
    if (model_) said.model = &*model_;
    return said;
  }

 private:
  Vector g_;
  Matrix h_;
  std::optional<QuadraticModel> model_;
};

}  // namespace

void register_newton(Catalogue& catalogue) {
  catalogue.add(
      Describe<Newton>("newton", "Newton")
          .sentence("Step to the minimum of the local quadratic; near a minimum the correct "
                    "digits double every step.")
          .formula(R"(\theta \leftarrow \theta - \eta\,(H + \tau I)^{-1} g,\quad )"
                   R"(\tau = \max(0,\ \delta - \lambda_{\min}(H)))")
          .cites("Nocedal & Wright, Numerical Optimization, Section 3.4",
                 "https://doi.org/10.1007/978-0-387-40065-5")
          .variant("Shifted by τI only where H is not safely positive definite. damping=off is "
                   "the pure step, which saddles attract.")
          .card(R"(H = hess(x)
tau = max(0, delta - np.linalg.eigvalsh(H)[0]) if damping else 0
x = x - eta * np.linalg.solve(H + tau * np.eye(x.size), g))",
                "the Hessian's own, where it is positive definite",
                "For small smooth problems, such as fitting a statistical model.",
                "It needs the whole Hessian and the solution of a linear system at every step.")
          .style(6, 0)
          .rate()
          .knob("delta", &Newton::delta, 1e-12, 1e3, "Least curvature that is trusted.")
          .as("Floor", "δ")
          .usual(1e-6, 1, Scale::kLog)
          .flag("damping", &Newton::damping, "Shift the Hessian until it is positive definite.")
          .as("Damping"));
}

}  // namespace descent
