#include "support/objectives.h"

using namespace descent;

TEST_CASE("SGD steps against the slope by the rate", "[sgd]") {
  // f = ½x² at 1, η = 0.1: every step takes off a tenth.
  checkSteps("sgd(lr=0.1)", Quadratic{1}, 1, {0.9, 0.81, 0.729});
}

TEST_CASE("SGD adds its weight decay to the gradient", "[sgd]") {
  // g = 1, λ = 1: 1 − 0.1·2 = 0.8, 0.8 − 0.1·1.8 = 0.62, 0.62 − 0.1·1.62 = 0.458.
  checkSteps("sgd(lr=0.1, weightDecay=1)", Linear{1}, 1, {0.8, 0.62, 0.458});
}

TEST_CASE("SGD follows its schedule", "[sgd]") {
  // A warm-up over two steps has factors ½, 1, 1.
  checkSteps("sgd(lr=0.1, schedule=warmup(constant, steps=2))", Linear{1}, 0,
             {-0.05, -0.15, -0.25});
}

TEST_CASE("SGD asks for one gradient a step, reports the value there and remembers nothing",
          "[sgd]") {
  const Quadratic f{2, 4};
  ObjectiveOracle oracle(f);
  auto sgd = optimizer("sgd(lr=0.1)");
  sgd->reset(vectorLayout(2));
  Vector x = vec({1, 2});
  // ½ (2·1 + 4·4) = 9.
  const Step step = sgd->step(oracle, x, 0.1);
  CHECK(step.value == 9);
  CHECK(step.status == Status::kRunning);
  CHECK(oracle.counts().gradients == 1);
  CHECK(oracle.counts().values == 0);
  CHECK(sgd->memory().empty());
}

TEST_CASE("A step that leaves the finite numbers says that it diverged", "[sgd]") {
  auto sgd = optimizer("sgd(lr=10)");
  const Linear f{1e308};
  ObjectiveOracle oracle(f);
  sgd->reset(vectorLayout(1));
  Vector x = vec({0});
  CHECK(sgd->step(oracle, x, 10).status == Status::kDiverged);
}
