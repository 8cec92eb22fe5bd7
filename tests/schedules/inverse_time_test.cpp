#include "schedules/schedules.h"

using namespace descent;

TEST_CASE("Inverse time halves after 1/k steps and has a third after 2/k",
          "[schedules][inverse-time]") {
  const auto decay = schedule("inverse-time(k=0.125)");
  CHECK(decay->factor(0, 32) == 1);
  CHECK(decay->factor(8, 32) == 0.5);
  CHECK(decay->factor(16, 32) == near(1 / 3.0));
  CHECK(decay->factor(24, 32) == 0.25);
  CHECK(decay->factor(32, 32) == near(0.2));
  CHECK(schedule("inverse-time")->factor(10, 100) == 0.5);
}

TEST_CASE("Inverse time goes on past the end, whatever the length of the run",
          "[schedules][inverse-time]") {
  const auto decay = schedule("inverse-time(k=0.125)");
  CHECK(decay->factor(56, 32) == 0.125);
  for (const int t : {1, 7, 100}) CHECK(decay->factor(t, 2) == decay->factor(t, 2000));
  CHECK(schedule("inverse-time(k=0)")->factor(1e9, 10) == 1);
}

TEST_CASE("Inverse time is a lambda in PyTorch", "[schedules][inverse-time]") {
  CHECK(schedule("inverse-time")->pytorch(9) == "LambdaLR(optimizer, lambda t: 1 / (1 + 0.1 * t))");
}
