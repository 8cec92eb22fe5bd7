// What theory says of a scheduled run: its distance on a quadratic, and the steps that leave it.
#include <algorithm>
#include <cmath>
#include <limits>

#include "labs/schedules/lab.h"
#include "numerics/jacobi.h"
#include "numerics/products.h"
#include "runs/conditions.h"

namespace descent::schedules {

// Is f ½ (θ − m)ᵀH(θ − m), wherever the run was and beside it?
bool Schedules::isQuadratic(const Point& minimum, const Eigen::Matrix2d& h, const Record& record,
                            const Series& series, int last) const {
  constexpr int kLooks = 8;
  std::vector<Point> places = {start_, minimum + Point(1.25, -0.75)};
  for (int k = 1; k <= kLooks; ++k) {
    const int t = last * k / kLooks;
    places.emplace_back(record.at(series.path, t, 0), record.at(series.path, t, 1));
  }
  return std::all_of(places.begin(), places.end(), [&](const Point& p) {
    const Point slope = surface().gradientAt(p[0], p[1]), own = h * (p - minimum);
    return !p.allFinite() || (surface().hessianAt(p[0], p[1]) == h &&
                              (slope - own).norm() <= 1e-9 * (own.norm() + h.norm()));
  });
}

// On a quadratic, without memory, every step multiplies the distance along an eigenvector by
// 1 − η_t λ: the distance after t steps is known in advance, but for the rounding of every step,
// which is multiplied as the distance is.
std::optional<Reading> Schedules::contraction(std::size_t i, const Record& record, int step) const {
  const Runner& runner = runs_[i];
  if (!isSurface() || surface().minima().size() != 1) return {};
  const Point minimum = surface().minima().front();
  const Eigen::Matrix2d h = surface().hessianAt(minimum[0], minimum[1]);
  const int last = std::min(step, runner.last);
  if (!isMemoryless(*runner.optimizer) || !isQuadratic(minimum, h, record, series_[i], last)) {
    return {};
  }
  constexpr double kRounding = 8 * std::numeric_limits<double>::epsilon();
  const SymmetricEigen eigen = symmetricEigen(h);
  const auto characteristic = runner.optimizer->predict().characteristic;
  Point along = transposeTimes(eigen.vectors, start_ - minimum);
  double error = 0;
  for (int t = 0; t < last; ++t) {
    const double rate = runner.optimizer->rate(t, steps);
    const Point factor(characteristic(eigen.values[0], rate).b,
                       characteristic(eigen.values[1], rate).b);
    const double longest = 1 + factor.cwiseAbs().maxCoeff();  // of θ and its step
    error = factor.cwiseAbs().maxCoeff() * error +
            kRounding * longest * (along.norm() + minimum.norm());
    along = along.cwiseProduct(factor);
  }
  return equals(static_cast<int>(i), "distance Π|1−ηₜλ|", along.norm(),
                record.at(series_[i].distance, last))
      .within(error + kRounding * along.norm())
      .where("f is quadratic and the optimizer without memory; at step " + std::to_string(last));
}

// In one dimension, without memory, a step beyond the limit moves θ further from the solution and
// every other brings it nearer: where what the step sees is least at the solution, and bends at θ
// as it does there or, beyond the limit, more.
std::optional<Reading> Schedules::growth(std::size_t i, const Record& record, int step) const {
  const Runner& runner = runs_[i];
  if (problem_->dimension() != 1 || !bound_ || !isMemoryless(*runner.optimizer)) return {};
  constexpr double kNear = 0.1;
  const auto reading = [&](double predicted, double measured) {
    return equals(static_cast<int>(i), "steps beyond 2/L", predicted, measured)
        .where("measured: steps at which |θ| grew; near the solution, where f is its quadratic");
  };
  const Vector solution = *problem_->nearestMinimum(start_);
  int predicted = 0, measured = 0, uncertain = 0, far = 0;
  for (int t = 0; t < std::min(step, runner.last); ++t) {
    const double curvature = curvatureAt(t + 1), distance = record.at(series_[i].distance, t);
    const double share = runner.optimizer->rate(t, steps) * curvature / *bound_;
    predicted += share > 1;
    measured += record.at(series_[i].distance, t + 1) > distance;
    const Objective& seen = problem_->at(t + 1);
    Vector slope;
    seen.gradient(solution, slope);
    if (slope.norm() > 1e-9 * curvature) {
      return reading(kNaN, kNaN).unless("what a step sees is not least at the solution");
    }
    double change = 0;
    for (const double side : {-1.0, 1.0}) {
      Matrix here;
      seen.hessian(solution + Vector::Constant(1, side * distance), here);
      const double bend = here(0, 0) / curvature - 1;
      if (far == 0 && !(bend >= -kNear && (share > 1 || bend <= kNear))) far = t + 1;
      change = std::max(change, share > 1 ? -bend : bend);
    }
    uncertain += std::abs(share - 1) <= change;
  }
  if (far > 0) {
    return reading(kNaN, measured)
        .unless("at step " + std::to_string(far) +
                " it was too far from the solution for f to be its quadratic");
  }
  return reading(predicted, measured).within(uncertain);
}

}  // namespace descent::schedules
