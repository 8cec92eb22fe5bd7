// Losses against their formulas.
#include "network/loss.h"

#include <cmath>
#include <limits>

#include "descent/random.h"
#include "support/catch.h"

using namespace descent;

TEMPLATE_TEST_CASE(
    "A loss of single outputs is the mean of its formula, and none where an output is not a number",
    "[network]", float, double) {
  using T = TestType;
  struct Single {
    Loss loss;
    double (*value)(double f, double y);
    double (*slope)(double f, double y);
  };
  const auto [loss, value, slope] = GENERATE(
      Single{Loss::kSquared, [](double f, double y) { return (f - y) * (f - y) / 2; },
             [](double f, double y) { return f - y; }},
      Single{Loss::kLogistic, [](double f, double y) { return std::log1p(std::exp(-y * f)); },
             [](double f, double y) { return -y / (1 + std::exp(y * f)); }},
      Single{Loss::kHinge, [](double f, double y) { return y * f < 1 ? 1 - y * f : 0; },
             [](double f, double y) { return y * f < 1 ? -y : 0; }});
  const double tolerance = std::is_same_v<T, float> ? 3e-7 : 1e-15;
  Random random(5);
  for (int n = 1; n <= 9; ++n) {
    Rows<T> f, y, d;
    for (auto* rows : {&f, &y, &d}) rows->resize(2, n);
    // Costs where it is not to count: in the padding.
    f.flat().setConstant(-3);
    y.flat().setConstant(3);
    double sum = 0;
    for (int i = 0; i < 2; ++i) {
      for (int j = 0; j < n; ++j) {
        f(i, j) = static_cast<T>(n == 9 ? 20 * (j - 4) : 3 * random.normal());
        y(i, j) = T(random.below(2) == 0 ? -1 : 1);
        sum += value(static_cast<double>(f(i, j)), static_cast<double>(y(i, j)));
      }
    }
    CHECK(lossOf(loss, f, y) == Approx(sum / n).epsilon(tolerance));
    CHECK(lossAndSlope(loss, f, y, d) == Approx(sum / n).epsilon(tolerance));
    for (int i = 0; i < 2; ++i) {
      for (int j = 0; j < n; ++j) {
        const double one = slope(static_cast<double>(f(i, j)), static_cast<double>(y(i, j)));
        CHECK(static_cast<double>(d(i, j)) * n == Approx(one).epsilon(4 * tolerance).margin(1e-30));
      }
    }
    f(1, n / 2) = std::numeric_limits<T>::quiet_NaN();
    CHECK(std::isnan(lossOf(loss, f, y)));
    CHECK(std::isnan(lossAndSlope(loss, f, y, d)));
  }
}

TEST_CASE("Of equal outputs the first class is taken, of an output of zero class 0", "[network]") {
  Rows<double> f;
  f.resize(3, 4);
  const double columns[4][3] = {{2, 2, 2}, {1, 5, 5}, {-1, -3, -1}, {0, 0, 0.5}};
  for (int j = 0; j < 4; ++j) {
    for (int i = 0; i < 3; ++i) f(i, j) = columns[j][i];
  }
  CHECK(predictedClass(f, 0) == 0);
  CHECK(predictedClass(f, 1) == 1);
  CHECK(predictedClass(f, 2) == 0);
  CHECK(predictedClass(f, 3) == 2);
  f.resize(1, 3);
  f(0, 0) = 0;
  f(0, 1) = 1e-300;
  f(0, 2) = -1e-300;
  CHECK(predictedClass(f, 0) == 0);
  CHECK(predictedClass(f, 1) == 1);
  CHECK(predictedClass(f, 2) == 0);
}
