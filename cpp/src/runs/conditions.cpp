#include "runs/conditions.h"

#include <algorithm>
#include <cmath>

#include "numerics/jacobi.h"
#include "runs/recipes.h"

namespace descent::runs {
namespace {

// g·x
class OwnSlope final : public Objective {
 public:
  explicit OwnSlope(Vector g) : g_(std::move(g)) {}
  Eigen::Index dimension() const override { return g_.size(); }
  double value(const Vector& x) const override { return g_.dot(x); }
  void gradient(const Vector&, Vector& g) const override { g = g_; }

 private:
  Vector g_;
};

// Largest coordinate of the step that a fresh optimizer takes from x on this slope.
double stepOn(const Vector& g, const Optimizer& optimizer, const Vector& x, double rate) {
  const OwnSlope f(g);
  ObjectiveOracle oracle(f);
  const auto fresh = optimizer.clone();
  fresh->reset(vectorLayout(g.size()));
  Vector moved = x;
  fresh->step(oracle, moved, rate);
  return (moved - x).lpNorm<Eigen::Infinity>();
}

}  // namespace

// c is a polynomial of first degree in ηλ: it is 0 if it is so at two products.
bool isMemoryless(const Optimizer& optimizer) {
  const auto characteristic = optimizer.predict().characteristic;
  return characteristic && characteristic(1, 1).c == 0 && characteristic(1, 0.5).c == 0;
}

bool seesWhole(const Problem& problem, const Vector& x) {
  Vector whole, seen;
  problem.gradient(x, whole);
  problem.at(1).gradient(x, seen);
  return seen == whole;
}

std::optional<Limit> stabilityOf(const Problem& problem, const Runner& runner, int total) {
  const auto limit = runner.optimizer->predict().stabilityLimit;
  const auto solution = problem.nearestMinimum(runner.x);
  const auto curvature = problem.largestCurvature(runner.x);
  if (!limit || !solution || !curvature || !(*curvature > 0)) return {};
  const auto* landscape = dynamic_cast<const Landscape*>(&problem);
  if (landscape && !landscape->isSmoothAt(*solution)) return {};
  constexpr double kRounding = 1e-9;
  for (const int t : {1, total}) {
    Matrix h;
    if (!problem.at(t).hessian(*solution, h)) return limit;
    const double seen = symmetricEigen(h).values[h.rows() - 1];
    if (std::abs(seen - *curvature) <= kRounding * *curvature) return limit;
  }
  return {};
}

std::optional<FirstStep> firstStepOf(const Optimizer& optimizer, const Recipe& recipe,
                                     const Vector& x, const Vector& g, double rate) {
  const auto firstStep = optimizer.predict().firstStep;
  if (!firstStep || !g.allFinite()) return {};
  constexpr double kLarger = 1 << 20, kRounding = 1e-15;
  FirstStep said{firstStep(x, g, rate)};
  said.tolerance = 10 * kRounding * (x.lpNorm<Eigen::Infinity>() + said.length);
  if (said.length == 0) return said;
  // What a guard does not touch grows with the gradient as the prediction does: beside a far larger
  // one it is nothing.
  const double growth = firstStep(x, kLarger * g, rate) / said.length;
  const double seen = stepOn(g, optimizer, x, rate);
  const double expected = stepOn(kLarger * g, optimizer, x, rate) / growth;
  if (!(seen > 0) || !std::isfinite(expected)) return {};
  const double off = std::abs(seen - expected);
  if (off > kGuard * expected + kRounding * x.lpNorm<Eigen::Infinity>()) {
    said.length = kNaN;
    said.pending =
        "ε changes it by " + printShort(100 * off / expected, 2) + " % and is no mere guard";
  } else {
    constexpr double kFarther = 1.01;  // beside kLarger times the gradient ε is not quite nothing
    said.tolerance += kFarther * off;
    if (growth == 1 && epsilonShare(recipe, 1) > 0) said.note = "; a guard ε is left out";
  }
  return said;
}

}  // namespace descent::runs
