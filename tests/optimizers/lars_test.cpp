#include "support/objectives.h"

using namespace descent;

TEST_CASE("LARS moves by a share of the weights, whatever the gradient", "[lars]") {
  // g = 2, τ = ½, β = ½, η = 1 from 4. trust = ½·4/2 = 1: v = 2, w = 2.
  // trust = ½·2/2 = ½: v = 1 + ½·2 = 2, w = 0. There trust is 1: v = 1 + 2 = 3, w = −3.
  checkSteps("lars(lr=1, beta=0.5, trust=0.5)", Linear{2}, 4, {2, 0, -3});
  // As the default has it: trust = 0.001·4/2 = 0.002.
  checkSteps("lars(lr=1, beta=0)", Linear{2}, 4, {3.996, 3.992004, 3.988011996});
}

TEST_CASE("LARS has its rate inside the velocity", "[lars]") {
  // η = ½, 1, 1. trust = 1: v = ½·2 = 1, w = 3. trust = ¾: v = ½ + 1.5 = 2, w = 1.
  // trust = ¼: v = 1 + ½ = 1.5, w = −½.
  checkSteps("lars(lr=1, beta=0.5, trust=0.5, schedule=warmup(constant, steps=2))", Linear{2}, 4,
             {3, 1, -0.5});
}

TEST_CASE("LARS adds the norms of gradient and decay, not the vectors", "[lars]") {
  // g = −1, λ = ½, τ = ¾, β = 0, η = 1. At 4: g + λw = 1, ‖g‖ + λ‖w‖ = 3, trust = ¾·4/3 = 1.
  // At 3: ½, 1 + 3/2, trust = 0.9. At 2.55: 0.275, 2.275, trust = 1.9125/2.275.
  checkSteps("lars(lr=1, beta=0, trust=0.75, weightDecay=0.5)", Linear{-1}, 4,
             {3, 2.55, 2.55 - 0.275 * 1.9125 / 2.275});
}

TEST_CASE("Without a gradient LARS decays by the rate alone", "[lars]") {
  // trust = 1: w ← (1 − 0.1·½) w.
  checkSteps("lars(lr=0.1, beta=0, weightDecay=0.5)", Linear{0}, 4, {3.8, 3.61, 3.4295});
  // Without decay it rests.
  checkSteps("lars(lr=0.1)", Linear{0}, 4, {4, 4, 4});
}

TEST_CASE("LARS has a trust for every block", "[lars]") {
  // ‖w‖ = 5, ‖g‖ = 10: trust ½. ‖w‖ = 10, ‖g‖ = 1: trust 10. A matrix counts as one: 4, 2: trust 2.
  const Layout layout{{"a", Role::kVector, 0, 2, 1},
                      {"b", Role::kVector, 2, 2, 1},
                      {"C", Role::kHiddenMatrix, 4, 2, 2}};
  const Vector start = vec({3, 4, 6, 8, 2, 2, 2, 2});
  const Linear f{0, 10, 1, 0, 1, 1, -1, 1};
  const auto points = path("lars(lr=0.1, beta=0.5, trust=1)", f, start, 1, layout);
  CHECK((points[1] - vec({3, 3.5, 5, 8, 1.8, 1.8, 2.2, 1.8})).norm() < 1e-14);
}

TEST_CASE("LARS does not see the size of the loss, however small", "[lars]") {
  const Linear f{3, -4};
  const Vector start = vec({1, 2});
  const auto once = path("lars(lr=10)", f, start, 20);
  for (const double c : {1024.0, 1e-300, 1e300}) {
    INFO("c " << c);
    CHECK(distance(once, path("lars(lr=10)", Scaled(f, c), start, 20)) < 1e-13);
  }
}

TEST_CASE("The first step of LARS is as long as was said", "[lars]") {
  auto o = optimizer("lars(trust=0.5, weightDecay=1)");
  o->reset(vectorLayout(2));
  // ‖w‖ = 5, ‖g‖ = 5: trust = 2.5/10, g + w = (7, 1).
  CHECK(o->predict().firstStep(vec({3, 4}), vec({4, -3}), 0.1) == Approx(0.175));
  CHECK(o->predict().firstStep(vec({0, 0}), vec({4, -3}), 0.1) == Approx(0.4));
}
