#include <cmath>

#include "schedules/schedules.h"

using namespace descent;

TEST_CASE("Warm-up, stable, decay: ends, joints and past the end", "[schedules][wsd]") {
  // w = 4, D = 75 of 100, floor 0.2: 0.2 + 0.8 (1 − (t − 75)/25).
  const auto wsd = schedule("wsd(warmup=4, decayAt=0.75, floor=0.2)");
  for (int t = 0; t < 4; ++t) CHECK(wsd->factor(t, 100) == (t + 1) / 4.0);
  for (const int t : {4, 40, 74, 75}) CHECK(wsd->factor(t, 100) == near(1));
  CHECK(wsd->factor(80, 100) == near(0.84));
  CHECK(wsd->factor(87.5, 100) == near(0.6));
  CHECK(wsd->factor(100, 100) == near(0.2));
  for (const double t : {101.0, 200.0, 1e6}) CHECK(wsd->factor(t, 100) == near(0.2));
}

TEST_CASE("The fall of warm-up, stable, decay has three shapes", "[schedules][wsd]") {
  // D = 36, T = 72: s = 1/4 and 4/9 after 9 and 16 steps of the fall, 1/3, ½ and 2/3 after 12, 18
  // and 24.
  const auto at = [](const std::string& shape, double t) {
    return schedule("wsd(warmup=1, decayAt=0.5, shape=" + shape + ")")->factor(36 + t, 72);
  };
  CHECK(at("linear", 9) == near(0.75));
  CHECK(at("linear", 16) == near(5 / 9.0));
  CHECK(at("sqrt", 9) == near(0.5));
  CHECK(at("sqrt", 16) == near(1 / 3.0));
  CHECK(at("cosine", 12) == near(0.75));
  CHECK(at("cosine", 18) == near(0.5));
  CHECK(at("cosine", 24) == near(0.25));
  for (const char* shape : {"linear", "sqrt", "cosine"}) {
    INFO(shape);
    CHECK(at(shape, -1) == 1);
    CHECK(at(shape, 0) == 1);
    CHECK(at(shape, 36) == near(0));
    CHECK(at(shape, 99) == near(0));
  }
}

TEST_CASE("Warm-up, stable, decay climbs for ten steps and falls in the last fifth unless told",
          "[schedules][wsd]") {
  const auto wsd = schedule("wsd");
  CHECK(wsd->factor(0, 100) == near(0.1));
  CHECK(wsd->factor(8, 100) == near(0.9));
  CHECK(wsd->factor(9, 100) == 1);
  CHECK(wsd->factor(80, 100) == 1);
  CHECK(wsd->factor(90, 100) == near(0.5));
  CHECK(wsd->factor(99, 100) == near(0.05));
  CHECK(wsd->factor(100, 100) == 0);
}

TEST_CASE("Where climb and fall meet the lower one holds", "[schedules][wsd]") {
  // T = 8, D = 4, w = 8: (t + 1)/8 against 1 − (t − 4)/4.
  const auto wsd = schedule("wsd(warmup=8, decayAt=0.5)");
  const double expected[] = {0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.5, 0.25, 0};
  for (int t = 0; t < 9; ++t) CHECK(wsd->factor(t, 8) == expected[t]);
}

TEST_CASE("Warm-up, stable, decay in Python", "[schedules][wsd]") {
  CHECK(schedule("wsd(warmup=4, decayAt=0.75, shape=sqrt, floor=0.2)")->python(100) ==
        "min((t + 1) / 4, 1 if t < 75 else 0.2 + 0.8 * "
        "(1 - math.sqrt((min(t, 100) - 75) / 25)))");
}
