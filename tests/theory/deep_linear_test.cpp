// Closed forms of linear networks against minimisation and against integrated equations.
#include "theory/deep_linear.h"

#include <cmath>

#include "descent/random.h"
#include "support/catch.h"

using namespace descent;
using theory::Mode;

namespace {

Matrix drawn(Eigen::Index rows, Eigen::Index cols, Random& random) {
  Matrix m(rows, cols);
  for (double& entry : m.reshaped()) entry = random.normal();
  return m;
}

double loss(const Matrix& w, const Matrix& x, const Matrix& y) {
  return (w * x - y).squaredNorm() / (2 * static_cast<double>(x.cols()));
}

// The least loss of A B, A with r columns, by solving for A and B in turns.
double alternated(const Matrix& x, const Matrix& y, int r, Random& random) {
  Matrix a, b = drawn(r, x.rows(), random);
  const auto solve = [](const Matrix& of, const Matrix& to) -> Matrix {
    return of.completeOrthogonalDecomposition().solve(to);
  };
  for (int k = 0; k < 2000; ++k) {
    a = solve((b * x).transpose(), y.transpose()).transpose();
    b = solve(x.transpose(), solve(a, y).transpose()).transpose();
  }
  return loss(a * b, x, y);
}

// One step of Runge & Kutta's fourth order.
template <class State, class F>
State rungeKutta(const State& x, double h, F f) {
  const State k1 = f(x), k2 = f(State(x + h / 2 * k1)), k3 = f(State(x + h / 2 * k2)),
              k4 = f(State(x + h * k3));
  return x + h / 6 * (k1 + 2 * k2 + 2 * k3 + k4);
}

Matrix orthonormal(Eigen::Index rows, Eigen::Index cols, Random& random) {
  const Matrix m = drawn(rows, cols, random);
  return Eigen::HouseholderQR<Matrix>(m).householderQ() * Matrix::Identity(rows, cols);
}

}  // namespace

TEST_CASE("The loss floor is where solving for two factors in turns comes to rest",
          "[deep-linear][theory]") {
  Random random(3);
  for (const auto& [d, n] : {std::pair{6, 4}, {6, 6}, {4, 15}}) {
    const Matrix x = drawn(d, n, random), y = drawn(5, n, random);
    double last = std::numeric_limits<double>::infinity();
    for (int r = 1; r <= 5; ++r) {
      INFO(d << " inputs, " << n << " points, rank " << r);
      const double floor = theory::lossFloor(x, y, r);
      CHECK(floor <= last);
      CHECK(alternated(x, y, r, random) == Approx(floor).epsilon(1e-8).margin(1e-20));
      last = floor;
    }
  }
}

TEST_CASE("The floor is exactly zero where the inputs are independent and the rank is free",
          "[deep-linear][theory]") {
  Random random(4);
  const Matrix x = drawn(8, 6, random), y = drawn(3, 6, random);
  CHECK(theory::lossFloor(x, y, 3) == 0);
  CHECK(theory::lossFloor(x, y, 2) > 0);
  // A point twice, with two labels: the mean of the two is the best.
  Matrix twice = x, labels = y;
  twice.col(1) = twice.col(0);
  labels.row(0).setZero(), labels.row(1).setZero(), labels.row(2).setZero();
  labels(0, 0) = 1;
  labels(0, 1) = -1;
  CHECK(theory::lossFloor(twice, labels, 3) == Approx(2.0 / 12).epsilon(1e-12));
}

TEST_CASE("A mode's closed form solves its differential equation", "[deep-linear][theory]") {
  for (const Mode mode : {Mode{2, 1, 0.01}, Mode{0.5, 0.25, 0.001}, Mode{1, 3, 1.7}}) {
    double a = mode.a0;
    const double h = 1e-3;
    for (int k = 1; k <= 8000; ++k) {
      a = rungeKutta(a, h, [&](double b) { return 2 * mode.c * b * (mode.s - b); });
      if (k % 1000 == 0) CHECK(a == Approx(mode.flow(k * h)).epsilon(1e-10));
    }
    CHECK(mode.flow(0) == Approx(mode.a0).epsilon(1e-14));
    CHECK(mode.flow(1e6) == mode.s);
    // The paper's own form.
    const double t = 1.5, e = std::exp(2 * mode.c * mode.s * t);
    CHECK(mode.flow(t) == Approx(mode.s * e / (e - 1 + mode.s / mode.a0)).epsilon(1e-13));
  }
}

TEST_CASE(
    "Gradient flow of both matrices, aligned, keeps to the closed form; unaligned it does not",
    "[deep-linear][theory]") {
  Random random(5);
  const int d = 5, n = 20, hidden = 4, outputs = 3;
  const double c = 0.8, a0 = 0.02;
  // XXᵀ/n = c I.
  const Matrix x = std::sqrt(c * n) * orthonormal(n, d, random).transpose();
  const Matrix u = orthonormal(outputs, outputs, random), v = orthonormal(d, outputs, random);
  const Vector s = (Vector(3) << 2, 1, 0.4).finished();
  const Matrix y = u * s.asDiagonal() * v.transpose() * x;
  const auto worst = [&](const Matrix& left, const Matrix& right) {
    const Matrix r = orthonormal(hidden, outputs, random);
    // W₁ above W₂ᵀ: one state for the integration.
    Matrix state(hidden, d + outputs);
    state << std::sqrt(a0) * r * right.transpose(), std::sqrt(a0) * r * left.transpose();
    double deviation = 0;
    for (int k = 1; k <= 1200; ++k) {
      state = rungeKutta(state, 0.01, [&](const Matrix& w) {
        const Matrix w1 = w.leftCols(d), w2 = w.rightCols(outputs).transpose();
        const Matrix error = (w2 * w1 * x - y) / n;
        Matrix slope(hidden, d + outputs);
        slope << -w2.transpose() * error * x.transpose(), -(w1 * x) * error.transpose();
        return slope;
      });
      const Matrix product = state.rightCols(outputs).transpose() * state.leftCols(d);
      const Vector sigma = Eigen::JacobiSVD<Matrix>(product).singularValues();
      for (int i = 0; i < outputs; ++i) {
        const double flow = Mode{s[i], c, a0}.flow(0.01 * k);
        deviation = std::max(deviation, std::abs(sigma[i] - flow) / s[i]);
      }
    }
    return deviation;
  };
  CHECK(worst(u, v) < 1e-7);
  CHECK(worst(orthonormal(outputs, outputs, random), orthonormal(d, outputs, random)) > 0.2);
}

TEST_CASE("Descent differs from the flow by the stated term, and beyond it by the rate's square",
          "[deep-linear][theory]") {
  const Mode mode{1.5, 0.7, 0.01};
  const auto worst = [&](double rate, bool corrected) {
    double alpha = std::sqrt(mode.a0), most = 0;
    for (int k = 1; k * rate <= 8; ++k) {
      alpha = theory::descend(alpha, mode, 2, rate);
      const double t = k * rate;
      const double expected = mode.flow(t) + (corrected ? mode.descentAhead(t, rate) : 0);
      most = std::max(most, std::abs(alpha * alpha - expected));
    }
    return most;
  };
  // Half the rate: half the difference, and a quarter of what the term leaves.
  CHECK(worst(0.02, false) / worst(0.01, false) == Approx(2).epsilon(0.02));
  CHECK(worst(0.02, true) / worst(0.01, true) == Approx(4).epsilon(0.05));
  CHECK(worst(0.01, true) < 0.02 * worst(0.01, false));
}

TEST_CASE("One layer's mode contracts by 1 − ηc a step", "[deep-linear][theory]") {
  const Mode mode{2, 0.5, 0.1};
  double a = mode.a0;
  for (int k = 0; k < 20; ++k) a = theory::descend(a, mode, 1, 0.3);
  CHECK(a == Approx(2 - 1.9 * std::pow(1 - 0.15, 20)).epsilon(1e-13));
}
