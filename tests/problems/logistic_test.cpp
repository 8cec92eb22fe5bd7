#include "descent/random.h"
#include "problems/problems.h"

using namespace descent;

namespace {

// yᵢaᵢ from batches of one row: the gradient of log(1 + e^(−yaᵀθ)) at zero is −ya/2.
Matrix signedRows(const std::string& knobs, int n) {
  const auto single = problem("logistic(" + knobs + ", batch=1)");
  const Vector zero = Vector::Zero(single->dimension());
  Matrix rows(n, zero.size());
  for (int t = 1; t <= n; ++t) {
    rows.row(t - 1) = -2 * stepGradientOf(*single, t, zero).transpose();
  }
  return rows;
}

}  // namespace

TEST_CASE("Logistic regression on one point by hand", "[problems][logistic]") {
  // One row of length 1: f = log(1 + e^(−sθ)) + 0.05 θ² with s = ±1.
  const auto own = problem("logistic(n=1, d=1, ridge=0.1)");
  CHECK(own->value(vec({0})) == Approx(std::log(2.0)).epsilon(1e-15));
  const double s = -2 * gradientOf(*own, vec({0}))[0];
  CHECK(std::abs(s) == Approx(1).epsilon(1e-14));
  CHECK(hessianOf(*own, vec({0}))(0, 0) == Approx(0.25 + 0.1).epsilon(1e-14));
  // At the margin log 3 the other class has probability ¼.
  const double l = std::log(3.0);
  const Vector x = vec({s * l});
  CHECK(own->value(x) == Approx(std::log(4.0 / 3) + 0.05 * l * l).epsilon(1e-14));
  CHECK(gradientOf(*own, x)[0] == Approx(s * (-0.25 + 0.1 * l)).epsilon(1e-14));
  CHECK(hessianOf(*own, x)(0, 0) == Approx(3.0 / 16 + 0.1).epsilon(1e-14));
  // On the wrong side of the line the probabilities change places.
  CHECK(gradientOf(*own, -x)[0] == Approx(s * (-0.75 - 0.1 * l)).epsilon(1e-14));
  // At the minimum 1/(1 + e^m) = ρm, by bisection.
  double low = 0, high = 10;
  for (int i = 0; i < 100; ++i) {
    const double m = (low + high) / 2;
    (1 / (1 + std::exp(m)) > 0.1 * m ? low : high) = m;
  }
  CHECK((*own->nearestMinimum(x))[0] == Approx(s * low).epsilon(1e-12));
}

TEST_CASE("The value is the mean of the rows' losses and the ridge", "[problems][logistic]") {
  const auto own = problem("logistic(n=15, d=3, ridge=0.02)");
  const Matrix rows = signedRows("n=15, d=3, ridge=0.02", 15);
  const Vector x = vec({0.5, -2, 1});
  double sum = 0;
  Vector g = 0.02 * x;
  for (int i = 0; i < 15; ++i) {
    const double e = std::exp(-rows.row(i).dot(x));
    sum += std::log(1 + e) / 15;
    g -= e / (1 + e) / 15 * rows.row(i).transpose();
  }
  CHECK(own->value(x) == Approx(sum + 0.01 * x.squaredNorm()).epsilon(1e-13));
  CHECK((gradientOf(*own, x) - g).norm() <= 1e-14);
}

TEST_CASE("Far from the line the loss is the distance, without overflow", "[problems][logistic]") {
  const auto own = problem("logistic(n=1, d=1, ridge=1e-6)");
  const double s = -2 * gradientOf(*own, vec({0}))[0];
  const double penalty = 0.5e-6 * 1e8;
  CHECK(own->value(vec({-1e4 * s})) == Approx(1e4 + penalty).epsilon(1e-14));
  CHECK(own->value(vec({1e4 * s})) == Approx(penalty).epsilon(1e-14));
  CHECK(gradientOf(*own, vec({-1e4 * s}))[0] == Approx(-s - 1e-2 * s).epsilon(1e-12));
  CHECK(hessianOf(*own, vec({-1e4 * s}))(0, 0) == Approx(1e-6).epsilon(1e-12));
}

TEST_CASE("Rows have the spectrum asked for, and labels are the sign of a linear score",
          "[problems][logistic]") {
  const Matrix rows = signedRows("n=50, d=4, kappa=27, noise=0", 50);
  const Vector lambda = eigenvaluesOf(rows.transpose() * rows / 50);
  CHECK((lambda - vec({1.0 / 27, 1.0 / 9, 1.0 / 3, 1})).norm() <= 1e-13);
  // Without noise a line separates them: far along the solution every margin is positive.
  const auto separable = problem("logistic(n=50, d=4, kappa=27, noise=0, ridge=1e-6)");
  const Vector solution = *separable->nearestMinimum(Vector::Zero(4));
  CHECK((rows * solution).minCoeff() > 0);
  // Noise much louder than the score leaves none.
  const Matrix noisy = signedRows("n=50, d=4, kappa=27, noise=100", 50);
  const auto loud = problem("logistic(n=50, d=4, kappa=27, noise=100, ridge=1e-6)");
  CHECK((noisy * *loud->nearestMinimum(Vector::Zero(4))).minCoeff() < 0);
}
