#include "theory/deep_linear.h"

#include <cmath>

#include "numerics/jacobi.h"
#include "numerics/products.h"

namespace descent::theory {

double lossFloor(const Matrix& x, const Matrix& y, int r) {
  constexpr double kRounding = 1e-12;
  const SingularValues svd = singularValues(x);
  Eigen::Index rank = 0;
  while (rank < svd.values.size() && svd.values[rank] > kRounding * svd.values[0]) ++rank;
  const auto rows = svd.v.leftCols(rank);  // P = rows · rowsᵀ
  const Matrix seen = times(y, rows);      // σᵢ(Y P) = σᵢ(Y · rows)
  double sum = (y - timesTranspose(seen, rows)).squaredNorm();
  const Vector values = singularValues(seen).values;
  for (Eigen::Index i = r; i < values.size(); ++i) sum += values[i] * values[i];
  if (sum <= kRounding * kRounding * y.squaredNorm()) return 0;
  return sum / (2 * static_cast<double>(y.cols()));
}

double Mode::flow(double t) const {
  // Divided by e^(2cst), which may not be finite.
  return s / (1 + (s / a0 - 1) * std::exp(-2 * c * s * t));
}

double Mode::descentAhead(double t, double rate) const {
  const double a = flow(t);
  const auto phi = [this](double strength) { return std::sqrt(strength) * (s - strength); };
  if (phi(a) == 0 || phi(a0) == 0) return 0;
  return -rate / 2 * (2 * c * a * (s - a)) * std::log(phi(a) / phi(a0));
}

double descend(double alpha, const Mode& mode, int layers, double rate) {
  const double below = std::pow(alpha, layers - 1);
  return alpha + rate * mode.c * below * (mode.s - below * alpha);
}

}  // namespace descent::theory
