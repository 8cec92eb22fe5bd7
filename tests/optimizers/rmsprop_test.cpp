#include "support/objectives.h"

using namespace descent;

// Throughout: η = 0.1, β = ¾.

TEST_CASE("RMSProp divides by the root of the uncorrected mean square", "[rmsprop]") {
  // g = 2, 5, −1: v = 1, 3/4 + 25/4 = 7, 21/4 + 1/4 = 11/2.
  const double x1 = -0.2, x2 = x1 - 0.5 / std::sqrt(7), x3 = x2 + 0.1 / std::sqrt(5.5);
  Script oracle({vec({2}), vec({5}), vec({-1})});
  checkSteps("rmsprop(lr=0.1, beta=0.75, epsilon=0)", oracle, 0, {x1, x2, x3});
}

TEST_CASE("RMSProp's epsilon stands outside the root or inside it", "[rmsprop]") {
  // g = 2: v = 1, 7/4, 37/16; ε = 1.
  const std::string base = "rmsprop(lr=0.1, beta=0.75, epsilon=1";
  double x1 = -0.1, x2 = x1 - 0.2 / (std::sqrt(7) / 2 + 1), x3 = x2 - 0.2 / (std::sqrt(37) / 4 + 1);
  checkSteps(base + ")", Linear{2}, 0, {x1, x2, x3});
  x1 = -0.2 / std::sqrt(2), x2 = x1 - 0.4 / std::sqrt(11), x3 = x2 - 0.8 / std::sqrt(53);
  checkSteps(base + ", epsilonPlacement=inside)", Linear{2}, 0, {x1, x2, x3});
}

TEST_CASE("RMSProp forgets a tenth of its scale each step unless told", "[rmsprop]") {
  // v = 0.1, 0.19: 1/√0.1, 1/√0.19, at a rate of 0.01.
  const double x1 = -0.01 / std::sqrt(0.1);
  checkSteps("rmsprop(epsilon=0)", Linear{3}, 0, {x1, x1 - 0.01 / std::sqrt(0.19)});
}

TEST_CASE("RMSProp is Adam without a mean and without correction", "[rmsprop][adam]") {
  const auto f = landscape("himmelblau");
  const Vector start = f->starts()[0];
  for (const std::string rest :
       {"epsilon=1e-8)", "epsilon=0.1)", "epsilon=0.1, epsilonPlacement=inside)"}) {
    INFO(rest);
    CHECK(path("rmsprop(lr=0.02, " + rest, *f, start, 100) ==
          path("adam(lr=0.02, beta1=0, beta2=0.9, biasCorrection=none, " + rest, *f, start, 100));
  }
}

TEST_CASE("Without epsilon too, RMSProp leaves a coordinate that never had a gradient",
          "[rmsprop]") {
  CHECK(path("rmsprop(epsilon=0)", Linear{0, 1}, vec({3, 0}), 3)[3][0] == 3);
}
