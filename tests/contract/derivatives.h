// Gradient and Hessian of any objective against central differences of its value and gradient.
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>

#include "descent/objective.h"
#include "support/catch.h"

namespace descent {

// The five-point difference (8(f(h) − f(−h)) − (f(2h) − f(−2h)))/12h errs by h⁴f⁽⁵⁾/30 and by
// rounding, ε|f|/h. With h = ε^⅕ ≈ 7e-4 times a length of 1 + |xᵢ| both are about ε^⅘ ≈ 3e-13 of
// f's size over that length. 1e-10 leaves a factor of 300 for constants and for f being larger
// than its derivatives; a wrong term is off by far more.
inline constexpr double kDerivativeTolerance = 1e-10;

// Differences of any quantity (a number or a vector) along coordinate i.
template <class F>
auto centralDifference(const F& quantity, const Vector& x, Eigen::Index i) {
  const double h = std::pow(std::numeric_limits<double>::epsilon(), 0.2) * (1 + std::abs(x[i]));
  const auto at = [&](double step) {
    Vector moved = x;
    moved[i] += step;
    return quantity(moved);
  };
  using Quantity = decltype(quantity(x));
  return Quantity((8 * (at(h) - at(-h)) - (at(2 * h) - at(-2 * h))) / (12 * h));
}

inline void checkDerivatives(const Objective& objective, const Vector& x) {
  const auto gradientAt = [&](const Vector& at) {
    Vector g;
    objective.gradient(at, g);
    return g;
  };
  const auto valueAt = [&](const Vector& at) { return objective.value(at); };
  const Eigen::Index n = objective.dimension();
  const Vector g = gradientAt(x);
  REQUIRE(g.size() == n);
  INFO("at " << x.transpose());
  Vector differences(n);
  for (Eigen::Index i = 0; i < n; ++i) differences[i] = centralDifference(valueAt, x, i);
  INFO("gradient " << g.transpose() << " against " << differences.transpose());
  CHECK((g - differences).norm() <= kDerivativeTolerance * (g.norm() + std::abs(valueAt(x))));

  Matrix h;
  if (!objective.hessian(x, h)) return;
  REQUIRE(h.rows() == n);
  REQUIRE(h.cols() == n);
  CHECK(h == h.transpose());
  Matrix columns(n, n);
  for (Eigen::Index i = 0; i < n; ++i) columns.col(i) = centralDifference(gradientAt, x, i);
  INFO("Hessian\n" << h << "\nagainst\n" << columns);
  CHECK((h - columns).norm() <= kDerivativeTolerance * (h.norm() + g.norm()));
}

}  // namespace descent
