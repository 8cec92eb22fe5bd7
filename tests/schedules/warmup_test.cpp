#include "schedules/schedules.h"

using namespace descent;

TEST_CASE("Warm-up climbs by equal steps to one and stays", "[schedules][warmup]") {
  const auto warmup = schedule("warmup(steps=4)");
  // 1/4, 2/4, 3/4, 4/4, then constant
  CHECK(warmup->factor(0, 100) == 0.25);
  CHECK(warmup->factor(1, 100) == 0.5);
  CHECK(warmup->factor(2, 100) == 0.75);
  CHECK(warmup->factor(3, 100) == 1);
  CHECK(warmup->factor(4, 100) == 1);
  CHECK(warmup->factor(200, 100) == 1);
}

TEST_CASE("Warm-up of one step begins at the peak", "[schedules][warmup]") {
  CHECK(schedule("warmup(steps=1)")->factor(0, 100) == 1);
  CHECK(schedule("warmup(steps=1, form=current)")->factor(0, 100) == 0);
  CHECK(schedule("warmup(steps=1, form=current)")->factor(1, 100) == 1);
}

TEST_CASE("Warm-up then cosine: ends, joint, middle and past the end", "[schedules][warmup]") {
  const auto both = schedule("warmup(cosine(floor=0.1), steps=10)");
  // (t + 1)/10 for ten steps; then 0.1 + 0.9(1 + cos(π(t − 10)/100))/2 over the remaining 100
  CHECK(both->factor(0, 110) == near(0.1));
  CHECK(both->factor(4, 110) == near(0.5));
  CHECK(both->factor(9, 110) == near(1));
  CHECK(both->factor(10, 110) == near(1));
  // A third, a half and two thirds of the cosine: 0.1 + 0.9·{3/4, 1/2, 1/4}
  CHECK(both->factor(10 + 100.0 / 3, 110) == near(0.775));
  CHECK(both->factor(60, 110) == near(0.55));
  CHECK(both->factor(10 + 200.0 / 3, 110) == near(0.325));
  CHECK(both->factor(110, 110) == near(0.1));
  CHECK(both->factor(111, 110) == near(0.1));
  CHECK(both->factor(1000, 110) == near(0.1));
}

TEST_CASE("Warm-up in the form current begins at zero and meets the peak at the joint",
          "[schedules][warmup]") {
  const auto both = schedule("warmup(cosine(floor=0.1), steps=10, form=current)");
  CHECK(both->factor(0, 110) == 0);
  CHECK(both->factor(5, 110) == near(0.5));
  CHECK(both->factor(9, 110) == near(0.9));
  CHECK(both->factor(10, 110) == near(1));
  CHECK(both->factor(60, 110) == near(0.55));
}

TEST_CASE("Warm-up climbs to the first factor of what follows", "[schedules][warmup]") {
  // The inner warm-up starts at 1/2: the outer climbs to it in 4 steps (1/8 … 4/8), then come
  // 1/2 and 2/2, then the cosine over 106 − 4 − 2 = 100.
  const auto nested = schedule("warmup(warmup(cosine, steps=2), steps=4)");
  const double expected[] = {0.125, 0.25, 0.375, 0.5, 0.5, 1, 1};
  for (int t = 0; t < 7; ++t) CHECK(nested->factor(t, 106) == expected[t]);
  CHECK(nested->factor(56, 106) == near(0.5));
  CHECK(nested->factor(106, 106) == near(0));
}

TEST_CASE("A run shorter than its warm-up climbs as far as it goes", "[schedules][warmup]") {
  const auto both = schedule("warmup(cosine, steps=10)");
  for (int t = 0; t < 5; ++t) CHECK(both->factor(t, 5) == near((t + 1) / 10.0));
  // Past T the climb goes on to its end, and the cosine has one step.
  CHECK(both->factor(9, 5) == near(1));
  CHECK(both->factor(10, 5) == near(1));
  CHECK(both->factor(11, 5) == near(0));
}
