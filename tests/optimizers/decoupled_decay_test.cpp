#include "optimizers/optimizers.h"

using namespace descent;

TEST_CASE("Step and decay are taken at the same weights", "[decoupled-decay]") {
  // f = ½x², η = 0.1, λ = ½: x − 0.1x − 0.05x = 0.85x. One after the other it would be 0.855x.
  checkSteps("decoupled-decay(sgd(lr=0.1), lambda=0.5)", Quadratic{1}, 1, {0.85, 0.7225, 0.614125});
  // λ = 0.01 unless told: 0.899.
  checkSteps("decoupled-decay(sgd(lr=0.1))", Quadratic{1}, 1, {0.899});
}

TEST_CASE("Momentum does not gather a decoupled decay", "[decoupled-decay]") {
  // g = 1, β = ½, η = 0.1, λ = 1, from 1: v = 1, 1 − 0.1 − 0.1 = 0.8; v = 1.5,
  // 0.8 − 0.15 − 0.08 = 0.57; v = 1.75, 0.57 − 0.175 − 0.057 = 0.338.
  checkSteps("decoupled-decay(momentum(lr=0.1, beta=0.5), lambda=1)", Linear{1}, 1,
             {0.8, 0.57, 0.338});
}

TEST_CASE("A decoupled decay follows the current rate", "[decoupled-decay]") {
  // η = 0.05, 0.1, 0.1 and λ = ½, without a gradient: 1 − ηλ = 0.975, 0.95, 0.95.
  checkSteps("decoupled-decay(sgd(lr=0.1, schedule=warmup(constant, steps=2)), lambda=0.5)",
             Linear{0}, 1, {0.975, 0.92625, 0.8799375});
}

TEST_CASE("Around Adam a decoupled decay is AdamW", "[decoupled-decay]") {
  const std::string cosine = ", schedule=cosine)";
  CHECK(apart("decoupled-decay(adam(lr=0.05), lambda=0.5)", "adamw(lr=0.05, weightDecay=0.5)") <
        1e-12);
  CHECK(apart("decoupled-decay(adam(lr=0.05" + cosine + ", lambda=0.5)",
              "adamw(lr=0.05, weightDecay=0.5" + cosine) < 1e-12);
  CHECK(apart("decoupled-decay(adam(lr=0.05), lambda=0.5)", "adam(lr=0.05, weightDecay=0.5)") >
        1e-3);
}

TEST_CASE("The two ways of decay are one for SGD and two for momentum", "[decoupled-decay][l2]") {
  CHECK(apart("decoupled-decay(sgd(lr=0.002), lambda=0.5)", "l2(sgd(lr=0.002), lambda=0.5)") <
        1e-12);
  CHECK(apart("decoupled-decay(momentum(lr=0.002), lambda=0.5)",
              "l2(momentum(lr=0.002), lambda=0.5)") > 1e-3);
}

TEST_CASE("A decay in the middle of Lookahead takes the weights that the step began with",
          "[decoupled-decay][lookahead]") {
  // No gradient, ηλ = ½, k = 2 from 8: 4, then 2, half-way between 8 and 2: 5; 2.5, 1.25, 3.125.
  checkSteps("lookahead(decoupled-decay(sgd(lr=0.5), lambda=1), k=2)", Linear{0}, 8,
             {4, 5, 2.5, 3.125});
}
