// Targets: formulas and drawings, and how large their derivatives are.
#include "approximation/named.h"

using namespace descent;
using namespace descent::approximation;

TEST_CASE("The largest second derivative is found to rounding", "[approximation]") {
  for (const Named& named : {kSine, kParabola, kStep}) {
    INFO(named.formula);
    CHECK(sizesOf(typed(named.formula)).curved == Approx(named.curved).epsilon(1e-10));
  }
  const Sizes sine = sizesOf(typed(kSine.formula));
  CHECK(sine.most == Approx(1).epsilon(1e-12));
  CHECK(sine.steepest == Approx(2 * kPi).epsilon(1e-12));
  CHECK(sizesOf(typed("3*x - 1")).curved == 0);
}

TEST_CASE("A kink has no second derivative to bound an error with", "[approximation]") {
  for (const char* formula : {kCorner, "max(x, 1 - x^2)", "sqrt(x)", "x^1.5", "abs(sin(7*x))"}) {
    INFO(formula);
    CHECK(std::isinf(sizesOf(typed(formula)).curved));
  }
  CHECK(sizesOf(typed(kCorner)).steepest == 1);
  CHECK(std::isinf(sizesOf(Target::drawn(Vector{{0, 1, 0}})).curved));
}

TEST_CASE("A formula in y is a target on the square", "[approximation]") {
  const Target f = typed("x^2 + 3*x*y");
  CHECK(f.inputs() == 2);
  CHECK(f(0.5, 0.25) == 0.625);
  // The Hessian (2 3; 3 0) has the eigenvalues 1 ± √10.
  CHECK(sizesOf(f).curved == Approx(1 + std::sqrt(10.0)).epsilon(1e-12));
  CHECK(sizesOf(f).steepest == Approx(std::hypot(5, 3)).epsilon(1e-12));
  CHECK(std::isinf(sizesOf(typed("abs(x - 0.3) + y")).curved));
  CHECK(std::isinf(sizesOf(typed("max(x, y)")).curved));
}

TEST_CASE("What cannot be approximated is refused with the place", "[approximation]") {
  CHECK(Target::typed("1/x").error().message ==
        "a formula must be finite on [0, 1], at x = 0 it is inf");
  CHECK(Target::typed("log(y - x)")
            .error()
            .message.rfind("a formula must be finite on the unit "
                           "square, at x = ",
                           0) == 0);
  CHECK(Target::typed("sin(2*pi*z)").error().message.rfind("column 10: expected", 0) == 0);
  CHECK(Target::typed("").error().message.rfind("column 1: expected", 0) == 0);
}

TEST_CASE("What is drawn goes straight from value to value and stays flat beyond",
          "[approximation]") {
  const Target f = Target::drawn(Vector{{1, 3, 2}});
  CHECK(f(0) == 1);
  CHECK(f(0.25) == 2);
  CHECK(f(0.5) == 3);
  CHECK(f(0.75) == 2.5);
  CHECK(f(1) == 2);
  CHECK(f(-1) == 1);
  CHECK(f(7) == 2);
  CHECK(f.slope(0.1) == 4);
  CHECK(f.slope(0.9) == -2);
  CHECK(f.slope(1.1) == 0);
  CHECK(sizesOf(f).steepest == 4);
}
