// What theory says of a runner, beside what its run measures.
#include <algorithm>
#include <cmath>

#include "numerics/jacobi.h"
#include "numerics/products.h"
#include "problems/added_noise.h"
#include "runs/recipes.h"
#include "runs/runner.h"

namespace descent::runs {
namespace {

// A run as a sequence of points, up to the last step it took.
struct Path {
  const Record& record;
  const Series& series;
  int last;

  Point operator()(int t) const {
    return {record.at(series.path, t, 0), record.at(series.path, t, 1)};
  }
};

Reading reading(int subject, std::string quantity, double predicted, double measured,
                std::string assumption) {
  return {subject,  std::move(quantity),  predicted,
          measured, measured - predicted, std::move(assumption)};
}

// The minimum nearest to a point, for landscapes that have one.
Point nearestMinimum(const Landscape& landscape, const Point& x) {
  return *landscape.nearestMinimum(x);
}

// Eigenvalues of the Hessian at a point, ascending, and its eigenvectors as columns.
SymmetricEigen curvaturesAt(const Landscape& landscape, const Point& x) {
  return symmetricEigen(landscape.hessianAt(x[0], x[1]));
}

// How far f is from the quadratic of its minimum at x, in its slope and its Hessian. The slope's
// change is the Hessian's on the whole way, which on periodic ground tells a place from its like.
constexpr double kNearMinimum = 0.1;
double departure(const Landscape& landscape, const Point& minimum, const Point& x) {
  const Eigen::Matrix2d h = landscape.hessianAt(minimum[0], minimum[1]);
  const Point slope = h * (x - minimum);
  return std::max((landscape.hessianAt(x[0], x[1]) - h).norm() / h.norm(),
                  (landscape.gradientAt(x[0], x[1]) - slope).norm() / slope.norm());
}

constexpr const char* kNoCurvature =
    "nothing is predicted: f has no second derivatives at the minimum";

// |z| of x₊ = b x − c x₋ from the last values of a sequence, known up to relative `noise`: b and c
// from four values; where one real root has outlived the other these no longer tell both, and the
// ratio of two values is it.
double measuredRadius(const Characteristic& predicted, double noise, double x3, double x2,
                      double x1, double x0) {
  const double determinant = x2 * x2 - x1 * x3;
  const bool oneRoot = std::abs(determinant) <= std::sqrt(noise) * x2 * x2;
  if (predicted.b * predicted.b >= 4 * predicted.c && oneRoot) return std::abs(x0 / x1);
  const double b = (x1 * x2 - x0 * x3) / determinant;
  const double c = (x1 * x1 - x0 * x2) / determinant;
  return Characteristic{b, c, "", ""}.radius();
}

// The factor by which the distance to the minimum shrinks a step, along the eigenvector on which
// it shrinks most slowly.
std::optional<Reading> decay(const Landscape& landscape, const Runner& runner, int subject,
                             const Path& path, int total) {
  const Optimizer& optimizer = *runner.optimizer;
  const double rate = optimizer.rate(std::max(path.last - 1, 0), total);
  const auto characteristic = optimizer.predict().characteristic;
  if (!characteristic) return {};
  const Point minimum = nearestMinimum(landscape, path(path.last));
  if (!landscape.isSmoothAt(minimum)) return reading(subject, "decay", kNaN, kNaN, kNoCurvature);
  const SymmetricEigen eigen = curvaturesAt(landscape, minimum);
  int slowest = 0;
  for (const int i : {0, 1}) {
    const auto radius = [&](int j) { return characteristic(eigen.values[j], rate).radius(); };
    if (radius(i) > radius(slowest)) slowest = i;
  }
  const double curvature = eigen.values[slowest];
  const auto predicted = characteristic(curvature, rate);
  const std::string where = "along curvature λ = " + printShort(curvature) + " at the minimum (" +
                            printShort(minimum[0]) + ", " + printShort(minimum[1]) + ")" +
                            (predicted.equation.empty() ? "" : ", z from " + predicted.equation);
  const auto row = [&](double measured, const std::string& note) {
    return reading(subject, "decay " + predicted.formula, predicted.radius(), measured,
                   where + "; " + note);
  };

  // Late enough to be in the quadratic, early enough to be above rounding.
  const auto along = [&](int t) { return eigen.vectors.col(slowest).dot(path(t) - minimum); };
  const double floor = 1e-7 * (1 + minimum.norm());
  int t = path.last;
  while (t > 3 && std::max(std::abs(along(t)), std::abs(along(t - 1))) < floor) --t;
  if (t < 4) return row(kNaN, "after four steps");
  if (t - 3 < runner.turned) return row(kNaN, "from three steps after a knob was turned");
  for (int back = 1; back < 4; ++back) {
    if (optimizer.rate(t - 1 - back, total) != optimizer.rate(t - 1, total)) {
      return row(kNaN, "while the rate is constant");
    }
  }
  // What the slope along it has besides the quadratic's, beside what that has of these steps at
  // most.
  double bend = 0, scale = 0;
  for (int back = 0; back < 4; ++back) {
    const Point x = path(t - back);
    const double slope = eigen.vectors.col(slowest).dot(landscape.gradientAt(x[0], x[1]));
    bend = std::max(bend, std::abs(slope - curvature * along(t - back)));
    scale = std::max(scale, std::abs(curvature * along(t - back)));
  }
  const double change = bend / scale;
  if (!(change <= kNearMinimum)) {
    return row(kNaN, "where f is its quadratic: the run is not there yet");
  }
  const double rounding = 1e-16 * (1 + minimum.norm() / std::abs(along(t)));
  return row(measuredRadius(predicted, std::max(change, rounding), along(t - 3), along(t - 2),
                            along(t - 1), along(t)),
             "where f is its quadratic, measured at step " + std::to_string(t));
}

std::optional<Reading> firstStep(const Problem& problem, const Runner& runner, int subject,
                                 const Vector& start, double length, int total) {
  if (runner.turned > 0) return {};  // the first step had other knobs
  if (runner.status == Status::kDiverged && runner.last == 1) return {};  // or there was none
  Vector g;
  problem.at(1).gradient(start, g);
  const auto said =
      firstStepOf(*runner.optimizer, runner.recipe, start, g, runner.optimizer->rate(0, total));
  if (!said) return {};
  return reading(subject, "first step", said->length, length,
                 "largest coordinate of the first step" + said->note);
}

// ½ xᵀHx
class OwnQuadratic final : public Objective {
 public:
  explicit OwnQuadratic(Matrix hessian) : h_(std::move(hessian)) {}
  Eigen::Index dimension() const override { return h_.rows(); }
  double value(const Vector& x) const override {
    const Vector slope = times(h_, x);
    return x.dot(slope) / 2;
  }
  void gradient(const Vector& x, Vector& g) const override { g = times(h_, x); }
  bool hessian(const Vector&, Matrix& h) const override { return h = h_, true; }

 private:
  Matrix h_;
};

// Does one step lead to the minimum of a quadratic with this Hessian? Where it does, near a minimum
// of f what is left of an error is of second order: so with Newton's step, and with the curvatures
// along the axes where these are the Hessian's own.
bool landsOnMinimum(const Optimizer& optimizer, const Matrix& hessian, double rate) {
  const OwnQuadratic f(hessian);
  ObjectiveOracle oracle(f);
  const auto fresh = optimizer.clone();
  fresh->reset(vectorLayout(f.dimension()));
  Vector x = Point(1, 0.5);
  fresh->step(oracle, x, rate);
  return x.norm() < 1e-9;
}

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

std::optional<Reading> order(const Landscape& landscape, const Runner& runner, int subject,
                             const Path& path, int total) {
  const Optimizer& optimizer = *runner.optimizer;
  const Point minimum = nearestMinimum(landscape, path(path.last));
  const Eigen::Matrix2d hessian = landscape.hessianAt(minimum[0], minimum[1]);
  const double least = symmetricEigen(hessian).values[0];
  const double rate = optimizer.rate(std::max(path.last - 1, 0), total);
  const auto convergenceOrder = optimizer.predict().convergenceOrder;
  if (!convergenceOrder) return {};
  const auto row = [&](double predicted, double measured, const std::string& note) {
    return Reading{subject, "order, at least", predicted, measured, kNaN, note};
  };
  if (!landscape.isSmoothAt(minimum)) return row(kNaN, kNaN, kNoCurvature);
  if (!(least > 0)) {
    return row(kNaN, kNaN, "nothing is predicted: the Hessian at the minimum is singular");
  }
  const double said = convergenceOrder(least, rate);
  const double predicted = landsOnMinimum(optimizer, hessian, rate) ? std::max(2.0, said) : said;

  // Steps that leave a share of the error may take it from one direction to another and back, and
  // leave now a larger and now a smaller one: every other error has the same.
  const int stride = predicted > 1 ? 1 : 2;
  const auto error = [&](int t) { return (path(t) - minimum).norm(); };
  const double floor = 1e-13 * (1 + minimum.norm());  // of what rounding leaves
  int t = path.last;
  while (t > 2 * stride && error(t) < floor) --t;
  const int before = t - stride, first = t - 2 * stride;
  const std::string which = "near a minimum with positive definite Hessian; ";
  const std::string three =
      stride == 1 ? "from three errors in a row" : "from three errors, every other one";
  if (first < runner.turned || error(t) < floor) {
    return row(predicted, kNaN, which + three + ", which have to be above rounding");
  }
  for (int step = first; step < t; ++step) {
    if (optimizer.rate(step, total) != rate) {
      return row(predicted, kNaN, which + three + ", while the rate is constant");
    }
  }
  const bool falls = error(t) < error(before) && error(before) < error(first);
  if (!falls || !(departure(landscape, minimum, path(first)) <= kNearMinimum)) {
    return row(predicted, kNaN, which + three + " that are small and fall, which these are not");
  }
  const double exponent =
      std::log(error(t) / error(before)) / std::log(error(before) / error(first));
  return row(predicted, std::pow(exponent, 1.0 / stride),
             which + three + " that are small and fall, up to step " + std::to_string(t));
}

std::optional<Reading> rise(const Problem& problem, const Runner& runner, int subject,
                            const Path& path) {
  if (!runner.optimizer->predict().isMonotone) return {};
  double largest = 0;
  for (int t = 1; t <= path.last; ++t) {
    const double change =
        path.record.at(path.series.loss, t) - path.record.at(path.series.loss, t - 1);
    largest = std::max(largest, change);
  }
  if (!seesWhole(problem, runner.start)) {
    return reading(subject, "largest rise of f", kNaN, largest,
                   "nothing is predicted: what a step sees, and does not let rise, is not f but a "
                   "part of it");
  }
  return reading(subject, "largest rise of f", 0, largest, "every step sees all of f");
}

// The loss about which steps without memory come to rest on a quadratic with noise of variance s²
// in every slope: with x₊ = (1 − ηλ)x − ηξ along an eigenvector,
//
//   E x² = ηs²/(λ(2 − ηλ)),   E f = ½ Σ ηs²/(2 − ηλ)
//
// It is approached like (1 − ηλ)²ᵗ from the start, and a mean over n steps scatters about it by the
// root of Σ (½λ E x²)² · 2/n · (1 + ρ)/(1 − ρ), ρ = (1 − ηλ)².
std::optional<Reading> rest(const Problem& problem, const Runner& runner, int subject,
                            const Path& path, int total) {
  const auto* noisy = dynamic_cast<const AddedNoise*>(&problem);
  const Vector solution = noisy ? *problem.nearestMinimum(runner.start) : Vector();
  Matrix h, elsewhere;
  if (!noisy || noisy->noiseVariance() == 0 || !isMemoryless(*runner.optimizer) ||
      !problem.hessian(solution, h) || !problem.hessian(runner.start, elsewhere) ||
      h != elsewhere) {
    return {};
  }
  const Optimizer& optimizer = *runner.optimizer;
  const double rate = optimizer.rate(0, total);
  const auto row = [&](double predicted, double measured, const std::string& note) {
    return reading(subject, "mean loss at rest", predicted, measured,
                   "½ Σ ηs²/(2−ηλ) for noise of variance s² in every slope; " + note);
  };
  if (runner.turned > 0) return row(kNaN, kNaN, "nothing is predicted after a knob was turned");
  for (int t = 1; t < path.last; ++t) {
    if (optimizer.rate(t, total) != rate) return row(kNaN, kNaN, "while the rate is constant");
  }
  const auto [curvatures, q] = symmetricEigen(h);
  const Vector shrink = (1 - rate * curvatures.array()).square().matrix();
  if (!(shrink.maxCoeff() < 1)) {
    return row(kNaN, kNaN, "nothing is predicted: at this rate it does not come to rest");
  }
  const Vector settled =  // ½ λ E x²
      (rate * noisy->noiseVariance() / 2 / (2 - rate * curvatures.array())).matrix();
  const double predicted = settled.sum();
  Vector excess =
      curvatures.cwiseProduct(transposeTimes(q, runner.start - solution).cwiseAbs2()) / 2 - settled;
  constexpr double kGone = 0.01, kScatter = 0.2;
  int from = 0;
  for (; from < path.last && excess.cwiseAbs().sum() > kGone * predicted; ++from) {
    excess = excess.cwiseProduct(shrink);
  }
  const int n = path.last - from;
  const double variance =
      (settled.array().square() * 2 * (1 + shrink.array()) / (1 - shrink.array())).sum() / n;
  const double scatter = std::sqrt(variance) / predicted;
  if (n == 0 || scatter > kScatter) {
    return row(predicted, kNaN, "it has not been at rest for long enough yet");
  }
  double sum = 0;
  for (int t = from + 1; t <= path.last; ++t) sum += path.record.at(path.series.loss, t) / n;
  return row(predicted, sum,
             "over steps " + std::to_string(from + 1) + " to " + std::to_string(path.last) +
                 ", which scatters by ±" + printShort(scatter * predicted, 2));
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
  const double length = firstStep(x, g, rate);
  if (length == 0) return FirstStep{0, ""};
  // What a guard does not touch grows with the gradient as the prediction does: beside a far larger
  // one it is nothing.
  constexpr double kLarger = 1 << 20, kRounding = 1e-15;
  const double growth = firstStep(x, kLarger * g, rate) / length;
  const double seen = stepOn(g, optimizer, x, rate);
  const double expected = stepOn(kLarger * g, optimizer, x, rate) / growth;
  if (!(seen > 0) || !std::isfinite(expected)) return {};
  const double off = std::abs(seen - expected);
  if (off <= kGuard * expected + kRounding * x.lpNorm<Eigen::Infinity>()) {
    const bool isLeftOut = growth == 1 && epsilonShare(recipe, 1) > 0;
    return FirstStep{length, isLeftOut ? "; a guard ε is left out" : ""};
  }
  return FirstStep{kNaN, "; nothing is predicted, for ε changes it by " +
                             printShort(100 * off / expected, 2) + " % and is no mere guard"};
}

std::vector<Reading> compare(const Problem& problem, const Runner& runner, int subject,
                             const Record& record, const Series& series, int step, int total) {
  const bool diverged = runner.status == Status::kDiverged;
  const Path path{record, series, std::min(step, diverged ? runner.last - 1 : runner.last)};
  std::vector<Reading> readings;
  const auto add = [&readings](std::optional<Reading> r) {
    if (r) readings.push_back(std::move(*r));
  };
  const auto* landscape = dynamic_cast<const Landscape*>(&problem);
  if (landscape && !landscape->minima().empty()) {
    add(decay(*landscape, runner, subject, path, total));
    add(order(*landscape, runner, subject, path, total));
  }
  add(rise(problem, runner, subject, path));
  add(rest(problem, runner, subject, path, total));
  if (readings.empty()) {
    add(firstStep(problem, runner, subject, runner.start, runner.firstLength, total));
  }
  return readings;
}

}  // namespace descent::runs
