#include "support/objectives.h"

using namespace descent;

TEST_CASE("Newton-CG in one dimension is Newton's method", "[newton-cg]") {
  checkSteps("newton-cg", Quadratic{7}, 1, {0, 0, 0});
  checkSteps("newton-cg(lr=0.5)", Quadratic{7}, 1, {0.5, 0.25, 0.125});
}

TEST_CASE("One conjugate gradient is the steepest descent to the minimum along it", "[newton-cg]") {
  // H = diag(1, 4) from (1, ¼): g = (1, 1), α = gᵀg/gᵀHg = 2/5. Then g = (0.6, −0.6) and
  // (0.36, 0.36) with the same α.
  const auto points = path("newton-cg(iterations=1)", Quadratic{1, 4}, vec({1, 0.25}), 3);
  CHECK((points[1] - vec({0.6, -0.15})).norm() < 1e-15);
  CHECK((points[2] - vec({0.36, 0.09})).norm() < 1e-15);
  CHECK((points[3] - vec({0.216, -0.054})).norm() < 1e-15);
}

TEST_CASE("As many conjugate gradients as dimensions solve the system", "[newton-cg]") {
  // After the first the residual is (0.6, −0.6), 0.6 of ‖g‖ and not below ½: the second is exact.
  CHECK(path("newton-cg", Quadratic{1, 4}, vec({1, 0.25}), 1)[1].norm() < 1e-15);
}

TEST_CASE("Newton-CG stops early where the gradient is large, later near the minimum",
          "[newton-cg]") {
  // H = diag(2, 3), g = (1, 1): α = 2/5 leaves the residual (0.2, −0.2), 0.2 of ‖g‖ and below ½.
  // So at ‖g‖ = 0.2√2, and at 0.04√2, where √‖g‖ = 0.238; at 0.008√2 √‖g‖ = 0.106 and the step
  // is exact.
  const auto points = path("newton-cg", Quadratic{2, 3}, vec({0.5, 1 / 3.0}), 4);
  CHECK((points[1] - vec({0.1, -1 / 15.0})).norm() < 1e-15);
  CHECK((points[2] - vec({0.02, 1 / 75.0})).norm() < 1e-15);
  CHECK((points[3] - vec({0.004, -1 / 375.0})).norm() < 1e-15);
  CHECK(points[4].norm() < 1e-16);
}

TEST_CASE("Where the first direction curves down Newton-CG goes along the slope", "[newton-cg]") {
  // H = diag(1, −2), g = (1, 1): gᵀHg = −1.
  CHECK(path("newton-cg", Quadratic{1, -2}, vec({1, -0.5}), 1)[1] == vec({0, -1.5}));
  CHECK(path("newton-cg(lr=0.5)", Quadratic{1, -2}, vec({1, -0.5}), 1)[1] == vec({0.5, -1}));
  // So where there is no curvature at all.
  CHECK((path("newton-cg", Linear{2, -4}, vec({1, 1}), 1)[1] - vec({-1, 5})).norm() < 1e-14);
}

TEST_CASE("Where a later direction curves down Newton-CG keeps what it has", "[newton-cg]") {
  // H = diag(4, −1), g = (1, 1): α = 2/3, r = (−5/3, 5/3), β = 25/9 and the next direction
  // (−10/9, −40/9) has 4·100 − 1600 < 0.
  const auto points = path("newton-cg", Quadratic{4, -1}, vec({0.25, -1}), 1);
  CHECK((points[1] - vec({-5 / 12.0, -5 / 3.0})).norm() < 1e-14);
}

TEST_CASE("Newton-CG costs a gradient and a product for each inner step", "[newton-cg]") {
  const Quadratic f{1, 4};
  for (const auto& [recipe, products] :
       {std::pair{"newton-cg(iterations=1)", 1}, {"newton-cg", 2}}) {
    ObjectiveOracle oracle(f);
    path(*optimizer(recipe), oracle, vec({1, 0.25}), 1);
    CHECK(oracle.counts().gradients == 1);
    CHECK(oracle.counts().products == products);
    CHECK(oracle.counts().values == 0);
  }
}

TEST_CASE("Newton-CG needs no Hessian", "[newton-cg]") {
  const Quadratic f{1, 4};
  // Scaled does not know its Hessian: products are differences of gradients.
  const auto points = path("newton-cg", Scaled(f, 3), vec({1, 0.25}), 3);
  CHECK(points[1].norm() < 1e-8);
  CHECK(points[3].norm() < 1e-14);
}

TEST_CASE("Newton-CG solves in any range of numbers", "[newton-cg]") {
  for (const double c : {1e-300, 1e-160, 1e160, 1e300}) {
    INFO("c " << c);
    CHECK(path("newton-cg", Quadratic{c, 4 * c}, vec({1, 0.25}), 2)[2].norm() < 1e-14);
  }
}

TEST_CASE("At a stationary point Newton-CG stays, and at none it diverges", "[newton-cg]") {
  CHECK(path("newton-cg", Quadratic{1, -1}, vec({0, 0}), 2)[2] == vec({0, 0}));
  auto o = optimizer("newton-cg");
  const Quadratic f{1, 4};
  ObjectiveOracle oracle(f);
  o->reset(vectorLayout(2));
  Vector x = vec({NAN, 1});
  CHECK(o->step(oracle, x, 1).status == Status::kDiverged);
}

TEST_CASE("Newton-CG takes what rounding leaves of no curvature for none", "[newton-cg]") {
  // ½a(n·x)² + p·x has curvature along n alone. The first conjugate gradient ends at
  // x − g gᵀg/(a(n·g)²); the second direction is across n, where there is none to divide by.
  for (int k = 1; k <= 60; ++k) {
    const double a = 0.3 + 0.37 * k, angle = 0.104 * k;
    const Vector n = vec({std::cos(angle), std::sin(angle)}), p = vec({2.8 - 0.05 * k, 1.3});
    const Matrix h = a * n * n.transpose();
    class Valley final : public Objective {
     public:
      Valley(const Matrix& h, const Vector& p) : h_(h), p_(p) {}
      Eigen::Index dimension() const override { return 2; }
      double value(const Vector& x) const override { return x.dot(h_ * x) / 2 + p_.dot(x); }
      void gradient(const Vector& x, Vector& g) const override { g = h_ * x + p_; }
      bool hessian(const Vector&, Matrix& h) const override { return h = h_, true; }

     private:
      Matrix h_;
      Vector p_;
    };
    const Valley f(h, p);
    const Vector x = vec({1, 1.6 - 0.02 * k});
    const Vector g = h * x + p;
    const double along = n.dot(g);
    if (std::abs(along) < 0.1 * g.norm()) continue;  // the first direction is nearly flat itself
    const Vector expected = x - g.squaredNorm() / (a * along * along) * g;
    INFO("valley " << k);
    CHECK((path("newton-cg", f, x, 1)[1] - expected).norm() < 1e-9 * expected.norm());
  }
  // 0.7y² + 2.8x from (1, 1.6), by hand: g = (2.8, 2.24), α = 12.8576/7.02464.
  const auto tilted = landscape("custom(f=\"0.7*y^2+2.8*x\")");
  const Vector after = path("newton-cg", *tilted, vec({1, 1.6}), 1)[1];
  CHECK((after - vec({-4.125, -2.5})).norm() < 1e-12);
}

TEST_CASE("A curvature far below the largest still counts", "[newton-cg]") {
  // H = diag(1e-9, 1) from (1e9, 1): g = (1, 1), and two conjugate gradients solve the system.
  const auto points = path("newton-cg", Quadratic{1e-9, 1}, vec({1e9, 1}), 1);
  CHECK(points[1].norm() < 1e-3);
}
