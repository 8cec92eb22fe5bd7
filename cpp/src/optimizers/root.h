// What adaptive methods divide by: the root of a mean or sum of squares, with ε in its place.
#pragma once

#include <cmath>
#include <limits>

#include "descent/vector.h"

namespace descent {

enum class EpsilonPlacement { kOutside, kInside, kHat };

// root = √(v/c), where c corrects v: ε outside the root, inside it, or added before the correction.
inline void guardedRoot(const Vector& v, double epsilon, EpsilonPlacement placement, double c,
                        Vector& root) {
  const double inverse = 1 / c;  // a division costs as much as all the rest
  switch (placement) {
    case EpsilonPlacement::kOutside:
      root = (v.array() * inverse).sqrt() + epsilon;
      return;
    case EpsilonPlacement::kInside:
      root = (v.array() * inverse + epsilon).sqrt();
      return;
    case EpsilonPlacement::kHat:
      root = (v.array().sqrt() + epsilon) * std::sqrt(inverse);
      return;
  }
}

// m/root, as an expression. Without ε a coordinate that never had a gradient would be 0/0; it
// stays.
template <class M>
auto quotient(const M& m, const Vector& root) {
  return (m.array() / root.array().max(std::numeric_limits<double>::min())).matrix();
}

}  // namespace descent
