#include "schedules/schedules.h"

using namespace descent;

TEST_CASE("A constant schedule is one before, at and past the end", "[schedules][constant]") {
  const auto constant = schedule("constant");
  for (const double t : {0.0, 1.0, 49.5, 100.0, 1e6}) CHECK(constant->factor(t, 100) == 1);
  CHECK(constant->factor(0, 1) == 1);
}
