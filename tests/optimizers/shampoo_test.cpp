#include "optimizers/optimizers.h"

using namespace descent;

namespace {

const std::string kShampoo = "shampoo(lr=0.1, epsilon=0)";

}  // namespace

TEST_CASE("Shampoo on one number divides by the root of the sum of squares", "[shampoo]") {
  // L = R = t·16: 4/(√(t·16)^½)² = 1/√t.
  const double x2 = -0.1 - 0.1 / std::sqrt(2), x3 = x2 - 0.1 / std::sqrt(3);
  checkSteps(kShampoo, Linear{4}, 0, {-0.1, x2, x3});
}

TEST_CASE("Shampoo's epsilon is added to the sums, inside the roots", "[shampoo]") {
  // g = ¾, ε = 1: ¾/√(9t/16 + 1), the first of which is ¾/(5/4) = 0.6.
  const double x2 = -0.06 - 0.3 / std::sqrt(34), x3 = x2 - 0.3 / std::sqrt(43);
  checkSteps("shampoo(lr=0.1, epsilon=1)", Linear{0.75}, 0, {-0.06, x2, x3});
}

TEST_CASE("Shampoo on a vector has a matrix to the left and a number to the right", "[shampoo]") {
  // (3, 0): L = diag(9, 0), R = 9: 3/(√3·√3) = 1. (0, 4): L = diag(9, 16), R = 25: 4/(2·√5).
  // (4, 3): L = (25, 12; 12, 25), which is 37 along (1, 1) and 13 along (1, −1); R = 50.
  Script oracle({vec({3, 0}), vec({0, 4}), vec({4, 3})});
  const auto points = path(*optimizer(kShampoo), oracle, vec({0, 0}), 3);
  Vector x = vec({-0.1, 0});
  CHECK((points[1] - x).norm() < 1e-14);
  x[1] -= 0.1 * 2 / std::sqrt(5);
  CHECK((points[2] - x).norm() < 1e-14);
  const double along = 3.5 / std::pow(37, 0.25), across = 0.5 / std::pow(13, 0.25);
  x -= 0.1 / std::pow(50, 0.25) * (along * vec({1, 1}) + across * vec({1, -1}));
  CHECK((points[3] - x).norm() < 1e-14);
}

TEST_CASE("Shampoo's first step is the nearest orthogonal matrix", "[shampoo]") {
  // As worked out for Muon: (4, 0; 3, −5) has the polar factor (3, 1; 1, −3)/√10.
  const Matrix g = matrix2(4, 0, 3, -5), expected = matrix2(3, 1, 1, -3) / std::sqrt(10);
  CHECK((after(kShampoo, g) + 0.1 * expected).norm() < 1e-14);
  // With the same gradient again both sums double: another 1/√2 of it.
  CHECK((after(kShampoo, g, 2) + 0.1 * (1 + std::sqrt(0.5)) * expected).norm() < 1e-14);
}

TEST_CASE("Shampoo does the same to a block and to its transpose", "[shampoo]") {
  Matrix g(3, 2);
  g << 1, 2, -3, 0.5, 4, 1;
  CHECK((after("shampoo", g, 3) - after("shampoo", g.transpose(), 3).transpose()).norm() < 1e-13);
}

TEST_CASE("Shampoo keeps both sums of every block apart", "[shampoo]") {
  const Layout layout{{"A", Role::kHiddenMatrix, 0, 3, 2}, {"b", Role::kVector, 6, 2, 1}};
  const Vector g = vec({1, 0, 0, 0, 2, 0, 3, 4});
  auto o = optimizer(kShampoo);
  const Linear f(g);
  ObjectiveOracle oracle(f);
  const auto points = path(*o, oracle, Vector::Zero(8), 2, layout);
  // A is diagonal, so its step is its sign; b goes along (0.6, 0.8).
  const Vector unit = vec({1, 0, 0, 0, 1, 0, 0.6, 0.8});
  CHECK((points[1] + 0.1 * unit).norm() < 1e-14);
  CHECK((points[2] + 0.1 * (1 + std::sqrt(0.5)) * unit).norm() < 1e-14);
  const auto memory = o->memory();
  REQUIRE(memory.size() == 2);
  CHECK((*memory[0].values - 2 * vec({1, 0, 0, 0, 4, 0, 0, 0, 0, 9, 12, 12, 16})).norm() < 1e-13);
  CHECK((*memory[1].values - 2 * vec({1, 0, 0, 4, 25})).norm() < 1e-13);
}

TEST_CASE("Where the gradient is zero Shampoo stays", "[shampoo]") {
  for (const char* recipe : {"shampoo", "shampoo(epsilon=0)"}) {
    CHECK(after(recipe, Matrix::Zero(3, 2), 3) == Matrix::Zero(3, 2));
    CHECK(after(recipe, Matrix(vec({0, 2})))(0, 0) == 0);
  }
}

TEST_CASE("Shampoo has diverged where its sums are no numbers", "[shampoo]") {
  auto o = optimizer("shampoo");
  o->reset(vectorLayout(2));
  Script oracle({vec({1e200, 1})});
  Vector x = vec({0, 0});
  CHECK(o->step(oracle, x, 0.1).status == Status::kDiverged);
}

TEST_CASE("The first step of Shampoo is as long as was said", "[shampoo]") {
  auto o = optimizer("shampoo(epsilon=1)");
  o->reset(vectorLayout(2));
  // g = (0.6, 0.45), ‖g‖ = ¾: 0.6/√(9/16 + 1) = 0.48.
  CHECK(o->predict().firstStep(vec({0, 0}), vec({0.6, 0.45}), 0.1) == Approx(0.048));
  o->reset({{"W", Role::kHiddenMatrix, 0, 2, 2}});
  CHECK_FALSE(o->predict().firstStep);
}
