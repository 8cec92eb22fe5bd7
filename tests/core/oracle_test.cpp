#include "descent/oracle.h"

#include <cmath>

#include "descent/random.h"
#include "support/catch.h"

using namespace descent;

namespace {

// f = Σ xᵢ⁴/4 + Πⱼ-free coupling exp(x₀ x₁): neither quadratic nor separable. Dimension 3.
class Coupled final : public Objective {
 public:
  explicit Coupled(bool knowsHessian) : knowsHessian_(knowsHessian) {}

  Eigen::Index dimension() const override { return 3; }
  double value(const Vector& x) const override {
    return x.array().pow(4).sum() / 4 + std::exp(x[0] * x[1]);
  }
  void gradient(const Vector& x, Vector& g) const override {
    const double e = std::exp(x[0] * x[1]);
    g = x.array().cube();
    g[0] += x[1] * e;
    g[1] += x[0] * e;
  }
  bool hessian(const Vector& x, Matrix& h) const override {
    if (!knowsHessian_) return false;
    const double e = std::exp(x[0] * x[1]);
    h = Vector(3 * x.array().square()).asDiagonal();
    h(0, 0) += x[1] * x[1] * e;
    h(1, 1) += x[0] * x[0] * e;
    h(0, 1) += (1 + x[0] * x[1]) * e;
    h(1, 0) = h(0, 1);
    return true;
  }

 private:
  bool knowsHessian_;
};

const Coupled kExact(true);
const Coupled kUnknown(false);

}  // namespace

TEST_CASE("Values, gradients and products are counted apart", "[oracle]") {
  ObjectiveOracle oracle(kExact);
  const Vector x = Vector::Constant(3, 0.5);
  Vector out;
  Matrix h;
  oracle.value(x);
  CHECK(oracle.gradient(x, out) == kExact.value(x));
  oracle.gradient(x, out);
  oracle.hessianVector(x, Vector::Ones(3), out);
  CHECK(oracle.counts().values == 1);
  CHECK(oracle.counts().gradients == 2);
  CHECK(oracle.counts().products == 1);
  CHECK(oracle.counts().gradientEvaluations() == 4);
  oracle.hessian(x, h);
  CHECK(oracle.counts().products == 4);
  CHECK(oracle.counts().gradientEvaluations() == 10);
}

TEST_CASE("Counts go on from those that an oracle is given", "[oracle]") {
  ObjectiveOracle oracle(kExact, {5, 6, 7});
  Vector g;
  oracle.gradient(Vector::Ones(3), g);
  CHECK(oracle.counts().values == 5);
  CHECK(oracle.counts().gradients == 7);
  CHECK(oracle.counts().products == 7);
}

TEST_CASE("A product by differences counts as a product, like an exact one", "[oracle]") {
  ObjectiveOracle exact(kExact), differences(kUnknown);
  const Vector x = Vector::Constant(3, 0.5);
  Vector out;
  Matrix h;
  for (ObjectiveOracle* oracle : {&exact, &differences}) {
    oracle->hessianVector(x, Vector::Ones(3), out);
    oracle->hessian(x, h);
    CHECK(oracle->counts().values == 0);
    CHECK(oracle->counts().gradients == 0);
    CHECK(oracle->counts().products == 4);
  }
}

TEST_CASE("A product by differences agrees with the exact Hessian", "[oracle]") {
  Random random(1);
  ObjectiveOracle exact(kExact), differences(kUnknown);
  for (int i = 0; i < 200; ++i) {
    const Vector x = random.normalVector(3);
    // The length of v must not matter: the step of the difference is scaled by it.
    const Vector v = random.normalVector(3) * std::pow(10, random.uniform(-8, 8));
    Vector expected, measured;
    exact.hessianVector(x, v, expected);
    differences.hessianVector(x, v, measured);
    Matrix h;
    kExact.hessian(x, h);
    const double error = (measured - expected).norm() / (h.norm() * v.norm());
    if (!(error < 1e-6)) FAIL("relative error " << error << " at " << x.transpose());
  }
  SUCCEED();
}

TEST_CASE("The product with a zero vector is zero and asks for nothing", "[oracle]") {
  class Bare final : public Oracle {
   public:
    double value(const Vector&) override { return 0; }
    double gradient(const Vector&, Vector&) override { return ++counts_.gradients, 0; }
    const Counts& counts() const override { return counts_; }

   private:
    Counts counts_;
  } oracle;
  Vector out = Vector::Constant(3, 9);
  oracle.hessianVector(Vector::Ones(3), Vector::Zero(3), out);
  CHECK(out == Vector::Zero(3));
  CHECK(oracle.counts().gradients == 0);

  ObjectiveOracle exact(kExact);
  exact.hessianVector(Vector::Ones(3), Vector::Zero(3), out);
  CHECK(out == Vector::Zero(3));
}

TEST_CASE("A Hessian by differences is symmetric to the bit and near the exact one", "[oracle]") {
  Random random(2);
  ObjectiveOracle oracle(kUnknown);
  for (int i = 0; i < 50; ++i) {
    const Vector x = random.normalVector(3);
    Matrix expected, h;
    kExact.hessian(x, expected);
    oracle.hessian(x, h);
    CHECK(h == h.transpose());
    CHECK((h - expected).norm() <= 1e-6 * expected.norm());
  }
}
