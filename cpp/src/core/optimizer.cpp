#include "descent/optimizer.h"

#include <array>

#include "descent/decorator.h"

namespace descent {

std::string nameOf(Status status) {
  constexpr std::array kNames = {"running", "converged", "stopped", "diverged"};
  return kNames[static_cast<std::size_t>(status)];
}

double Optimizer::rate(double t, double total) const {
  return schedule ? lr * schedule->factor(t, total) : lr;
}

std::vector<Probe> Optimizer::probes() const {
  std::vector<Probe> probes;
  for (const auto& [name, values] : memory()) {
    probes.push_back({name, Probe::Kind::kDirection, *values});
  }
  return probes;
}

Step finishStep(double value, const Vector& x) {
  // What is not finite makes no zero of a zero.
  return {value, (0 * x).sum() == 0 ? Status::kRunning : Status::kDiverged};
}

Step GradientOptimizer::step(Oracle& oracle, Vector& x, double learningRate) {
  const double value = oracle.gradient(x, g_);
  update(g_, x, learningRate);
  return finishStep(value, x);
}

class GradientDecorator::SeenOracle final : public Oracle {
 public:
  SeenOracle(GradientDecorator& decorator, Oracle& oracle)
      : decorator_(decorator), oracle_(oracle) {}

  double value(const Vector& x) override { return decorator_.seenValue(oracle_, x); }
  double gradient(const Vector& x, Vector& g) override {
    return decorator_.seenGradient(oracle_, x, g);
  }
  void hessianVector(const Vector& x, const Vector& v, Vector& out) override {
    oracle_.hessianVector(x, v, out);
    out += decorator_.seenCurvature() * v;
  }
  void hessian(const Vector& x, Matrix& h) override {
    oracle_.hessian(x, h);
    h.diagonal().array() += decorator_.seenCurvature();
  }
  const Counts& counts() const override { return oracle_.counts(); }

 private:
  GradientDecorator& decorator_;
  Oracle& oracle_;
};

Step GradientDecorator::step(Oracle& oracle, Vector& x, double learningRate) {
  SeenOracle seen(*this, oracle);
  return inner->step(seen, x, learningRate);
}

Step IterateDecorator::step(Oracle& oracle, Vector& x, double learningRate) {
  if (!begun_) begin(x);
  begun_ = true;
  const Step step = inner->step(oracle, x, learningRate);
  afterStep(x, learningRate);
  return step.status == Status::kRunning ? finishStep(step.value, x) : step;
}

void IterateDecorator::reset(const Layout& layout) {
  Decorator::reset(layout);
  begun_ = false;
}

}  // namespace descent
