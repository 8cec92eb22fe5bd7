#include "numerics/wolfe.h"

#include <cmath>
#include <limits>

namespace descent {

// Both algorithms in one loop: Algorithm 3.5 is 3.6 with an end at infinity. `low` is the best α so
// far; between it and `high`, which may lie on either side, is an α that meets both conditions.
double wolfeSearch(const LinePoint& start, const std::function<LinePoint(double)>& phi,
                   const Wolfe& wolfe) {
  double low = 0, high = std::numeric_limits<double>::infinity(), alpha = 1;
  double lowest = start.value;
  for (int trial = 0; trial < wolfe.trials; ++trial) {
    const LinePoint at = phi(alpha);
    // Written so that what is no number counts as too high.
    const bool isLower = at.value <= start.value + wolfe.c1 * alpha * start.slope &&
                         (low == 0 || at.value < lowest) && std::isfinite(at.slope);
    if (!isLower) {
      high = alpha;
    } else if (std::abs(at.slope) <= -wolfe.c2 * start.slope) {
      return alpha;
    } else {
      if (at.slope * (high - low) >= 0) high = low;
      low = alpha;
      lowest = at.value;
    }
    alpha = std::isinf(high) ? 2 * alpha : (low + high) / 2;
  }
  return low;
}

}  // namespace descent
