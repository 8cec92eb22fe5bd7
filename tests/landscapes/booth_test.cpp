#include "landscapes/landscapes.h"

using namespace descent;

TEST_CASE("Booth's values at points known by hand", "[landscapes][booth]") {
  const auto booth = landscape("booth");
  CHECK(booth->f(1, 3) == 0);
  CHECK(booth->f(0, 0) == 74);  // 7² + 5²
  CHECK(booth->f(2, 1) == 9);   // (2 + 2 − 7)² + 0
  CHECK(booth->f(3, 2) == 9);   // 0 + (6 + 2 − 5)²
}

TEST_CASE("Booth's slope at points known by hand", "[landscapes][booth]") {
  const auto booth = landscape("booth");
  CHECK(booth->gradientAt(0, 0) == Point(-34, -38));  // 2(−7) + 4(−5), 4(−7) + 2(−5)
  CHECK(booth->gradientAt(2, 1) == Point(-6, -12));   // 2(−3), 4(−3)
  CHECK(booth->gradientAt(1, 3) == Point(0, 0));
}

TEST_CASE("Booth curves by 2 along (1, −1) and by 18 along (1, 1)", "[landscapes][booth]") {
  const auto h = landscape("booth")->hessianAt(-2, 5);
  CHECK(h * Point(1, -1) == Point(2, -2));
  CHECK(h * Point(1, 1) == Point(18, 18));
}

TEST_CASE("Booth's one minimum is at (1, 3)", "[landscapes][booth]") {
  const auto booth = landscape("booth");
  REQUIRE(booth->minima().size() == 1);
  CHECK(booth->minima()[0] == Point(1, 3));
}
