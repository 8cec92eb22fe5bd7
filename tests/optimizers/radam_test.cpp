#include "support/objectives.h"

using namespace descent;

// With β₂ = ¾, ρ_∞ = 7 and ρ_t = 7 − 2t·(¾)ᵗ/(1 − (¾)ᵗ) = 1, 13/7, 97/37, 577/175, 3.89,
// 14821/3367 = 4.40, 4.84, 307849/58975 = 5.22, … The gradient being 2, m̂ = √v̂ = 2.

namespace {

// Lengths of the steps down a slope of 2.
std::vector<double> steps(const std::string& recipe, int n) {
  std::vector<double> lengths;
  const auto points = path(recipe, Linear{2}, vec({0}), n);
  for (std::size_t i = 1; i < points.size(); ++i)
    lengths.push_back(points[i - 1][0] - points[i][0]);
  return lengths;
}

double rectification(double rho) {
  return std::sqrt((rho - 4) * (rho - 2) * 7 / ((7 - 4) * (7 - 2) * rho));
}

}  // namespace

TEST_CASE("RAdam begins as corrected momentum", "[radam]") {
  // β₁ = ½, g = 1, 3, −4: m = 1/2, 7/4, −9/8, corrected 1, 7/3, −9/7.
  Script oracle({vec({1}), vec({3}), vec({-4})});
  checkSteps("radam(lr=0.1, beta1=0.5)", oracle, 0,
             {-0.1, -0.1 - 0.7 / 3, -0.1 - 0.7 / 3 + 0.9 / 7});
}

TEST_CASE("RAdam divides once ρ exceeds 5, and then by a rectified root", "[radam]") {
  const auto lengths = steps("radam(lr=0.1, beta2=0.75, epsilon=0)", 8);
  for (std::size_t i = 0; i < 7; ++i) CHECK(lengths[i] == Approx(0.2));
  CHECK(lengths[7] == Approx(0.1 * rectification(307849 / 58975.0)).epsilon(1e-12));
}

TEST_CASE("RAdam as printed in the paper divides once ρ exceeds 4", "[radam]") {
  const auto lengths = steps("radam(lr=0.1, beta2=0.75, epsilon=0, threshold=4)", 6);
  for (std::size_t i = 0; i < 5; ++i) CHECK(lengths[i] == Approx(0.2));
  CHECK(lengths[5] == Approx(0.1 * rectification(14821 / 3367.0)).epsilon(1e-12));
}

TEST_CASE("RAdam's epsilon is added before the correction", "[radam]") {
  // √c/(√v + ε)·m̂ with c = 1 − (¾)⁸ = 58975/65536, v = 4c, ε = 1.
  const double root = std::sqrt(58975 / 65536.0);
  const double expected = 0.1 * rectification(307849 / 58975.0) * 2 * root / (2 * root + 1);
  CHECK(steps("radam(lr=0.1, beta2=0.75, epsilon=1)", 8)[7] == Approx(expected).epsilon(1e-12));
}

TEST_CASE("At β₂ = 0.999 RAdam takes five steps of momentum, four by the paper", "[radam]") {
  const auto lengths = steps("radam(lr=0.1)", 6);
  for (std::size_t i = 0; i < 5; ++i) CHECK(lengths[i] == Approx(0.2));
  CHECK(lengths[5] < 0.01);
  const auto printed = steps("radam(lr=0.1, threshold=4)", 5);
  for (std::size_t i = 0; i < 4; ++i) CHECK(printed[i] == Approx(0.2));
  CHECK(printed[4] < 0.01);
}

TEST_CASE("Where the average is always too short RAdam never divides", "[radam]") {
  // β₂ = ½: ρ_∞ = 3.
  for (const double length : steps("radam(lr=0.1, beta2=0.5, threshold=4)", 50)) {
    CHECK(length == Approx(0.2));
  }
}

TEST_CASE("RAdam's weight decay is a gradient", "[radam]") {
  // g = 0, λ = 1, η = β₁ = ½ from 1. It is 1: x = ½. It is ½: m = ½, m̂ = 2/3, x = 1/6.
  // It is 1/6: m = 1/3, m̂ = 8/21, x = 1/6 − 4/21 = −1/42.
  checkSteps("radam(lr=0.5, beta1=0.5, weightDecay=1)", Linear{0}, 1, {0.5, 1 / 6.0, -1 / 42.0});
}

TEST_CASE("In the long run RAdam's steps are Adam's", "[radam][adam]") {
  // r → 1: at β₂ = 0.9, t = 500, ρ = ρ_∞ to rounding.
  const auto lengths = steps("radam(lr=0.1, beta2=0.9, epsilon=0)", 500);
  CHECK(lengths.back() == Approx(0.1).epsilon(1e-9));
}
