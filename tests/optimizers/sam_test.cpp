#include "descent/random.h"
#include "support/objectives.h"

using namespace descent;

namespace {

// Remembers where it was asked; the gradient is g everywhere.
class Witness final : public Oracle {
 public:
  explicit Witness(Vector g) : g_(std::move(g)) {}
  double value(const Vector&) override { return 0; }
  double gradient(const Vector& x, Vector& g) override {
    asked.push_back(x);
    g = g_;
    return 0;
  }
  const Counts& counts() const override { return counts_; }

  std::vector<Vector> asked;

 private:
  Vector g_;
  Counts counts_;
};

// ε̂ for a gradient.
Vector perturbation(const std::string& recipe, const Vector& g) {
  Witness oracle(g);
  path(*optimizer(recipe), oracle, Vector::Zero(g.size()), 1);
  REQUIRE(oracle.asked.size() == 2);
  return oracle.asked[1] - oracle.asked[0];
}

const Quadratic kBowl{1, 1};  // ½(x² + y²), whose gradient is the point

}  // namespace

TEST_CASE("SAM takes the gradient from the worst point nearby", "[sam]") {
  // ρ = 1, η = ½. On the bowl ε̂ is the unit vector outwards: the length r goes to r − ½(r + 1):
  // 5 → 2 → ½ → −¼, along (0.6, 0.8).
  const auto points = path("sam(sgd(lr=0.5), rho=1)", kBowl, vec({3, 4}), 3);
  CHECK(points[1].isApprox(vec({1.2, 1.6}), 1e-14));
  CHECK(points[2].isApprox(vec({0.3, 0.4}), 1e-14));
  CHECK(points[3].isApprox(vec({-0.15, -0.2}), 1e-14));
}

TEST_CASE("In the largest-coordinate norm SAM steps out by the sign", "[sam]") {
  // Every coordinate: x − ½(x + sign x). 3 → 1 → 0 → 0, since sign 0 = 0; 4 → 1.5 → 0.25 → −0.375.
  const auto points = path("sam(sgd(lr=0.5), rho=1, p=inf)", kBowl, vec({3, 4}), 3);
  CHECK(points[1].isApprox(vec({1, 1.5}), 1e-14));
  CHECK(points[2].isApprox(vec({0, 0.25}), 1e-14));
  CHECK(points[3].isApprox(vec({0, -0.375}), 1e-14));
}

TEST_CASE("SAM's neighbourhood is a ball in any p-norm", "[sam]") {
  // p = 3/2, q = 3: Σ|g|³ = 27 + 64 + 125 = 6³, ε̂ = ρ sign(g) g²/36 = (−0.9, 1.6, 2.5) at ρ = 3.6.
  CHECK(perturbation("sam(sgd, rho=3.6, p=1.5)", vec({-3, 4, 5}))
            .isApprox(vec({-0.9, 1.6, 2.5}), 1e-14));
  // x − 0.1 (x + ε̂) on a bowl in three dimensions.
  const auto points =
      path("sam(sgd(lr=0.1), rho=3.6, p=1.5)", Quadratic{1, 1, 1}, vec({-3, 4, 5}), 1);
  CHECK(points[1].isApprox(vec({-2.61, 3.44, 4.25}), 1e-14));
}

TEST_CASE("SAM with p = 3/2 for three steps", "[sam]") {
  // On the diagonal |g| = (a, a): ε̂ = a²/(2a³)^(2/3) = 2^(−2/3) = e in both, so a ← ½a − ½e sign a:
  // 1 → ½ − ½e = 0.185 → ¼ − ¾e = −0.2225 → ⅛ − ⅜e + ½e = ⅛ + ⅛e.
  const double e = std::pow(2, -2 / 3.0);
  const auto points = path("sam(sgd(lr=0.5), rho=1, p=1.5)", kBowl, vec({1, 1}), 3);
  CHECK(points[1].isApprox(Vector::Constant(2, 0.5 - e / 2), 1e-14));
  CHECK(points[2].isApprox(Vector::Constant(2, 0.25 - 0.75 * e), 1e-14));
  CHECK(points[3].isApprox(Vector::Constant(2, 0.125 + e / 8), 1e-14));
}

TEST_CASE("SAM's perturbation has length ρ and climbs the most", "[sam]") {
  // Hölder: εᵀg ≤ ‖ε‖_p ‖g‖_q, with equality at ε̂.
  Random random(7);
  for (const double p : {1.25, 1.5, 2.0, 3.0, 10.0}) {
    const double q = p / (p - 1);
    for (const double size : {1e-150, 1e-3, 1.0, 1e150}) {
      const Vector g = size * random.normalVector(5);
      const Vector e = perturbation("sam(sgd, rho=0.5, p=" + print(Value(p)) + ")", g);
      INFO("p " << p << " size " << size);
      CHECK(std::pow(e.array().abs().pow(p).sum(), 1 / p) == Approx(0.5).epsilon(1e-12));
      const double dual = std::pow((g / size).array().abs().pow(q).sum(), 1 / q);
      CHECK(e.dot(g / size) == Approx(0.5 * dual).epsilon(1e-12));
    }
  }
}

TEST_CASE("Where the gradient is zero SAM does not perturb", "[sam]") {
  for (const char* p : {"1.5", "2", "inf"}) {
    INFO("p " << p);
    CHECK(perturbation(std::string("sam(sgd, rho=1, p=") + p + ")", vec({0, 0})) == vec({0, 0}));
    const auto points = path(std::string("sam(sgd, p=") + p + ")", kBowl, vec({0, 0}), 1);
    CHECK(points[1] == vec({0, 0}));
  }
}

TEST_CASE("A coordinate without gradient is not perturbed in any norm", "[sam]") {
  for (const char* p : {"1.5", "2", "3", "1e9", "inf"}) {
    INFO("p " << p);
    const Vector e = perturbation(std::string("sam(sgd, rho=1, p=") + p + ")", vec({0, -2}));
    CHECK(e[0] == 0);
    CHECK(e[1] == Approx(-1));
  }
}

TEST_CASE("SAM takes two gradients a step and reports the value where it stands", "[sam]") {
  ObjectiveOracle oracle(kBowl);
  auto sam = optimizer("sam(sgd(lr=0.5), rho=1)");
  sam->reset(vectorLayout(2));
  Vector x = vec({3, 4});
  CHECK(sam->step(oracle, x, 0.5).value == 12.5);
  CHECK(oracle.counts().gradients == 2);
  sam->step(oracle, x, 0.5);
  CHECK(oracle.counts().gradients == 4);
  CHECK(oracle.counts().values == 0);
}

TEST_CASE("SAM's inner optimizer gathers the gradients that it sees", "[sam]") {
  // β = ½, η = 0.1, ρ = 1 on f = ½x² from 1: g = 2, v = 2, x = 0.8; g = 1.8, v = 2.8, x = 0.52;
  // g = 1.52, v = 2.92, x = 0.228.
  checkSteps("sam(momentum(lr=0.1, beta=0.5), rho=1)", Quadratic{1}, 1, {0.8, 0.52, 0.228});
}

TEST_CASE("SAM looks 0.05 far in the Euclidean norm unless told", "[sam]") {
  CHECK(perturbation("sam(sgd)", vec({3, -4})).isApprox(vec({0.03, -0.04}), 1e-14));
}
