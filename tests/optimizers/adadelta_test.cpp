#include "support/objectives.h"

using namespace descent;

TEST_CASE("Adadelta scales a gradient by past steps over past gradients", "[adadelta]") {
  // ρ = ½, ε = 1, η = ½, g = 4, −2, 4.
  // v = 8         Δ = 4 √(1/9) = 4/3             d = 8/9
  // v = 4 + 2     Δ = −2 √((17/9)/7)             d = 4/9 + 34/63 = 62/63
  // v = 3 + 8     Δ = 4 √((125/63)/12)
  // The mean of squared steps takes in Δ, not ηΔ, and after it was used.
  auto adadelta = optimizer("adadelta(lr=0.5, rho=0.5, epsilon=1)");
  Script oracle({vec({4}), vec({-2}), vec({4})});
  const auto points = path(*adadelta, oracle, vec({0}), 3);
  const double x1 = -2 / 3.0, x2 = x1 + std::sqrt(17 / 63.0), x3 = x2 - 2 * std::sqrt(125 / 756.0);
  CHECK(points[1][0] == Approx(x1).epsilon(1e-13));
  CHECK(points[2][0] == Approx(x2).epsilon(1e-13));
  CHECK(points[3][0] == Approx(x3).epsilon(1e-13));
  const auto memory = adadelta->memory();
  REQUIRE(memory.size() == 2);
  CHECK((*memory[0].values)[0] == Approx(11));
  CHECK((*memory[1].values)[0] == Approx(31 / 63.0 + 8 * 125 / 756.0));
}

TEST_CASE("Adadelta's rate is 1, ρ 0.9 and ε 1e-6 unless told", "[adadelta]") {
  // g = 3: v = 0.9; Δ = 3 √(1e-6/(0.9 + 1e-6)).
  const double step = 3 * std::sqrt(1e-6 / 0.900001);
  checkSteps("adadelta", Linear{3}, 0, {-step});
  // v = 1.71, d = 0.1 Δ².
  const double next = 3 * std::sqrt((0.1 * step * step + 1e-6) / 1.710001);
  checkSteps("adadelta", Linear{3}, 0, {-step, -step - next});
}

TEST_CASE("Adadelta's steps do not see the size of the loss but through epsilon", "[adadelta]") {
  const auto f = landscape("himmelblau");
  const Vector start = f->starts()[0];
  // ε in √(v + ε) is small beside v, that in √(d + ε) is measured in parameters.
  CHECK(distance(path("adadelta", *f, start, 100), path("adadelta", Scaled(*f, 1e3), start, 100)) <
        1e-4);
}

TEST_CASE("Adadelta stays where there is no gradient", "[adadelta]") {
  checkSteps("adadelta", Linear{0}, 3, {3, 3, 3});
}
