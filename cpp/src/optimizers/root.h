// What adaptive methods divide by: the root of a mean or sum of squares, with ε in its place.
#pragma once

#include <cmath>

#include "descent/vector.h"

namespace descent {

enum class EpsilonPlacement { kOutside, kInside, kHat };

// √(v/c), where c corrects v: ε outside the root, inside it, or added before the correction.
inline Eigen::ArrayXd guardedRoot(const Vector& v, double epsilon, EpsilonPlacement placement,
                                  double c = 1) {
  switch (placement) {
    case EpsilonPlacement::kOutside:
      return (v.array() / c).sqrt() + epsilon;
    case EpsilonPlacement::kInside:
      return (v.array() / c + epsilon).sqrt();
    case EpsilonPlacement::kHat:
      return (v.array().sqrt() + epsilon) / std::sqrt(c);
  }
  return v.array();
}

// m/root. Without ε a coordinate that never had a gradient would be 0/0; it stays.
inline Vector quotient(const Vector& m, const Eigen::ArrayXd& root) {
  return (m.array() == 0).select(0, m.array() / root);
}

}  // namespace descent
