#include "optimizers/optimizers.h"

using namespace descent;

// Throughout: β₁ = ½, β₂ = ¾, so that 1 − β₁ᵗ = 1/2, 3/4, 7/8 and 1 − β₂ᵗ = 1/4, 7/16, 37/64.

namespace {

const std::string kAmsgrad = "amsgrad(lr=0.1, beta1=0.5, beta2=0.75, ";

// m = 1, 1/2, 3/4, corrected 2, 2/3, 6/7. v = 1, 3/4, 13/16; the largest stays 1.
Script amsgradScript() { return Script({vec({2}), vec({0}), vec({1})}); }

}  // namespace

TEST_CASE("AMSGrad corrects the largest mean square, which is found before", "[amsgrad]") {
  // 1 corrected is 4, 16/7, 64/37. (The largest corrected one would stay 4.)
  const double x1 = -0.1, x2 = x1 - 0.1 * kRoot7 / 6, x3 = x2 - 0.1 * 3 * kRoot37 / 28;
  auto oracle = amsgradScript();
  checkSteps(kAmsgrad + "epsilon=0)", oracle, 0, {x1, x2, x3});
}

TEST_CASE("AMSGrad as printed in the paper corrects nothing", "[amsgrad]") {
  // m/√v̌ = 1, 1/2, 3/4.
  auto oracle = amsgradScript();
  checkSteps(kAmsgrad + "epsilon=0, biasCorrection=none)", oracle, 0, {-0.1, -0.15, -0.225});
}

TEST_CASE("AMSGrad remembers both moments and the largest", "[amsgrad]") {
  auto amsgrad = optimizer(kAmsgrad + "epsilon=0)");
  auto oracle = amsgradScript();
  path(*amsgrad, oracle, vec({0}), 3);
  const auto memory = amsgrad->memory();
  REQUIRE(memory.size() == 3);
  CHECK((*memory[0].values)[0] == 0.75);
  CHECK((*memory[1].values)[0] == 0.8125);
  CHECK((*memory[2].values)[0] == 1);
}

TEST_CASE("AMSGrad takes Adam's variants", "[amsgrad]") {
  // g = ¾, ε = 1. Outside: ¾/(¾ + 1). Inside: ¾/√(9/16 + 1).
  checkSteps(kAmsgrad + "epsilon=1)", Linear{0.75}, 0, {-0.3 / 7, -0.6 / 7, -0.9 / 7});
  checkSteps(kAmsgrad + "epsilon=1, epsilonPlacement=inside)", Linear{0.75}, 0,
             {-0.06, -0.12, -0.18});
  // From the first gradient, g = 2, 0, 1: m = 2, 1, 1; v = 4, 3, 5/2, the largest 4.
  auto oracle = amsgradScript();
  checkSteps(kAmsgrad + "epsilon=0, start=first-gradient)", oracle, 0, {-0.1, -0.15, -0.2});
}

TEST_CASE("AMSGrad's weight decay is a gradient", "[amsgrad]") {
  // g = 0, λ = 1, η = ½ from 1, as Adam: x = ½, then a = ½ − √7/6 with v = ¼ as before.
  // Then v falls, and v̌ = ¼ is corrected to 16/37; m̂ = (¼ + a/2)·8/7.
  const double a = 0.5 - kRoot7 / 6, mean = (0.25 + a / 2) * 8 / 7;
  checkSteps("amsgrad(lr=0.5, beta1=0.5, beta2=0.75, epsilon=0, weightDecay=1)", Linear{0}, 1,
             {0.5, a, a - 0.5 * mean * kRoot37 / 4});
}

TEST_CASE("While squares grow AMSGrad is Adam", "[amsgrad][adam]") {
  std::vector<Vector> growing;
  for (int t = 1; t <= 50; ++t) growing.push_back(vec({0.1 * t, -3.0 * t}));
  Script forAmsGrad(growing), forAdam(growing);
  CHECK(path(*optimizer("amsgrad(lr=0.1)"), forAmsGrad, vec({0, 0}), 50) ==
        path(*optimizer("adam(lr=0.1)"), forAdam, vec({0, 0}), 50));
  const auto f = landscape("himmelblau");
  const Vector start = f->starts()[0];
  CHECK(distance(path("amsgrad(lr=0.05, beta2=0.9)", *f, start, 100),
                 path("adam(lr=0.05, beta2=0.9)", *f, start, 100)) > 1e-3);
}
