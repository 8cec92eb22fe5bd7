// What the Newton–Schulz iterations make of singular values, and the exact factor.
#include "numerics/orthogonalise.h"

#include "optimizers/optimizers.h"

using namespace descent;

namespace {

double iterated(const OddPolynomial& p, double sigma, int steps) {
  for (int i = 0; i < steps; ++i) sigma = p(sigma);
  return sigma;
}

double hybrid(double sigma) { return iterated(kFinish, iterated(kQuinticKj, sigma, 8), 2); }

struct Range {
  double low = INFINITY, high = -INFINITY;
};

// Of f over [from, to], on a grid that is even in the logarithm.
template <class F>
Range range(double from, double to, F f) {
  constexpr int kPoints = 200000;
  Range r;
  for (int i = 0; i <= kPoints; ++i) {
    const double y = f(from * std::pow(to / from, static_cast<double>(i) / kPoints));
    r.low = std::min(r.low, y);
    r.high = std::max(r.high, y);
  }
  return r;
}

// UVᵀ over the non-zero singular values, by Eigen.
Matrix polarByEigen(const Matrix& m) {
  const Eigen::JacobiSVD<Matrix> svd(m, Eigen::ComputeThinU | Eigen::ComputeThinV);
  const Eigen::Index rank = svd.rank();
  return svd.matrixU().leftCols(rank) * svd.matrixV().leftCols(rank).transpose();
}

}  // namespace

TEST_CASE("Five steps of Jordan's quintic take [0.01, 1] into [0.6818, 1.1344]",
          "[orthogonalise]") {
  const Range r = range(0.01, 1, [](double s) { return iterated(kQuinticKj, s, 5); });
  CHECK(r.low == Approx(0.6818).margin(5e-5));
  CHECK(r.high == Approx(1.1344).margin(5e-5));
}

TEST_CASE("Jordan's quintic does not keep the order of singular values", "[orthogonalise]") {
  // p(1) = 0.701 is less than p(0.5) = 1.72225 − 0.596875 + 0.063484 = 1.188859.
  CHECK(kQuinticKj(1) == Approx(0.701));
  CHECK(kQuinticKj(0.5) == Approx(1.188859375));
}

TEST_CASE("A thousandth reaches only 0.47 in five of Jordan's steps", "[orthogonalise]") {
  CHECK(iterated(kQuinticKj, 0.001, 5) == Approx(0.47).margin(0.005));
}

TEST_CASE("In five steps the classical quintic takes a hundredth to 0.2285, the cubic to 0.076",
          "[orthogonalise]") {
  CHECK(iterated(kQuintic, 0.01, 5) == Approx(0.2285).margin(5e-5));
  CHECK(iterated(kCubic, 0.01, 5) == Approx(0.076).margin(5e-4));
}

TEST_CASE("The classical quintic converges to 1 below √(7/3) and diverges above",
          "[orthogonalise]") {
  // 15/8 − 5/4 s + 3/8 s² = 1 at s = 1 and s = 7/3, with s = σ²: √(7/3) = 1.5275.
  const double limit = std::sqrt(7 / 3.0);
  CHECK(limit == Approx(1.5275).margin(5e-5));
  CHECK(kQuintic(limit) == Approx(limit));
  CHECK(iterated(kQuintic, 0.999 * limit, 60) == Approx(1));
  CHECK_FALSE(std::abs(iterated(kQuintic, 1.001 * limit, 60)) < 1e6);
  const Range r = range(0.01, 1, [](double s) { return iterated(kQuintic, s, 30); });
  CHECK(r.low == Approx(1).epsilon(1e-14));
  CHECK(r.high == Approx(1).epsilon(1e-14));
}

TEST_CASE("The hybrid takes [0.001, 1] into [1.0000, 1.00054]", "[orthogonalise]") {
  const Range r = range(0.001, 1, hybrid);
  CHECK(r.low == Approx(1).margin(5e-5));
  CHECK(r.high == Approx(1.00054).margin(5e-6));
}

TEST_CASE("The finishing quintic is flat to first order at 1", "[orthogonalise]") {
  // p(1) = 1, p′ = 2 − 9/2 + 5/2 = 0, p″ = −9 + 10 ≠ 0 would leave an error squared; it is
  // p″(σ) = 6bσ + 20cσ³ = −9σ + 10σ³ = 1 at 1.
  CHECK(kFinish(1) == 1);
  for (const double h : {1e-2, 1e-3, 1e-4}) {
    CHECK((kFinish(1 + h) - 1) / (h * h) == Approx(0.5).epsilon(10 * h));
  }
}

TEST_CASE("A Newton–Schulz step maps each singular value by the polynomial", "[orthogonalise]") {
  Random random(11);
  for (const auto& [rows, cols] : {std::pair{4, 4}, {6, 3}, {2, 5}, {5, 1}, {1, 5}}) {
    Matrix x = gaussian(random, rows, cols);
    x /= 1.5 * x.norm();
    const Eigen::JacobiSVD<Matrix> svd(x, Eigen::ComputeThinU | Eigen::ComputeThinV);
    for (const OddPolynomial& p : {kQuinticKj, kQuintic, kCubic, kFinish}) {
      Matrix y = x;
      newtonSchulzStep(p, y);
      const Vector mapped = svd.singularValues().unaryExpr(
          [&p](double s) { return p.a * s + p.b * s * s * s + p.c * std::pow(s, 5); });
      CHECK((y - svd.matrixU() * mapped.asDiagonal() * svd.matrixV().transpose()).norm() < 1e-14);
    }
  }
}

TEST_CASE("The guard keeps a zero matrix zero and takes 1e-7 off the relative length",
          "[orthogonalise]") {
  CHECK(normalised(Matrix::Zero(2, 3)) == Matrix::Zero(2, 3));
  CHECK(1 - normalised(Matrix::Ones(2, 2) / 2).norm() == Approx(1e-7).epsilon(1e-6));
  CHECK(normalised(Matrix::Constant(1, 1, 1e-7))(0, 0) == Approx(0.5));
}

TEST_CASE("The sign of a vector is its direction, that of a diagonal its signs",
          "[orthogonalise]") {
  const Vector v = vec({3, 0, -4});
  CHECK((polarFactor(v) - v / 5).norm() < 1e-15);
  CHECK((polarFactor(v.transpose()) - v.transpose() / 5).norm() < 1e-15);
  CHECK(polarFactor(vec({7, -1e-3, 0, 2e5}).asDiagonal()) ==
        Matrix(vec({1, -1, 0, 1}).asDiagonal()));
}

TEST_CASE("The sign of a matrix does not depend on its size", "[orthogonalise]") {
  Random random(12);
  const Matrix m = gaussian(random, 5, 3);
  const Matrix o = polarFactor(m);
  for (const double c : {1e-300, 1e-9, 3.0, 1e9, 1e300}) {
    INFO("c " << c);
    CHECK((polarFactor(c * m) - o).norm() < 1e-14);
  }
  // Unlike division by the largest singular value, which leaves the others below 1.
  const Eigen::JacobiSVD<Matrix> svd(m);
  CHECK((m / svd.singularValues()[0] - o).norm() > 0.1);
}

TEST_CASE("At full column rank the sign is M(MᵀM)^(−1/2)", "[orthogonalise]") {
  Random random(13);
  for (const auto& [rows, cols] : {std::pair{1, 1}, {3, 3}, {7, 4}, {12, 12}, {9, 1}}) {
    const Matrix m = gaussian(random, rows, cols);
    const Eigen::SelfAdjointEigenSolver<Matrix> eigen(m.transpose() * m);
    INFO(rows << " × " << cols);
    CHECK((polarFactor(m) - m * eigen.operatorInverseSqrt()).norm() < 1e-9);
    CHECK((polarFactor(m) - polarByEigen(m)).norm() < 1e-12);
    CHECK((polarFactor(m.transpose()) - polarByEigen(m).transpose()).norm() < 1e-12);
  }
}

TEST_CASE("A rank-deficient matrix has its sign over the non-zero singular values",
          "[orthogonalise]") {
  Random random(14);
  for (const auto& [rows, cols] : {std::pair{4, 4}, {8, 5}, {5, 8}}) {
    for (int rank = 1; rank < 4; ++rank) {
      const Matrix m = gaussian(random, rows, rank) * gaussian(random, rank, cols);
      const Matrix o = polarFactor(m);
      INFO(rows << " × " << cols << " of rank " << rank);
      CHECK((o - polarByEigen(m)).norm() < 1e-11);
      // OOᵀO = O with trace of OᵀO the rank: a partial isometry.
      CHECK((o * o.transpose() * o - o).norm() < 1e-13);
      CHECK(o.squaredNorm() == Approx(rank));
    }
  }
  CHECK(polarFactor(Matrix::Zero(3, 2)) == Matrix::Zero(3, 2));
}
