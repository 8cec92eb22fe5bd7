#include "schedules/schedules.h"

using namespace descent;

TEST_CASE("Step decay cuts at every interval's first step", "[schedules][step]") {
  const auto step = schedule("step(gamma=0.5, every=3)");
  const double expected[] = {1, 1, 1, 0.5, 0.5, 0.5, 0.25, 0.25, 0.25, 0.125};
  for (int t = 0; t < 10; ++t) CHECK(step->factor(t, 10) == expected[t]);
  CHECK(step->factor(2.999, 10) == 1);
}

TEST_CASE("Step decay goes on past the end, whatever the length of the run", "[schedules][step]") {
  const auto step = schedule("step(gamma=0.5, every=3)");
  CHECK(step->factor(30, 10) == 0x1p-10);
  for (const int t : {0, 5, 30}) CHECK(step->factor(t, 1) == step->factor(t, 1000));
}

TEST_CASE("Step decay cuts to a tenth every thirty steps unless told", "[schedules][step]") {
  const auto step = schedule("step");
  CHECK(step->factor(29, 100) == 1);
  CHECK(step->factor(30, 100) == near(0.1));
  CHECK(step->factor(59, 100) == near(0.1));
  CHECK(step->factor(60, 100) == near(0.01));
  CHECK(step->factor(99, 100) == near(0.001));
}

TEST_CASE("Step decay is PyTorch's StepLR", "[schedules][step]") {
  const auto step = schedule("step(gamma=0.5, every=3)");
  CHECK(step->python(10) == "0.5 ** (t // 3)");
  CHECK(step->pytorch(10) == "StepLR(optimizer, step_size=3, gamma=0.5)");
}
