#include "network/spectrum.h"

#include "support/catch.h"

using namespace descent;

namespace {

// A symmetric matrix with these eigenvalues in directions of its own.
Matrix withSpectrum(const Vector& values) {
  Random random(2);
  Matrix a(values.size(), values.size());
  for (double& entry : a.reshaped()) entry = random.normal();
  const Matrix q = a.householderQr().householderQ();
  return q * values.asDiagonal() * q.transpose();
}

Product times(const Matrix& a) {
  return [&a](const Vector& v, Vector& out) { out = a * v; };
}

}  // namespace

TEST_CASE("Lanczos finds the largest eigenvalue, not the largest in size", "[network][spectrum]") {
  Vector values = Vector::LinSpaced(40, -30, 7);
  const Matrix a = withSpectrum(values);
  Random random(5);
  const TopEigen top = topEigenvalue(times(a), random.normalVector(40), 1e-9);
  CHECK(top.value == Approx(7).epsilon(1e-9));
  CHECK((a * top.vector - top.value * top.vector).norm() < 1e-7);
  CHECK((a * top.vector - top.value * top.vector).norm() == Approx(top.residual).margin(1e-9));
}

TEST_CASE("Started at its eigenvector Lanczos takes one product", "[network][spectrum]") {
  const Matrix a = withSpectrum(Vector::LinSpaced(30, 0, 5));
  Random random(5);
  const TopEigen cold = topEigenvalue(times(a), random.normalVector(30), 1e-8);
  const TopEigen warm = topEigenvalue(times(a), cold.vector, 1e-3);
  CHECK(cold.products > 5);
  CHECK(warm.products == 1);
  CHECK(warm.value == Approx(5).epsilon(1e-9));
}

TEST_CASE("All Ritz values of a full Krylov space are the eigenvalues", "[network][spectrum]") {
  const Vector values = Vector::LinSpaced(12, -3, 8);
  const Matrix a = withSpectrum(values);
  Random random(7);
  const Ritz ritz = lanczos(times(a), random.normalVector(12), 12);
  REQUIRE(ritz.values.size() == 12);
  CHECK((ritz.values.reverse() - values).norm() < 1e-10);
  CHECK((a * ritz.vectors.col(11) - ritz.values[11] * ritz.vectors.col(11)).norm() < 1e-9);
}

TEST_CASE("Lanczos stops where the space is exhausted", "[network][spectrum]") {
  Vector values = Vector::Zero(9);
  values[2] = 4;
  values[5] = 2;
  const Matrix a = withSpectrum(values);
  Random random(7);
  const TopEigen top = topEigenvalue(times(a), random.normalVector(9), 0, 50);
  CHECK(top.products <= 4);
  CHECK(top.value == Approx(4).epsilon(1e-12));
}

TEST_CASE("Lanczos quadrature over random starts gives the share of eigenvalues below a number",
          "[network][spectrum]") {
  // A quarter about −1, the rest above it; a few products tell them apart.
  Vector values(200);
  values << Vector::LinSpaced(50, -1.2, -0.8), Vector::LinSpaced(150, 0.5, 6);
  const Matrix a = withSpectrum(values);
  Random random(11);
  std::vector<double> shares;
  for (int i = 0; i < 40; ++i) {
    Krylov krylov(times(a), random.normalVector(200), 20);
    while (krylov.grow()) {
    }
    CHECK(krylov.size() == 20);
    shares.push_back(krylov.shareBelow(0));
    CHECK(krylov.shareBelow(7) == Approx(1));
    CHECK(krylov.shareBelow(-2) == 0);
  }
  const Trace share = meanOf(shares);
  CHECK(share.error < 0.01);
  CHECK(std::abs(share.value - 0.25) < 3 * share.error);
  // Along an eigenvector there is that one alone.
  Krylov one(times(a), symmetricEigen(a).vectors.col(3), 20);
  one.grow();
  CHECK(one.shareBelow(0) == Approx(1));
}

TEST_CASE("Hutchinson's estimate is the trace within its own error", "[network][spectrum]") {
  const Matrix a = withSpectrum(Vector::LinSpaced(25, -1, 4));
  Random random(9);
  const Trace trace = hutchinson(times(a), 25, 400, random);
  CHECK(trace.error > 0);
  CHECK(std::abs(trace.value - a.trace()) < 3 * trace.error);
  // Of a diagonal matrix every sample is the trace.
  const Matrix d = Vector::LinSpaced(25, 1, 2).asDiagonal();
  const Trace exact = hutchinson(times(d), 25, 3, random);
  CHECK(exact.value == Approx(d.trace()).epsilon(1e-12));
  CHECK(exact.error < 1e-12);
}

TEST_CASE("The error of a mean is √(Σ(x − mean)²/(n − 1)/n)", "[network][spectrum]") {
  // 1, 2 and 6 have mean 3 and squares 4 + 1 + 9 = 14 about it: √(14/2/3) = √(7/3).
  const Trace three = meanOf({1, 2, 6});
  CHECK(three.value == 3);
  CHECK(three.error == Approx(std::sqrt(7.0 / 3)).epsilon(1e-15));
  // Two samples 2d apart: √(2 d²/1/2) = d.
  const Trace two = meanOf({-1, 4});
  CHECK(two.value == 1.5);
  CHECK(two.error == Approx(2.5).epsilon(1e-15));
  // One says nothing of its error.
  CHECK(meanOf({7}).value == 7);
  CHECK(meanOf({7}).error == 0);
}

TEST_CASE("Hutchinson's error is √(2 Σ aᵢⱼ²/n) over i ≠ j", "[network][spectrum]") {
  // Hutchinson 1990: the variance of vᵀ A v for random signs v. Here the sum over i ≠ j is 6 · 1/4,
  // of n samples: √(2 · 1.5/4000) = 0.0274; the estimate's own error is about 1/√(2 · 4000).
  Matrix a = Matrix::Constant(3, 3, 0.5);
  a.diagonal() << 7, -2, 4;
  Random random(9);
  const Trace trace = hutchinson(times(a), 3, 4000, random);
  CHECK(trace.error == Approx(0.027386).epsilon(0.05));
  CHECK(std::abs(trace.value - 9) < 5 * 0.0274);
}
