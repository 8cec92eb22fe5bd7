#include "schedules/schedules.h"

using namespace descent;

TEST_CASE("A line falls from one to zero in equal steps and stays", "[schedules][linear]") {
  const auto line = schedule("linear");
  for (int t = 0; t <= 8; ++t) CHECK(line->factor(t, 8) == 1 - t / 8.0);
  for (const double t : {9.0, 16.0, 1e6}) CHECK(line->factor(t, 8) == 0);
}

TEST_CASE("A line goes from its start to its end", "[schedules][linear]") {
  // 0.75 − 0.5 t/T; and up, 0.25 + 0.5 t/T.
  const auto down = schedule("linear(start=0.75, end=0.25)");
  const auto up = schedule("linear(start=0.25, end=0.75)");
  CHECK(down->factor(0, 100) == 0.75);
  CHECK(down->factor(25, 100) == 0.625);
  CHECK(down->factor(50, 100) == 0.5);
  CHECK(down->factor(100, 100) == 0.25);
  CHECK(down->factor(150, 100) == 0.25);
  CHECK(up->factor(0, 100) == 0.25);
  CHECK(up->factor(25, 100) == 0.375);
  CHECK(up->factor(150, 100) == 0.75);
}

TEST_CASE("A line is PyTorch's LinearLR except from zero, which that cannot leave",
          "[schedules][linear]") {
  CHECK(schedule("linear(end=0.25)")->pytorch(8) ==
        "LinearLR(optimizer, start_factor=1, end_factor=0.25, total_iters=8)");
  CHECK(schedule("linear(start=0, end=1)")->pytorch(8) ==
        "LambdaLR(optimizer, lambda t: 0 + (1 - 0) * min(t / 8, 1))");
}
