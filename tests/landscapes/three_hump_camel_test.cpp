#include <cmath>

#include "landscapes/landscapes.h"

using namespace descent;

TEST_CASE("The camel's values at points known by hand", "[landscapes][three-hump-camel]") {
  const auto camel = landscape("three-hump-camel");
  CHECK(camel->f(0, 0) == 0);
  CHECK(camel->f(0, 1) == 1);
  CHECK(camel->f(1, 1) == about(187 / 60.0));  // 2 − 1.05 + 1/6 + 1 + 1
  CHECK(camel->f(2, 0) == about(28 / 15.0));   // 8 − 16.8 + 64/6
}

TEST_CASE("The camel's slope and curvature at (1, 0)", "[landscapes][three-hump-camel]") {
  const auto camel = landscape("three-hump-camel");
  CHECK(about(camel->gradientAt(1, 0), {0.8, 1}));  // 4 − 4.2 + 1
  Eigen::Matrix2d expected;                         // 4 − 12.6 + 5
  expected << -3.6, 1, 1, 2;
  CHECK((camel->hessianAt(1, 0) - expected).norm() < 1e-14);
  CHECK(camel->hessianAt(0, 0)(0, 0) == 4);
}

TEST_CASE("The camel has a minimum between two higher ones", "[landscapes][three-hump-camel]") {
  const auto camel = landscape("three-hump-camel");
  const auto minima = camel->minima();
  REQUIRE(minima.size() == 3);
  CHECK(minima[0] == Point(0, 0));
  // x² = 2.1 + 0.9539392 = 3.0539392
  CHECK(minima[1].x() == Approx(1.74755235).epsilon(1e-8));
  CHECK(minima[1].y() == Approx(-0.87377617).epsilon(1e-8));
  CHECK(minima[2] == -minima[1]);
  // With y = −x/2 and z = x²: 1.75z − 1.05z² + z³/6 = 5.3443936 − 9.7928723 + 4.7471172
  CHECK(camel->f(minima[1].x(), minima[1].y()) == Approx(0.2986385).epsilon(1e-6));
}

TEST_CASE("Between the camel's minima are saddles", "[landscapes][three-hump-camel]") {
  const auto camel = landscape("three-hump-camel");
  const double x = std::sqrt(2.1 - std::sqrt(0.91));
  CHECK(about(camel->gradientAt(x, -x / 2), {0, 0}));
  CHECK(camel->hessianAt(x, -x / 2).determinant() < 0);
}

TEST_CASE("The camel is the same turned by half a turn", "[landscapes][three-hump-camel]") {
  const auto camel = landscape("three-hump-camel");
  for (const Point& p : camel->starts()) {
    CHECK(camel->f(-p.x(), -p.y()) == camel->f(p.x(), p.y()));
    CHECK(camel->gradientAt(-p.x(), -p.y()) == -camel->gradientAt(p.x(), p.y()));
  }
}
