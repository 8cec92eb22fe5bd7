// What theory says of a runner, beside what its run measures.
#include <algorithm>
#include <cmath>

#include "core/jacobi.h"
#include "labs/race/runner.h"

namespace descent::race {
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

// The relative change of the Hessian from the minimum to x: where it is small, f is its quadratic.
constexpr double kNearMinimum = 0.1;
double hessianChange(const Landscape& landscape, const Point& minimum, const Point& x) {
  const Eigen::Matrix2d h = landscape.hessianAt(minimum[0], minimum[1]);
  return (landscape.hessianAt(x[0], x[1]) - h).norm() / h.norm();
}

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
  if (!optimizer.characteristic(1, rate)) return {};
  const Point minimum = nearestMinimum(landscape, path(path.last));
  const SymmetricEigen eigen = curvaturesAt(landscape, minimum);
  int slowest = 0;
  for (const int i : {0, 1}) {
    const auto radius = [&](int j) {
      return optimizer.characteristic(eigen.values[j], rate)->radius();
    };
    if (radius(i) > radius(slowest)) slowest = i;
  }
  const double curvature = eigen.values[slowest];
  const auto predicted = *optimizer.characteristic(curvature, rate);
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
  const double change = hessianChange(landscape, minimum, path(t - 3));
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
  Vector g;
  problem.stepGradient(1, start, g);
  const auto predicted = runner.optimizer->firstStep(start, g, runner.optimizer->rate(0, total));
  if (!predicted) return {};
  return reading(subject, "first step", *predicted, length,
                 "largest coordinate of the first step" + firstStepAssumption(runner.recipe));
}

std::optional<Reading> order(const Landscape& landscape, const Runner& runner, int subject,
                             const Path& path, int total) {
  const Point minimum = nearestMinimum(landscape, path(path.last));
  const double least = curvaturesAt(landscape, minimum).values[0];
  const double rate = runner.optimizer->rate(std::max(path.last - 1, 0), total);
  const auto predicted = runner.optimizer->convergenceOrder(least, rate);
  if (!predicted) return {};
  const auto error = [&](int t) { return (path(t) - minimum).norm(); };
  const double floor = 1e-14 * (1 + minimum.norm());
  int t = path.last;
  while (t > 2 && error(t) < floor) --t;
  const bool near = t >= runner.turned + 2 && error(t) >= floor &&
                    hessianChange(landscape, minimum, path(t - 2)) <= kNearMinimum;
  const double measured =
      near ? std::log(error(t) / error(t - 1)) / std::log(error(t - 1) / error(t - 2)) : kNaN;
  return reading(subject, "order", *predicted, measured,
                 "from three errors in a row, near a minimum with positive definite Hessian");
}

std::optional<Reading> rise(const Runner& runner, int subject, const Path& path) {
  if (!runner.optimizer->isMonotone()) return {};
  double largest = 0;
  for (int t = 1; t <= path.last; ++t) {
    const double change =
        path.record.at(path.series.loss, t) - path.record.at(path.series.loss, t - 1);
    largest = std::max(largest, change);
  }
  return reading(subject, "largest rise of f", 0, largest, "f is evaluated without noise");
}

}  // namespace

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
  add(rise(runner, subject, path));
  if (readings.empty()) {
    add(firstStep(problem, runner, subject, runner.start, runner.firstLength, total));
  }
  return readings;
}

}  // namespace descent::race
