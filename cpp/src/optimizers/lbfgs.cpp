// L-BFGS: Newton's direction from the last few steps and what they did to the gradient, and a line
// search along it.
//
//   s = θ₊ − θ,   y = g₊ − g,   γ = sᵀy/yᵀy of the newest pair
//   θ ← θ − αHg,  H from γI by the two-loop recursion over the last pairs
//
// Nocedal 1980 and Liu & Nocedal 1989, https://doi.org/10.1007/BF01589116; Nocedal & Wright 2006,
// Algorithms 7.4 and 7.5.
// Variant: strong Wolfe conditions (c₁ = 1e-4, c₂ = 0.9), searched for from α = 1. Without pairs H
// is min(1, 1/‖g‖₁) I, so the first trial is no longer than 1. Pairs with sᵀy ≤ 0, or whose y is
// what rounding leaves of two gradients, are skipped; a direction that leads nowhere is replaced by
// −g and the pairs are forgotten. Both gradients of a
// pair are of one step, so that a mini-batch is compared with itself: that costs one more a step.
#include <algorithm>
#include <cmath>

#include "descent/catalogue.h"
#include "numerics/rounding.h"
#include "numerics/wolfe.h"
#include "optimizers/line_search.h"

namespace descent {
namespace {

class Lbfgs final : public Cloneable<Lbfgs, Optimizer> {
 public:
  int pairs = 10;

  void reset(const Layout& layout) override {
    s_ = y_ = Vector::Zero(parameterCount(layout) * pairs);
    count_ = 0;
    first_ = kNaN;
    rejected_.clear();
  }
  std::vector<Memory> memory() const override { return {{"steps", &s_}, {"changes", &y_}}; }

  Step step(Oracle& oracle, Vector& x, double /*learningRate*/) override {
    makeRoom(x.size());
    rejected_.clear();
    const double value = oracle.gradient(x, g_);
    if (!std::isfinite(value) || !std::isfinite(g_.lpNorm<1>())) return {value, Status::kDiverged};
    if (std::isnan(first_)) first_ = g_.stableNorm();
    if (count_ > 0 && search(oracle, value, x)) return finishStep(value, x);
    count_ = 0;
    if (search(oracle, value, x)) return finishStep(value, x);
    return atRest(oracle, value, x, g_, first_);
  }

  std::vector<Probe> probes() const override { return rejectedPoints(rejected_, g_.size()); }
  Predictions predict() const override { return {.isMonotone = true}; }

 private:
  // The newest pair is the first column.
  auto steps() { return Eigen::Map<Matrix>(s_.data(), g_.size(), pairs); }
  auto changes() { return Eigen::Map<Matrix>(y_.data(), g_.size(), pairs); }

  // For as many pairs as asked for, which may change during a run.
  void makeRoom(Eigen::Index n) {
    if (s_.size() == n * pairs) return;
    s_.conservativeResizeLike(Vector::Zero(n * pairs));
    y_.conservativeResizeLike(Vector::Zero(n * pairs));
    count_ = std::min(count_, pairs);
  }

  void remember(const Vector& s, const Vector& y) {
    if (!(s.dot(y) > kRounding * s.stableNorm() * g_.stableNorm())) return;
    auto all = steps(), changed = changes();
    for (Eigen::Index i = pairs - 1; i > 0; --i) {
      all.col(i) = all.col(i - 1);
      changed.col(i) = changed.col(i - 1);
    }
    all.col(0) = s;
    changed.col(0) = y;
    count_ = std::min(count_ + 1, pairs);
  }

  // −Hg: Algorithm 7.4.
  Vector direction() {
    const auto s = steps(), y = changes();
    Vector q = g_, alpha(count_);
    for (Eigen::Index i = 0; i < count_; ++i) {
      alpha[i] = s.col(i).dot(q) / s.col(i).dot(y.col(i));
      q -= alpha[i] * y.col(i);
    }
    q *= scale();
    for (Eigen::Index i = count_ - 1; i >= 0; --i) {
      q += (alpha[i] - y.col(i).dot(q) / s.col(i).dot(y.col(i))) * s.col(i);
    }
    return -q;
  }

  // γ of the newest pair, divided by ‖y‖ twice so that its square stays in range.
  double scale() {
    if (count_ == 0) return std::min(1.0, 1 / g_.lpNorm<1>());
    const double length = changes().col(0).stableNorm();
    return steps().col(0).dot(changes().col(0) / length) / length;
  }

  // Moves x along the direction, or returns false where no step is found that changes it.
  bool search(Oracle& oracle, double value, Vector& x) {
    const Vector d = direction();
    const double slope = g_.dot(d);
    if (!(slope < 0) || !std::isfinite(slope) || x + d == x) return false;
    Vector trial, gradient;
    const double alpha = wolfeSearch({value, slope}, [&](double at) {
      trial = x + at * d;
      rejected_.push_back(trial);
      const double there = oracle.gradient(trial, gradient);
      return LinePoint{there, gradient.dot(d)};
    });
    const Vector next = x + alpha * d;
    if (next == x) return false;
    if (next != trial) oracle.gradient(next, gradient);
    std::erase(rejected_, next);
    remember(next - x, gradient - g_);
    x = next;
    return true;
  }

  Vector g_;
  Vector s_, y_;  // n × pairs
  int count_ = 0;
  double first_ = kNaN;           // length of the first gradient
  std::vector<Vector> rejected_;  // the trials of the last step
};

}  // namespace

void register_lbfgs(Catalogue& catalogue) {
  catalogue.add(
      Describe<Lbfgs>("lbfgs", "L-BFGS")
          .sentence("Learn the curvature from the last few steps and what they did to the "
                    "gradient, and search along the direction it gives; no rate to tune.")
          .formula(R"(\theta \leftarrow \theta - \alpha H g,\quad )"
                   R"(H y = s,\quad s = \Delta\theta,\ y = \Delta g)")
          .cites("Liu & Nocedal 1989, On the limited memory BFGS method for large scale "
                 "optimization",
                 "https://doi.org/10.1007/BF01589116")
          .variant(
              withRestRule("Two-loop recursion with γ = sᵀy/yᵀy; strong Wolfe search by doubling "
                           "and bisection from α = 1 (Nocedal & Wright 2006, Algorithms 3.5, 3.6 "
                           "and 7.5). The first direction is −g·min(1, 1/‖g‖₁); pairs with "
                           "sᵀy ≤ 2e-14 ‖s‖‖g‖ are skipped, whose y is rounding.")
                  .c_str())
          .card(R"(P, b, q, low, high, a = s.get("P", []), [], g, 0, np.inf, 1
for u, y in P: b = [u @ q / (u @ y)] + b; q = q - b[0] * y
q = q * (P[0][0] @ P[0][1] / (P[0][1] @ P[0][1]) if P else min(1, 1 / np.abs(g).sum()))
for (u, y), c in zip(P[::-1], b): q = q + (c - y @ q / (u @ y)) * u
for _ in range(60):  # an accepted step is low = high = a
    F, d = f(x - a * q), -grad(x - a * q) @ q
    if F > f(x) - 1e-4 * a * (g @ q) or low > 0 and F >= f(x - low * q): high = a
    else: low, high = a, a if abs(d) <= 0.9 * (g @ q) else low if d * (high - low) >= 0 else high
    a = 2 * a if high == np.inf else (low + high) / 2
u = -low * q; y = grad(x + u) - g; x = x + u
s["P"] = ([(u, y)] * int(u @ y > 2e-14 * np.sqrt(u @ u * (g @ g))) + P)[:memory])",
                "the curvature seen by the last steps",
                "For smooth problems with exact gradients: fitting, inverse problems, small "
                "networks with full batches.",
                "Noise in the gradient spoils both the pairs and the line search.")
          .style(6, 3)
          .knob("memory", &Lbfgs::pairs, 1, 100, "Pairs that are remembered.")
          .as("Pairs", "m")
          .usual(1, 30));
}

}  // namespace descent
