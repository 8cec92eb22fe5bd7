#include "support/objectives.h"

using namespace descent;

namespace {

// η = 0.1, β₁ = ½, β₂ = ¾. Adam's directions for g = 1, 3, −4 are then (tests/optimizers/
// adam_test.cpp) 1, (7/3)/√(39/7), −(9/7)/√(373/37); for a constant g they are its sign.
const std::string kLamb = "lamb(lr=0.1, beta1=0.5, beta2=0.75, epsilon=0, ";
const double kDirections[] = {1, (7 / 3.0) / std::sqrt(39 / 7.0),
                              -(9 / 7.0) / std::sqrt(373 / 37.0)};

void checkPath(double lambda) {
  Script oracle({vec({1, 2}), vec({3, 2}), vec({-4, 2})});
  const auto points =
      path(*optimizer(kLamb + "weightDecay=" + print(Value(lambda)) + ")"), oracle, vec({3, 4}), 3);
  double x = 3, y = 4;
  for (std::size_t t = 0; t < 3; ++t) {
    const double r = kDirections[t] + lambda * x, s = 1 + lambda * y;
    const double ratio = std::hypot(x, y) / std::hypot(r, s);
    x -= 0.1 * ratio * r;
    y -= 0.1 * ratio * s;
    INFO("λ " << lambda << " step " << t + 1);
    CHECK((points[t + 1] - vec({x, y})).norm() < 1e-14);
  }
}

}  // namespace

TEST_CASE("LAMB takes Adam's direction at the length of the weights", "[lamb]") {
  // First r = (1, 1) from (3, 4): a step of 0.1·5 along (1, 1)/√2.
  checkPath(0);
}

TEST_CASE("LAMB's decay is part of the direction that is scaled", "[lamb]") {
  // First r = (1, 1) + ½(3, 4) = (2.5, 3).
  checkPath(0.5);
}

TEST_CASE("In one dimension LAMB moves by η|w|", "[lamb]") {
  // Whatever r: w ← 0.9w, as long as g and w have one sign.
  checkSteps("lamb(lr=0.1)", Linear{7}, 4, {3.6, 3.24, 2.916});
}

TEST_CASE("LAMB's ratio is 1 where a norm is zero", "[lamb]") {
  // w = 0: Adam's step, η. Then ‖w‖ = 0.1√2 and r = (1, 1): 0.1·0.1 in each coordinate.
  const auto points = path(kLamb + "weightDecay=0)", Linear{5, 5}, vec({0, 0}), 2);
  CHECK((points[1] + vec({0.1, 0.1})).norm() < 1e-15);
  CHECK((points[2] + vec({0.11, 0.11})).norm() < 1e-15);
  // r = 0: no step.
  CHECK(path(kLamb + "weightDecay=0)", Linear{0, 0}, vec({3, 4}), 3)[3] == vec({3, 4}));
}

TEST_CASE("LAMB has a ratio for every block", "[lamb]") {
  // ‖w‖ = 5, r = (1, −1), and ‖w‖ = 4, r = (1, 1, 1, −1) of a matrix.
  const Layout layout{{"a", Role::kVector, 0, 2, 1}, {"B", Role::kHiddenMatrix, 2, 2, 2}};
  const Linear f{9, -1, 1e-3, 1e5, 1, -1};
  const auto points = path(kLamb + "weightDecay=0)", f, vec({3, 4, 2, 2, 2, 2}), 1, layout);
  const double a = 0.5 / std::sqrt(2);
  CHECK((points[1] - vec({3 - a, 4 + a, 1.8, 1.8, 1.8, 2.2})).norm() < 1e-14);
}

TEST_CASE("LAMB has Adam's knobs", "[lamb]") {
  // g = (2, 1), m̂ = g without the correction of v, √v = g/2: r = (2, 2) + λ(0, 1), λ = 1, ‖w‖ = 1.
  const auto points = path(
      "lamb(lr=0.1, beta1=0.5, beta2=0.75, epsilon=0, biasCorrection=first, "
      "weightDecay=1)",
      Linear{2, 1}, vec({0, 1}), 1);
  CHECK((points[1] - (vec({0, 1}) - 0.1 * vec({2, 3}) / std::sqrt(13))).norm() < 1e-15);
  // ε = 1, outside the root: g/(g + 1) = (3/4, 1/2).
  const auto guarded = path("lamb(lr=0.1, epsilon=1, weightDecay=0)", Linear{3, 1}, vec({0, 1}), 1);
  CHECK((guarded[1] - (vec({0, 1}) - 0.1 * vec({3, 2}) / std::sqrt(13))).norm() < 1e-15);
}

TEST_CASE("The first step of LAMB is as long as was said", "[lamb]") {
  auto o = optimizer("lamb(epsilon=0, weightDecay=0.5)");
  o->reset(vectorLayout(2));
  // r = (1, −1) + (1.5, 2) = (2.5, 1), ‖w‖ = 5.
  CHECK(o->predict().firstStep(vec({3, 4}), vec({7, -2}), 0.1) == Approx(1.25 / std::sqrt(7.25)));
  CHECK(o->predict().firstStep(vec({0, 0}), vec({7, -2}), 0.1) == Approx(0.1));
  CHECK(o->predict().firstStep(vec({0, 0}), vec({0, 0}), 0.1) == 0);
}
