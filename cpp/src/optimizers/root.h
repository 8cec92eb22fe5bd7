// What adaptive methods divide by: the root of a mean or sum of squares, with ε in its place.
#pragma once

#include <cmath>
#include <limits>

#include "descent/vector.h"

namespace descent {

enum class EpsilonPlacement { kOutside, kInside, kHat };

// √(v/c), where c corrects v: ε outside the root, inside it, or added before the correction. As an
// expression.
inline auto guardedRoot(const Vector& v, double epsilon, EpsilonPlacement placement, double c) {
  const double inside = placement == EpsilonPlacement::kInside ? epsilon : 0;
  const double outside = placement == EpsilonPlacement::kOutside ? epsilon
                         : placement == EpsilonPlacement::kHat   ? epsilon / std::sqrt(c)
                                                                 : 0;
  // A division costs as much as all the rest.
  return ((v.array() * (1 / c) + inside).sqrt() + outside).matrix();
}

// m/root, as an expression. Without ε a coordinate that never had a gradient would be 0/0; it
// stays. One whose gradients are too small to be squared has |m| for its root, so that it moves as
// where all are alike.
template <class M, class Root>
auto quotient(const M& m, const Root& root) {
  constexpr double kLeast = std::numeric_limits<double>::min();  // of a square
  const double leastRoot = std::sqrt(kLeast);
  const auto own = m.array().abs().min(leastRoot).max(kLeast);
  return (m.array() / root.array().max(own)).matrix();
}

}  // namespace descent
