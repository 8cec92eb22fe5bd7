#include "optimizers/optimizers.h"

using namespace descent;

namespace {

void checkPath(const std::string& recipe, const std::vector<Vector>& directions) {
  INFO(recipe);
  auto oracle = planeScript();
  const auto points = path(*optimizer(recipe), oracle, vec({0, 0}), 3);
  Vector x = vec({0, 0});
  for (std::size_t i = 0; i < 3; ++i) {
    INFO("step " << i + 1);
    x -= 0.1 * directions[i];
    CHECK((points[i + 1] - x).norm() < 1e-8);  // the guard of 1e-7 in the norm is below this
  }
}

}  // namespace

TEST_CASE("On a vector Muon goes along its momentum by the rate", "[muon]") {
  // M = (3, 4), then (1.5, 2) + (−1.5, −5) = (0, −3), then (0, −1.5) + (8, 7.5) = (8, 6).
  const std::vector<Vector> directions = {vec({0.6, 0.8}), vec({0, -1}), vec({0.8, 0.6})};
  checkPath(kSvd + ", beta=0.5)", directions);
  // The average is half of the sum: the same directions.
  checkPath(kSvd + ", beta=0.5, form=ema)", directions);
  // p(1) = 15/8 − 5/4 + 3/8 = 3/2 − 1/2 = 1.
  checkPath("muon(lr=0.1, orthogonaliser=quintic, nesterov=off, beta=0.5)", directions);
  checkPath("muon(lr=0.1, orthogonaliser=cubic, nesterov=off, beta=0.5)", directions);
}

TEST_CASE("Muon's Nesterov adds the gradient once more", "[muon]") {
  // U = g + ½M: (4.5, 6); (−1.5, −5) + (0, −1.5) = (−1.5, −6.5); (8, 7.5) + (4, 3) = (12, 10.5).
  const std::vector<Vector> directions = {vec({0.6, 0.8}), vec({-1.5, -6.5}) / std::sqrt(44.5),
                                          vec({12, 10.5}) / std::sqrt(254.25)};
  checkPath("muon(lr=0.1, orthogonaliser=svd, beta=0.5)", directions);
  checkPath("muon(lr=0.1, orthogonaliser=svd, beta=0.5, form=ema)", directions);
}

TEST_CASE("Muon remembers one vector, the momentum in the form asked for", "[muon]") {
  for (const char* form : {"sum", "ema"}) {
    INFO(form);
    auto oracle = planeScript();
    auto muon = optimizer(kSvd + ", beta=0.5, form=" + form + ")");
    path(*muon, oracle, vec({0, 0}), 3);
    REQUIRE(muon->memory().size() == 1);
    const double share = std::string(form) == "sum" ? 1 : 0.5;
    CHECK(muon->memory()[0].values->isApprox(share * vec({8, 6}), 1e-14));
  }
}

TEST_CASE("Jordan's coefficients leave a vector at what they make of 1", "[muon]") {
  // One step: 3.4445 − 4.7750 + 2.0315 = 0.701.
  std::vector<Vector> directions = {vec({0.6, 0.8}), vec({0, -1}), vec({0.8, 0.6})};
  for (Vector& d : directions) d *= 0.701;
  checkPath("muon(lr=0.1, steps=1, nesterov=off, beta=0.5)", directions);
  // Two: σ = 0.701, σ² = 0.491401, −4.775 + 2.0315σ² = −3.7767188685,
  // 3.4445 − 3.7767188685σ² = 1.5886165711, times σ 1.1136202163.
  for (Vector& d : directions) d *= 1.5886165711;
  checkPath("muon(lr=0.1, steps=2, nesterov=off, beta=0.5)", directions);
}

TEST_CASE("The hybrid finishes near 1", "[muon]") {
  const Matrix w = after("muon(lr=1, orthogonaliser=hybrid, nesterov=off)", vec({3, 4}));
  CHECK(w.norm() == Approx(1).epsilon(6e-4));
  CHECK((w / w.norm() + vec({0.6, 0.8})).norm() < 1e-14);
}

TEST_CASE("Muon takes the sign of a diagonal matrix", "[muon]") {
  const Matrix w = after(kSvd + ")", matrix2(2, 0, 0, -30), 3);
  CHECK((w - matrix2(-0.3, 0, 0, 0.3)).norm() < 1e-14);
}

TEST_CASE("Muon replaces a matrix by the nearest orthogonal one", "[muon]") {
  // GᵀG = (25, −15; −15, 25) has eigenvalues 40 along (1, −1) and 10 along (1, 1), so
  // (GᵀG)^(−1/2) = (3, 1; 1, 3)/(4√10) and G (GᵀG)^(−1/2) = (3, 1; 1, −3)/√10.
  const Matrix g = matrix2(4, 0, 3, -5);
  const Matrix expected = matrix2(3, 1, 1, -3) / std::sqrt(10);
  CHECK((after(kSvd + ")", g) + 0.1 * expected).norm() < 1e-14);
  // σ = √40, √10 over ‖G‖ = √50: both within reach of 20 steps of the classical polynomials.
  for (const char* name : {"quintic", "cubic"}) {
    INFO(name);
    const Matrix w =
        after("muon(lr=1, nesterov=off, steps=20, orthogonaliser=" + std::string(name) + ")", g);
    CHECK((w + expected).norm() < 1e-12);
  }
  CHECK((after("muon(lr=1, nesterov=off, orthogonaliser=hybrid)", g) + expected).norm() < 1e-3);
  // Jordan's five steps end in [0.68, 1.14] on the same singular vectors.
  const Matrix kj = -after("muon(lr=1, nesterov=off)", g);
  const Matrix along = expected.transpose() * kj;  // V p(Σ) Vᵀ
  CHECK((along - along.transpose()).norm() < 1e-14);
  for (const Vector& v : {vec({1, -1}), vec({1, 1})}) {
    const double sigma = v.dot(along * v) / 2;
    CHECK((along * v - sigma * v).norm() < 1e-14);
    CHECK(sigma > 0.6818);
    CHECK(sigma < 1.1344);
  }
}
