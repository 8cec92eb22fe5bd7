// Gradient descent with a backtracking line search: halve the step until f has fallen enough.
//
//   α ← initial;  while f(θ − αg) > f(θ) − cα‖g‖²:  α ← shrink·α;  θ ← θ − αg
//
// Armijo 1966, https://doi.org/10.2140/pjm.1966.16.1; Nocedal & Wright 2006, Algorithm 3.1.
// Variant: every search starts from `initial`. The step has no learning rate. Where f is L-smooth
// any α ≤ 2(1 − c)/L is accepted.
#include <cmath>

#include "descent/catalogue.h"
#include "optimizers/line_search.h"

namespace descent {
namespace {

class Armijo final : public Cloneable<Armijo, Optimizer> {
 public:
  double initial = 1;
  double shrink = 0.5;
  double c = 1e-4;

  void reset(const Layout&) override {
    rejected_.clear();
    first_ = kNaN;
  }

  Step step(Oracle& oracle, Vector& x, double /*learningRate*/) override {
    rejected_.clear();
    const double value = oracle.gradient(x, g_);
    if (!std::isfinite(value) || !g_.allFinite()) return {value, Status::kDiverged};
    const double length = g_.stableNorm();
    if (std::isnan(first_)) first_ = length;
    if (length == 0) return {value, Status::kConverged, 0};
    for (double alpha = initial;; alpha *= shrink) {
      const Vector trial = x - alpha * g_;
      if (trial == x) return atRest(oracle, value, x, g_, first_);  // below its resolution
      if (oracle.value(trial) <= value - c * (alpha * length) * length) {
        x = trial;
        return {value, Status::kRunning};
      }
      rejected_.push_back(trial);
    }
  }

  std::vector<Probe> probes() const override { return rejectedPoints(rejected_, g_.size()); }
  Predictions predict() const override { return {.isMonotone = true}; }

 private:
  Vector g_;
  double first_ = kNaN;           // length of the first gradient
  std::vector<Vector> rejected_;  // the trials of the last search
};

}  // namespace

void register_armijo(Catalogue& catalogue) {
  catalogue.add(
      Describe<Armijo>("armijo", "Armijo")
          .sentence("Try a long step and shorten it until the function has fallen enough; no rate "
                    "to tune.")
          .formula(R"(f(\theta - \alpha g) \le f(\theta) - c\,\alpha \lVert g \rVert^2,\quad )"
                   R"(\theta \leftarrow \theta - \alpha g)")
          .cites("Armijo 1966, Minimization of functions having Lipschitz continuous first "
                 "partial derivatives",
                 "https://doi.org/10.2140/pjm.1966.16.1")
          .variant(withRestRule("Backtracking from the same first trial at every step (Nocedal & "
                                "Wright 2006, Algorithm 3.1) along the negative gradient.")
                       .c_str())
          .card(R"(a = initial
while f(x - a * g) > f(x) - c * a * (g @ g):
    a = shrink * a
x = x - a * g)",
                "Euclidean",
                "As the safeguard inside solvers for smooth problems, with better directions.",
                "It goes along the gradient, so long valleys stay slow, and noise in f misleads "
                "it.")
          .style(0, 1)
          .knob("initial", &Armijo::initial, 1e-8, 1e3, "First trial of every search.")
          .as("First trial", "α_0")
          .usual(1e-4, 1e2, Scale::kLog)
          .knob("shrink", &Armijo::shrink, 0.01, 0.99, "Factor after a rejected trial.")
          .as("Shrink", "ρ")
          .knob("c", &Armijo::c, 1e-8, 0.99, "Share of the predicted fall that is demanded.")
          .as("Fall", "c")
          .usual(1e-4, 0.9, Scale::kLog));
}

}  // namespace descent
