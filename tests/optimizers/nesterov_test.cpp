#include "support/objectives.h"

using namespace descent;

// Throughout: f = ½x² from 1, η = 0.1, β = ½.

TEST_CASE("Nesterov asks for the slope where the velocity leads", "[nesterov]") {
  // Asked at 1: v = 1, x = 0.9. Asked at 0.9 − 0.05·1 = 0.85: v = 0.5 + 0.85 = 1.35, x = 0.765.
  // Asked at 0.765 − 0.05·1.35 = 0.6975: v = 0.675 + 0.6975 = 1.3725, x = 0.62775.
  checkSteps("nesterov(lr=0.1, beta=0.5)", Quadratic{1}, 1, {0.9, 0.765, 0.62775});
}

TEST_CASE("Nesterov's value is that of the point where it asked", "[nesterov]") {
  const Quadratic f{1};
  ObjectiveOracle oracle(f);
  auto nesterov = optimizer("nesterov(lr=0.1, beta=0.5)");
  nesterov->reset(vectorLayout(1));
  Vector x = vec({1});
  CHECK(nesterov->step(oracle, x, 0.1).value == Approx(0.5));
  CHECK(nesterov->step(oracle, x, 0.1).value == Approx(0.85 * 0.85 / 2));
  CHECK(oracle.counts().gradients == 2);
  CHECK(oracle.counts().values == 0);
}

TEST_CASE("Nesterov's framework form asks where it stands", "[nesterov]") {
  // v = 1, x = 1 − 0.1·1.5 = 0.85; v = 1.35, x = 0.85 − 0.1 (0.85 + 0.675) = 0.6975;
  // v = 1.3725, x = 0.6975 − 0.1 (0.6975 + 0.68625) = 0.559125.
  checkSteps("nesterov(lr=0.1, beta=0.5, form=framework)", Quadratic{1}, 1,
             {0.85, 0.6975, 0.559125});
}

TEST_CASE("The accelerated rule keeps (t − 1)/(t + 2) of the velocity", "[nesterov]") {
  // β = 0, ¼, ⅖. v = 1, x = 0.9. Asked at 0.9 − 0.025 = 0.875: v = 0.25 + 0.875 = 1.125,
  // x = 0.7875. Asked at 0.7875 − 0.04·1.125 = 0.7425: v = 0.45 + 0.7425 = 1.1925, x = 0.66825.
  checkSteps("nesterov(lr=0.1, betaRule=accelerated)", Quadratic{1}, 1, {0.9, 0.7875, 0.66825});
  // v = 1, x = 0.9; v = 0.25 + 0.9 = 1.15, x = 0.9 − 0.1 (0.9 + 0.2875) = 0.78125;
  // v = 0.46 + 0.78125 = 1.24125, x = 0.78125 − 0.1 (0.78125 + 0.4965) = 0.653475.
  checkSteps("nesterov(lr=0.1, betaRule=accelerated, form=framework)", Quadratic{1}, 1,
             {0.9, 0.78125, 0.653475});
}

TEST_CASE("Nesterov's accelerated rule starts again after a reset", "[nesterov]") {
  const Quadratic f{1};
  ObjectiveOracle oracle(f);
  auto nesterov = optimizer("nesterov(lr=0.1, betaRule=accelerated)");
  const auto first = path(*nesterov, oracle, vec({1}), 5);
  CHECK(path(*nesterov, oracle, vec({1}), 5) == first);
}

TEST_CASE("Under a schedule the forms of Nesterov part", "[nesterov]") {
  // g = 1, η = 0.05, 0.1, 0.1. Look-ahead: v = 1, 1.5, 1.75.
  const std::string schedule = "schedule=warmup(constant, steps=2)";
  checkSteps("nesterov(lr=0.1, beta=0.5, " + schedule + ")", Linear{1}, 0, {-0.05, -0.2, -0.375});
  // Framework: −0.05·1.5, −0.1·1.75, −0.1·1.875. The look-ahead point of the other path after its
  // first step, with the rate of the second, is −0.05 − 0.1·½ = −0.1 and not −0.075.
  checkSteps("nesterov(lr=0.1, beta=0.5, form=framework, " + schedule + ")", Linear{1}, 0,
             {-0.075, -0.25, -0.4375});
}
