#include "problems/draw.h"
#include "problems/problems.h"

using namespace descent;

namespace {

// Data as the problem draws them: A, then W*, then the noise.
struct Data {
  Matrix a, b, solution;
};
Data drawn(int rows, int cols, int n, double kappa, double noise, std::uint64_t seed) {
  Random random(seed, "data of matrix regression");
  Data data;
  data.a = designMatrix(random, n, rows, kappa);
  data.solution = normalMatrix(random, rows, cols);
  const Matrix xi = normalMatrix(random, n, cols);
  data.b = data.a * data.solution + noise * xi;
  return data;
}

}  // namespace

TEST_CASE("Matrix regression is ‖AW − B‖²/2n, computed directly", "[problems][matrix-regression]") {
  for (const double noise : {0.0, 0.7}) {
    const auto own =
        problem("matrix-regression(rows=3, cols=2, n=9, kappa=5, noise=" + print(noise) + ")", 11);
    const auto [a, b, solution] = drawn(3, 2, 9, 5, noise, 11);
    for (const Vector& x : {vec({0, 0, 0, 0, 0, 0}), vec({1, -2, 0.5, 3, 0.25, -1})}) {
      // Column-major: the first column of W is the first three parameters.
      Matrix w(3, 2);
      w << x[0], x[3], x[1], x[4], x[2], x[5];
      CHECK(own->value(x) == Approx((a * w - b).squaredNorm() / 18).epsilon(1e-12));
      const Matrix g = a.transpose() * (a * w - b) / 9;
      CHECK((gradientOf(*own, x) - vec({g(0, 0), g(1, 0), g(2, 0), g(0, 1), g(1, 1), g(2, 1)}))
                .norm() <= 1e-13);
    }
  }
}

TEST_CASE("Its minimum is W* without noise, and Eigen's least squares with it",
          "[problems][matrix-regression]") {
  const auto exact = problem("matrix-regression(rows=3, cols=2, n=9, kappa=5)", 11);
  const Data clean = drawn(3, 2, 9, 5, 0, 11);
  const Vector minimum = *exact->nearestMinimum(exact->start());
  CHECK((minimum - Vector(clean.solution.reshaped())).norm() <= 1e-12);
  CHECK(std::abs(exact->value(minimum)) <= 1e-13);
  const auto noisy = problem("matrix-regression(rows=3, cols=2, n=9, kappa=5, noise=2)", 11);
  const auto [a, b, solution] = drawn(3, 2, 9, 5, 2, 11);
  const Matrix fit = a.colPivHouseholderQr().solve(b);
  CHECK((*noisy->nearestMinimum(noisy->start()) - Vector(fit.reshaped())).norm() <= 1e-12);
}

TEST_CASE("Its Hessian is the spectrum from 1 to 1/κ, once a column",
          "[problems][matrix-regression]") {
  const auto own = problem("matrix-regression(rows=3, cols=2, n=9, kappa=4)");
  const Vector lambda = eigenvaluesOf(hessianOf(*own, own->start()));
  CHECK((lambda - vec({0.25, 0.25, 0.5, 0.5, 1, 1})).norm() <= 1e-13);
}

TEST_CASE("Its weights are one hidden matrix that begins at zero",
          "[problems][matrix-regression]") {
  const auto own = problem("matrix-regression(rows=5, cols=3)");
  const Layout layout = own->layout();
  REQUIRE(layout.size() == 1);
  CHECK(layout[0].role == Role::kHiddenMatrix);
  CHECK(layout[0].rows == 5);
  CHECK(layout[0].cols == 3);
  CHECK(own->start() == Vector::Zero(15));
}
