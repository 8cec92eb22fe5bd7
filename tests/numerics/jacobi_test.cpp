#include "numerics/jacobi.h"

#include "optimizers/optimizers.h"

using namespace descent;

namespace {

Matrix symmetric(Random& random, Eigen::Index n) {
  const Matrix a = gaussian(random, n, n);
  return a + a.transpose();
}

double deviation(const Matrix& q) {
  return (q.transpose() * q - Matrix::Identity(q.cols(), q.cols())).norm();
}

// Relative to the size of a; values as Eigen's, orthonormal vectors, a small residual.
void checkEigen(const Matrix& a) {
  const auto [values, vectors] = symmetricEigen(a);
  const Eigen::SelfAdjointEigenSolver<Matrix> expected(a);
  const double tolerance = 1e-14 * static_cast<double>(a.rows()) * a.norm();
  CHECK((values - expected.eigenvalues()).norm() <= tolerance);
  CHECK((a * vectors - vectors * values.asDiagonal()).norm() <= tolerance);
  CHECK(deviation(vectors) < 1e-13);
  for (Eigen::Index i = 1; i < values.size(); ++i) CHECK(values[i - 1] <= values[i]);
}

void checkSingular(const Matrix& a, Eigen::Index rank) {
  const auto [u, values, v] = singularValues(a);
  const Eigen::JacobiSVD<Matrix> expected(a);
  const double tolerance = 1e-14 * static_cast<double>(a.rows() + a.cols()) * a.norm();
  REQUIRE(values.size() == std::min(a.rows(), a.cols()));
  REQUIRE(u.rows() == a.rows());
  REQUIRE(v.rows() == a.cols());
  CHECK((values - expected.singularValues()).norm() <= tolerance);
  CHECK((u * values.asDiagonal() * v.transpose() - a).norm() <= tolerance);
  // The long side's vectors are given for non-zero values only.
  const bool wide = a.rows() < a.cols();
  CHECK(deviation(wide ? u : v) < 1e-13);
  CHECK(deviation((wide ? v : u).leftCols(rank)) < 1e-13);
  for (Eigen::Index i = 1; i < values.size(); ++i) CHECK(values[i - 1] >= values[i]);
}

}  // namespace

TEST_CASE("Eigenvalues agree with Eigen's on random symmetric matrices", "[jacobi]") {
  Random random(21);
  for (Eigen::Index n = 1; n <= 12; ++n) {
    for (int i = 0; i < 10; ++i) {
      INFO("n = " << n << ", " << i);
      checkEigen(symmetric(random, n));
    }
  }
}

TEST_CASE("Eigenvalues of an indefinite matrix with a zero diagonal are found", "[jacobi]") {
  Matrix swap(2, 2);
  swap << 0, 1, 1, 0;
  const auto [values, vectors] = symmetricEigen(swap);
  CHECK((values - vec({-1, 1})).norm() < 1e-15);
  checkEigen(swap);
  Random random(22);
  for (Eigen::Index n = 2; n <= 12; ++n) {
    Matrix a = symmetric(random, n);
    a.diagonal().setZero();
    INFO("n = " << n);
    checkEigen(a);
  }
}

TEST_CASE("Repeated and zero eigenvalues are found", "[jacobi]") {
  checkEigen(Matrix::Zero(3, 3));
  checkEigen(Matrix::Ones(5, 5));
  checkEigen(-Matrix::Identity(4, 4));
  CHECK(symmetricEigen(vec({3, -1, 2}).asDiagonal()).values == vec({-1, 2, 3}));
  Random random(23);
  const Matrix half = gaussian(random, 9, 3);
  checkEigen(half * half.transpose());
}

TEST_CASE("Eigenvalues do not depend on the size of the entries", "[jacobi]") {
  Random random(24);
  const Matrix a = symmetric(random, 5);
  const auto expected = symmetricEigen(a);
  for (const double size :
       {std::ldexp(1, -900), std::ldexp(1, -520), std::ldexp(1, 520), std::ldexp(1, 900)}) {
    INFO("size " << size);
    const auto scaled = symmetricEigen(size * a);
    CHECK((scaled.values / size - expected.values).norm() < 1e-13);
    CHECK((scaled.vectors - expected.vectors).norm() < 1e-12);
  }
}

TEST_CASE("Singular values agree with Eigen's on random matrices", "[jacobi]") {
  Random random(25);
  for (Eigen::Index rows = 1; rows <= 12; ++rows) {
    for (Eigen::Index cols = 1; cols <= 12; ++cols) {
      INFO(rows << " × " << cols);
      checkSingular(gaussian(random, rows, cols), std::min(rows, cols));
    }
  }
}

TEST_CASE("Singular values of rank-deficient matrices are found", "[jacobi]") {
  Random random(26);
  for (const auto& [rows, cols] : {std::pair{5, 5}, {12, 6}, {6, 12}}) {
    for (int rank = 1; rank < 5; ++rank) {
      INFO(rows << " × " << cols << " of rank " << rank);
      checkSingular(gaussian(random, rows, rank) * gaussian(random, rank, cols), rank);
    }
  }
  Matrix gap = gaussian(random, 6, 4);
  gap.col(1).setZero();
  checkSingular(gap, 3);
  gap.col(3) = gap.col(0);
  checkSingular(gap, 2);
  checkSingular(Matrix::Zero(3, 2), 0);
}

TEST_CASE("A column of u that belongs to an exact zero is zero", "[jacobi]") {
  Matrix a(3, 2);
  a << 3, 0, 0, 0, 4, 0;
  const auto svd = singularValues(a);
  CHECK(svd.values == vec({5, 0}));
  CHECK(svd.u.col(1).isZero(0));
}

TEST_CASE("Graded columns keep their small singular values to the last digits", "[jacobi]") {
  // A = B diag(1 … 1e-12) with B well conditioned: Jacobi's relative accuracy does not depend on
  // the grading. The smallest value is 1 over the norm of the pseudo-inverse diag⁻¹ B⁻¹, found here
  // from the largest singular value of the inverse, which is well determined.
  Random random(27);
  for (Eigen::Index n = 2; n <= 8; ++n) {
    Matrix a = Matrix::Identity(n, n) + 0.1 * gaussian(random, n, n);
    const Matrix b = a;
    const Vector grade =
        Vector::LinSpaced(n, 0, -12).unaryExpr([](double e) { return std::pow(10, e); });
    a = b * grade.asDiagonal();
    const Matrix inverse = grade.cwiseInverse().asDiagonal() * Matrix(b.inverse());
    const Eigen::JacobiSVD<Matrix> expected(inverse);
    const auto svd = singularValues(a);
    INFO("n = " << n);
    CHECK(svd.values[n - 1] == Approx(1 / expected.singularValues()[0]).epsilon(1e-12));
    CHECK(deviation(svd.u) < 1e-13);
    CHECK(deviation(svd.v) < 1e-13);
    checkSingular(a, n);
  }
}
