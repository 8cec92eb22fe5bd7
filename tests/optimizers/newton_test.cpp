#include "optimizers/optimizers.h"

using namespace descent;

namespace {

// f = eˣ − x, least at 0.
class Exponential final : public Objective {
 public:
  Eigen::Index dimension() const override { return 1; }
  double value(const Vector& x) const override { return std::exp(x[0]) - x[0]; }
  void gradient(const Vector& x, Vector& g) const override { g = vec({std::exp(x[0]) - 1}); }
  bool hessian(const Vector& x, Matrix& h) const override {
    return h = vec({std::exp(x[0])}), true;
  }
};

Matrix ones() { return Matrix::Ones(2, 2); }  // the Hessian of ½(x + y)²

}  // namespace

TEST_CASE("Newton steps to the minimum of a quadratic at once", "[newton]") {
  Matrix h(2, 2);
  h << 4, 1, 1, 3;
  const auto points = path("newton", Quadratic(h), vec({5, -7}), 1);
  CHECK(points[1].norm() < 1e-14);
}

TEST_CASE("Newton's rate shortens its step", "[newton]") {
  checkSteps("newton(lr=0.5)", Quadratic{7}, 1, {0.5, 0.25, 0.125});
}

TEST_CASE("On a quartic Newton comes nearer by a third a step", "[newton]") {
  // x − x³/(3x²) = 2x/3. Above δ there is no damping.
  checkSteps("newton", Quartic(), 1, {2 / 3.0, 4 / 9.0, 8 / 27.0});
}

TEST_CASE("Newton's pure step runs to a saddle", "[newton]") {
  const auto points = path("newton(damping=off)", kSaddle, vec({1, 1}), 1);
  CHECK(points[1] == vec({0, 0}));
}

TEST_CASE("Newton's damping leaves a saddle", "[newton]") {
  // δ = 1: τ = 1 + 1 = 2, so x ← x − x/3 and y ← y + y/1.
  const auto points = path("newton(delta=1)", kSaddle, vec({1, 1}), 3);
  CHECK(points[1].isApprox(vec({2 / 3.0, 2}), 1e-14));
  CHECK(points[2].isApprox(vec({4 / 9.0, 4}), 1e-14));
  CHECK(points[3].isApprox(vec({8 / 27.0, 8}), 1e-14));
  // δ = 0.001 unless told: τ = 1.001, y + y/0.001 = 1001.
  const auto far = path("newton", kSaddle, vec({1, 1}), 1);
  CHECK(far[1][0] == Approx(1 - 1 / 2.001));
  CHECK(far[1][1] == Approx(1001));
}

TEST_CASE("Newton is damped only where the Hessian is not safely positive", "[newton]") {
  // Curvatures 2 and 1 with δ = 1: τ = 0. With δ = 3/2: τ = ½, steps of 2/2.5 and 1/1.5.
  CHECK(path("newton(delta=1)", Quadratic{2, 1}, vec({1, 1}), 1)[1].norm() < 1e-15);
  const auto damped = path("newton(delta=1.5)", Quadratic{2, 1}, vec({1, 1}), 1);
  CHECK(damped[1].isApprox(vec({0.2, 1 / 3.0}), 1e-14));
}

TEST_CASE("On a singular Hessian Newton takes the least-norm step", "[newton]") {
  // ½(x + y)² at (3, 1): g = (4, 4), along which the curvature is 2: the step is (2, 2).
  const auto pure = path("newton(damping=off)", Quadratic(ones()), vec({3, 1}), 1);
  CHECK(pure[1].isApprox(vec({1, -1}), 1e-14));
  // Damped with δ = ½ it is g/2.5 = (1.6, 1.6).
  const auto damped = path("newton(delta=0.5)", Quadratic(ones()), vec({3, 1}), 1);
  CHECK(damped[1].isApprox(vec({1.4, -0.6}), 1e-14));
  // No curvature at all: no step, and with damping g/δ.
  CHECK(path("newton(damping=off)", Quadratic{0, 0}, vec({3, 1}), 1)[1] == vec({3, 1}));
}

TEST_CASE("Newton's model is the quadratic that its step minimised", "[newton]") {
  for (const char* recipe : {"newton(delta=1)", "newton(delta=1, lr=0.5)"}) {
    INFO(recipe);
    auto newton = optimizer(recipe);
    ObjectiveOracle oracle(kSaddle);
    newton->reset(vectorLayout(2));
    CHECK_FALSE(newton->predict().model);
    Vector x = vec({1, 1});
    newton->step(oracle, x, newton->lr);
    REQUIRE(newton->predict().model);
    // H + 2I = diag(3, 1). The centre is the full step's end, whatever the rate.
    CHECK(newton->predict().model->hessian.isApprox(Matrix(vec({3, 1}).asDiagonal()), 1e-14));
    CHECK(newton->predict().model->centre.isApprox(vec({2 / 3.0, 2}), 1e-14));
    // Its gradient where it was made is f's: diag(3, 1) ((1, 1) − centre) = (1, −1).
    CHECK((newton->predict().model->hessian * (vec({1, 1}) - newton->predict().model->centre))
              .isApprox(vec({1, -1}), 1e-14));
    newton->reset(vectorLayout(2));
    CHECK_FALSE(newton->predict().model);
  }
}

TEST_CASE("Newton costs a gradient and a product for each coordinate", "[newton]") {
  ObjectiveOracle oracle(kSaddle);
  path(*optimizer("newton"), oracle, vec({1, 1}), 3);
  CHECK(oracle.counts().gradients == 3);
  CHECK(oracle.counts().products == 6);
  CHECK(oracle.counts().values == 0);
}

TEST_CASE("Newton's error squares at full rate and shrinks linearly at another", "[newton]") {
  // The step from x ends at x − 1 + e⁻ˣ = x²/2 − …
  const auto points = path("newton", Exponential(), vec({1}), 4);
  for (std::size_t i = 2; i <= 4; ++i) {
    const double error = points[i - 1][0];
    CHECK(points[i][0] == Approx(error * error / 2).epsilon(std::abs(error)).margin(1e-16));
  }
  CHECK(optimizer("newton")->predict().convergenceOrder(1, 1) == 2);

  const auto halved = path("newton(lr=0.5)", Exponential(), vec({1}), 30);
  CHECK(halved[30][0] / halved[29][0] == Approx(0.5).epsilon(1e-6));
  CHECK(optimizer("newton(lr=0.5)")->predict().convergenceOrder(1, 0.5) == 1);
}

TEST_CASE("Newton says that it diverged where the gradient is not finite", "[newton]") {
  auto newton = optimizer("newton");
  const Quadratic f{1};
  ObjectiveOracle oracle(f);
  newton->reset(vectorLayout(1));
  Vector x = vec({NAN});
  CHECK(newton->step(oracle, x, 1).status == Status::kDiverged);
}
