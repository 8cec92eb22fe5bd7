#include <cmath>

#include "landscapes/landscapes.h"

using namespace descent;

TEST_CASE("The plateau's values at points known by hand", "[landscapes][plateau]") {
  const auto plateau = landscape("plateau");
  CHECK(plateau->f(0, 0) == 0);
  CHECK(plateau->f(1, 1) == about(2 - 2 / std::exp(1) + 0.01));  // r² = 2
  // r² = 25: e^−12.5 = 3.726653172e−6, so 2 − 7.453306e−6 + 0.125
  CHECK(plateau->f(3, 4) == Approx(2.124992546694).epsilon(1e-12));
  CHECK(plateau->f(30, 40) == about(14.5));  // r² = 2500: the well is gone, 2 + 12.5
}

TEST_CASE("The plateau's slope is 1.2 on the cliff and 0.04 on the shelf",
          "[landscapes][plateau]") {
  const auto plateau = landscape("plateau");
  // r(2e^(−r²/2) + 0.01): 2·0.60653066 + 0.01, and 4(2·3.3546263e−4 + 0.01)
  CHECK(plateau->gradientAt(1, 0).norm() == Approx(1.22306132).epsilon(1e-8));
  CHECK(plateau->gradientAt(4, 0).norm() == Approx(0.042683701).epsilon(1e-8));
  CHECK(plateau->gradientAt(0, -1).norm() == plateau->gradientAt(1, 0).norm());
}

TEST_CASE("The plateau's slope points away from the origin", "[landscapes][plateau]") {
  const auto plateau = landscape("plateau");
  CHECK(plateau->gradientAt(2, 0).x() > 0);
  CHECK(plateau->gradientAt(2, 0).y() == 0);
  CHECK(plateau->gradientAt(0, -2).y() < 0);
}

TEST_CASE("The plateau curves by 2.01 at its minimum and downwards on its rim",
          "[landscapes][plateau]") {
  const auto plateau = landscape("plateau");
  const Eigen::Matrix2d expected = 2.01 * Eigen::Matrix2d::Identity();
  CHECK(plateau->hessianAt(0, 0) == expected);
  // At r = 2 along the radius: 0.01 + 2e^−2(1 − 4) = 0.01 − 6·0.13533528; across it 0.28067057
  CHECK(plateau->hessianAt(2, 0)(0, 0) == Approx(-0.80201170).epsilon(1e-8));
  CHECK(plateau->hessianAt(2, 0)(1, 1) == Approx(0.28067057).epsilon(1e-7));
}
