#include "descent/predictions.h"

#include <cmath>

namespace descent {

double Characteristic::radius() const {
  const double discriminant = b * b - 4 * c;
  if (discriminant < 0) return std::sqrt(c);
  return (std::abs(b) + std::sqrt(discriminant)) / 2;
}

}  // namespace descent
