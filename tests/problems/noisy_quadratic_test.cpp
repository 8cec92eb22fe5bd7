#include "problems/problems.h"

using namespace descent;

TEST_CASE("The noisy quadratic is one of curvatures in equal ratios from 1 to 1/κ",
          "[problems][noisy-quadratic]") {
  const auto own = problem("noisy-quadratic(d=3, kappa=16)");
  CHECK(own->start() == vec({1, 1, 1}));
  // Curvatures 1, ¼ and 1/16.
  CHECK(own->value(vec({1, 2, 4})) == Approx(0.5 + 0.5 + 0.5).epsilon(1e-15));
  CHECK((gradientOf(*own, vec({1, 2, 4})) - vec({1, 0.5, 0.25})).norm() <= 1e-15);
  CHECK(*own->nearestMinimum(vec({1, 2, 4})) == vec({0, 0, 0}));
  CHECK(*own->largestCurvature(vec({1, 2, 4})) == 1);
}

TEST_CASE("Its noise has mean zero and variance σ²/B in every coordinate, anew at every step",
          "[problems][noisy-quadratic]") {
  constexpr int n = 20000;
  const auto own = problem("noisy-quadratic(d=3, sigma=3, batch=4)");
  const double sigma = 1.5;  // 3/√4
  const Vector zero = Vector::Zero(3);
  Matrix noise(3, n);
  for (int t = 1; t <= n; ++t) noise.col(t - 1) = stepGradientOf(*own, t, zero);
  for (int i = 0; i < 3; ++i) {
    CHECK(std::abs(noise.row(i).mean()) <= 4 * sigma / std::sqrt(n));
    CHECK(noise.row(i).squaredNorm() / n == Approx(sigma * sigma).epsilon(4 * std::sqrt(2.0 / n)));
    // Neither the step before nor another coordinate tells anything of it.
    const double before = noise.row(i).head(n - 1).dot(noise.row(i).tail(n - 1)) / n;
    const double beside = noise.row(i).dot(noise.row((i + 1) % 3)) / n;
    CHECK(std::abs(before) <= 4 * sigma * sigma / std::sqrt(n));
    CHECK(std::abs(beside) <= 4 * sigma * sigma / std::sqrt(n));
  }
  // The fourth moment of a normal variable is 3σ⁴, and its own standard deviation √96 σ⁴.
  CHECK(noise.row(0).array().pow(4).mean() ==
        Approx(3 * std::pow(sigma, 4)).epsilon(4 * std::sqrt(96.0 / n) / 3));
}

TEST_CASE("Within a step the noise stays: the function is the quadratic and a tilt",
          "[problems][noisy-quadratic]") {
  const auto own = problem("noisy-quadratic(d=3)");
  const Vector zero = Vector::Zero(3), x = vec({1, -2, 3});
  for (const int t : {1, 2, 50}) {
    const Vector tilt = stepGradientOf(*own, t, zero);
    CHECK(tilt.norm() > 0);
    CHECK((stepGradientOf(*own, t, x) - gradientOf(*own, x) - tilt).norm() <= 1e-14);
    CHECK(own->at(t).value(x) - own->value(x) == Approx(tilt.dot(x)).epsilon(1e-13));
    CHECK(stepGradientOf(*own, t, zero) == tilt);
  }
  CHECK(stepGradientOf(*own, 1, zero) != stepGradientOf(*own, 2, zero));
}

TEST_CASE("A batch of B divides the same noise by √B, and σ = 0 is without noise",
          "[problems][noisy-quadratic]") {
  const Vector zero = Vector::Zero(10);
  const auto single = problem("noisy-quadratic"), batch = problem("noisy-quadratic(batch=25)"),
             quiet = problem("noisy-quadratic(sigma=0)");
  for (const int t : {1, 7}) {
    const Vector noise = stepGradientOf(*single, t, zero);
    CHECK((5 * stepGradientOf(*batch, t, zero) - noise).norm() <= 1e-14);
    CHECK(stepGradientOf(*quiet, t, quiet->start()) == gradientOf(*quiet, quiet->start()));
  }
}
