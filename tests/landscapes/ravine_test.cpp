#include <cmath>

#include "landscapes/landscapes.h"

using namespace descent;

TEST_CASE("The ravine's values at points known by hand", "[landscapes][ravine]") {
  const auto ravine = landscape("ravine");
  CHECK(ravine->f(0, 0) == 0);
  CHECK(ravine->f(0, 1) == 10);
  CHECK(ravine->f(2, std::sin(2)) == 0.2);                     // on the floor: 4/20
  CHECK(ravine->f(kPi / 2, 3) == about(kPi * kPi / 80 + 40));  // 10 (3 − 1)²
}

TEST_CASE("The ravine's slope is gentle along the floor and steep on the walls",
          "[landscapes][ravine]") {
  const auto ravine = landscape("ravine");
  CHECK(ravine->gradientAt(3, std::sin(3)) == Point(0.3, 0));
  CHECK(ravine->gradientAt(0, 1) == Point(-20, 20));
  CHECK(about(ravine->gradientAt(kPi / 2, 3), {kPi / 20, 40}));  // the floor is level there
  CHECK(about(ravine->gradientAt(kPi, 1), {kPi / 10 + 20, 20}));
}

TEST_CASE("The ravine bends with its floor", "[landscapes][ravine]") {
  // At (π/2, 3) the wall is 2 above a floor of curvature −1: 0.1 + 20·2·1
  const auto h = landscape("ravine")->hessianAt(kPi / 2, 3);
  CHECK(h(0, 0) == about(40.1));
  CHECK(h(0, 1) == about(0));
  CHECK(h(1, 1) == 20);
}

TEST_CASE("The ravine's condition number is about 800 at its minimum", "[landscapes][ravine]") {
  const auto ravine = landscape("ravine");
  Eigen::Matrix2d expected;  // trace 40.1, determinant 402 − 400 = 2
  expected << 20.1, -20, -20, 20;
  CHECK((ravine->hessianAt(0, 0) - expected).norm() < 1e-14);
  // ½ (40.1 + √(40.1² − 8)), and κ = λ²/2
  const double steepest = (40.1 + std::sqrt(1600.01)) / 2;
  CHECK(*ravine->largestCurvature(Point(1, 1)) == Approx(steepest).epsilon(1e-14));
  CHECK(steepest * steepest / 2 == Approx(802).margin(0.1));
}

TEST_CASE("The ravine is the same turned by half a turn", "[landscapes][ravine]") {
  const auto ravine = landscape("ravine");
  for (const Point& p : ravine->starts()) {
    CHECK(ravine->f(-p.x(), -p.y()) == ravine->f(p.x(), p.y()));
    CHECK(ravine->gradientAt(-p.x(), -p.y()) == -ravine->gradientAt(p.x(), p.y()));
  }
}
