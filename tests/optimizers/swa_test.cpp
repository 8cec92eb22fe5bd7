#include "optimizers/optimizers.h"

using namespace descent;

TEST_CASE("From its first step on SWA is the plain mean of the weights", "[swa]") {
  // The weights are 2, 1, 0, −1, −2. From step 3 on: 0, −½, −1.
  CHECK(averages(*optimizer("swa(sgd, start=3)"), 5) == std::vector<double>{2, 1, 0, -0.5, -1});
  // From step 1 on, without the start: 2, 3/2, 1, ½, 0.
  CHECK(averages(*optimizer("swa(sgd, start=1)"), 5) == std::vector<double>{2, 1.5, 1, 0.5, 0});
}

TEST_CASE("All weights count alike in SWA", "[swa]") {
  // f = ½x² at rate ½ from 16: 8, 4, 2, 1, mean of the last three 7/3.
  const Quadratic f{1};
  ObjectiveOracle oracle(f);
  auto swa = optimizer("swa(sgd(lr=0.5), start=2)");
  const auto points = path(*swa, oracle, vec({16}), 4);
  CHECK(points.back()[0] == 1);
  CHECK(swa->evaluationPoint(points.back())[0] == Approx(7 / 3.0));
}

TEST_CASE("SWA begins at step fifty unless told", "[swa]") {
  const auto judged = averages(*optimizer("swa(sgd)"), 52);
  CHECK(judged[48] == 3 - 49);
  CHECK(judged[49] == 3 - 50);
  CHECK(judged[50] == 3 - 50.5);
  CHECK(judged[51] == 3 - 51);
}

TEST_CASE("SWA does not touch the run", "[swa]") {
  const auto f = landscape("rosenbrock");
  for (const char* inner : {"sgd(lr=0.001)", "adam(lr=0.05)", "newton"}) {
    INFO(inner);
    CHECK(path(inner, *f, f->start(), 50) ==
          path(std::string("swa(") + inner + ", start=5)", *f, f->start(), 50));
  }
}

TEST_CASE("A reset and a copy have SWA begin and go on as it did", "[swa]") {
  auto swa = optimizer("swa(momentum(beta=0), start=2)");
  const auto first = averages(*swa, 5);
  CHECK(averages(*swa, 5) == first);
  const Linear f{1};
  ObjectiveOracle oracle(f);
  Vector x = path(*swa, oracle, vec({3}), 3).back(), y = x;
  const auto copy = swa->clone();
  for (int t = 0; t < 3; ++t) {
    swa->step(oracle, x, 1);
    copy->step(oracle, y, 1);
    CHECK(swa->evaluationPoint(x) == copy->evaluationPoint(y));
  }
  REQUIRE(swa->memory().size() == 2);
  CHECK((*swa->memory()[0].values)[0] == 1);
  CHECK(*swa->memory()[1].values == swa->evaluationPoint(x));
}
