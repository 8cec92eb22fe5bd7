#include "support/objectives.h"

using namespace descent;

// Throughout: β₁ = ½, β₂ = ¾, so that 1 − β₁ᵗ = 1/2, 3/4, 7/8.

namespace {

const std::string kAdamax = "adamax(lr=0.1, beta1=0.5, beta2=0.75, ";

}  // namespace

TEST_CASE("AdaMax divides by the largest gradient, which it slowly forgets", "[adamax]") {
  // g = 4, 1, −2.
  // m = 2, 3/2, −1/4, corrected 4, 2, −2/7
  // u = 4, 3 (over 1), 9/4 (over 2): it is not corrected.
  const double x1 = -0.1, x2 = x1 - 0.2 / 3, x3 = x2 + 0.1 * 8 / 63;
  Script oracle({vec({4}), vec({1}), vec({-2})});
  checkSteps(kAdamax + "epsilon=0)", oracle, 0, {x1, x2, x3});
}

TEST_CASE("AdaMax's epsilon is added to the gradient's size, within the maximum", "[adamax]") {
  // ε = 1: u = 5, 15/4 (over 2), 3 (over 45/16).
  const double x1 = -0.08, x2 = x1 - 0.1 * 8 / 15, x3 = x2 + 0.1 * 2 / 21;
  Script oracle({vec({4}), vec({1}), vec({-2})});
  checkSteps(kAdamax + "epsilon=1)", oracle, 0, {x1, x2, x3});
}

TEST_CASE("AdaMax's weight decay is a gradient", "[adamax]") {
  // g = 0, λ = 1, η = ½ from 1. It is 1: m̂ = 1, u = 1, x = ½.
  // It is ½: m = ½, m̂ = 2/3, u = ¾, x = ½ − ½·8/9 = 1/18.
  // It is 1/18: m = 5/18, m̂ = 20/63, u = 9/16, x = 1/18 − ½·320/567 = −257/1134.
  checkSteps("adamax(lr=0.5, beta1=0.5, beta2=0.75, epsilon=0, weightDecay=1)", Linear{0}, 1,
             {0.5, 1 / 18.0, -257 / 1134.0});
}

TEST_CASE("AdaMax moves by 0.002 unless told and forgets its largest by a thousandth", "[adamax]") {
  // g = 2, 0: m̂ = 2 and 0.18/0.19, u = 2 and 1.998.
  Script oracle({vec({2}), vec({0})});
  checkSteps("adamax(epsilon=0)", oracle, 0, {-0.002, -0.002 - 0.002 * (0.18 / 0.19) / 1.998});
}

TEST_CASE("Without epsilon too, AdaMax leaves a coordinate that never had a gradient", "[adamax]") {
  const auto points = path("adamax(epsilon=0)", Linear{0, 5}, vec({3, 0}), 3);
  CHECK(points[3][0] == 3);
  CHECK(points[3][1] == Approx(-0.006));
}
