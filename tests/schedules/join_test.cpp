#include "schedules/schedules.h"

using namespace descent;

TEST_CASE("Each of two joined schedules has a run of its own", "[schedules][join]") {
  // A line up over 8 steps, then a cosine over the other 24, at thirds and half of which it is
  // 3/4, ½, 1/4.
  const auto both = schedule("join(linear(start=0, end=1), at=8, b=cosine)");
  for (int t = 0; t < 8; ++t) CHECK(both->factor(t, 32) == t / 8.0);
  CHECK(both->factor(8, 32) == 1);
  CHECK(both->factor(16, 32) == near(0.75));
  CHECK(both->factor(20, 32) == near(0.5));
  CHECK(both->factor(24, 32) == near(0.25));
  CHECK(both->factor(32, 32) == near(0));
  CHECK(both->factor(64, 32) == near(0));
}

TEST_CASE("Joined schedules need not meet", "[schedules][join]") {
  // 1, ½ then 1, ¾, ½, ¼, 0.
  const auto saw = schedule("join(linear, at=2, b=linear)");
  const double expected[] = {1, 0.5, 1, 0.75, 0.5, 0.25, 0, 0};
  for (int t = 0; t < 8; ++t) CHECK(saw->factor(t, 6) == expected[t]);
}

TEST_CASE("A run that ends before the joint sees the first schedule alone", "[schedules][join]") {
  const auto both = schedule("join(linear(end=0.5), at=8, b=linear)");
  for (int t = 0; t < 4; ++t) CHECK(both->factor(t, 4) == 1 - t / 16.0);
  // Past T the first goes on to the joint, and the second has one step.
  CHECK(both->factor(7, 4) == 1 - 7 / 16.0);
  CHECK(both->factor(8, 4) == 1);
  CHECK(both->factor(9, 4) == 0);
}

TEST_CASE("Three schedules are joined two and two", "[schedules][join]") {
  // ½ for 2 steps, then a line over 2 steps, then a line over 4.
  const auto three =
      schedule("join(linear(start=0.5, end=0.5), at=2, b=join(linear, at=2, b=linear))");
  const double expected[] = {0.5, 0.5, 1, 0.5, 1, 0.75, 0.5, 0.25, 0};
  for (int t = 0; t < 9; ++t) CHECK(three->factor(t, 8) == expected[t]);
}

TEST_CASE("Joined are a constant and, from step 50, a cosine unless told", "[schedules][join]") {
  const auto both = schedule("join");
  CHECK(both->factor(0, 100) == 1);
  CHECK(both->factor(50, 100) == 1);
  CHECK(both->factor(75, 100) == near(0.5));
  CHECK(both->factor(100, 100) == near(0));
}

TEST_CASE("Joined schedules in Python", "[schedules][join]") {
  CHECK(schedule("join(linear, at=2, b=step)")->python(6) ==
        "(lambda t: 1 + (0 - 1) * min(t / 2, 1))(t) if t < 2 else "
        "(lambda t: 0.1 ** (t // 30))(t - 2)");
}
