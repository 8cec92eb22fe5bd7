#include <cmath>

#include "landscapes/landscapes.h"

using namespace descent;

TEST_CASE("Rastrigin's values at points known by hand", "[landscapes][rastrigin]") {
  const auto rastrigin = landscape("rastrigin");
  CHECK(rastrigin->f(0, 0) == 0);
  CHECK(rastrigin->f(1, -2) == about(5));            // the cosines are at their peaks: 1 + 4
  CHECK(rastrigin->f(0.5, 0) == about(20.25));       // ¼ + 10 + 10
  CHECK(rastrigin->f(0.25, 0.5) == about(30.3125));  // 1/16 + 10, and 20.25
}

TEST_CASE("Rastrigin's slope and curvature at points known by hand", "[landscapes][rastrigin]") {
  const auto rastrigin = landscape("rastrigin");
  CHECK(about(rastrigin->gradientAt(0.25, -0.25), {0.5 + 20 * kPi, -0.5 - 20 * kPi}));
  const auto h = rastrigin->hessianAt(0, 0.5);
  CHECK(h(0, 0) == about(2 + 40 * kPi * kPi));
  CHECK(h(1, 1) == about(2 - 40 * kPi * kPi));
  CHECK(h(0, 1) == 0);
}

TEST_CASE("Rastrigin has 25 minima in its window, each a little inside a whole point",
          "[landscapes][rastrigin]") {
  const auto rastrigin = landscape("rastrigin");
  const auto minima = rastrigin->minima();
  REQUIRE(minima.size() == 25);
  CHECK(minima[0] == Point(0, 0));
  // By bisection of 2x + 20π sin 2πx between 0.9 and 1.1, and between 1.9 and 2.1.
  const double known[] = {0, 0.9949586376523, 1.9899122337085};
  for (const Point& p : minima) {
    for (const double x : p) {
      const auto whole = static_cast<std::size_t>(std::lround(std::abs(x)));
      CHECK(std::abs(x) == Approx(known[whole]).epsilon(1e-12));
    }
  }
  CHECK(minima[1].y() == -minima[2].y());
  // Published: 0.99496 beside (0, 1).
  CHECK(rastrigin->f(minima[1].x(), minima[1].y()) == Approx(0.99496).epsilon(1e-5));
}

TEST_CASE("Rastrigin is even and its coordinates may be exchanged", "[landscapes][rastrigin]") {
  const auto rastrigin = landscape("rastrigin");
  CHECK(rastrigin->f(-1.3, 0.7) == rastrigin->f(1.3, 0.7));
  CHECK(rastrigin->f(0.7, 1.3) == rastrigin->f(1.3, 0.7));
  CHECK(rastrigin->gradientAt(-1.3, 0.7).x() == -rastrigin->gradientAt(1.3, 0.7).x());
}

TEST_CASE("Gradient descent ends in Rastrigin's nearest minimum", "[landscapes][rastrigin]") {
  const auto rastrigin = landscape("rastrigin");
  const auto points = path("sgd(lr=0.002)", *rastrigin, Point(1.2, -0.8), 300);
  CHECK((points.back() - Point(0.9949586376523, -0.9949586376523)).norm() < 1e-9);
}
