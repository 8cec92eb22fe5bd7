#include "descent/random.h"
#include "support/objectives.h"

using namespace descent;

TEST_CASE("Langevin noise moves a step by √(2Tη) ξ", "[noise]") {
  // T = 2, η = ¼: √(2Tη) = 1, on top of −ηg = −½.
  const auto points =
      path("noise(sgd(lr=0.25), temperature=2, seed=7)", Linear{2, 2}, vec({5, 9}), 3);
  Random random(7, "Langevin noise");
  for (int t = 0; t < 3; ++t) {
    const Vector expected = points[t] - vec({0.5, 0.5}) - random.normalVector(2);
    CHECK(points[t + 1].isApprox(expected, 1e-14));
  }
}

TEST_CASE("Langevin noise follows the rate of the step", "[noise]") {
  // η = 0, ½, ½ at T = 1: √(2Tη) = 0, 1, 1.
  const auto points =
      path("noise(sgd(lr=0.5, schedule=warmup(form=current, steps=1)), temperature=1, seed=3)",
           Linear{0}, vec({0}), 3);
  Random random(3, "Langevin noise");
  random.normal();
  CHECK(points[1][0] == 0);
  CHECK(points[2][0] == Approx(-random.normal()));
  CHECK(points[3][0] == Approx(points[2][0] - random.normal()));
}

TEST_CASE("At temperature zero there is no noise", "[noise]") {
  const auto f = landscape("rosenbrock");
  for (const char* inner : {"sgd(lr=0.001)", "adam(lr=0.05)", "newton", "armijo", "muon"}) {
    INFO(inner);
    CHECK(path(inner, *f, f->start(), 50) ==
          path(std::string("noise(") + inner + ", temperature=0)", *f, f->start(), 50));
  }
}

TEST_CASE("A step sees one function, however often it asks", "[noise]") {
  // Where f is flat the seen function is a slope: SAM's second gradient is the first, and Armijo's
  // first trial, which goes by −ξ·√(2T), falls by its square.
  const Linear flat{0, 0};
  const auto once = path("noise(sgd(lr=1), temperature=0.5)", flat, vec({0, 0}), 5);
  CHECK(distance(once, path("noise(sam(sgd(lr=1)), temperature=0.5)", flat, vec({0, 0}), 5)) <
        1e-14);
  ObjectiveOracle oracle(flat);
  auto armijo = optimizer("noise(armijo, temperature=0.5)");
  armijo->reset(vectorLayout(2));
  Vector x = vec({0, 0});
  for (std::size_t t = 1; t < once.size(); ++t) {
    armijo->step(oracle, x, 1);
    CHECK(x.isApprox(once[t], 1e-14));
  }
}

TEST_CASE("Noise does not change the value that a step reports", "[noise]") {
  const Quadratic f{1, 1};
  ObjectiveOracle oracle(f);
  auto noise = optimizer("noise(sgd, temperature=1)");
  noise->reset(vectorLayout(2));
  Vector x = vec({3, 4});
  CHECK(noise->step(oracle, x, 0.1).value == 12.5);
  CHECK(oracle.counts().gradients == 1);
}

TEST_CASE("A seed is a path", "[noise]") {
  const Quadratic f{1, 1};
  const auto one = path("noise(sgd, seed=1)", f, vec({3, 4}), 20);
  CHECK(one == path("noise(sgd)", f, vec({3, 4}), 20));
  CHECK(distance(one, path("noise(sgd, seed=2)", f, vec({3, 4}), 20)) > 1e-3);
}

TEST_CASE("Langevin noise heats a quadratic to its temperature", "[noise]") {
  // x ← (1 − ηλ)x − √(2Tη) ξ rests at variance 2Tη/(1 − (1 − ηλ)²) = T/(λ(1 − ηλ/2)); T = 0.3,
  // η = 0.1 and λ = 1, 4: 0.3/0.95 and 0.3/3.2.
  const auto points =
      path("noise(sgd(lr=0.1), temperature=0.3, seed=5)", Quadratic{1, 4}, vec({0, 0}), 100000);
  Vector sum = vec({0, 0});
  for (std::size_t t = 1000; t < points.size(); ++t) sum += points[t].cwiseAbs2();
  const Vector variance = sum / static_cast<double>(points.size() - 1000);
  CHECK(variance[0] == Approx(0.3 / 0.95).epsilon(0.05));
  CHECK(variance[1] == Approx(0.3 / 3.2).epsilon(0.05));
}

TEST_CASE("A copy in the middle of a noisy run draws the same", "[noise]") {
  const Quadratic f{1, 1, 1};  // an odd number, so that half a pair of normals is in hand
  ObjectiveOracle oracle(f);
  auto noise = optimizer("noise(sgd, temperature=1)");
  Vector x = path(*noise, oracle, vec({1, 2, 3}), 5).back(), y = x;
  const auto copy = noise->clone();
  for (int t = 0; t < 5; ++t) {
    noise->step(oracle, x, 0.1);
    copy->step(oracle, y, 0.1);
    CHECK(x == y);
  }
}
