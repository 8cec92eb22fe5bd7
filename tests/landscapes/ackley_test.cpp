#include <cmath>
#include <numbers>

#include "landscapes/landscapes.h"

using namespace descent;

namespace {
constexpr double kE = std::numbers::e;
}  // namespace

TEST_CASE("Ackley's values at points known by hand", "[landscapes][ackley]") {
  const auto ackley = landscape("ackley");
  CHECK(ackley->f(0, 0) == 0);
  // The cosines are at their peaks: ρ = 1, 20(1 − e^−0.2), published 3.6253849384
  CHECK(ackley->f(1, 1) == about(20 * (1 - std::exp(-0.2))));
  CHECK(ackley->f(1, -1) == Approx(3.6253849384).epsilon(1e-10));
  CHECK(ackley->f(2, 0) == about(20 * (1 - std::exp(-0.2 * std::sqrt(2)))));
  // ρ = ½ and both cosines −1
  CHECK(ackley->f(0.5, 0.5) == about(20 * (1 - std::exp(-0.1)) + kE - 1 / kE));
}

TEST_CASE("Ackley's slope and curvature where the cosines are level", "[landscapes][ackley]") {
  const auto ackley = landscape("ackley");
  // ρ = 1 at (1, 1): each coordinate has 4e^−0.2·½
  const double slope = 2 * std::exp(-0.2);
  CHECK(ackley->gradientAt(1, 1).x() == Approx(slope).epsilon(1e-13));
  CHECK(ackley->gradientAt(1, 1).y() == Approx(slope).epsilon(1e-13));
  // 4e^−0.2 (∂²ρ − ∂ρ∂ρ/5), ∂²ρ = ½δ − ¼; and 2π²e of each cosine
  const auto h = ackley->hessianAt(1, 1);
  CHECK(h(0, 0) == Approx(4 * std::exp(-0.2) * (0.25 - 0.05) + 2 * kPi * kPi * kE).epsilon(1e-13));
  CHECK(h(0, 1) == Approx(4 * std::exp(-0.2) * (-0.25 - 0.05)).epsilon(1e-12));
}

TEST_CASE("Ackley's slope where a cosine falls fastest", "[landscapes][ackley]") {
  // At (¼, 0): ρ = ¼/√2, the exponent is ½ − 1 less than e's, ∂ρ/∂x = 1/√2
  const Point g = landscape("ackley")->gradientAt(0.25, 0);
  const double funnel = 4 * std::exp(-0.05 / std::sqrt(2)) / std::sqrt(2);
  CHECK(g.x() == Approx(funnel + kPi * std::exp(0.5)).epsilon(1e-13));
  CHECK(g.y() == 0);
}

TEST_CASE("Ackley's lowest minimum is the tip of a cone of slope 2√2", "[landscapes][ackley]") {
  const auto ackley = landscape("ackley");
  CHECK_FALSE(ackley->isSmoothAt({0, 0}));
  CHECK(ackley->isSmoothAt({1e-300, 0}));
  for (const Point& direction : {Point(1, 0), Point(-0.6, 0.8), Point(0, -1)}) {
    const Point near = 1e-9 * direction;
    CHECK(ackley->f(near.x(), near.y()) == Approx(1e-9 * std::sqrt(8)).epsilon(1e-7));
    CHECK((ackley->gradientAt(near.x(), near.y()) - std::sqrt(8) * direction).norm() < 1e-7);
  }
}

TEST_CASE("At Ackley's tip the gradient is given as 0 and the Hessian as that of the cosines",
          "[landscapes][ackley]") {
  const auto ackley = landscape("ackley");
  CHECK(ackley->gradientAt(0, 0) == Point(0, 0));
  const Eigen::Matrix2d expected = 2 * kPi * kPi * kE * Eigen::Matrix2d::Identity();
  CHECK((ackley->hessianAt(0, 0) - expected).norm() < 1e-13);
}

TEST_CASE("Steps that do not shrink never settle at Ackley's tip", "[landscapes][ackley]") {
  const auto ackley = landscape("ackley");
  const auto points = path("sgd(lr=0.02)", *ackley, Point(-0.6, 0.3), 300);
  for (std::size_t t = 280; t < points.size(); ++t) {
    CHECK(points[t].norm() < 0.1);
    CHECK((points[t] - points[t - 1]).norm() > 0.05);  // about 0.02·2√2 at least
  }
}

TEST_CASE("Ackley has 25 minima in its window", "[landscapes][ackley]") {
  const auto ackley = landscape("ackley");
  const auto minima = ackley->minima();
  REQUIRE(minima.size() == 25);
  CHECK(minima[0] == Point(0, 0));
  const auto check = [&](const Point& whole, const Point& known, double value) {
    INFO("beside " << whole.transpose());
    const Point p = *ackley->nearestMinimum(whole);
    CHECK((p - known).norm() < 1e-8);
    CHECK(ackley->f(p.x(), p.y()) == Approx(value).epsilon(1e-10));
  };
  // By bisection of a difference of f's published form, along the axis and along the diagonal.
  check({1, 0}, {0.952166546, 0}, 2.57992755703);
  check({0, -1}, {0, -0.952166546}, 2.57992755703);
  check({2, 0}, {1.958919718, 0}, 4.88406525809);
  check({-1, 1}, {-0.968477659, 0.968477659}, 3.57445187726);
  check({2, 2}, {1.974451986, 1.974451986}, 6.55964537563);
}

TEST_CASE("Ackley is even and its coordinates may be exchanged", "[landscapes][ackley]") {
  const auto ackley = landscape("ackley");
  CHECK(ackley->f(-1.3, 0.7) == ackley->f(1.3, 0.7));
  CHECK(ackley->f(0.7, 1.3) == about(ackley->f(1.3, 0.7)));
}
