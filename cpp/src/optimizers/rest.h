// Where a line search finds no lower point: is that a minimum, or has only the search failed?
#pragma once

#include "descent/optimizer.h"

namespace descent {

// Converged where |g| is at most a millionth of the first gradient's, or of |Hg|·|θ|/|g|, so that
// what is left of it is a millionth of θ away; else stopped. Both are free of the scales of f and θ
// and of any constant added to f. `first` is the length of the run's first gradient.
inline Step atRest(Oracle& oracle, double value, const Vector& x, const Vector& g, double first) {
  constexpr double kSmall = 1e-6;
  const double length = g.stableNorm();
  if (length <= kSmall * first) return {value, Status::kConverged, length};
  Vector bent;
  oracle.hessianVector(x, g / length, bent);
  const bool isRounding = length <= kSmall * bent.stableNorm() * x.stableNorm();
  return {value, isRounding ? Status::kConverged : Status::kStopped, length};
}

// The rule, at the end of what an optimizer's description says of its variant.
inline std::string withRestRule(const std::string& variant) {
  return variant +
         " Where no lower point is found it has converged if ‖g‖ is a millionth of the first or "
         "less, or of ‖Hg‖‖θ‖/‖g‖; else it has stopped.";
}

}  // namespace descent
