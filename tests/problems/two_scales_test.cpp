#include "problems/problems.h"

using namespace descent;

TEST_CASE("Two scales: gradients that flip their sign at every step, anywhere",
          "[problems][two-scales]") {
  const auto own = problem("two-scales(large=8, small=0.25)");
  CHECK(own->start() == vec({1, 1}));
  for (const Vector& x : {vec({1, 1}), vec({-3, 4})}) {
    for (const int t : {1, 3, 99}) CHECK(stepGradientOf(*own, t, x) == vec({8, 0.25}));
    for (const int t : {2, 4, 100}) CHECK(stepGradientOf(*own, t, x) == vec({-8, -0.25}));
  }
  CHECK(own->at(1).value(vec({-3, 4})) == -23);  // −24 + 1
  CHECK(own->at(2).value(vec({-3, 4})) == 23);
}

TEST_CASE("In the mean two scales are flat, and nowhere is a solution", "[problems][two-scales]") {
  const auto own = problem("two-scales");
  CHECK(own->value(vec({-3, 4})) == 0);
  CHECK(gradientOf(*own, vec({-3, 4})) == vec({0, 0}));
  CHECK(stepGradientOf(*own, 1, vec({0, 0})) == vec({10, 0.1}));
  CHECK_FALSE(own->nearestMinimum(vec({1, 1})));
  CHECK_FALSE(own->largestCurvature(vec({1, 1})));
}
