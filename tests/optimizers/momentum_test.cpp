#include "support/objectives.h"

using namespace descent;

TEST_CASE("Momentum sums past gradients into its velocity", "[momentum]") {
  // f = ½x² at 1, η = 0.1, β = ½: v = 1, x = 0.9; v = 0.5 + 0.9 = 1.4, x = 0.76;
  // v = 0.7 + 0.76 = 1.46, x = 0.614.
  checkSteps("momentum(lr=0.1, beta=0.5)", Quadratic{1}, 1, {0.9, 0.76, 0.614});
}

TEST_CASE("The heavy ball's velocity has the rate in it", "[momentum]") {
  // v = −0.1, x = 0.9; v = −0.05 − 0.09 = −0.14, x = 0.76; v = −0.07 − 0.076 = −0.146, x = 0.614.
  auto ball = optimizer("momentum(lr=0.1, beta=0.5, form=heavy-ball)");
  const Quadratic f{1};
  ObjectiveOracle oracle(f);
  const auto points = path(*ball, oracle, vec({1}), 3);
  CHECK(points[1][0] == Approx(0.9));
  CHECK(points[2][0] == Approx(0.76));
  CHECK(points[3][0] == Approx(0.614));
  REQUIRE(ball->memory().size() == 1);
  CHECK((*ball->memory()[0].values)[0] == Approx(-0.146));
}

TEST_CASE("The averaging form weighs a gradient with 1 − β", "[momentum]") {
  // m = 0.5, x = 0.95; m = 0.25 + 0.475 = 0.725, x = 0.8775;
  // m = 0.3625 + 0.43875 = 0.80125, x = 0.797375.
  checkSteps("momentum(lr=0.1, beta=0.5, form=ema)", Quadratic{1}, 1, {0.95, 0.8775, 0.797375});
}

TEST_CASE("Under a schedule the forms of momentum part", "[momentum]") {
  // g = 1, β = ½, η = 0.05, 0.1, 0.1.
  const std::string schedule = "schedule=warmup(constant, steps=2)";
  // v = 1, 1.5, 1.75.
  checkSteps("momentum(lr=0.1, beta=0.5, " + schedule + ")", Linear{1}, 0, {-0.05, -0.2, -0.375});
  // v = −0.05, −0.125, −0.1625: what was gathered at the low rate stays small.
  checkSteps("momentum(lr=0.1, beta=0.5, form=heavy-ball, " + schedule + ")", Linear{1}, 0,
             {-0.05, -0.175, -0.3375});
  // m = 0.5, 0.75, 0.875.
  checkSteps("momentum(lr=0.1, beta=0.5, form=ema, " + schedule + ")", Linear{1}, 0,
             {-0.025, -0.1, -0.1875});
}

TEST_CASE("Momentum gathers its weight decay like a gradient", "[momentum]") {
  // g = 1, λ = 1, from 1: g + λx = 2, v = 2, x = 0.8; 1.8, v = 2.8, x = 0.52;
  // 1.52, v = 2.92, x = 0.228.
  checkSteps("momentum(lr=0.1, beta=0.5, weightDecay=1)", Linear{1}, 1, {0.8, 0.52, 0.228});
  checkSteps("momentum(lr=0.1, beta=0.5, weightDecay=1, form=heavy-ball)", Linear{1}, 1,
             {0.8, 0.52, 0.228});
  // m = 1, x = 0.9; m = 0.5 + 0.95 = 1.45, x = 0.755; m = 0.725 + 0.8775 = 1.6025, x = 0.59475.
  checkSteps("momentum(lr=0.1, beta=0.5, weightDecay=1, form=ema)", Linear{1}, 1,
             {0.9, 0.755, 0.59475});
}

TEST_CASE("Momentum without memory is SGD", "[momentum]") {
  checkSteps("momentum(lr=0.1, beta=0)", Quadratic{1}, 1, {0.9, 0.81, 0.729});
}
