#include <cmath>

#include "schedules/schedules.h"

using namespace descent;

TEST_CASE("One cycle: ends, peak and the halves of its cosines", "[schedules][one-cycle]") {
  // T = 100, peak at 0.3·100 − 1 = 29, end at 99: half-way at 14.5 and 64, at quarters of the
  // cosine a third and two thirds of the way.
  const auto cycle = schedule("one-cycle");
  const double last = 1 / 25.0 / 1e4;
  CHECK(cycle->factor(0, 100) == near(0.04));
  CHECK(cycle->factor(29 / 3.0, 100) == near(0.04 + 0.96 / 4));
  CHECK(cycle->factor(14.5, 100) == near(0.52));
  CHECK(cycle->factor(29, 100) == near(1));
  CHECK(cycle->factor(29 + 70 / 3.0, 100) == near(last + (1 - last) * 3 / 4));
  CHECK(cycle->factor(64, 100) == near((1 + last) / 2));
  CHECK(cycle->factor(99, 100) == near(last));
}

TEST_CASE("One cycle of straight lines", "[schedules][one-cycle]") {
  // T = 41, peak at ½·41 − 1 = 19.5, end at 40; from ½ to 1 to ⅛.
  const auto cycle = schedule("one-cycle(peakAt=0.5, divide=2, finalDivide=4, anneal=linear)");
  CHECK(cycle->factor(0, 41) == 0.5);
  CHECK(cycle->factor(6.5, 41) == near(0.5 + 0.5 / 3));
  CHECK(cycle->factor(19.5, 41) == near(1));
  CHECK(cycle->factor(29.75, 41) == near(0.5625));
  CHECK(cycle->factor(40, 41) == near(0.125));
}

TEST_CASE("One cycle holds its last factor past the end", "[schedules][one-cycle]") {
  for (const char* anneal : {"cosine", "linear"}) {
    const auto cycle =
        schedule(std::string("one-cycle(divide=2, finalDivide=4, anneal=") + anneal + ")");
    INFO(anneal);
    for (const double t : {99.0, 100.0, 101.0, 1e6}) CHECK(cycle->factor(t, 100) == near(0.125));
  }
}

TEST_CASE("A run too short to climb begins at the peak or beyond", "[schedules][one-cycle]") {
  // pT = 1: the peak is step 0. pT = 0.6: the fall from −0.4 to 1, of which step 0 has 2/7.
  CHECK(schedule("one-cycle(peakAt=0.25)")->factor(0, 4) == 1);
  CHECK(schedule("one-cycle(peakAt=0.25)")->factor(3, 4) == near(4e-6));
  const double start = schedule("one-cycle(anneal=linear)")->factor(0, 2);
  CHECK(start == near(1 - (1 - 4e-6) * 2 / 7));
  CHECK(schedule("one-cycle")->factor(0, 1) == near(4e-6));
}

TEST_CASE("One cycle is PyTorch's OneCycleLR except where that divides by zero",
          "[schedules][one-cycle]") {
  CHECK(schedule("one-cycle")->pytorch(100) ==
        "OneCycleLR(optimizer, max_lr=lr, total_steps=100, pct_start=0.3, anneal_strategy='cos', "
        "cycle_momentum=False, div_factor=25, final_div_factor=10000)");
  CHECK(schedule("one-cycle(peakAt=0.25, anneal=linear)")->pytorch(4) ==
        "LambdaLR(optimizer, lambda t: (lambda a, b, s: a + (b - a) * s)"
        "(1, 4e-6, min((t - 0) / 3, 1)))");
}
