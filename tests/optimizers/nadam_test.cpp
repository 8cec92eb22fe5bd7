#include "support/objectives.h"

using namespace descent;

// Throughout: β₁ = ½, β₂ = ¾, so that 1 − β₂ᵗ = 1/4, 7/16, 37/64.

namespace {

const std::string kConstant =
    "nadam(lr=0.1, beta1=0.5, beta2=0.75, momentumSchedule=constant, epsilon=";

}  // namespace

TEST_CASE("NAdam mixes the gradient with the momentum of the next step", "[nadam]") {
  // μ = ½, g = 1, 3, −4.
  // m = 1/2, 7/4, −9/8;  v̂ = 1, 39/7, 373/37;  Π = 1/2, 1/4, 1/8
  // ½g/(1 − Π)  = 1, 2, −16/7
  // ½m/(1 − ½Π) = 1/3, 1, −3/5
  const double x1 = -0.1 * 4 / 3, x2 = x1 - 0.3 / std::sqrt(39 / 7.0),
               x3 = x2 + 0.1 * (101 / 35.0) / std::sqrt(373 / 37.0);
  Script oracle({vec({1}), vec({3}), vec({-4})});
  checkSteps(kConstant + "0)", oracle, 0, {x1, x2, x3});
}

TEST_CASE("NAdam's μ warms up from half of β₁", "[nadam]") {
  // g = 1: √v̂ = 1, m = 1/2, 3/4, 7/8. μ_t = ½(1 − ½·0.96^(0.004t)).
  double mu[5];
  for (int t = 1; t <= 4; ++t) mu[t] = 0.5 - 0.25 * std::exp(0.004 * t * std::log(0.96));
  CHECK(mu[1] == Approx(0.2500408).epsilon(1e-6));
  const double step1 = 1 + mu[2] * 0.5 / (1 - mu[1] * mu[2]);
  const double step2 =
      (1 - mu[2]) / (1 - mu[1] * mu[2]) + mu[3] * 0.75 / (1 - mu[1] * mu[2] * mu[3]);
  const double step3 = (1 - mu[3]) / (1 - mu[1] * mu[2] * mu[3]) +
                       mu[4] * 0.875 / (1 - mu[1] * mu[2] * mu[3] * mu[4]);
  checkSteps("nadam(lr=0.1, beta1=0.5, beta2=0.75, epsilon=0)", Linear{1}, 0,
             {-0.1 * step1, -0.1 * (step1 + step2), -0.1 * (step1 + step2 + step3)});
}

TEST_CASE("NAdam's epsilon stands outside the root", "[nadam]") {
  // g = ¾: the first direction is (4/3)·¾/(¾ + 1), the second (¾/2·4/3 + 9/32·8/7)/(7/4).
  const double x1 = -0.1 * 4 / 7, x2 = x1 - 0.1 * (0.5 + 9 / 28.0) * 4 / 7;
  checkSteps(kConstant + "1)", Linear{0.75}, 0, {x1, x2});
}

TEST_CASE("NAdam's weight decay is a gradient", "[nadam]") {
  // g = 0, λ = 1, η = 3/8 from 1. It is 1: 4/3, x = ½.
  // It is ½: m = ½, ahead = ¼·4/3 + ¼·8/7 = 13/21, v = ¼, √v̂ = 2/√7.
  checkSteps(
      "nadam(lr=0.375, beta1=0.5, beta2=0.75, momentumSchedule=constant, epsilon=0, weightDecay=1)",
      Linear{0}, 1, {0.5, 0.5 - 0.375 * 13 / 21 * std::sqrt(7) / 2});
}

TEST_CASE("Without momentum NAdam is Adam", "[nadam][adam]") {
  const auto f = landscape("himmelblau");
  const Vector start = f->starts()[0];
  for (const char* schedule : {"warming", "constant"}) {
    INFO(schedule);
    CHECK(path(std::string("nadam(lr=0.05, beta1=0, momentumSchedule=") + schedule + ")", *f, start,
               100) == path("adam(lr=0.05, beta1=0)", *f, start, 100));
  }
}
