#include "problems/problems.h"

using namespace descent;

TEST_CASE("The warm-up toy is steep for its phase and flat after", "[problems][warmup-toy]") {
  const auto own = problem("warmup-toy(high=50, low=1, phase=20)");
  const Vector x = vec({2});
  for (const int t : {1, 2, 20}) {
    CHECK(own->at(t).value(x) == 104);            // ½·50·4 + ¼·16
    CHECK(stepGradientOf(*own, t, x)[0] == 108);  // 50·2 + 8
    Matrix h;
    REQUIRE(own->at(t).hessian(x, h));
    CHECK(h(0, 0) == 62);  // 50 + 3·4
  }
  for (const int t : {21, 22, 1000}) {
    CHECK(own->at(t).value(x) == 6);             // ½·4 + ¼·16
    CHECK(stepGradientOf(*own, t, x)[0] == 10);  // 2 + 8
    Matrix h;
    REQUIRE(own->at(t).hessian(x, h));
    CHECK(h(0, 0) == 13);
  }
  CHECK(own->start() == vec({1}));
}

TEST_CASE("A run on the toy is judged by the late function", "[problems][warmup-toy]") {
  const auto own = problem("warmup-toy(high=50, low=3)");
  CHECK(own->value(vec({2})) == 10);           // ½·3·4 + ¼·16
  CHECK(gradientOf(*own, vec({2}))[0] == 14);  // 3·2 + 8
  CHECK(hessianOf(*own, vec({2}))(0, 0) == 15);
  CHECK(*own->nearestMinimum(vec({-3})) == vec({0}));
  CHECK(*own->largestCurvature(vec({-3})) == 50);
  CHECK(own->rates().gradient == 1.0 / 53);  // 3θ² of the quartic besides
}

TEST_CASE("Without a phase the toy is flat from the first step", "[problems][warmup-toy]") {
  const auto own = problem("warmup-toy(phase=0)");
  for (const int t : {1, 2}) CHECK(own->at(t).value(vec({2})) == own->value(vec({2})));
}
