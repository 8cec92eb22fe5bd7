#include <cmath>

#include "schedules/schedules.h"

using namespace descent;

TEST_CASE("Every cycle of warm restarts is the same half cosine", "[schedules][warm-restarts]") {
  // (1 + cos(πτ/12))/2 at τ = 0, 3, 4, 6, 8 is 1, (1 + √½)/2, ¾, ½, ¼; at 11 it is above 0.
  const auto restarts = schedule("warm-restarts(period=12)");
  for (int cycle = 0; cycle < 9; ++cycle) {
    const double start = 12 * cycle;
    CHECK(restarts->factor(start, 100) == 1);
    CHECK(restarts->factor(start + 3, 100) == near((1 + std::sqrt(0.5)) / 2));
    CHECK(restarts->factor(start + 4, 100) == near(0.75));
    CHECK(restarts->factor(start + 6, 100) == near(0.5));
    CHECK(restarts->factor(start + 8, 100) == near(0.25));
    CHECK(restarts->factor(start + 11, 100) > 0.01);
  }
}

TEST_CASE("Cycles grow by the multiplier, and each falls by its own length",
          "[schedules][warm-restarts]") {
  // Lengths 4, 8, 16, 32 from 0, 4, 12, 28: peaks there, halves at 2, 8, 20, 44.
  const auto doubling = schedule("warm-restarts(period=4, multiplier=2)");
  for (const double t : {0.0, 4.0, 12.0, 28.0, 60.0}) CHECK(doubling->factor(t, 40) == 1);
  for (const double t : {2.0, 8.0, 20.0, 44.0, 92.0}) CHECK(doubling->factor(t, 40) == near(0.5));
  // Lengths 1, 3, 9 from 0, 1, 4: a third of the last is at 7.
  const auto tripling = schedule("warm-restarts(period=1, multiplier=3)");
  for (const double t : {0.0, 1.0, 4.0, 13.0}) CHECK(tripling->factor(t, 40) == 1);
  CHECK(tripling->factor(2, 40) == near(0.75));
  CHECK(tripling->factor(3, 40) == near(0.25));
  CHECK(tripling->factor(7, 40) == near(0.75));
}

TEST_CASE("Warm restarts fall to their floor", "[schedules][warm-restarts]") {
  // 0.2 + 0.8·½ half-way; at the very end of a cycle of 10⁶ steps 0.2 to 12 digits.
  CHECK(schedule("warm-restarts(period=10, floor=0.2)")->factor(5, 100) == near(0.6));
  CHECK(schedule("warm-restarts(period=10, floor=0.2)")->factor(10, 100) == near(1));
  CHECK(schedule("warm-restarts(period=1000000, floor=0.2)")->factor(999999, 10) ==
        Approx(0.2).margin(1e-11));
}

TEST_CASE("A first cycle as long as the run is a cosine", "[schedules][warm-restarts]") {
  const auto restarts = schedule("warm-restarts(period=50, floor=0.1)");
  const auto cosine = schedule("cosine(floor=0.1)");
  for (int t = 0; t < 50; ++t) CHECK(restarts->factor(t, 50) == near(cosine->factor(t, 50)));
  CHECK(restarts->factor(50, 50) == near(1));
}

TEST_CASE("Warm restarts come every twenty-five steps unless told", "[schedules][warm-restarts]") {
  const auto restarts = schedule("warm-restarts");
  for (const double t : {0.0, 25.0, 50.0, 75.0, 175.0}) CHECK(restarts->factor(t, 100) == 1);
  CHECK(restarts->factor(12.5, 100) == near(0.5));
}

TEST_CASE("Warm restarts in Python list the cycles up to the end", "[schedules][warm-restarts]") {
  const auto restarts = schedule("warm-restarts(period=4, multiplier=2, floor=0.2)");
  CHECK(restarts->python(12) ==
        "(lambda now, length: 0.2 + 0.8 * (1 + math.cos(math.pi * now / length)) / 2)"
        "(*((t - 0, 4) if t < 4 else (t - 4, 8) if t < 12 else (t - 12, 16)))");
  CHECK(restarts->pytorch(12) ==
        "CosineAnnealingWarmRestarts(optimizer, T_0=4, T_mult=2, eta_min=0.2 * lr)");
}
