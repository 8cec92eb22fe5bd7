#include "optimizers/optimizers.h"

using namespace descent;

TEST_CASE("The average of weights starts at the first and keeps its share", "[ema]") {
  // 3, then 2, 1, 0 at half each: 2.5, 1.75, 0.875. With a bias correction the first would be 2.
  CHECK(averages(*optimizer("ema(sgd, decay=0.5)"), 3) == std::vector<double>{2.5, 1.75, 0.875});
  // At a quarter kept: ¾ + 1.5 = 2.25, 0.5625 + 0.75 = 1.3125, 0.328125.
  CHECK(averages(*optimizer("ema(sgd, decay=0.25)"), 3) ==
        std::vector<double>{2.25, 1.3125, 0.328125});
}

TEST_CASE("The average of weights keeps 99 % unless told", "[ema]") {
  CHECK(averages(*optimizer("ema(sgd)"), 1)[0] == Approx(2.99));
}

TEST_CASE("An average that keeps nothing is the iterate", "[ema]") {
  CHECK(averages(*optimizer("ema(sgd, decay=0)"), 3) == std::vector<double>{2, 1, 0});
}

TEST_CASE("Averaging does not touch the run", "[ema]") {
  const auto f = landscape("rosenbrock");
  for (const char* inner : {"sgd(lr=0.001)", "adam(lr=0.05)", "newton"}) {
    INFO(inner);
    CHECK(path(inner, *f, f->start(), 50) ==
          path(std::string("ema(") + inner + ")", *f, f->start(), 50));
  }
}

TEST_CASE("The average is remembered beside the inner state and forgotten by a reset", "[ema]") {
  auto ema = optimizer("ema(momentum(beta=0), decay=0.5)");
  const auto first = averages(*ema, 3);
  const auto memory = ema->memory();
  REQUIRE(memory.size() == 2);
  CHECK((*memory[0].values)[0] == 1);
  CHECK((*memory[1].values)[0] == 0.875);
  CHECK(averages(*ema, 3) == first);
}
