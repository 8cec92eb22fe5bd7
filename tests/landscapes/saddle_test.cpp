#include "landscapes/landscapes.h"

using namespace descent;

TEST_CASE("The saddle's values at points known by hand", "[landscapes][saddle]") {
  const auto saddle = landscape("saddle");
  CHECK(saddle->f(0, 0) == 1);
  CHECK(saddle->f(1, 0) == 1.5);
  CHECK(saddle->f(0, 1) == 0.5625);  // 1 − 1/2 + 1/16
  CHECK(saddle->f(-3, 4) == 13.5);   // 1 + 4.5 − 8 + 16
  CHECK(saddle->gradientAt(-3, 4) == Point(-3, 12));
}

TEST_CASE("The saddle curves by +1 along x and −1 along y", "[landscapes][saddle]") {
  const auto saddle = landscape("saddle");
  CHECK(saddle->gradientAt(0, 0) == Point(0, 0));
  const Eigen::Matrix2d expected = Point(1, -1).asDiagonal();
  CHECK(saddle->hessianAt(0, 0) == expected);
}

TEST_CASE("The saddle's minima are at (0, ±2), at 0, curved by 1 and 2", "[landscapes][saddle]") {
  const auto saddle = landscape("saddle");
  REQUIRE(saddle->minima().size() == 2);
  CHECK(saddle->minima()[0] == Point(0, 2));
  CHECK(saddle->minima()[1] == Point(0, -2));
  const Eigen::Matrix2d expected = Point(1, 2).asDiagonal();
  for (const Point& minimum : saddle->minima()) {
    CHECK(saddle->f(minimum.x(), minimum.y()) == 0);
    CHECK(saddle->hessianAt(minimum.x(), minimum.y()) == expected);
  }
}
