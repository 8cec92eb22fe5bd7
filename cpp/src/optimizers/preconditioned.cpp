// Preconditioned gradient descent with the true curvature: the ideal that adaptive methods imitate
// without seeing a Hessian.
//
//   θ ← θ − η P⁻¹g
//   diagonal  P = diag(max(|hᵢᵢ|, δ))
//   full      P = Q diag(max(|λᵢ|, δ)) Qᵀ where H = Q diag(λ) Qᵀ
//
// Nocedal & Wright 2006, Section 5.1 (preconditioning); Dauphin et al. 2014, Algorithm 1 (|H|),
// https://arxiv.org/abs/1406.2572.
// Variant: curvatures enter by their size, so that a negative one is walked away from, and none
// counts for less than δ. Where H is positive definite above δ, full is Newton's step; unlike
// `newton`, which shifts all curvatures alike, it changes only those that are not.
#include "descent/catalogue.h"
#include "numerics/jacobi.h"
#include "numerics/products.h"

namespace descent {
namespace {

enum class PreconditionerKind { kDiagonal, kFull };

class Preconditioned final : public Cloneable<Preconditioned, Optimizer> {
 public:
  PreconditionerKind preconditioner = PreconditionerKind::kDiagonal;
  double delta = 1e-3;

  Preconditioned() { lr = 1; }
  void reset(const Layout&) override { model_.reset(); }

  Step step(Oracle& oracle, Vector& x, double learningRate) override {
    const double value = oracle.gradient(x, g_);
    oracle.hessian(x, h_);
    if (!g_.allFinite() || !h_.allFinite()) return {value, Status::kDiverged};
    const Vector direction =
        preconditioner == PreconditionerKind::kDiagonal ? alongAxes(x) : along(x);
    x -= learningRate * direction;
    return finishStep(value, x);
  }

  Predictions predict() const override {
    Predictions said;
    // full is Newton's method where all curvatures are above δ.
    said.convergenceOrder = [this](double leastCurvature, double eta) {
      const bool isNewton = preconditioner == PreconditionerKind::kFull && leastCurvature >= delta;
      return eta == 1 && isNewton ? 2 : 1;
    };
    if (model_) said.model = &*model_;
    return said;
  }

 private:
  Vector trusted(const Vector& curvatures) const { return curvatures.cwiseAbs().cwiseMax(delta); }

  Vector alongAxes(const Vector& x) {
    const Vector p = trusted(h_.diagonal());
    const Vector direction = g_.cwiseQuotient(p);
    model_ = QuadraticModel{x - direction, p.asDiagonal()};
    return direction;
  }
  Vector along(const Vector& x) {
    const auto [lambda, q] = symmetricEigen(h_);
    const Vector p = trusted(lambda);
    const Vector direction = times(q, transposeTimes(q, g_).cwiseQuotient(p));
    model_ = QuadraticModel{x - direction, recompose(q, p)};
    return direction;
  }

  Vector g_;
  Matrix h_;
  std::optional<QuadraticModel> model_;
};

}  // namespace

void register_preconditioned(Catalogue& catalogue) {
  catalogue.add(
      Describe<Preconditioned>("preconditioned", "Preconditioned")
          .sentence("Divide the gradient by the true curvature, coordinate by coordinate or in "
                    "full: what adaptive methods guess from gradients alone.")
          .formula(R"(\theta \leftarrow \theta - \eta\, P^{-1} g,\quad P = \mathrm{diag}(H))")
          .cites("Nocedal & Wright, Numerical Optimization, Section 5.1",
                 "https://doi.org/10.1007/978-0-387-40065-5")
          .variant("Curvatures enter by their absolute value, and none for less than δ. "
                   "preconditioner=full is |H| (Dauphin et al. 2014): Newton's step where H is "
                   "positive definite.")
          .card(R"(P = np.maximum(np.abs(np.diag(hess(x))), delta)
x = x - eta * g / P)",
                "the curvature along each coordinate",
                "As a yardstick; solvers of linear systems know it as Jacobi's preconditioner.",
                "It needs the Hessian, and the diagonal misses a valley that lies across the axes.")
          .style(0, 2)
          .rate()
          .choice("preconditioner", &Preconditioned::preconditioner, {"diagonal", "full"},
                  "Curvatures along the coordinates, or the whole Hessian.")
          .as("P is")
          .knob("delta", &Preconditioned::delta, 1e-12, 1e3, "Least curvature that is trusted.")
          .as("Floor", "δ")
          .usual(1e-6, 1, Scale::kLog));
}

}  // namespace descent
