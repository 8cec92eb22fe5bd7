#include <algorithm>
#include <cmath>

#include "numerics/jacobi.h"
#include "runs/compare.h"

namespace descent::runs {
namespace {

// The last four values of a sequence, x0 the last, of which x0 = b x1 − c x2 holds up to e0, and
// x1 = b x2 − c x3 up to e1.
struct FourValues {
  double x3, x2, x1, x0;
  double e0, e1;
  double noise;  // relative, of all of them
};

struct Radius {
  double value;
  double tolerance;
};

// |z| of x₊ = b x − c x₋: where one real root has outlived the other the values no longer tell both
// b and c, and the ratio of two is it, but for what is left of the other, which the determinant
// has.
Radius radiusOf(const Characteristic& predicted, const FourValues& v) {
  const double determinant = v.x2 * v.x2 - v.x1 * v.x3;
  const double left = std::max(std::abs(determinant) / (v.x2 * v.x2), v.noise);
  const double apart = std::sqrt(std::max(0.0, predicted.b * predicted.b - 4 * predicted.c));
  if (apart > 0 && left <= std::sqrt(v.noise)) {
    const double other = predicted.radius() - apart;
    return {std::abs(v.x0 / v.x1), std::abs(v.e0 / v.x1) + left * other * other / apart};
  }
  const double b = (v.x1 * v.x2 - v.x0 * v.x3) / determinant;
  const double c = (v.x1 * v.x1 - v.x0 * v.x2) / determinant;
  const double db = (v.e0 * std::abs(v.x3) + v.e1 * std::abs(v.x2)) / std::abs(determinant);
  const double dc = (v.e0 * std::abs(v.x2) + v.e1 * std::abs(v.x1)) / std::abs(determinant);
  double tolerance = 0;
  for (const double sb : {-1.0, 1.0}) {
    for (const double sc : {-1.0, 1.0}) {
      const Characteristic corner{predicted.b + sb * db, predicted.c + sc * dc, "", ""};
      tolerance = std::max(tolerance, std::abs(corner.radius() - predicted.radius()));
    }
  }
  return {Characteristic{b, c, "", ""}.radius(), tolerance};
}

}  // namespace

std::optional<Reading> decayReading(const Observed& run, const Landscape& landscape) {
  const double rate = run.rate();
  const auto characteristic = run.runner.optimizer->predict().characteristic;
  if (!characteristic) return {};
  const Point minimum = *landscape.nearestMinimum(run.at(run.last));
  if (!landscape.isSmoothAt(minimum)) {
    return equals(run.subject, "decay", kNaN, kNaN)
        .where("near a minimum at which f has a curvature")
        .unless(kNoCurvature);
  }
  const SymmetricEigen eigen = symmetricEigen(landscape.hessianAt(minimum[0], minimum[1]));
  const auto at = [&](int i) { return characteristic(eigen.values[i], rate); };
  const int slowest = at(1).radius() > at(0).radius() ? 1 : 0;
  const double curvature = eigen.values[slowest];
  const Characteristic predicted = at(slowest);
  const auto reading = [&](double measured) {
    return equals(run.subject, "decay " + predicted.formula, predicted.radius(), measured)
        .where("along curvature λ = " + printShort(curvature) + " at the minimum (" +
               printShort(minimum[0]) + ", " + printShort(minimum[1]) + ")" +
               (predicted.equation.empty() ? "" : ", z from " + predicted.equation) +
               "; where f is its quadratic and the rate is constant");
  };

  // Late enough to be in the quadratic, early enough to be above rounding.
  const auto along = [&](int t) { return eigen.vectors.col(slowest).dot(run.at(t) - minimum); };
  const double floor = 1e-7 * (1 + minimum.norm());
  int t = run.last;
  while (t > 3 && std::max(std::abs(along(t)), std::abs(along(t - 1))) < floor) --t;
  if (t < 4) return reading(kNaN).unless("judged after four steps");
  if (t - 3 < run.runner.turned) {
    return reading(kNaN).unless("judged three steps after a knob was turned");
  }
  if (!run.hasKeptRate(t - 4, t)) return reading(kNaN).unless("the rate is not constant");
  // What the slope along it has besides the quadratic's, beside what that has of these steps at
  // most.
  double bend = 0, scale = 0;
  for (int back = 0; back < 4; ++back) {
    const Point x = run.at(t - back);
    const double slope = eigen.vectors.col(slowest).dot(landscape.gradientAt(x[0], x[1]));
    bend = std::max(bend, std::abs(slope - curvature * along(t - back)));
    scale = std::max(scale, std::abs(curvature * along(t - back)));
  }
  const double change = bend / scale;
  if (!(change <= kNearMinimum)) {
    return reading(kNaN).unless(
        "the run is not there yet: its slope departs from the quadratic's by " +
        printShort(100 * change, 2) + " %");
  }
  // A slope that departs acts as another curvature does, of which b and c are linear.
  constexpr double kRounding = 1e-16, kOperations = 8;
  const Characteristic bent = characteristic((1 + change) * curvature, rate);
  const auto error = [&](double last, double before) {
    return std::abs((bent.b - predicted.b) * last) + std::abs((bent.c - predicted.c) * before) +
           kOperations * kRounding * (1 + minimum.norm() + std::abs(last) + std::abs(before));
  };
  FourValues values{along(t - 3), along(t - 2), along(t - 1), along(t), 0, 0, 0};
  values.e0 = error(values.x1, values.x2);
  values.e1 = error(values.x2, values.x3);
  values.noise = std::max(change, kRounding * (1 + minimum.norm() / std::abs(values.x0)));
  const Radius measured = radiusOf(predicted, values);
  constexpr double kTelling = 0.5;
  if (!(measured.tolerance <= kTelling * predicted.radius())) {
    return reading(measured.value)
        .unless("four steps tell the factor to ±" + printShort(measured.tolerance, 2) + " only");
  }
  Reading judged = reading(measured.value).within(measured.tolerance);
  judged.assumption += ", measured at step " + std::to_string(t);
  return judged;
}

}  // namespace descent::runs
