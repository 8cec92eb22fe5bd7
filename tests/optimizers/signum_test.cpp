#include "support/objectives.h"

using namespace descent;

TEST_CASE("Signum steps by the sign of averaged momentum", "[signum]") {
  // β = ½, g = 4, −1, −3: m = 2, ½, −5/4. The second gradient alone would turn it round.
  auto signum = optimizer("signum(lr=0.1, beta=0.5)");
  Script oracle({vec({4}), vec({-1}), vec({-3})});
  const auto points = path(*signum, oracle, vec({0}), 3);
  CHECK(points[1][0] == Approx(-0.1));
  CHECK(points[2][0] == Approx(-0.2));
  CHECK(points[3][0] == Approx(-0.1));
  REQUIRE(signum->memory().size() == 1);
  CHECK((*signum->memory()[0].values)[0] == Approx(-1.25));
}

TEST_CASE("Signum's momentum counts a fresh gradient from its first step", "[signum]") {
  // β = 0.9, g = 1, −8, −8: m = 0.1, −0.71, −1.439.
  Script oracle({vec({1}), vec({-8}), vec({-8})});
  checkSteps("signum(lr=0.1)", oracle, 0, {-0.1, 0, 0.1});
  // g = 1, −0.8, −0.8: m = 0.1, 0.01, −0.071.
  Script slow({vec({1}), vec({-0.8}), vec({-0.8})});
  checkSteps("signum(lr=0.1)", slow, 0, {-0.1, -0.2, -0.1});
}

TEST_CASE("A coordinate whose momentum is zero stays", "[signum]") {
  // β = ½, g = 2, −1: m = 1, 0.
  Script oracle({vec({2}), vec({-1})});
  checkSteps("signum(lr=0.1, beta=0.5)", oracle, 0, {-0.1, -0.1});
}

TEST_CASE("Signum without memory is sign descent", "[signum][signsgd]") {
  const auto f = landscape("himmelblau");
  const Vector start = f->starts()[0];
  CHECK(path("signum(lr=0.03, beta=0)", *f, start, 100) ==
        path("signsgd(lr=0.03)", *f, start, 100));
  CHECK_FALSE(path("signum(lr=0.03)", *f, start, 100) == path("signsgd(lr=0.03)", *f, start, 100));
}
