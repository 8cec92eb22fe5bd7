#include "landscapes/landscapes.h"

using namespace descent;

TEST_CASE("Himmelblau's values at points known by hand", "[landscapes][himmelblau]") {
  const auto himmelblau = landscape("himmelblau");
  CHECK(himmelblau->f(0, 0) == 170);  // 11² + 7²
  CHECK(himmelblau->f(1, 1) == 106);  // 9² + 5²
  CHECK(himmelblau->f(3, 2) == 0);
  CHECK(himmelblau->f(-1, 2) == 80);  // 8² + 4²
}

TEST_CASE("Himmelblau's slope and curvature at the origin", "[landscapes][himmelblau]") {
  const auto himmelblau = landscape("himmelblau");
  CHECK(himmelblau->gradientAt(0, 0) == Point(-14, -22));  // 2·(−7), 2·(−11)
  Eigen::Matrix2d expected;
  expected << -42, 0, 0, -26;
  CHECK(himmelblau->hessianAt(0, 0) == expected);
  expected << 74, 20, 20, 34;  // at (3, 2): 108 + 8 − 42, 4·5, 48 + 12 − 26
  CHECK(himmelblau->hessianAt(3, 2) == expected);
}

TEST_CASE("Himmelblau has four minima of value zero", "[landscapes][himmelblau]") {
  const auto himmelblau = landscape("himmelblau");
  // https://en.wikipedia.org/wiki/Himmelblau%27s_function, six decimals
  const std::vector<Point> known = {
      {3, 2}, {-2.805118, 3.131312}, {-3.779310, -3.283186}, {3.584428, -1.848126}};
  const auto minima = himmelblau->minima();
  REQUIRE(minima.size() == 4);
  for (std::size_t i = 0; i < 4; ++i) {
    CHECK((minima[i] - known[i]).lpNorm<Eigen::Infinity>() < 1.1e-6);
    CHECK(himmelblau->f(minima[i].x(), minima[i].y()) < 1e-26);
  }
}
