#include "descent/random.h"
#include "support/objectives.h"

using namespace descent;

namespace {

// The signs that a seed draws first.
double sign(Random& random) { return random.below(2) == 0 ? -1 : 1; }

Vector curvature(const Optimizer& sophia) { return *sophia.memory()[1].values; }

}  // namespace

TEST_CASE("Sophia divides momentum by curvature, which it looks at every k steps", "[sophia]") {
  // f = 2x², g = 4x, u²H = 4. β₁ = β₂ = ½, γ = 2, k = 2, η = ½, from 1.
  // g = 4     m = 2       h = 2, γh = 4     x = 1 − ½·½ = 3/4
  // g = 3     m = 5/2     as before         x = 3/4 − ½·5/8 = 7/16
  // g = 7/4   m = 17/8    h = 3, γh = 6     x = 7/16 − ½·17/48 = 25/96
  checkSteps("sophia(lr=0.5, beta1=0.5, beta2=0.5, gamma=2, k=2)", Quadratic{4}, 1,
             {0.75, 0.4375, 25 / 96.0});
}

TEST_CASE("Sophia never steps further than the rate", "[sophia]") {
  // m = 4·0.04 and γh = 4·0.01·0.01 at first.
  checkSteps("sophia(lr=0.1)", Quadratic{4}, 1, {0.9, 0.8, 0.7});
  checkSteps("sophia(lr=0.1)", Quadratic{4}, -1, {-0.9, -0.8, -0.7});
  // Curvature that is not positive leaves m/ε: a sign step, away from a maximum.
  checkSteps("sophia(lr=0.1)", Quadratic{-4}, 1, {1.1, 1.2, 1.3});
  checkSteps("sophia(lr=0.1, epsilon=0)", Linear{-1e-200}, 0, {0.1, 0.2, 0.3});
}

TEST_CASE("Sophia's epsilon is the least that is divided by", "[sophia]") {
  // β₁ = β₂ = ½, f = 2x² at ¼: g = 1, m = ½, h = 2, γh = ½ < ε = 1: x = ¼ − 0.1·½ = 0.2.
  checkSteps("sophia(lr=0.1, beta1=0.5, beta2=0.5, gamma=0.25, epsilon=1)", Quadratic{4}, 0.25,
             {0.2});
  // Without curvature g = ¼: m = 1/8, 3/16, 7/32.
  checkSteps("sophia(lr=0.1, beta1=0.5, epsilon=1)", Linear{0.25}, 0,
             {-0.0125, -0.03125, -0.053125});
}

TEST_CASE("Sophia forgets as in the paper unless told", "[sophia]") {
  // β₁ = 0.96, β₂ = 0.99, γ = 0.01: γh = 0.01·0.01·4 = 4e-4. g = 0.004, 0.0024:
  // m = 1.6e-4, 2.496e-4, and η = 0.001 times 0.4, 0.624.
  checkSteps("sophia(lr=0.001)", Quadratic{4}, 0.001, {0.0006, -0.000024});
}

TEST_CASE("Sophia's estimate is u ⊙ Hu with signs from its seed", "[sophia]") {
  // H = (2 1; 1 3): u ⊙ Hu = (2 + s, 3 + s), s = u₁u₂.
  Matrix h(2, 2);
  h << 2, 1, 1, 3;
  const Quadratic f(h);
  double sum = 0;
  for (int seed = 0; seed < 200; ++seed) {
    auto sophia = optimizer("sophia(beta2=0.75, k=1, seed=" + std::to_string(seed) + ")");
    Random random(static_cast<std::uint64_t>(seed), "signs of Sophia");
    ObjectiveOracle oracle(f);
    path(*sophia, oracle, vec({1, 1}), 2);
    const double first = sign(random) * sign(random), second = sign(random) * sign(random);
    const double s = 0.25 * (0.75 * first + second);
    CHECK(curvature(*sophia)[0] == Approx(0.4375 * 2 + s));
    CHECK(curvature(*sophia)[1] == Approx(0.4375 * 3 + s));
    sum += first;
  }
  CHECK(std::abs(sum) < 3 * std::sqrt(200));  // unbiased, to three standard deviations
}

TEST_CASE("On a diagonal Hessian the seed does not matter", "[sophia]") {
  const auto bowl = landscape("bowl"), turned = landscape("bowl(rotation=30)");
  const Vector start = bowl->starts()[0];
  const std::string one = "sophia(gamma=50, seed=1)", two = "sophia(gamma=50, seed=2)";
  CHECK(path(one, *bowl, start, 50) == path(two, *bowl, start, 50));
  CHECK_FALSE(path(one, *turned, start, 50) == path(two, *turned, start, 50));
}

TEST_CASE("Sophia asks for one product every k steps, the first step included", "[sophia]") {
  const Quadratic f{1, 3};
  auto sophia = optimizer("sophia");
  ObjectiveOracle oracle(f);
  path(*sophia, oracle, vec({1, 1}), 1);
  CHECK(oracle.counts().products == 1);
  ObjectiveOracle longer(f);
  path(*sophia, longer, vec({1, 1}), 21);
  CHECK(longer.counts().products == 3);
  CHECK(longer.counts().gradients == 21);
}

TEST_CASE("Without epsilon Sophia does not see the size of the loss", "[sophia]") {
  const auto f = landscape("himmelblau");
  const Vector start = f->starts()[0];
  const auto run = [&](double c) {
    return path("sophia(lr=0.02, gamma=1, epsilon=0)", Scaled(*f, c), start, 100);
  };
  CHECK(run(1) == run(1024));
  CHECK(run(1) == run(1.0 / 1024));
}
