#include "contract/derivatives.h"
#include "descent/random.h"
#include "problems/problems.h"

using namespace descent;

namespace {

// Rows and labels, up to the sign of both, from batches of one row: f = ½(aᵀθ − y)² is ½y² with
// gradient −ya at zero.
struct Rows {
  Matrix a;
  Vector y;
};
Rows rowsOf(const std::string& knobs, int n, std::uint64_t seed = 7) {
  const auto single = problem("least-squares(" + knobs + ", batch=1)", seed);
  const Vector zero = Vector::Zero(single->dimension());
  Rows rows{Matrix(n, zero.size()), Vector(n)};
  for (int t = 1; t <= n; ++t) {
    rows.y[t - 1] = std::sqrt(2 * single->at(t).value(zero));
    rows.a.row(t - 1) = -stepGradientOf(*single, t, zero).transpose() / rows.y[t - 1];
  }
  return rows;
}

}  // namespace

TEST_CASE("Least squares has a spectrum in equal ratios from 1 to 1/κ",
          "[problems][least-squares]") {
  for (const auto& [knobs, d, kappa] : {std::tuple{"kappa=10", 10, 10.0},
                                        {"n=40, d=5, kappa=16", 5, 16.0},
                                        {"n=3, d=3, kappa=1e6", 3, 1e6},
                                        {"d=1, kappa=50", 1, 50.0},
                                        {"kappa=1", 10, 1.0}}) {
    INFO(knobs);
    const auto own = problem(std::string("least-squares(") + knobs + ")");
    const Vector lambda = eigenvaluesOf(hessianOf(*own, own->start()));
    REQUIRE(lambda.size() == d);
    for (int i = 0; i < d; ++i) {
      // κ^(−i/(d−1)) from the largest down: 16, 8, 4, 2, 1 sixteenths of κ = 16 and d = 5.
      const double expected = d == 1 ? 1 : std::pow(kappa, -double(i) / (d - 1));
      CHECK(std::abs(lambda[d - 1 - i] - expected) <= 1e-13);
    }
    CHECK(*own->largestCurvature(own->start()) == Approx(1).epsilon(1e-13));
  }
}

TEST_CASE("With fewer rows than parameters the other curvatures are zero",
          "[problems][least-squares]") {
  const auto own = problem("least-squares(n=3, d=6, kappa=4)");
  const Vector lambda = eigenvaluesOf(hessianOf(*own, own->start()));
  const Vector expected = vec({0, 0, 0, 0.25, 0.5, 1});
  CHECK((lambda - expected).norm() <= 1e-13);
}

TEST_CASE("The value is half the mean square of the residuals", "[problems][least-squares]") {
  const auto own = problem("least-squares(n=12, d=3)");
  const auto [a, y] = rowsOf("n=12, d=3", 12);
  for (const Vector& x : {vec({0, 0, 0}), vec({1, -2, 0.5})}) {
    CHECK(own->value(x) == Approx((a * x - y).squaredNorm() / 24).epsilon(1e-12));
  }
}

TEST_CASE("Its minimum is Eigen's least-squares solution", "[problems][least-squares]") {
  for (const auto& [knobs, n] : {std::pair{"n=12, d=3", 12},
                                 {"n=100", 100},
                                 {"n=30, kappa=1e4", 30},
                                 {"n=20, noise=5", 20}}) {
    INFO(knobs);
    const auto own = problem(std::string("least-squares(") + knobs + ")");
    const auto [a, y] = rowsOf(knobs, n);
    const Vector solution = a.colPivHouseholderQr().solve(y);
    const Vector minimum = *own->nearestMinimum(own->start());
    CHECK((minimum - solution).norm() <= 1e-9 * solution.norm());
  }
}

TEST_CASE("Where rows are fewer than parameters the minimum is the nearest exact fit",
          "[problems][least-squares]") {
  const auto own = problem("least-squares(n=4, d=9)");
  const auto [a, y] = rowsOf("n=4, d=9", 4);
  Random random(1);
  const Vector x = random.normalVector(9);
  // x + A⁺(y − Ax)
  const Vector expected = x + a.completeOrthogonalDecomposition().solve(y - a * x);
  const Vector minimum = *own->nearestMinimum(x);
  CHECK((minimum - expected).norm() <= 1e-10);
  CHECK(own->value(minimum) <= 1e-20);
}

TEST_CASE("Without noise the minimum fits all rows, with noise it leaves σ² (n − d)/2n",
          "[problems][least-squares]") {
  const auto exact = problem("least-squares(noise=0)");
  CHECK(exact->value(*exact->nearestMinimum(exact->start())) <= 1e-24);
  // Of 40 draws with n = 50 and d = 10: mean σ²·40/100, standard deviation of a draw
  // σ²·√(2·40)/100.
  double sum = 0;
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    const auto own = problem("least-squares(n=50, d=10, noise=2)", seed);
    sum += own->value(*own->nearestMinimum(own->start()));
  }
  CHECK(sum / 40 == Approx(1.6).margin(4 * 4 * std::sqrt(80.0) / 100 / std::sqrt(40.0)));
}

TEST_CASE("A ridge adds ½ρ‖θ‖² to the value of every step, and shifts the minimum",
          "[problems][least-squares]") {
  const auto own = problem("least-squares(n=20, d=4, ridge=0.3, batch=6)");
  const auto plain = problem("least-squares(n=20, d=4, batch=6)");
  const Vector x = vec({1, -2, 0.5, 3});  // ‖x‖² = 14.25
  CHECK(own->value(x) - plain->value(x) == Approx(0.15 * 14.25).epsilon(1e-12));
  CHECK((gradientOf(*own, x) - gradientOf(*plain, x) - 0.3 * x).norm() <= 1e-14);
  for (int t = 1; t <= 8; ++t) {
    CHECK(own->at(t).value(x) - plain->at(t).value(x) == Approx(0.15 * 14.25).epsilon(1e-12));
    CHECK((stepGradientOf(*own, t, x) - stepGradientOf(*plain, t, x) - 0.3 * x).norm() <= 1e-13);
  }
  CHECK(*own->largestCurvature(x) == Approx(1.3).epsilon(1e-12));
  // The rows √ρ I with labels 0 beside A/√n and y/√n.
  const auto [a, y] = rowsOf("n=20, d=4", 20);
  Matrix stacked(24, 4);
  stacked << a / std::sqrt(20.0), std::sqrt(0.3) * Matrix::Identity(4, 4);
  Vector labels(24);
  labels << y / std::sqrt(20.0), Vector::Zero(4);
  const Vector solution = stacked.colPivHouseholderQr().solve(labels);
  CHECK((*own->nearestMinimum(x) - solution).norm() <= 1e-11);
}
