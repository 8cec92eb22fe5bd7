#include "landscapes/landscapes.h"

using namespace descent;

TEST_CASE("Beale's values at points known by hand", "[landscapes][beale]") {
  const auto beale = landscape("beale");
  CHECK(beale->f(3, 0.5) == 0);
  // x = 0 or y = 1 leave 1.5² + 2.25² + 2.625² = 2.25 + 5.0625 + 6.890625
  CHECK(beale->f(0, 0) == 14.203125);
  CHECK(beale->f(0, -3) == 14.203125);
  CHECK(beale->f(4, 1) == 14.203125);
  CHECK(beale->f(1, 0) == 4.453125);    // 0.5² + 1.25² + 1.625²
  CHECK(beale->f(2, 2) == 356.703125);  // 3.5² + 8.25² + 16.625²
  CHECK(beale->f(1, -1) == 5.703125);   // (−0.5)² + 2.25² + 0.625²
}

TEST_CASE("Beale's slope at the origin", "[landscapes][beale]") {
  // −2(1.5 + 2.25 + 2.625); x = 0 leaves none along y
  CHECK(landscape("beale")->gradientAt(0, 0) == Point(-12.75, 0));
}

TEST_CASE("Beale has a saddle at (0, 1)", "[landscapes][beale]") {
  const auto beale = landscape("beale");
  CHECK(beale->gradientAt(0, 1) == Point(0, 0));
  Eigen::Matrix2d expected;  // 2(1·1.5 + 2·2.25 + 3·2.625) = 27.75
  expected << 0, 27.75, 27.75, 0;
  CHECK(beale->hessianAt(0, 1) == expected);
}

TEST_CASE("Beale's one minimum is at (3, 0.5)", "[landscapes][beale]") {
  const auto beale = landscape("beale");
  REQUIRE(beale->minima().size() == 1);
  CHECK(beale->minima()[0] == Point(3, 0.5));
}
