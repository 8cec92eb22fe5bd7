// What line searches share: the points they reject, and how the run stands where they find none.
#pragma once

#include "descent/optimizer.h"
#include "numerics/rounding.h"

namespace descent {

// The points of the last search, one a column.
inline std::vector<Probe> rejectedPoints(const std::vector<Vector>& points, Eigen::Index n) {
  Matrix columns(n, static_cast<Eigen::Index>(points.size()));
  for (Eigen::Index i = 0; i < columns.cols(); ++i) {
    columns.col(i) = points[static_cast<std::size_t>(i)];
  }
  return {{"rejected", Probe::Kind::kPoints, columns}};
}

// Where no lower point is found, is that a minimum, or has only the search failed?
// Converged where |g| is at most a millionth of the first gradient's; or where f bends upwards
// along g and the least it could then reach is rounding away: by −g |g|²/(gᵀHg), a millionth of
// each coordinate at most, or by a fall |g|⁴/(2 gᵀHg) that is rounding of f. Else stopped. `first`
// is the length of the run's first gradient.
inline Step atRest(Oracle& oracle, double value, const Vector& x, const Vector& g, double first) {
  constexpr double kSmall = 1e-6;
  const double length = g.stableNorm();
  if (length <= kSmall * first) {
    return {value, Status::kConverged, length, ", at most a millionth of the first"};
  }
  Vector bent;
  oracle.hessianVector(x, g / length, bent);
  const double curvature = bent.dot(g / length);
  const bool isRounding =
      curvature > 0 && ((g.cwiseAbs() / curvature).array() <= kSmall * x.cwiseAbs().array()).all();
  const bool isLowest =
      curvature > 0 && length * (length / curvature) / 2 <= kRounding * std::abs(value);
  if (!isRounding && !isLowest) return {value, Status::kStopped, length};
  return {value, Status::kConverged, length, ", and what is left to fall is rounding"};
}

// The rule, at the end of what an optimizer's description says of its variant.
inline std::string withRestRule(const std::string& variant) {
  return variant +
         " Where no lower point is found it has converged if ‖g‖ is a millionth of the first or "
         "less, or if f bends upwards along g and what is left to fall is rounding; else it has "
         "stopped.";
}

}  // namespace descent
