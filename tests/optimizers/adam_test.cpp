#include "optimizers/optimizers.h"

using namespace descent;

// Throughout: η = 0.1, β₁ = ½, β₂ = ¾, so that 1 − β₁ᵗ = 1/2, 3/4, 7/8 and
// 1 − β₂ᵗ = 1/4, 7/16, 37/64. With a constant gradient g, m = g(1 − β₁ᵗ) and v = g²(1 − β₂ᵗ).

namespace {

const std::string kAdam = "adam(lr=0.1, beta1=0.5, beta2=0.75, ";

Script adamScript() { return Script({vec({1}), vec({3}), vec({-4})}); }

}  // namespace

TEST_CASE("Adam divides the corrected mean by the root of the corrected mean square", "[adam]") {
  // g = 1, 3, −4.
  // m = 1/2, 7/4, −9/8      corrected 1, 7/3, −9/7
  // v = 1/4, 39/16, 373/64  corrected 1, 39/7, 373/37
  const double x1 = -0.1, x2 = x1 - 0.1 * (7 / 3.0) / std::sqrt(39 / 7.0),
               x3 = x2 + 0.1 * (9 / 7.0) / std::sqrt(373 / 37.0);
  auto oracle = adamScript();
  checkSteps(kAdam + "epsilon=0)", oracle, 0, {x1, x2, x3});
}

TEST_CASE("Adam's moments are remembered uncorrected", "[adam]") {
  auto adam = optimizer(kAdam + "epsilon=0)");
  auto oracle = adamScript();
  path(*adam, oracle, vec({0}), 3);
  const auto memory = adam->memory();
  REQUIRE(memory.size() == 2);
  CHECK((*memory[0].values)[0] == Approx(-9 / 8.0));
  CHECK((*memory[1].values)[0] == Approx(373 / 64.0));
}

TEST_CASE("Adam corrects both moments, the first, the second or none", "[adam]") {
  // g = 2: m̂ = 2 or 1, 3/2, 7/4; √v̂ = 2 or 1, √7/2, √37/4.
  const Linear f{2};
  checkSteps(kAdam + "epsilon=0, biasCorrection=both)", f, 0, {-0.1, -0.2, -0.3});
  double x1 = -0.1 * 2, x2 = x1 - 0.1 * 4 / kRoot7, x3 = x2 - 0.1 * 8 / kRoot37;
  checkSteps(kAdam + "epsilon=0, biasCorrection=first)", f, 0, {x1, x2, x3});
  checkSteps(kAdam + "epsilon=0, biasCorrection=second)", f, 0, {-0.05, -0.125, -0.2125});
  x1 = -0.1, x2 = x1 - 0.1 * 3 / kRoot7, x3 = x2 - 0.1 * 7 / kRoot37;
  checkSteps(kAdam + "epsilon=0, biasCorrection=none)", f, 0, {x1, x2, x3});
}

TEST_CASE("Moments that start at the first gradient need no correction", "[adam]") {
  // g = 1, 3, −4: m = 1, 2, −1; v = 1, 3, 25/4.
  const double x1 = -0.1, x2 = x1 - 0.2 / std::sqrt(3), x3 = x2 + 0.1 / 2.5;
  for (const char* correction : {"both", "first", "second", "none"}) {
    auto oracle = adamScript();
    checkSteps(kAdam + "epsilon=0, start=first-gradient, biasCorrection=" + correction + ")",
               oracle, 0, {x1, x2, x3});
  }
}

TEST_CASE("Adam's epsilon stands outside the root, inside it or before the correction", "[adam]") {
  // g = ¾, ε = 1. Outside: ¾/(¾ + 1) = 3/7 every step.
  const Linear f{0.75};
  checkSteps(kAdam + "epsilon=1)", f, 0, {-0.3 / 7, -0.6 / 7, -0.9 / 7});
  // Inside: ¾/√(9/16 + 1) = 3/5.
  checkSteps(kAdam + "epsilon=1, epsilonPlacement=inside)", f, 0, {-0.06, -0.12, -0.18});
  // Hat: m̂/((√v + 1)/√(1 − β₂ᵗ)) = ¾/(¾ + 1/√(1 − β₂ᵗ)), the root being 1/2, √7/4, √37/8.
  const double x1 = -0.1 * 3 / 11, x2 = x1 - 0.075 / (0.75 + 4 / kRoot7),
               x3 = x2 - 0.075 / (0.75 + 8 / kRoot37);
  checkSteps(kAdam + "epsilon=1, epsilonPlacement=hat)", f, 0, {x1, x2, x3});
}

TEST_CASE("Adam's weight decay is a gradient, which the division then rescales", "[adam]") {
  // g = 0, λ = 1, η = ½ from 1. g + λx = 1: x = ½. It is then ½: m = ½, m̂ = 2/3, v = ¼,
  // v̂ = 4/7, x = ½ − ½·(2/3)/√(4/7) = ½ − √7/6 = a. It is then a: m = ¼ + a/2, v = 3/16 + a²/4.
  const double a = 0.5 - kRoot7 / 6, m = (0.25 + a / 2) * 8 / 7,
               v = (3 / 16.0 + a * a / 4) * 64 / 37;
  const std::string recipe = "adam(lr=0.5, beta1=0.5, beta2=0.75, epsilon=0, weightDecay=";
  checkSteps(recipe + "1)", Linear{0}, 1, {0.5, a, a - 0.5 * m / std::sqrt(v)});
  // So that its size hardly matters.
  checkSteps(recipe + "0.125)", Linear{0}, 1, {0.5, a, a - 0.5 * m / std::sqrt(v)});
}

TEST_CASE("Adam follows its schedule", "[adam]") {
  checkSteps(kAdam + "epsilon=0, schedule=warmup(constant, steps=2))", Linear{2}, 0,
             {-0.05, -0.15, -0.25});
}

TEST_CASE("A coordinate whose gradient is zero stays where it is", "[adam]") {
  const auto points = path("adam(lr=0.1)", Linear{0, 5}, vec({3, 0}), 10);
  CHECK(points.back()[0] == 3);
  CHECK(points.back()[1] == Approx(-1).epsilon(1e-8));
}

TEST_CASE("Without epsilon too, a coordinate that never had a gradient stays", "[adam]") {
  for (const char* placement : {"outside", "inside", "hat"}) {
    INFO(placement);
    const auto points =
        path(std::string("adam(lr=0.1, epsilon=0, epsilonPlacement=") + placement + ")",
             Linear{0, 5}, vec({3, 0}), 3);
    CHECK(points[3][0] == 3);
    CHECK(points[3][1] == Approx(-0.3));
  }
}

TEST_CASE("Without ε a gradient too small to be squared moves as any other", "[adam]") {
  // The first step is lr whatever the gradient's size; 1e-170 squared is below the numbers, and
  // 1e-160 squared has lost its digits.
  for (const char* name : {"adam", "adamw", "amsgrad", "nadam", "adagrad", "adamax"}) {
    const std::string recipe = std::string(name) + "(lr=0.1, epsilon=0)";
    const double usual = -path(recipe, Linear{1.0}, vec({0}), 1)[1][0];
    for (const double size : {1e-300, 1e-170, 1e-155, 1e-150}) {
      INFO(recipe << " of " << size);
      const double step = -path(recipe, Linear{size, 1.0}, vec({0, 0}), 1)[1][0];
      CHECK(step > 0.9 * usual);
      CHECK(step < 1.1 * usual);
    }
  }
  // RMSprop's first step is lr/√(1 − 0.99) = 10 lr; of what cannot be squared it is lr, as later.
  const double slow = -path("rmsprop(lr=0.1, epsilon=0)", Linear{1e-170}, vec({0}), 1)[1][0];
  CHECK(slow == Approx(0.1));
}
