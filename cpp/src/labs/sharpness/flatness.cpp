#include <algorithm>
#include <array>
#include <cmath>

#include "labs/sharpness/tasks.h"
#include "numerics/inertia.h"

namespace descent::sharpness {
namespace {

constexpr std::array kNoises = {0.01, 0.03, 0.1};  // standard deviations σ
// The whole Hessian is looked at up to so many parameters.
constexpr Eigen::Index kMostParameters = 1200;
// An eigenvalue is negative below −kZero λₘₐₓ: many are zero, but for rounding. Of those that are
// nearer to zero than kNearZero λₘₐₓ a short Krylov basis does not tell the sign.
constexpr double kZero = 1e-6, kNearZero = 1e-3;

// What is found out about one runner.
struct Flatness {
  double loss = kNaN, slope = kNaN, length = kNaN;
  double top = kNaN, bottom = kNaN;
  Trace trace = {kNaN, kNaN};
  std::array<Trace, kNoises.size()> rise;
  double worst = kNaN;
  double negative = kNaN;      // counted
  Trace clear = {kNaN, kNaN};  // share below −kNearZero λₘₐₓ: counted, or estimated

  Flatness() { rise.fill({kNaN, kNaN}); }
};

// Projected gradient ascent of L(x + ε) on ‖ε‖ ≤ ρ, from one start: half of the way that ε points
// already, half of the way that the gradient points, back on the sphere. The largest value met.
double climb(const Training<double>& net, const Vector& x, const Vector& start, double radius) {
  constexpr int kSteps = 30;
  Vector e = radius * start.normalized(), g;
  double best = -std::numeric_limits<double>::infinity();
  for (int i = 0; i < kSteps; ++i) {
    best = larger(best, net.valueAndGradient(x + e, g));
    const double length = g.norm();
    if (!(length > 0) || !std::isfinite(length)) break;
    e = e / radius + g / length;
    e *= radius / e.norm();
  }
  return larger(best, net.value(x + e));
}

class Flatnesses final : public Task {
 public:
  Flatnesses(std::vector<Trained> runners, double radius, std::uint64_t seed)
      : net_(runners.front().net), runners_(std::move(runners)), radius_(radius), seed_(seed) {
    found_.resize(runners_.size());
  }

  int total() const override { return static_cast<int>(runners_.size()) * units(); }
  int done() const override { return done_; }
  void advance(int count) override {
    for (; count > 0 && done_ < total(); --count, ++done_) {
      const auto i = static_cast<std::size_t>(done_ / units());
      measure(runners_[i].x, found_[i], done_ % units());
    }
  }

  Table result() const override {
    Table table{"Flatness of the training loss where each runner stands", {{"Measure", ""}}, {}};
    for (const Trained& runner : runners_) table.columns.push_back({runner.label, ""});
    table.columns.push_back({"How", ""});
    const auto row = [&](std::string name, const char* how, auto value) {
      Row r{-1, {std::move(name)}};
      for (const Flatness& f : found_) r.cells.push_back(double{value(f)});
      r.cells.push_back(std::string(how));
      table.rows.push_back(std::move(r));
    };
    row("loss", "of all training examples", [](auto& f) { return f.loss; });
    row("λₘₐₓ", "Lanczos on exact Hessian-vector products", [](auto& f) { return f.top; });
    row("λ_min", "the same on −H", [](auto& f) { return f.bottom; });
    row("tr H", "Hutchinson: mean of vᵀHv over 100 random sign vectors v",
        [](auto& f) { return f.trace.value; });
    row("± of tr H", "its standard error", [](auto& f) { return f.trace.error; });
    for (std::size_t k = 0; k < kNoises.size(); ++k) {
      const double sigma = kNoises[k];
      const std::string text = "σ = " + printShort(sigma);
      row("mean rise, " + text, "under Gaussian noise on every weight, 60 pairs ±ξ",
          [&](auto& f) { return f.rise[k].value; });
      row("± of it, " + text, "its standard error", [&](auto& f) { return f.rise[k].error; });
      row("½σ² tr H, " + text, "what it is to second order",
          [&](auto& f) { return sigma * sigma / 2 * f.trace.value; });
    }
    const std::string ball = "ρ = " + printShort(radius_);
    row("largest rise within " + ball,
        "max L(θ+ε) − L(θ) over ‖ε‖ ≤ ρ, the largest found by projected gradient ascent from three "
        "starts: the maximum is at least this",
        [&](auto& f) { return f.worst - f.loss; });
    row("ρ‖∇L‖", "what it is to first order, which is all that SAM looks at",
        [&](auto& f) { return radius_ * f.slope; });
    row("½ρ²λₘₐₓ", "what it is to second order where the slope is zero",
        [&](auto& f) { return radius_ * radius_ / 2 * f.top; });
    row("‖θ‖²/ρ²",
        "Theorem 1 of Foret et al. 2021: with high probability over the training set the expected "
        "loss is at most the largest loss within ρ plus a function that grows with this",
        [&](auto& f) { return f.length * f.length / (radius_ * radius_); });
    if (isSmall()) {
      row("share of negative eigenvalues", "below −10⁻⁶ λₘₐₓ, counted in the whole Hessian",
          [](auto& f) { return f.negative; });
      row("share below −10⁻³ λₘₐₓ", "counted; what is estimated of larger networks",
          [](auto& f) { return f.clear.value; });
      return table;
    }
    row("share of negative eigenvalues, estimated",
        "below −10⁻³ λₘₐₓ: of those nearer to zero the sign is not known; stochastic Lanczos "
        "quadrature (Ghorbani et al. 2019), 20 random starts of 80 products",
        [](auto& f) { return f.clear.value; });
    row("± of that share",
        "its standard error over the starts; what so short a basis is off by is not in it",
        [](auto& f) { return f.clear.error; });
    return table;
  }

 private:
  static constexpr int kProbes = 100, kProbesAtOnce = 10;
  static constexpr int kPairs = 60, kPairsAtOnce = 20;
  static constexpr int kColumnsAtOnce = 16, kReflectionsAtOnce = 2;
  static constexpr int kStarts = 3;
  static constexpr int kQuadratures = 20, kProducts = 80, kProductsAtOnce = 4;
  static constexpr int kQuadratureUnits = kProducts / kProductsAtOnce;  // of one
  static constexpr int kTraceUnits = kProbes / kProbesAtOnce;
  static constexpr int kNoiseUnits = static_cast<int>(kNoises.size()) * (kPairs / kPairsAtOnce);

  Eigen::Index n() const { return net_->dimension(); }
  bool isSmall() const { return n() <= kMostParameters; }
  int columnUnits() const {
    return isSmall() ? (static_cast<int>(n()) + kColumnsAtOnce - 1) / kColumnsAtOnce : 0;
  }
  int reflectionUnits() const {
    return isSmall() ? (static_cast<int>(n()) + kReflectionsAtOnce - 1) / kReflectionsAtOnce : 0;
  }
  int units() const {
    const int spectrum =
        isSmall() ? columnUnits() + reflectionUnits() : kQuadratures * kQuadratureUnits;
    return 2 + kTraceUnits + kNoiseUnits + kStarts + spectrum;
  }

  void measure(const Vector& x, Flatness& f, int unit) {
    const Product h = hessianAt(net_, x);
    if (unit == 0) return ends(x, f, h, true);
    if (unit == 1) return ends(x, f, h, false);
    unit -= 2;
    if (unit < kTraceUnits) return probe(f, h, unit);
    unit -= kTraceUnits;
    if (unit < kNoiseUnits) return disturb(x, f, unit);
    unit -= kNoiseUnits;
    if (unit < kStarts) return ascend(x, f, unit);
    unit -= kStarts;
    if (!isSmall()) return estimate(f, h, unit);
    if (unit < columnUnits()) return fill(h, unit);
    count(f, unit - columnUnits());
  }

  void ends(const Vector& x, Flatness& f, const Product& h, bool isTop) {
    const Vector start = Random(seed_, "ends of the spectrum").normalVector(n());
    if (isTop) {
      Vector g;
      f.loss = net_->valueAndGradient(x, g);
      f.slope = g.norm();
      f.length = x.norm();
      topEigen_ = topEigenvalue(h, start, 1e-5, 100);
      f.top = topEigen_.value;
      return;
    }
    const Product negated = [&](const Vector& v, Vector& out) {
      h(v, out);
      out = -out;
    };
    f.bottom = -topEigenvalue(negated, start, 1e-3, 100).value;
  }

  // Batches of the same size: the mean of the means, and the error of a mean of independent ones.
  void probe(Flatness& f, const Product& h, int batch) {
    Random random(seed_, "probes of the trace", batch);
    const Trace t = hutchinson(h, n(), kProbesAtOnce, random);
    if (batch == 0) sum_ = squares_ = 0;
    sum_ += t.value;
    squares_ += t.error * t.error;
    if (batch == kTraceUnits - 1) f.trace = {sum_ / kTraceUnits, std::sqrt(squares_) / kTraceUnits};
  }

  // ξ and −ξ together cancel the slope.
  void disturb(const Vector& x, Flatness& f, int unit) {
    const auto k = static_cast<std::size_t>(unit / (kPairs / kPairsAtOnce));
    const int batch = unit % (kPairs / kPairsAtOnce);
    Random random(seed_, "noise on every weight", batch);
    if (batch == 0) samples_.clear();
    for (int i = 0; i < kPairsAtOnce; ++i) {
      const Vector xi = kNoises[k] * random.normalVector(n());
      samples_.push_back((net_->value(x + xi) + net_->value(x - xi)) / 2 - f.loss);
    }
    if (batch + 1 == kPairs / kPairsAtOnce) f.rise[k] = meanOf(samples_);
  }

  void ascend(const Vector& x, Flatness& f, int start) {
    Vector from;
    if (start == 0) net_->gradient(x, from);
    if (start == 0 && from.isZero(0)) from = topEigen_.vector;
    if (start == 1) from = topEigen_.vector;
    if (start == 2) from = -topEigen_.vector;
    const double best = climb(*net_, x, from, radius_);
    f.worst = start == 0 ? best : larger(f.worst, best);
  }

  void fill(const Product& h, int unit) {
    if (unit == 0) hessian_ = Matrix(n(), n());
    Vector out;
    const Eigen::Index begin = unit * kColumnsAtOnce;
    for (Eigen::Index j = begin; j < std::min(begin + kColumnsAtOnce, n()); ++j) {
      h(Vector::Unit(n(), j), out);
      hessian_.col(j) = out;
    }
  }

  void count(Flatness& f, int unit) {
    if (unit == 0) inertia_ = std::make_unique<Inertia>(std::move(hessian_));
    for (int i = 0; i < kReflectionsAtOnce && !inertia_->isReady(); ++i) inertia_->reduce();
    if (unit + 1 < reflectionUnits()) return;
    const auto shareBelow = [&](double zero) {
      return inertia_->below(-zero * std::abs(f.top)) / static_cast<double>(n());
    };
    f.negative = shareBelow(kZero);
    f.clear = {shareBelow(kNearZero), 0};
    inertia_.reset();
  }

  void estimate(Flatness& f, const Product& h, int unit) {
    if (!std::isfinite(f.top)) return;
    const int start = unit / kQuadratureUnits, part = unit % kQuadratureUnits;
    if (start == 0 && part == 0) samples_.clear();
    if (part == 0) {
      Random random(seed_, "quadrature of the spectrum", start);
      krylov_ = std::make_unique<Krylov>(h, random.normalVector(n()), kProducts);
      isExhausted_ = false;
    }
    for (int i = 0; i < kProductsAtOnce && !isExhausted_; ++i) isExhausted_ = !krylov_->grow();
    if (part + 1 < kQuadratureUnits) return;
    samples_.push_back(krylov_->shareBelow(-kNearZero * std::abs(f.top)));
    krylov_.reset();
    if (start + 1 == kQuadratures) f.clear = meanOf(samples_);
  }

  Net net_;
  std::vector<Trained> runners_;
  double radius_;
  std::uint64_t seed_;
  std::vector<Flatness> found_;
  int done_ = 0;
  // Of the runner at hand.
  TopEigen topEigen_;
  double sum_ = 0, squares_ = 0;
  std::vector<double> samples_;  // whose mean is sought
  Matrix hessian_;
  std::unique_ptr<Inertia> inertia_;
  std::unique_ptr<Krylov> krylov_;
  bool isExhausted_ = false;
};

}  // namespace

std::unique_ptr<Task> flatness(std::vector<Trained> runners, double radius, std::uint64_t seed) {
  return std::make_unique<Flatnesses>(std::move(runners), radius, seed);
}

}  // namespace descent::sharpness
