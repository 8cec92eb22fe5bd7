#include <algorithm>
#include <cmath>

#include "landscapes/landscapes.h"

using namespace descent;

namespace {

// The largest x on the way.
double farthest(const std::vector<Vector>& points) {
  double x = points.front()[0];
  for (const Vector& p : points) x = std::max(x, p[0]);
  return x;
}

}  // namespace

TEST_CASE("The cliff's values at points known by hand", "[landscapes][cliff]") {
  const auto cliff = landscape("cliff");
  CHECK(cliff->f(0, 0) == 0);
  CHECK(cliff->f(0, 2) == 2);
  const double x = std::log(2) / 4;  // e^4x = 2
  CHECK(cliff->f(x, 0) == about((1 - std::log(2)) / 8));
  CHECK(cliff->f(-x, 1) == about((std::log(2) - 0.5) / 8 + 0.5));
  // Far out only −⅛ − ½x is left: e^−160 is nothing.
  CHECK(cliff->f(-40, 0) == 19.875);
}

TEST_CASE("The cliff's slope is −½ far out and grows without bound behind its minimum",
          "[landscapes][cliff]") {
  const auto cliff = landscape("cliff");
  CHECK(cliff->gradientAt(-40, 3) == Point(-0.5, 3));
  CHECK(cliff->gradientAt(0, 0) == Point(0, 0));
  CHECK(about(cliff->gradientAt(std::log(2) / 4, -1), {0.5, -1}));
  CHECK(about(cliff->gradientAt(std::log(100) / 4, 0) / 100, {0.495, 0}));
}

TEST_CASE("The cliff curves by 2 at its minimum and by 2e⁴ˣ along x", "[landscapes][cliff]") {
  const auto cliff = landscape("cliff");
  const Eigen::Matrix2d expected = Point(2, 1).asDiagonal();
  CHECK(cliff->hessianAt(0, 0) == expected);
  CHECK(cliff->hessianAt(std::log(2) / 4, 5)(0, 0) == about(4));
}

TEST_CASE("Momentum runs up the cliff and is thrown back; gradient descent stops before it",
          "[landscapes][cliff]") {
  const auto cliff = landscape("cliff");
  const auto slow = path("sgd(lr=0.1)", *cliff, cliff->start(), 300);
  const auto fast = path("momentum(lr=0.1)", *cliff, cliff->start(), 60);
  CHECK(farthest(slow) <= 0);
  CHECK(farthest(fast) > 0.4);
  const auto top = std::max_element(fast.begin(), fast.end(),
                                    [](const Vector& a, const Vector& b) { return a[0] < b[0]; });
  CHECK((*std::min_element(top, fast.end(), [](const Vector& a, const Vector& b) {
          return a[0] < b[0];
        }))[0] < -0.5);
}
