#include <cmath>
#include <numbers>

#include "schedules/schedules.h"

using namespace descent;

TEST_CASE("Exponential decay multiplies by the same ratio at every step",
          "[schedules][exponential]") {
  const auto halving = schedule("exponential(gamma=0.5)");
  double expected = 1;
  for (int t = 0; t <= 40; ++t, expected /= 2) CHECK(halving->factor(t, 20) == expected);
  CHECK(schedule("exponential")->factor(2, 100) == near(0.9025));
}

TEST_CASE("A time constant is the time in which the rate falls to 1/e",
          "[schedules][exponential]") {
  const auto decay = schedule("exponential(form=time-constant, k=0.02)");
  CHECK(decay->factor(0, 100) == 1);
  CHECK(decay->factor(50, 100) == near(1 / std::numbers::e));
  CHECK(decay->factor(100, 100) == near(std::exp(-2)));
  CHECK(decay->factor(200, 100) == near(std::exp(-4)));
  CHECK(schedule("exponential(form=time-constant)")->factor(20, 7) == near(1 / std::numbers::e));
}

TEST_CASE("An exponential to a given end has its geometric mean half-way and holds the end",
          "[schedules][exponential]") {
  const auto decay = schedule("exponential(form=end, end=0.0625)");
  for (const double total : {4.0, 100.0}) {
    CHECK(decay->factor(0, total) == 1);
    CHECK(decay->factor(total / 4, total) == near(0.5));
    CHECK(decay->factor(total / 2, total) == near(0.25));
    CHECK(decay->factor(total, total) == near(0.0625));
    CHECK(decay->factor(total + 1, total) == near(0.0625));
    CHECK(decay->factor(9 * total, total) == near(0.0625));
  }
  CHECK(schedule("exponential(form=end)")->factor(50, 100) == near(0.1));
}

TEST_CASE("The three notations of exponential decay are one curve", "[schedules][exponential]") {
  // γ = ½, k = log 2, and 2⁻²⁰ after 20 steps.
  const auto ratio = schedule("exponential(gamma=0.5)");
  const auto constant =
      schedule("exponential(form=time-constant, k=" + print(std::numbers::ln2) + ")");
  const auto end = schedule("exponential(form=end, end=" + print(0x1p-20) + ")");
  for (int t = 0; t <= 20; ++t) {
    CHECK(constant->factor(t, 20) == Approx(ratio->factor(t, 20)).epsilon(1e-14));
    CHECK(end->factor(t, 20) == Approx(ratio->factor(t, 20)).epsilon(1e-14));
  }
}

TEST_CASE("Each notation has its line of PyTorch", "[schedules][exponential]") {
  CHECK(schedule("exponential")->pytorch(40) == "ExponentialLR(optimizer, gamma=0.95)");
  CHECK(schedule("exponential(form=time-constant)")->pytorch(40) ==
        "ExponentialLR(optimizer, gamma=math.exp(-0.05))");
  CHECK(schedule("exponential(form=end)")->pytorch(40) ==
        "ExponentialLR(optimizer, gamma=0.01 ** (1 / 40))");
  CHECK(schedule("exponential(form=end)")->python(40) == "0.01 ** min(t / 40, 1)");
}
