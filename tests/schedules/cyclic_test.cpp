#include "schedules/schedules.h"

using namespace descent;

TEST_CASE("A cycle climbs in `up` steps and falls in `down`", "[schedules][cyclic]") {
  // l + (1 − l)h with l = ½: h = 0, ½, 1, ¾, ½, ¼, and again.
  const auto cyclic = schedule("cyclic(up=2, down=4, low=0.5)");
  const double expected[] = {0.5, 0.75, 1, 0.875, 0.75, 0.625};
  for (int t = 0; t < 30; ++t) CHECK(cyclic->factor(t, 10) == expected[t % 6]);
  CHECK(cyclic->factor(2.5, 10) == 0.9375);
}

TEST_CASE("Cycles shrink towards the foot by the same ratio", "[schedules][cyclic]") {
  // h is 0, ½, 1, ½ times 1, ½, ¼; Smith's triangular2.
  const auto cyclic = schedule("cyclic(up=2, down=2, low=0.5, decay=0.5)");
  const double expected[] = {0.5, 0.75, 1, 0.75, 0.5, 0.625, 0.75, 0.625, 0.5, 0.5625, 0.625};
  for (int t = 0; t < 11; ++t) CHECK(cyclic->factor(t, 100) == expected[t]);
}

TEST_CASE("Cycles are of twenty steps up and down over a tenth unless told",
          "[schedules][cyclic]") {
  const auto cyclic = schedule("cyclic");
  CHECK(cyclic->factor(0, 100) == near(0.1));
  CHECK(cyclic->factor(10, 100) == near(0.55));
  CHECK(cyclic->factor(20, 100) == near(1));
  CHECK(cyclic->factor(40, 100) == near(0.1));
  CHECK(cyclic->factor(60, 100) == near(1));
  CHECK(cyclic->factor(140, 100) == near(1));
}

TEST_CASE("Cycles are PyTorch's CyclicLR", "[schedules][cyclic]") {
  CHECK(schedule("cyclic(up=2, down=4)")->pytorch(10) ==
        "CyclicLR(optimizer, base_lr=0.1 * lr, max_lr=lr, step_size_up=2, step_size_down=4, "
        "cycle_momentum=False)");
  CHECK(schedule("cyclic(up=2, down=4, decay=0.5)")->pytorch(10) ==
        "CyclicLR(optimizer, base_lr=0.1 * lr, max_lr=lr, step_size_up=2, step_size_down=4, "
        "scale_fn=lambda cycle: 0.5 ** (cycle - 1), cycle_momentum=False)");
}
