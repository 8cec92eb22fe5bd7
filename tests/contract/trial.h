// Optimizers of the catalogue on small objectives, run step by step.
#pragma once

#include <cmath>
#include <stdexcept>
#include <string>

#include "core/open.h"
#include "support/objectives.h"

namespace descent {

// factor · f. Whoever asks for it more often than any step should is stopped, so that a search
// without an end is a failure and not a hanging test.
class Magnified final : public Objective {
 public:
  Magnified(const Objective& objective, double factor) : objective_(objective), factor_(factor) {}

  Eigen::Index dimension() const override { return objective_.dimension(); }
  double value(const Vector& x) const override {
    count();
    return factor_ * objective_.value(x);
  }
  void gradient(const Vector& x, Vector& g) const override {
    count();
    objective_.gradient(x, g);
    g *= factor_;
  }
  bool hessian(const Vector& x, Matrix& h) const override {
    if (!objective_.hessian(x, h)) return false;
    h *= factor_;
    return true;
  }

 private:
  static constexpr int kBudget = 1000000;
  void count() const {
    if (++asked_ > kBudget) throw std::runtime_error("asked for f a million times");
  }

  const Objective& objective_;
  double factor_;
  mutable int asked_ = 0;
};

// A run at one rate: the optimizer, its oracle and where it is.
struct Trial {
  std::unique_ptr<Optimizer> optimizer;
  ObjectiveOracle oracle;
  Vector x;
  double rate;
  Status status = Status::kRunning;

  Trial(std::unique_ptr<Optimizer> o, const Objective& objective, Vector start, double rate_)
      : optimizer(std::move(o)), oracle(objective), x(std::move(start)), rate(rate_) {
    optimizer->reset(vectorLayout(x.size()));
  }

  // Take n steps, fewer if the run diverges, and return every coordinate passed.
  std::vector<double> go(int n) {
    std::vector<double> path;
    for (int i = 0; i < n && status != Status::kDiverged; ++i) {
      status = optimizer->step(oracle, x, rate).status;
      path.insert(path.end(), x.begin(), x.end());
    }
    return path;
  }
};

// Does the first step grow with the gradient? Then a rate multiplies gradients; else it is about
// the length of a step.
inline bool followsGradient(const std::string& recipe) {
  const Quadratic objective{1, 10};
  const Vector start = Point(-1, 1);
  const auto length = [&](double factor) {
    const Magnified magnified(objective, factor);
    Trial run(optimizer(recipe), magnified, start, 0.001);
    run.go(1);
    return (run.x - start).norm();
  };
  return length(10) > 5 * length(1);
}

// The rate that a landscape suggests for an optimizer; a rate of 1 by default is a pure number, and
// stays.
inline double suggestedRate(const Landscape& landscape, const std::string& recipe) {
  const SuggestedRates rates = landscape.rates();
  if (optimizer(recipe)->lr == 1) return 1;
  return followsGradient(recipe) ? rates.gradient : rates.stride;
}

}  // namespace descent
