#include "landscapes/landscapes.h"

using namespace descent;

TEST_CASE("Rosenbrock's values at points known by hand", "[landscapes][rosenbrock]") {
  const auto rosenbrock = landscape("rosenbrock");
  CHECK(rosenbrock->f(1, 1) == 0);
  CHECK(rosenbrock->f(0, 0) == 1);
  CHECK(rosenbrock->f(0, 1) == 101);             // 1 + 100
  CHECK(rosenbrock->f(-1, 1) == 4);              // on the valley's floor: (1 + 1)²
  CHECK(rosenbrock->f(-1.2, 1) == about(24.2));  // 2.2² + 100·0.44² = 4.84 + 19.36
  CHECK(rosenbrock->f(-1.5, 2) == about(12.5));  // 2.5² + 100·0.25² = 6.25 + 6.25
}

TEST_CASE("Rosenbrock's slope at the classical start", "[landscapes][rosenbrock]") {
  // y − x² = −0.44: −2·2.2 − 400·(−1.2)(−0.44) = −4.4 − 211.2; 200·(−0.44)
  CHECK(about(landscape("rosenbrock")->gradientAt(-1.2, 1), {-215.6, -88}));
}

TEST_CASE("Rosenbrock's minimum is at (1, 1), in a valley 2500 times as long as wide",
          "[landscapes][rosenbrock]") {
  const auto rosenbrock = landscape("rosenbrock");
  REQUIRE(rosenbrock->minima().size() == 1);
  CHECK(rosenbrock->minima()[0] == Point(1, 1));
  Eigen::Matrix2d expected;
  expected << 802, -400, -400, 200;  // trace 1002, determinant 400
  CHECK(rosenbrock->hessianAt(1, 1) == expected);
}
