#include "support/objectives.h"

using namespace descent;

// With a constant gradient and ε = 0 Adam's direction is 1 at every step.

namespace {

const std::string kAdamw = "adamw(lr=0.1, epsilon=0, weightDecay=0.5";
const std::string kWarm = ", schedule=warmup(constant, steps=2))";  // factors ½, 1, 1

}  // namespace

TEST_CASE("AdamW's decay takes off a share of the weights beside Adam's step", "[adamw]") {
  // From 2: 2 − 0.1 (1 + 1) = 1.8, 1.8 − 0.1 (1 + 0.9) = 1.61, 1.61 − 0.1 (1 + 0.805) = 1.4295.
  checkSteps(kAdamw + ")", Linear{1}, 2, {1.8, 1.61, 1.4295});
  // The size of the gradient does not matter to it.
  checkSteps(kAdamw + ")", Linear{1000}, 2, {1.8, 1.61, 1.4295});
}

TEST_CASE("AdamW's decay multiplies the rate, as the frameworks have it", "[adamw]") {
  // η = 0.05, 0.1, 0.1: 2 − 0.05·2 = 1.9, 1.9 − 0.1·1.95 = 1.705, 1.705 − 0.1·1.8525 = 1.51975.
  checkSteps(kAdamw + kWarm, Linear{1}, 2, {1.9, 1.705, 1.51975});
}

TEST_CASE("AdamW's decay as printed in the paper multiplies the schedule alone", "[adamw]") {
  // 2 − 0.1 − 1 = 0.9, 0.9 − 0.1 − 0.45 = 0.35, 0.35 − 0.1 − 0.175 = 0.075.
  checkSteps(kAdamw + ", decayScale=schedule)", Linear{1}, 2, {0.9, 0.35, 0.075});
  // 2 − 0.05 − ¼·2 = 1.45, 1.45 − 0.1 − 0.725 = 0.625, 0.625 − 0.1 − 0.3125 = 0.2125.
  checkSteps(kAdamw + ", decayScale=schedule" + kWarm, Linear{1}, 2, {1.45, 0.625, 0.2125});
}

TEST_CASE("Where there is no gradient AdamW's weights shrink geometrically", "[adamw]") {
  // By 1 − ηλ = 0.95 a step.
  checkSteps("adamw(lr=0.1, weightDecay=0.5)", Linear{0}, 1, {0.95, 0.9025, 0.857375});
}

TEST_CASE("AdamW's moments do not see its decay", "[adamw]") {
  const Linear f{2};
  ObjectiveOracle oracle(f);
  auto adamw = optimizer(kAdamw + ", beta1=0.5, beta2=0.75)");
  path(*adamw, oracle, vec({100}), 2);
  const auto memory = adamw->memory();
  REQUIRE(memory.size() == 2);
  // m = 2·3/4, v = 4·7/16.
  CHECK((*memory[0].values)[0] == Approx(1.5));
  CHECK((*memory[1].values)[0] == Approx(1.75));
}

TEST_CASE("AdamW takes Adam's variants", "[adamw]") {
  // β₁ = ½, β₂ = ¾, no correction, g = 2: directions 1, 3/√7, 7/√37, as in Adam's own test.
  const double x1 = 1 - 0.1 * (1 + 0.5), x2 = x1 - 0.1 * (3 / std::sqrt(7) + 0.5 * x1),
               x3 = x2 - 0.1 * (7 / std::sqrt(37) + 0.5 * x2);
  checkSteps(kAdamw + ", beta1=0.5, beta2=0.75, biasCorrection=none)", Linear{2}, 1, {x1, x2, x3});
}

TEST_CASE("AdamW decays by a hundredth unless told", "[adamw]") {
  checkSteps("adamw(lr=1)", Linear{0}, 1, {0.99});
}
