#include <cmath>

#include "schedules/schedules.h"

using namespace descent;

TEST_CASE("Inverse square root climbs in equal steps to one, then halves as time quadruples",
          "[schedules][inverse-sqrt]") {
  const auto decay = schedule("inverse-sqrt(warmup=4)");
  // n = t + 1: n/4 up to n = 4; then √(4/n): ½ at 16, ¼ at 64.
  for (int t = 0; t < 4; ++t) CHECK(decay->factor(t, 40) == (t + 1) / 4.0);
  CHECK(decay->factor(4, 40) == near(std::sqrt(0.8)));
  CHECK(decay->factor(8, 40) == near(2 / 3.0));
  CHECK(decay->factor(15, 40) == 0.5);
  CHECK(decay->factor(63, 40) == 0.25);
  CHECK(decay->factor(399, 40) == near(0.1));
}

TEST_CASE("Inverse square root does not know the length of the run", "[schedules][inverse-sqrt]") {
  const auto decay = schedule("inverse-sqrt");
  CHECK(decay->factor(9, 100) == 1);
  for (const int t : {0, 9, 10, 500}) CHECK(decay->factor(t, 1) == decay->factor(t, 1000));
}

TEST_CASE("Noam's scale is the Transformer's as printed", "[schedules][inverse-sqrt]") {
  // d^(−½) min(n^(−½), n w^(−3/2)), d = 16, w = 4: ¼·n/8 up to ¼·½, then ¼/√n.
  const auto noam = schedule("inverse-sqrt(warmup=4, scale=noam, width=16)");
  for (int n = 1; n <= 4; ++n) CHECK(noam->factor(n - 1, 40) == near(n / 32.0));
  CHECK(noam->factor(8, 40) == near(1 / 12.0));
  CHECK(noam->factor(15, 40) == near(1 / 16.0));
  // The paper's base model, d = 512, w = 4000: at n = 4000 1/√(512·4000).
  const auto base = schedule("inverse-sqrt(warmup=4000, scale=noam)");
  CHECK(base->factor(3999, 100000) == near(1 / std::sqrt(2048000)));
}

TEST_CASE("Inverse square root in Python", "[schedules][inverse-sqrt]") {
  CHECK(schedule("inverse-sqrt(warmup=4)")->python(9) ==
        "min((t + 1) / 4, math.sqrt(4 / (t + 1)))");
  CHECK(schedule("inverse-sqrt(warmup=4, scale=noam, width=16)")->python(9) ==
        "min((t + 1) / 4, math.sqrt(4 / (t + 1))) / math.sqrt(4 * 16)");
}
