// Muon on tall, wide and several blocks, with its scales and its decay.
#include "optimizers/optimizers.h"

using namespace descent;

namespace {

// Columns (3, 0, 4) and (0, −2, 0): orthogonal, of lengths 5 and 2.
Matrix tall() {
  Matrix g(3, 2);
  g << 3, 0, 0, -2, 4, 0;
  return g;
}

Matrix tallSign() {
  Matrix o(3, 2);
  o << 0.6, 0, 0, -1, 0.8, 0;
  return o;
}

}  // namespace

TEST_CASE("Muon makes the columns of a tall block and the rows of a wide one orthonormal",
          "[muon]") {
  CHECK((after(kSvd + ")", tall()) + 0.1 * tallSign()).norm() < 1e-14);
  CHECK((after(kSvd + ")", tall().transpose()) + 0.1 * tallSign().transpose()).norm() < 1e-14);
}

TEST_CASE("Every orthogonaliser does the same to a block and to its transpose", "[muon]") {
  Matrix g(3, 2);
  g << 1, 2, -3, 0.5, 4, 1;
  for (const char* name : {"quintic-kj", "quintic", "cubic", "hybrid", "svd"}) {
    INFO(name);
    const std::string recipe = "muon(lr=1, orthogonaliser=" + std::string(name) + ")";
    CHECK((after(recipe, g) - after(recipe, g.transpose()).transpose()).norm() < 1e-12);
  }
}

TEST_CASE("A Newton–Schulz step acts on each singular value alone", "[muon]") {
  // σ = 5/√29 and 2/√29 after the normalisation; p(σ) = 3.4445σ − 4.7750σ³ + 2.0315σ⁵.
  const Matrix w = after("muon(lr=1, steps=1, nesterov=off)", tall());
  const double s = 5 / std::sqrt(29), r = 2 / std::sqrt(29);
  const double ps = 3.4445 * s - 4.7750 * std::pow(s, 3) + 2.0315 * std::pow(s, 5);
  const double pr = 3.4445 * r - 4.7750 * std::pow(r, 3) + 2.0315 * std::pow(r, 5);
  CHECK((w.col(0) + ps * tallSign().col(0)).norm() < 1e-7);
  CHECK((w.col(1) + pr * tallSign().col(1)).norm() < 1e-7);
}

TEST_CASE("Muon's exact sign of a rank-deficient block leaves the null space alone", "[muon]") {
  // (3, 0; 4, 0): the direction (0.6, 0.8)(1, 0)ᵀ. (1, 1; 0, 0): (1, 0)(1, 1)ᵀ/√2.
  Matrix g(2, 2), o(2, 2);
  g << 3, 0, 4, 0;
  o << 0.6, 0, 0.8, 0;
  CHECK((after(kSvd + ")", g) + 0.1 * o).norm() < 1e-14);
  g << 1, 1, 0, 0;
  o << std::sqrt(0.5), std::sqrt(0.5), 0, 0;
  CHECK((after(kSvd + ")", g) + 0.1 * o).norm() < 1e-14);
}

TEST_CASE("Where the gradient is zero Muon stays", "[muon]") {
  for (const char* name : {"quintic-kj", "quintic", "cubic", "hybrid", "svd"}) {
    INFO(name);
    CHECK(after("muon(orthogonaliser=" + std::string(name) + ")", Matrix::Zero(3, 2)) ==
          Matrix::Zero(3, 2));
  }
}

TEST_CASE("Muon orthogonalises every block by itself", "[muon]") {
  // A 2 × 2 block, a column and a wide block; the lengths differ by many orders.
  const Layout layout{{"A", Role::kHiddenMatrix, 0, 2, 2},
                      {"B", Role::kHiddenMatrix, 4, 2, 1},
                      {"C", Role::kHiddenMatrix, 6, 1, 2}};
  const Vector g = vec({2e6, 0, 0, -3e-6, 3, 4, -8e-9, 6e-9});
  const auto points = path(kSvd + ")", Linear(g), Vector::Zero(8), 2, layout);
  const Vector o = vec({1, 0, 0, -1, 0.6, 0.8, -0.8, 0.6});
  CHECK((points[1] + 0.1 * o).norm() < 1e-14);
  CHECK((points[2] + 0.2 * o).norm() < 1e-14);
}

TEST_CASE("Muon's scales follow the shape of the block", "[muon]") {
  // 4 × 1: √(4/1) = 2 and 0.2√4 = 0.4. 1 × 4: 1 and 0.4.
  const Matrix column = vec({1, 1, -1, 1});
  for (const auto& [scale, expected] : {std::pair{"none", 1.0}, {"aspect", 2.0}, {"rms", 0.4}}) {
    INFO(scale);
    const std::string recipe = kSvd + ", scale=" + scale + ")";
    CHECK(after(recipe, column).isApprox(-0.1 * expected * column / 2, 1e-14));
    const double wide = std::string(scale) == "aspect" ? 1 : expected;
    CHECK(after(recipe, column.transpose()).isApprox(-0.1 * wide * column.transpose() / 2, 1e-14));
  }
}

TEST_CASE("Muon's weight decay is beside the step and not scaled with it", "[muon]") {
  // s = 2 at 4 × 1, λ = ½, η = 0.1 from w = (4, …): w − 0.1 (2·½ + ½·4) = 4 − 0.3.
  const Matrix w = after(kSvd + ", scale=aspect, weightDecay=0.5)", Matrix::Ones(4, 1),
                         Matrix::Constant(4, 1, 4));
  CHECK((w - Matrix::Constant(4, 1, 3.7)).norm() < 1e-14);
  // It is not in the momentum: with no gradient the weights only shrink.
  const Matrix shrunk =
      after("muon(lr=0.1, weightDecay=0.5)", Matrix::Zero(2, 2), Matrix::Identity(2, 2));
  CHECK(shrunk == 0.95 * Matrix::Identity(2, 2));
}

TEST_CASE("Muon moves by the rate however large the gradient", "[muon]") {
  for (const char* name : {"quintic", "svd"}) {
    for (const double size : {1e-3, 1.0, 1e160, 1e300}) {
      INFO(name << " " << size);
      const Matrix w =
          after("muon(lr=1, nesterov=off, steps=30, orthogonaliser=" + std::string(name) + ")",
                size * tall());
      CHECK((w + tallSign()).norm() < 1e-12);
    }
  }
}
