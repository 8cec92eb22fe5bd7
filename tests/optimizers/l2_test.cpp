#include "optimizers/optimizers.h"

using namespace descent;

namespace {

// f = 3/2 x² − 8x.
class Parabola final : public Objective {
 public:
  Eigen::Index dimension() const override { return 1; }
  double value(const Vector& x) const override { return 1.5 * x[0] * x[0] - 8 * x[0]; }
  void gradient(const Vector& x, Vector& g) const override { g = vec({3 * x[0] - 8}); }
  bool hessian(const Vector&, Matrix& h) const override {
    h = Matrix::Constant(1, 1, 3);
    return true;
  }
};

}  // namespace

TEST_CASE("The L2 penalty adds λθ to the gradient that is gathered", "[l2]") {
  // g = 1, λ = 1, β = ½, η = 0.1, from 1: 2, v = 2, x = 0.8; 1.8, v = 2.8, x = 0.52;
  // 1.52, v = 2.92, x = 0.228.
  checkSteps("l2(momentum(lr=0.1, beta=0.5), lambda=1)", Linear{1}, 1, {0.8, 0.52, 0.228});
  // λ = 0.01 unless told: 1 − 0.1·1.01.
  checkSteps("l2(sgd(lr=0.1))", Linear{1}, 1, {0.899});
}

TEST_CASE("The L2 penalty is a coupled weight decay", "[l2]") {
  CHECK(apart("l2(sgd(lr=0.001), lambda=0.5)", "sgd(lr=0.001, weightDecay=0.5)") < 1e-12);
  CHECK(apart("l2(momentum(lr=0.001), lambda=0.5)", "momentum(lr=0.001, weightDecay=0.5)") < 1e-12);
  CHECK(apart("l2(adam(lr=0.05), lambda=0.5)", "adam(lr=0.05, weightDecay=0.5)") < 1e-12);
  CHECK(apart("l2(adam(lr=0.05), lambda=0.5)", "adamw(lr=0.05, weightDecay=0.5)") > 1e-3);
}

TEST_CASE("Newton's method under an L2 penalty sees the penalty's curvature", "[l2]") {
  // With ½x² the minimum is 2, met in one step; the Hessian 3 alone would lead to 8/3.
  checkSteps("l2(newton, lambda=1)", Parabola(), 0, {2, 2});
}

TEST_CASE("A line search under an L2 penalty sees the penalised value", "[l2]") {
  // x + 2x² from 0, g = 1: α = 1 gives −1 + 2 = 1, ½ gives 0, ¼ gives −⅛, the first to fall.
  checkSteps("l2(armijo, lambda=4)", Linear{1}, 0, {-0.25});
}

TEST_CASE("A step under an L2 penalty reports the penalised value", "[l2]") {
  // (9 + 16)/2 + ½·2·25.
  const Quadratic f{1, 1};
  ObjectiveOracle oracle(f);
  auto l2 = optimizer("l2(sgd, lambda=2)");
  l2->reset(vectorLayout(2));
  Vector x = vec({3, 4});
  CHECK(l2->step(oracle, x, 0.1).value == 37.5);
  CHECK(oracle.counts().gradients == 1);
  CHECK(oracle.counts().values == 0);
}

TEST_CASE("Without a penalty the inner optimizer is left as it is", "[l2]") {
  for (const char* inner : {"sgd(lr=0.001)", "adam(lr=0.05)", "newton", "armijo"}) {
    INFO(inner);
    CHECK(apart(inner, std::string("l2(") + inner + ", lambda=0)") == 0);
  }
}

TEST_CASE("The L2 penalty foretells the first step", "[l2]") {
  // ½ (1 + 2·3).
  CHECK(optimizer("l2(sgd, lambda=2)")->predict().firstStep(vec({3}), vec({1}), 0.5) ==
        Approx(3.5));
}
