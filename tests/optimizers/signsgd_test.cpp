#include "support/objectives.h"

using namespace descent;

TEST_CASE("Sign descent moves by the rate, whatever the slope", "[signsgd]") {
  // f = 3/2 x² at 1, η = 0.4: 0.6, 0.2, and past the minimum to −0.2, from where it comes back.
  checkSteps("signsgd(lr=0.4)", Quadratic{3}, 1, {0.6, 0.2, -0.2, 0.2});
  const auto points = path("signsgd(lr=0.4)", Linear{1e-200, -5e200}, vec({1, 1}), 1);
  CHECK(points[1] == vec({1 - 0.4, 1 + 0.4}));
}

TEST_CASE("Where the gradient is zero sign descent stays", "[signsgd]") {
  CHECK(path("signsgd(lr=0.4)", Linear{0, 1}, vec({3, 3}), 2)[2][0] == 3);
  checkSteps("signsgd(lr=0.5)", Quadratic{3}, 1, {0.5, 0, 0});
}

TEST_CASE("Sign descent follows its schedule and remembers nothing", "[signsgd]") {
  // Factors ½, 1, 1.
  checkSteps("signsgd(lr=0.1, schedule=warmup(constant, steps=2))", Linear{7}, 0,
             {-0.05, -0.15, -0.25});
  CHECK(optimizer("signsgd")->memory().empty());
}

TEST_CASE("Sign methods do not see the size of the loss", "[signsgd][signum][lion]") {
  const auto f = landscape("himmelblau");
  const Vector start = f->starts()[0];
  for (const char* recipe : {"signsgd(lr=0.03)", "signum(lr=0.03)", "lion(lr=0.03)",
                             "lion(lr=0.03, weightDecay=0.1)", "softsign(lr=0.03, smoothing=0)"}) {
    INFO(recipe);
    const auto run = path(recipe, *f, start, 100);
    CHECK(run == path(recipe, Scaled(*f, 1024), start, 100));
    CHECK(run == path(recipe, Scaled(*f, 1.0 / 1024), start, 100));
  }
  // Softness is measured in squared gradients.
  CHECK(distance(path("softsign(lr=0.03)", *f, start, 100),
                 path("softsign(lr=0.03)", Scaled(*f, 1.0 / 1024), start, 100)) > 1e-3);
}
