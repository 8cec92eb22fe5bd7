// A curvature that is high for the first steps and then low, as networks have it early in
// training: a rate that suits the rest of the run throws the beginning out.
//
//   f_t = ½ a_t θ² + ¼ θ⁴,   a_t = high for the first `phase` steps, then low
//
// Gilmer et al. 2021, "A Loss Curvature Perspective on Training Instability in Deep Learning",
// https://arxiv.org/abs/2110.04369. Variant: the quartic keeps a thrown run from landing on zero by
// accident. A run is judged by the late function.
#include "descent/catalogue.h"

namespace descent {
namespace {

// ½ a θ² + ¼ θ⁴
class Bent final : public Objective {
 public:
  explicit Bent(double a) : a_(a) {}

  Eigen::Index dimension() const override { return 1; }
  double value(const Vector& x) const override {
    const double square = x.squaredNorm();
    return a_ * square / 2 + square * square / 4;
  }
  void gradient(const Vector& x, Vector& g) const override { g = (a_ + x.squaredNorm()) * x; }
  bool hessian(const Vector& x, Matrix& h) const override {
    return h = Matrix::Constant(1, 1, a_ + 3 * x.squaredNorm()), true;
  }

 private:
  double a_;
};

class WarmupToy final : public Cloneable<WarmupToy, Problem> {
 public:
  double high = 50;
  double low = 1;
  int phase = 20;

  Eigen::Index dimension() const override { return 1; }
  Vector start() const override { return Vector::Ones(1); }
  std::optional<Vector> nearestMinimum(const Vector&) const override { return Vector::Zero(1); }
  // That of the phase where the limit is felt.
  std::optional<double> largestCurvature(const Vector&) const override {
    return std::max(high, low);
  }
  SuggestedRates rates() const override { return {1 / (std::max(high, low) + 3), 0.02}; }

  double value(const Vector& x) const override { return Bent(low).value(x); }
  void gradient(const Vector& x, Vector& g) const override { Bent(low).gradient(x, g); }
  bool hessian(const Vector& x, Matrix& h) const override { return Bent(low).hessian(x, h); }
  const Objective& at(int t) const override { return seen_ = Bent(t <= phase ? high : low); }

 private:
  mutable Bent seen_{low};
};

}  // namespace

void register_warmup_toy(Catalogue& catalogue) {
  catalogue.add(
      Describe<WarmupToy>("warmup-toy", "Warm-up toy")
          .sentence("High curvature first, low after: a constant rate that suits the rest of the "
                    "run throws its beginning out.")
          .formula(R"(f_t = \tfrac12 a_t \theta^2 + \tfrac14 \theta^4)")
          .cites("Gilmer et al. 2021, A Loss Curvature Perspective on Training Instability in Deep "
                 "Learning",
                 "https://arxiv.org/abs/2110.04369")
          .variant("One parameter; judged by the late function.")
          .knob("high", &WarmupToy::high, 1e-3, 1e6, "Curvature of the first steps.")
          .as("First curvature", "a_0")
          .usual(1, 1000, Scale::kLog)
          .knob("low", &WarmupToy::low, 1e-3, 1e6, "Curvature after them.")
          .as("Later curvature", "a_1")
          .usual(0.1, 100, Scale::kLog)
          .knob("phase", &WarmupToy::phase, 0, 100000, "Steps of high curvature.")
          .as("Phase")
          .unit("steps")
          .usual(0, 100));
}

}  // namespace descent
