// Targets are what their formulas say, as long as there is no noise.
#include <algorithm>
#include <cmath>
#include <numbers>

#include "datasets/datasets.h"

using namespace descent;

namespace {

// f(point, target) for a thousand examples without noise, inputs within [−1, 1]².
template <class F>
void eachTarget(const std::string& recipe, F f) {
  const Examples examples = drawn(recipe, 1000);
  CHECK(examples.inputs.cwiseAbs().maxCoeff() <= 1);
  CHECK(examples.inputs.rowwise().minCoeff().maxCoeff() < -0.99);
  CHECK(examples.inputs.rowwise().maxCoeff().minCoeff() > 0.99);
  for (Eigen::Index j = 0; j < examples.size(); ++j) {
    f(Point(examples.inputs.col(j)), examples.targets(0, j));
  }
}

}  // namespace

TEST_CASE("Waves stand at equally spaced points, whatever their number and their order",
          "[datasets]") {
  const auto waves = dataset("waves");
  CHECK(waves->inputs() == 1);
  for (const int n : {1, 2, 3, 40}) {
    const Examples examples = drawn(*waves, n);
    std::vector<double> x(examples.inputs.data(), examples.inputs.data() + n);
    for (int j = 0; j < n; ++j) {
      CHECK(examples.targets(0, j) == Approx(std::sin(2 * std::numbers::pi * x[j]) +
                                             0.5 * std::sin(5 * std::numbers::pi * x[j]))
                                          .margin(1e-14));
    }
    if (n == 40) CHECK_FALSE(std::is_sorted(x.begin(), x.end()));
    std::sort(x.begin(), x.end());
    for (int j = 0; j < n; ++j) {
      CHECK(x[j] == Approx(n == 1 ? 0 : -1 + 2.0 * j / (n - 1)).margin(1e-15));
    }
  }
  // By hand: at 1/2 the slow wave is 0 and the fast one sin 5π/2 = 1; at ±1 both are 0.
  const Examples five = drawn(*waves, 5);
  for (int j = 0; j < 5; ++j) {
    const double x = five.inputs(0, j);
    const double y = std::abs(x) == 0.5 ? x : 0;
    CHECK(five.targets(0, j) == Approx(y).margin(1e-14));
  }
}

TEST_CASE("The plane is linear", "[datasets]") {
  eachTarget("plane", [](const Point& p, double target) {
    CHECK(target == Approx(0.8 * p.x() - 0.6 * p.y()).margin(1e-15));
  });
}

TEST_CASE("The bump is a hill and a valley of opposite sign", "[datasets]") {
  double lowest = 0, highest = 0;
  eachTarget("bump", [&](const Point& p, double target) {
    const double hill = std::exp(-(p - Point(0.4, 0.4)).squaredNorm() / 0.18);
    const double valley = std::exp(-(p + Point(0.4, 0.4)).squaredNorm() / 0.18);
    CHECK(target == Approx(hill - valley).margin(1e-15));
    lowest = std::min(lowest, target);
    highest = std::max(highest, target);
  });
  CHECK(lowest == Approx(-1).margin(0.05));
  CHECK(highest == Approx(1).margin(0.05));
}
