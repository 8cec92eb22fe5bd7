#include "support/objectives.h"

using namespace descent;

TEST_CASE("Clipping shortens a long gradient and leaves a short one", "[clip]") {
  // f = ½x² at rate ½: from 4 gradients 4, 3.5, 3 count as 1; from 1.5 1.5 counts as 1, then
  // g = 1 and 0.5 are as they are.
  checkSteps("clip(sgd(lr=0.5))", Quadratic{1}, 4, {3.5, 3, 2.5});
  checkSteps("clip(sgd(lr=0.5))", Quadratic{1}, -1.5, {-1, -0.5, -0.25});
  checkSteps("clip(sgd(lr=0.5), norm=2)", Quadratic{1}, 4, {3, 2, 1});
}

TEST_CASE("Clipping keeps the direction: lengths are of the whole gradient", "[clip]") {
  // (3, 4) of length 5 becomes (0.6, 0.8); by coordinates it would become (1, 1).
  CHECK(
      path("clip(sgd(lr=1))", Linear{3, -4}, vec({0, 0}), 1)[1].isApprox(vec({-0.6, 0.8}), 1e-15));
  CHECK(path("clip(sgd(lr=1), norm=5)", Linear{3, -4}, vec({0, 0}), 1)[1] == vec({-3, 4}));
}

TEST_CASE("Clipping holds for enormous, tiny and vanishing gradients", "[clip]") {
  for (const double size : {1e-300, 1e-10, 1e10, 1e160, 1e300}) {
    INFO("size " << size);
    const Vector x = path("clip(sgd(lr=1))", Linear{3 * size, 4 * size}, vec({0, 0}), 1)[1];
    const double length = std::min(5 * size, 1.0);
    CHECK(x.isApprox(vec({-0.6 * length, -0.8 * length}), 1e-14));
  }
  CHECK(path("clip(sgd(lr=1))", Linear{0, 0}, vec({1, 2}), 1)[1] == vec({1, 2}));
}

TEST_CASE("The inner optimizer gathers clipped gradients", "[clip]") {
  // β = ½ and g = 1 in the place of 7: v = 1, 1.5, 1.75.
  checkSteps("clip(momentum(lr=1, beta=0.5))", Linear{7}, 5, {4, 2.5, 0.75});
}

TEST_CASE("A bound that no gradient reaches leaves the inner optimizer as it is", "[clip]") {
  const auto f = landscape("rosenbrock");
  for (const char* inner : {"sgd(lr=0.001)", "adam(lr=0.05)", "newton", "armijo"}) {
    INFO(inner);
    CHECK(path(inner, *f, f->start(), 50) ==
          path(std::string("clip(") + inner + ", norm=1e12)", *f, f->start(), 50));
  }
}

TEST_CASE("Clipping asks for one gradient a step and reports the value itself", "[clip]") {
  const Quadratic f{1};
  ObjectiveOracle oracle(f);
  auto clip = optimizer("clip(sgd)");
  clip->reset(vectorLayout(1));
  Vector x = vec({4});
  CHECK(clip->step(oracle, x, 0.5).value == 8);
  CHECK(oracle.counts().gradients == 1);
  CHECK(oracle.counts().values == 0);
}

TEST_CASE("Clipping foretells the first step", "[clip]") {
  auto clip = optimizer("clip(sgd)");
  CHECK(clip->predict().firstStep(vec({0, 0}), vec({3, -4}), 0.5) == Approx(0.4));
  CHECK(clip->predict().firstStep(vec({0, 0}), vec({0.3, -0.4}), 0.5) == Approx(0.2));
}
