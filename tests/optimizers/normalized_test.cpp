#include "optimizers/optimizers.h"

using namespace descent;

TEST_CASE("Normalised momentum goes along its momentum by the rate", "[normalized]") {
  // m = (3, 4), then (1.5, 2) + (−1.5, −5) = (0, −3), then (0, −1.5) + (8, 7.5) = (8, 6), of
  // lengths 5, 3 and 10. η = 0.1: (−0.06, −0.08), (−0.06, 0.02), (−0.14, −0.04).
  auto oracle = planeScript();
  auto o = optimizer("normalized(lr=0.1, beta=0.5)");
  const auto points = path(*o, oracle, vec({0, 0}), 3);
  CHECK((points[1] - vec({-0.06, -0.08})).norm() < 1e-15);
  CHECK((points[2] - vec({-0.06, 0.02})).norm() < 1e-15);
  CHECK((points[3] - vec({-0.14, -0.04})).norm() < 1e-15);
  // What it remembers is the momentum before the division.
  REQUIRE(o->memory().size() == 1);
  CHECK((*o->memory()[0].values - vec({8, 6})).norm() < 1e-14);
}

TEST_CASE("Every block of normalised momentum moves by the rate", "[normalized]") {
  // A 2 × 2 matrix by its Frobenius norm, a vector, and a block without a gradient.
  const Layout layout{{"A", Role::kHiddenMatrix, 0, 2, 2},
                      {"b", Role::kVector, 4, 2, 1},
                      {"c", Role::kVector, 6, 1, 1}};
  const Vector g = vec({1e-6, 1e-6, -1e-6, 1e-6, 3e9, -4e9, 0});
  const auto points = path("normalized(lr=0.1)", Linear(g), Vector::Zero(7), 2, layout);
  const Vector unit = vec({0.5, 0.5, -0.5, 0.5, 0.6, -0.8, 0});
  CHECK((points[1] + 0.1 * unit).norm() < 1e-15);
  CHECK((points[2] + 0.2 * unit).norm() < 1e-15);
}

TEST_CASE("Normalised momentum is Muon with svd and without Nesterov on a vector", "[normalized]") {
  const auto f = landscape("himmelblau");
  const Vector start = f->starts()[0];
  const auto muon =
      path("muon(lr=0.05, beta=0.8, orthogonaliser=svd, nesterov=off)", *f, start, 100);
  CHECK(distance(muon, path("normalized(lr=0.05, beta=0.8)", *f, start, 100)) < 1e-12);
  CHECK(distance(muon, path("normalized(lr=0.05, beta=0.9)", *f, start, 100)) > 1e-3);
}

TEST_CASE("Normalised momentum does not see the size of the loss", "[normalized]") {
  const auto f = landscape("himmelblau");
  const Vector start = f->starts()[0];
  const auto once = path("normalized(lr=0.05)", *f, start, 100);
  for (const double c : {1024.0, 1 / 1024.0}) {
    CHECK(distance(once, path("normalized(lr=0.05)", Scaled(*f, c), start, 100)) == 0);
  }
  CHECK(distance(once, path("normalized(lr=0.05)", Scaled(*f, 1e150), start, 100)) < 1e-11);
}

TEST_CASE("The first step of normalised momentum is as long as was said", "[normalized]") {
  auto o = optimizer("normalized");
  o->reset({{"a", Role::kVector, 0, 2, 1}, {"b", Role::kVector, 2, 3, 1}});
  // (0.6, 0.8) and (2, 1, 2)/3.
  CHECK(o->predict().firstStep(Vector::Ones(5), vec({3, 4, 2, 1, 2}), 0.1) == Approx(0.08));
  CHECK(o->predict().firstStep(Vector::Ones(5), Vector::Zero(5), 0.1) == 0);
}
