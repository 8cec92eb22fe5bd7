#include "attention/positions.h"

#include <cmath>

namespace descent {

Matrix sinusoidalPositions(int width, int length) {
  return Matrix::NullaryExpr(width, length, [width](Eigen::Index feature, Eigen::Index t) {
    const auto even = static_cast<double>(feature - feature % 2);
    const double angle = static_cast<double>(t) / std::pow(10000, even / width);
    return feature % 2 == 0 ? std::sin(angle) : std::cos(angle);
  });
}

}  // namespace descent
