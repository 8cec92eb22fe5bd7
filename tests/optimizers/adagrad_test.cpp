#include "support/objectives.h"

using namespace descent;

TEST_CASE("AdaGrad divides by the root of the sum of all squares, the newest included",
          "[adagrad]") {
  // g = 3, 4, −12: G = 9, 25, 169.
  const double x1 = -0.1, x2 = x1 - 0.1 * 4 / 5, x3 = x2 + 0.1 * 12 / 13;
  Script oracle({vec({3}), vec({4}), vec({-12})});
  checkSteps("adagrad(epsilon=0)", oracle, 0, {x1, x2, x3});
}

TEST_CASE("AdaGrad's epsilon stands outside the root or inside it", "[adagrad]") {
  // Outside, ε = 1: 3/(3 + 1), 4/(5 + 1), −12/(13 + 1).
  double x1 = -0.075, x2 = x1 - 0.1 * 2 / 3, x3 = x2 + 0.1 * 6 / 7;
  Script outside({vec({3}), vec({4}), vec({-12})});
  checkSteps("adagrad(epsilon=1)", outside, 0, {x1, x2, x3});
  // Inside, ε = 1, g = ¾, 3, 21: G + ε = 25/16, 169/16, 7225/16 = (85/4)².
  x1 = -0.1 * 3 / 5, x2 = x1 - 0.1 * 12 / 13, x3 = x2 - 0.1 * 84 / 85;
  Script inside({vec({0.75}), vec({3}), vec({21})});
  checkSteps("adagrad(epsilon=1, epsilonPlacement=inside)", inside, 0, {x1, x2, x3});
}

TEST_CASE("AdaGrad's epsilon is 1e-10 unless told", "[adagrad]") {
  // 1e-10/(1e-10 + 1e-10) = ½; the sum is then 2e-20: 1/(√2 + 1) = √2 − 1.
  checkSteps("adagrad", Linear{1e-10}, 0, {-0.05, -0.05 - 0.1 * (std::sqrt(2) - 1)});
}

TEST_CASE("On a constant slope AdaGrad's steps fall like 1/√t, whatever the slope", "[adagrad]") {
  const double x2 = -0.1 - 0.1 / std::sqrt(2), x3 = x2 - 0.1 / std::sqrt(3);
  for (const double g : {1e-3, 1.0, 1e3}) {
    checkSteps("adagrad(epsilon=0)", Linear{g}, 0, {-0.1, x2, x3});
  }
}

TEST_CASE("In AdaGrad each coordinate has its own sum", "[adagrad]") {
  // A coordinate that first has a gradient at the third step still moves by the whole rate.
  Script oracle({vec({5, 0}), vec({12, 0}), vec({0, 7})});
  const auto points = path(*optimizer("adagrad(epsilon=0)"), oracle, vec({0, 0}), 3);
  CHECK(points[2][1] == 0);
  CHECK(points[3][0] == Approx(-0.1 - 0.1 * 12 / 13));
  CHECK(points[3][1] == Approx(-0.1));
}
