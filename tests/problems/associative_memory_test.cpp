#include "problems/draw.h"
#include "problems/problems.h"

using namespace descent;

namespace {

// Keys and values as the problem draws them, one a column.
struct Pairs {
  Matrix k, v;
  Vector p;
};
Pairs drawn(int width, int keys, double exponent, std::uint64_t seed) {
  Random random(seed, "keys and values");
  Pairs pairs;
  pairs.k = normalMatrix(random, width, keys);
  pairs.v = normalMatrix(random, width, keys);
  pairs.p = Vector(keys);
  double sum = 0;
  for (int i = 0; i < keys; ++i) {
    pairs.k.col(i) /= pairs.k.col(i).norm();
    pairs.v.col(i) /= pairs.v.col(i).norm();
    sum += pairs.p[i] = 1 / std::pow(i + 1, exponent);
  }
  pairs.p /= sum;
  return pairs;
}

}  // namespace

TEST_CASE("An associative memory is ½ Σ pᵢ‖Wkᵢ − vᵢ‖², summed key by key",
          "[problems][associative-memory]") {
  const auto own = problem("associative-memory(width=3, keys=5, exponent=2)", 11);
  const auto [k, v, p] = drawn(3, 5, 2, 11);
  Random random(2);
  for (const Vector& x : {Vector(Vector::Zero(9)), random.normalVector(9)}) {
    const Matrix w = Eigen::Map<const Matrix>(x.data(), 3, 3);
    double value = 0;
    Matrix g = Matrix::Zero(3, 3);
    for (int i = 0; i < 5; ++i) {
      const Vector missed = w * k.col(i) - v.col(i);
      value += p[i] * missed.squaredNorm() / 2;
      g += p[i] * missed * k.col(i).transpose();
    }
    CHECK(own->value(x) == Approx(value).epsilon(1e-13));
    CHECK((gradientOf(*own, x) - Vector(g.reshaped())).norm() <= 1e-14);
  }
  // Unit values: nothing learnt is a loss of ½.
  CHECK(own->value(own->start()) == Approx(0.5).epsilon(1e-14));
}

TEST_CASE("Fewer keys than columns are all answered, by the nearest matrix that does",
          "[problems][associative-memory]") {
  const auto own = problem("associative-memory(width=6, keys=4)", 11);
  const auto [k, v, p] = drawn(6, 4, 1.5, 11);
  Random random(2);
  const Vector x = random.normalVector(36);
  const Vector minimum = *own->nearestMinimum(x);
  const Matrix w = Eigen::Map<const Matrix>(x.data(), 6, 6);
  const Matrix m = Eigen::Map<const Matrix>(minimum.data(), 6, 6);
  CHECK((m * k - v).norm() <= 1e-10);
  CHECK(std::abs(own->value(minimum)) <= 1e-14);
  // X + (V − XK)K⁺ with K⁺ = (KᵀK)⁻¹Kᵀ changes nothing across the keys' span.
  const Matrix inverse = (k.transpose() * k).inverse() * k.transpose();
  CHECK((m - (w + (v - w * k) * inverse)).norm() <= 1e-10);
  const Matrix across = Matrix::Identity(6, 6) - k * inverse;
  CHECK(((m - w) * across).norm() <= 1e-10);
}

TEST_CASE("More keys than columns have one best answer, weighted by frequency",
          "[problems][associative-memory]") {
  const auto own = problem("associative-memory(width=3, keys=9, exponent=1)", 11);
  const auto [k, v, p] = drawn(3, 9, 1, 11);
  // Each row of W by least squares on rows √pᵢ kᵢᵀ.
  const Matrix roots = p.cwiseSqrt().asDiagonal();
  const Matrix fit = (roots * k.transpose()).colPivHouseholderQr().solve(roots * v.transpose());
  for (const Vector& x : {Vector(Vector::Zero(9)), Vector(Vector::Ones(9))}) {
    CHECK((*own->nearestMinimum(x) - Vector(fit.transpose().reshaped())).norm() <= 1e-11);
  }
}

TEST_CASE("Its largest curvature is that of the keys' covariance, weighted by frequency",
          "[problems][associative-memory]") {
  const auto own = problem("associative-memory(width=4, keys=3, exponent=1)", 11);
  const auto [k, v, p] = drawn(4, 3, 1, 11);
  CHECK((p - vec({6.0 / 11, 3.0 / 11, 2.0 / 11})).norm() <= 1e-15);
  const double largest = eigenvaluesOf(k * p.asDiagonal() * k.transpose()).maxCoeff();
  CHECK(*own->largestCurvature(own->start()) == Approx(largest).epsilon(1e-13));
  // One key: W kᵀ-direction alone is curved, by its whole frequency.
  const auto single = problem("associative-memory(width=4, keys=1)");
  CHECK(*single->largestCurvature(single->start()) == Approx(1).epsilon(1e-13));
}
