#include <numbers>

#include "descent/random.h"
#include "problems/problems.h"

using namespace descent;

namespace {

// T_k(x) = cos(k arccos x), a column a degree.
Matrix chebyshev(const Vector& x, int degree) {
  Matrix a(x.size(), degree + 1);
  for (Eigen::Index i = 0; i < x.size(); ++i) {
    for (int k = 0; k <= degree; ++k) a(i, k) = std::cos(k * std::acos(x[i]));
  }
  return a;
}

double truth(double x) { return std::sin(std::numbers::pi * x); }

// Points at equal distances over [−1, 1], the labels in their order.
struct Points {
  Vector x, y;
};
Points drawn(int n, double noise, std::uint64_t seed) {
  Random random(seed, "noise on labels");
  Points points{Vector(n), Vector(n)};
  for (int i = 0; i < n; ++i) {
    points.x[i] = -1 + 2.0 * i / (n - 1);
    points.y[i] = truth(points.x[i]) + noise * random.normal();
  }
  return points;
}

}  // namespace

TEST_CASE("A polynomial fit is half the mean square of what Chebyshev polynomials miss",
          "[problems][polynomial-fit]") {
  const auto own = problem("polynomial-fit(degree=4, n=7, noise=0.5)", 11);
  const auto [x, y] = drawn(7, 0.5, 11);
  const Matrix a = chebyshev(x, 4);
  for (const Vector& w : {vec({0, 0, 0, 0, 0}), vec({1, -0.5, 2, 0.25, -1})}) {
    CHECK(own->value(w) == Approx((a * w - y).squaredNorm() / 14).epsilon(1e-13));
    CHECK((gradientOf(*own, w) - a.transpose() * (a * w - y) / 7).norm() <= 1e-14);
  }
  const Vector fit = a.colPivHouseholderQr().solve(y);
  CHECK((*own->nearestMinimum(own->start()) - fit).norm() <= 1e-12);
}

TEST_CASE("The default fit is of degree 14 through 16 points", "[problems][polynomial-fit]") {
  const auto own = problem("polynomial-fit", 11);
  const auto [x, y] = drawn(16, 0.3, 11);
  CHECK(own->dimension() == 15);
  Random random(1);
  const Vector w = random.normalVector(15);
  CHECK(own->value(w) == Approx((chebyshev(x, 14) * w - y).squaredNorm() / 32).epsilon(1e-12));
}

TEST_CASE("The held-out loss is that against the true curve at 201 points",
          "[problems][polynomial-fit]") {
  const auto own = problem("polynomial-fit(degree=6, n=7)", 11);
  const Vector x = Vector::LinSpaced(201, -1, 1);
  const Vector y = x.unaryExpr(&truth);
  const Vector w = vec({1, -0.5, 2, 0.25, -1, 0.5, 3});
  CHECK(*own->heldOut(w) == Approx((chebyshev(x, 6) * w - y).squaredNorm() / 402).epsilon(1e-12));
  // Σ sin² over 200 equal parts of two half-waves is 100.
  CHECK(*own->heldOut(Vector::Zero(7)) == Approx(50.0 / 201).epsilon(1e-13));
}

TEST_CASE("Without noise a high degree fits the true curve, with noise it does not",
          "[problems][polynomial-fit]") {
  const auto exact = problem("polynomial-fit(degree=14, n=40, noise=0)");
  CHECK(*exact->heldOut(*exact->nearestMinimum(exact->start())) < 1e-12);
  const auto noisy = problem("polynomial-fit");
  const Vector minimum = *noisy->nearestMinimum(noisy->start());
  CHECK(*noisy->heldOut(minimum) > 10 * noisy->value(minimum));
}

TEST_CASE("Where points are fewer than weights all are met, from the nearest weights",
          "[problems][polynomial-fit]") {
  const auto own = problem("polynomial-fit(degree=8, n=5)", 11);
  const auto [x, y] = drawn(5, 0.3, 11);
  const Matrix a = chebyshev(x, 8);
  Random random(1);
  const Vector w = random.normalVector(9);
  const Vector expected = w + a.completeOrthogonalDecomposition().solve(y - a * w);
  CHECK((*own->nearestMinimum(w) - expected).norm() <= 1e-11);
}

TEST_CASE("A polynomial of degree 0 through one point is its label", "[problems][polynomial-fit]") {
  const auto own = problem("polynomial-fit(degree=0, n=1)", 11);
  Random random(11, "noise on labels");
  const double y = 0.3 * random.normal();  // the point is 0, where the sine is 0
  CHECK((*own->nearestMinimum(vec({5})))[0] == Approx(y).epsilon(1e-14));
  CHECK(own->value(vec({5})) == Approx((5 - y) * (5 - y) / 2).epsilon(1e-14));
}
