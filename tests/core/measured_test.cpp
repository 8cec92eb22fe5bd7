#include "descent/measured.h"

#include "support/catch.h"

using namespace descent;

namespace {

Measured measuredOf(const std::string& id) {
  INFO(id);
  const auto entry = catalogue().find<Optimizer>(id);
  REQUIRE(entry);
  return measure(**entry);
}

}  // namespace

TEST_CASE("State is counted in numbers per parameter", "[measured]") {
  for (const auto& [id, state] : {std::pair{"sgd", 0.0},
                                  {"signsgd", 0.0},
                                  {"armijo", 0.0},
                                  {"momentum", 1.0},
                                  {"signum", 1.0},
                                  {"lion", 1.0},
                                  {"muon", 1.0},
                                  {"rmsprop", 1.0},
                                  {"adagrad", 1.0},
                                  {"adam", 2.0},
                                  {"adamw", 2.0},
                                  {"amsgrad", 3.0}}) {
    INFO(id);
    CHECK(measuredOf(id).state == state);
  }
  // Shampoo keeps an 8 × 8 and a 6 × 6 matrix for 48 parameters: 100/48.
  CHECK(measuredOf("shampoo").state >= 100.0 / 48);
}

TEST_CASE("A decorator's state is its own and the inner one's", "[measured]") {
  CHECK(measuredOf("lookahead").state == 1);
  CHECK(measuredOf("l2").state == 0);
  CHECK(measuredOf("clip").state == 0);
}

TEST_CASE("Gradients, values and products are means over a step", "[measured]") {
  for (const char* id : {"sgd", "momentum", "adam", "lion", "muon", "shampoo", "lookahead"}) {
    INFO(id);
    const Measured m = measuredOf(id);
    CHECK(m.gradients == 1);
    CHECK(m.values == 0);
    CHECK(m.products == 0);
  }
  CHECK(measuredOf("sam").gradients == 2);
  CHECK(measuredOf("armijo").gradients == 1);
  CHECK(measuredOf("armijo").values >= 1);
  // A full Hessian of 48 parameters is as many products.
  CHECK(measuredOf("newton").products == 48);
  CHECK(measuredOf("newton-cg").products > 0);
  CHECK(measuredOf("newton-cg").products < 48);
}

TEST_CASE("What acts on matrices sees the blocks, what acts on numbers does not", "[measured]") {
  for (const char* id : {"muon", "shampoo"}) {
    INFO(id);
    CHECK(measuredOf(id).usesBlocks);
  }
  for (const char* id : {"sgd", "momentum", "adam", "lion", "signsgd", "newton", "lbfgs", "armijo",
                         "sam", "lookahead"}) {
    INFO(id);
    CHECK_FALSE(measuredOf(id).usesBlocks);
  }
}

TEST_CASE("Signs, orthogonal updates and Adam's quotient ignore the loss's scale", "[measured]") {
  for (const char* id :
       {"signsgd", "signum", "lion", "muon", "adam", "adamw", "rmsprop", "adagrad", "newton"}) {
    INFO(id);
    CHECK(measuredOf(id).ignoresScale);
  }
  for (const char* id :
       {"sgd", "momentum", "nesterov", "lookahead", "armijo", "softsign", "clip"}) {
    INFO(id);
    CHECK_FALSE(measuredOf(id).ignoresScale);
  }
}

TEST_CASE("Every optimizer can be measured, and asks for something", "[measured]") {
  for (const auto& entry : catalogue().entries<Optimizer>()) {
    INFO(entry.id);
    const Measured m = measure(entry);
    CHECK(m.gradients + m.values + m.products >= 1);
    CHECK(m.state >= 0);
    // A run of the object itself, the same each time.
    const Measured again = measure(entry);
    CHECK(again.gradients == m.gradients);
    CHECK(again.ignoresScale == m.ignoresScale);
  }
}
