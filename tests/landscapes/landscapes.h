// Numbers and points of landscapes, equal up to rounding.
#pragma once

#include <numbers>

#include "support/objectives.h"

namespace descent {

inline constexpr double kPi = std::numbers::pi;

// Equal up to a few roundings of a number of this size.
inline Approx about(double value) { return Approx(value).epsilon(1e-14).margin(1e-14); }

inline bool about(const Point& a, const Point& b) {
  return (a - b).norm() <= 1e-14 * (1 + b.norm());
}

}  // namespace descent
