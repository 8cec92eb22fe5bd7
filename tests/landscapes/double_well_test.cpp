#include <algorithm>
#include <cmath>
#include <string>

#include "landscapes/landscapes.h"

using namespace descent;

TEST_CASE("The double well's values at points known by hand", "[landscapes][double-well]") {
  // At x = 0: u = 1 − e^−18, v = 1 − e^−1.125
  const double u = -std::expm1(-18), v = -std::expm1(-1.125);
  CHECK(landscape("double-well")->f(0, 0) == about(u * v));
  CHECK(landscape("double-well")->f(0, 2) == about(u * v + 2));
  CHECK(landscape("double-well(difference=0.5)")->f(0, 0) == about(u * v + 0.5 * u / (u + v)));
  CHECK(landscape("double-well(difference=-0.5)")->f(0, 0) == about(u * v + 0.5 * v / (u + v)));
  // Far out the wells are gone: 1 + 900/10, and half of Δ
  CHECK(landscape("double-well")->f(-30, 0) == 91);
  CHECK(landscape("double-well(difference=0.5)")->f(30, 0) == 91.25);
}

TEST_CASE("The double well's minima keep their places and differ by exactly Δ",
          "[landscapes][double-well]") {
  for (const char* widths : {"", ", sharp=0.1", ", sharp=1, flat=0.5", ", flat=1.5"}) {
    for (const double difference : {0.0, 0.1, 0.8, -0.3, -0.8}) {
      const auto surface =
          landscape("double-well(difference=" + std::to_string(difference) + widths + ")");
      INFO("difference " << difference << widths);
      CHECK(surface->f(-1.5, 0) == std::max(-difference, 0.0));
      CHECK(surface->f(1.5, 0) == std::max(difference, 0.0));
      CHECK(surface->gradientAt(-1.5, 0) == Point(0, 0));
      CHECK(surface->gradientAt(1.5, 0) == Point(0, 0));
      REQUIRE(surface->minima().size() == 2);
      CHECK(surface->minima()[0] == Point(difference < 0 ? 1.5 : -1.5, 0));
    }
  }
}

TEST_CASE("The double well's minima curve by the inverse squares of their widths",
          "[landscapes][double-well]") {
  const auto curvature = [](const char* recipe, double x) {
    return landscape(recipe)->hessianAt(x, 0)(0, 0);
  };
  // 1 + 1.5²/10 = 1.225; v at the sharp minimum is 1 − e^−4.5, u at the flat one 1 − e^−72
  const double v = -std::expm1(-4.5);
  CHECK(curvature("double-well", -1.5) == about(1.225 * v * 16));
  CHECK(curvature("double-well", 1.5) == about(1.225));
  // Raising the flat one by Δ adds Δ/v to what the sharp one's curvature is made of and takes Δ
  // off.
  CHECK(curvature("double-well(difference=0.5)", -1.5) == about((1.225 * v + 0.5 / v) * 16));
  CHECK(curvature("double-well(difference=0.5)", 1.5) == about(0.725));
  CHECK(curvature("double-well(difference=-0.5)", -1.5) == about((1.225 * v - 0.5 / v) * 16));
  CHECK(curvature("double-well(difference=-0.5)", 1.5) == about(1.725));
  CHECK(landscape("double-well")->hessianAt(0.3, 1)(1, 1) == 1);
  CHECK(landscape("double-well")->rates().gradient == about(1 / (1.225 * v * 16)));
}

TEST_CASE("A double well of equal widths and depths is its own mirror image",
          "[landscapes][double-well]") {
  const auto surface = landscape("double-well(sharp=0.6, flat=0.6)");
  const auto left = landscape("double-well(sharp=0.6, flat=0.6, difference=0.3)");
  const auto right = landscape("double-well(sharp=0.6, flat=0.6, difference=-0.3)");
  for (const double x : {0.3, 1.0, 1.7, 3.0}) {
    CHECK(surface->f(x, 0.5) == about(surface->f(-x, 0.5)));
    CHECK(surface->gradientAt(x, 0).x() == about(-surface->gradientAt(-x, 0).x()));
    CHECK(left->f(x, 0.5) == about(right->f(-x, 0.5)));
  }
}

TEST_CASE("A flat minimum that is higher is better once the function shifts",
          "[landscapes][double-well]") {
  const auto surface = landscape("double-well(difference=0.1)");
  CHECK(surface->f(-1.5, 0) < surface->f(1.5, 0));
  for (const double shift : {0.25, -0.25}) {
    // u = 1 − e^−½ is 0.39 of the sharp well's rim already, v = 1 − e^−1/32 a mere 0.03
    CHECK(surface->f(-1.5 + shift, 0) > 0.4);
    CHECK(surface->f(1.5 + shift, 0) < 0.2);
  }
}

TEST_CASE("Gradient descent stays in the sharp minimum up to 2/λ and leaves for the flat one above",
          "[landscapes][double-well]") {
  const auto surface = landscape("double-well");  // λ = 19.4 and 1.2
  const auto stays = path("sgd(lr=0.09)", *surface, Point(-1.49, 0), 300);
  CHECK((stays.back() - Point(-1.5, 0)).norm() < 1e-6);
  const auto leaves = path("sgd(lr=0.3)", *surface, Point(-1.49, 0), 300);
  CHECK((leaves.back() - Point(1.5, 0)).norm() < 1e-6);
}
