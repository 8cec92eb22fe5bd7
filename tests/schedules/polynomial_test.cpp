#include <cmath>

#include "schedules/schedules.h"

using namespace descent;

TEST_CASE("A polynomial is a power of the time left", "[schedules][polynomial]") {
  const auto square = schedule("polynomial");
  CHECK(square->factor(0, 8) == 1);
  CHECK(square->factor(2, 8) == 0.5625);
  CHECK(square->factor(4, 8) == 0.25);
  CHECK(square->factor(6, 8) == 0.0625);
  CHECK(square->factor(8, 8) == 0);
  CHECK(schedule("polynomial(power=3)")->factor(4, 8) == 0.125);
  CHECK(schedule("polynomial(power=0.5)")->factor(4, 8) == near(std::sqrt(0.5)));
}

TEST_CASE("A polynomial of power one is a line", "[schedules][polynomial]") {
  const auto power = schedule("polynomial(power=1)"), line = schedule("linear");
  for (int t = 0; t <= 20; ++t) CHECK(power->factor(t, 10) == near(line->factor(t, 10)));
}

TEST_CASE("A polynomial stays at zero past the end", "[schedules][polynomial]") {
  for (const char* recipe : {"polynomial", "polynomial(power=3)", "polynomial(power=0.9)"}) {
    for (const double t : {9.0, 16.0, 1e6}) CHECK(schedule(recipe)->factor(t, 8) == 0);
  }
}

TEST_CASE("A polynomial is PyTorch's PolynomialLR", "[schedules][polynomial]") {
  CHECK(schedule("polynomial")->pytorch(8) == "PolynomialLR(optimizer, total_iters=8, power=2)");
  CHECK(schedule("polynomial")->python(8) == "(1 - min(t / 8, 1)) ** 2");
}
