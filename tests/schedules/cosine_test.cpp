#include <cmath>

#include "schedules/schedules.h"

using namespace descent;

TEST_CASE("A cosine falls from one to zero through a half", "[schedules][cosine]") {
  const auto cosine = schedule("cosine");
  CHECK(cosine->factor(0, 120) == 1);
  // (1 + cos(π/4))/2, (1 + cos(π/3))/2 = 3/4, (1 + cos(π/2))/2 = 1/2, (1 + cos(2π/3))/2 = 1/4
  CHECK(cosine->factor(30, 120) == near((1 + std::sqrt(0.5)) / 2));
  CHECK(cosine->factor(40, 120) == near(0.75));
  CHECK(cosine->factor(60, 120) == near(0.5));
  CHECK(cosine->factor(80, 120) == near(0.25));
  CHECK(cosine->factor(120, 120) == near(0));
}

TEST_CASE("A cosine with a floor ends at the floor", "[schedules][cosine]") {
  const auto cosine = schedule("cosine(floor=0.1)");
  CHECK(cosine->factor(0, 100) == near(1));
  // 0.1 + 0.9·1/2 in the middle; 0.1 + 0.9·3/4 at a third
  CHECK(cosine->factor(50, 100) == near(0.55));
  CHECK(cosine->factor(100.0 / 3, 100) == near(0.775));
  CHECK(cosine->factor(100, 100) == near(0.1));
  CHECK(schedule("cosine(floor=1)")->factor(37, 100) == near(1));
}

TEST_CASE("A cosine does not rise again past the end", "[schedules][cosine]") {
  const auto cosine = schedule("cosine(floor=0.1)");
  for (const double t : {100.0, 101.0, 150.0, 200.0, 1e9}) {
    CHECK(cosine->factor(t, 100) == near(0.1));
  }
}

TEST_CASE("A cosine falls at every step", "[schedules][cosine]") {
  const auto cosine = schedule("cosine");
  for (int t = 0; t < 100; ++t) CHECK(cosine->factor(t + 1, 100) < cosine->factor(t, 100));
}

TEST_CASE("A cosine depends on t/T alone", "[schedules][cosine]") {
  const auto cosine = schedule("cosine(floor=0.2)");
  for (int t = 0; t < 10; ++t) CHECK(cosine->factor(t, 10) == cosine->factor(8 * t, 80));
}
