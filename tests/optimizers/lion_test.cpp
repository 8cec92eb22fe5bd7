#include "support/objectives.h"

using namespace descent;

TEST_CASE("Lion steps by a short mean and remembers a longer one", "[lion]") {
  // β₁ = ½, β₂ = ¾, g = 4, −0.8, −1.
  // c = ½m + ½g = 2, 0.1, −0.225     m = ¾m + ¼g = 1, 0.55, 0.1625
  // The new m in the place of the old would turn the second step, the βs exchanged would not turn
  // the third, nor would the sign of m.
  auto lion = optimizer("lion(lr=0.1, beta1=0.5, beta2=0.75)");
  Script oracle({vec({4}), vec({-0.8}), vec({-1})});
  const auto points = path(*lion, oracle, vec({0}), 3);
  CHECK(points[1][0] == Approx(-0.1));
  CHECK(points[2][0] == Approx(-0.2));
  CHECK(points[3][0] == Approx(-0.1));
  REQUIRE(lion->memory().size() == 1);
  CHECK((*lion->memory()[0].values)[0] == Approx(0.1625));
}

TEST_CASE("Lion's decay takes off a share of the weights beside the sign", "[lion]") {
  // g = 1, λ = ½, from 2: 2 − 0.1 (1 + 1) = 1.8, 1.8 − 0.1 (1 + 0.9) = 1.61,
  // 1.61 − 0.1 (1 + 0.805) = 1.4295. The size of the gradient does not matter to it.
  for (const double g : {1.0, 1000.0}) {
    checkSteps("lion(lr=0.1, weightDecay=0.5)", Linear{g}, 2, {1.8, 1.61, 1.4295});
  }
  // Without a gradient by 1 − ηλ = 0.95 a step.
  checkSteps("lion(lr=0.1, weightDecay=0.5)", Linear{0}, 1, {0.95, 0.9025, 0.857375});
}

TEST_CASE("Lion leans on the gradient by a tenth and remembers a hundredth unless told", "[lion]") {
  // g = 1, −0.08, −0.08: m = 0.01, 0.0091, 0.008209; c = 0.1, 0.009 − 0.008, 0.00819 − 0.008.
  Script oracle({vec({1}), vec({-0.08}), vec({-0.08})});
  checkSteps("lion(lr=0.1)", oracle, 0, {-0.1, -0.2, -0.3});
  // −0.1 outweighs: 0.009 − 0.01.
  Script turned({vec({1}), vec({-0.1})});
  checkSteps("lion(lr=0.1)", turned, 0, {-0.1, 0});
}

TEST_CASE("Lion with equal βs is Signum", "[lion][signum]") {
  const auto f = landscape("himmelblau");
  const Vector start = f->starts()[0];
  for (const std::string beta : {"0", "0.5", "0.9", "0.99"}) {
    INFO("β " << beta);
    CHECK(path("lion(lr=0.03, beta1=" + beta + ", beta2=" + beta + ")", *f, start, 100) ==
          path("signum(lr=0.03, beta=" + beta + ")", *f, start, 100));
  }
  CHECK_FALSE(path("lion(lr=0.03)", *f, start, 100) == path("signum(lr=0.03)", *f, start, 100));
}
