// Targets: formulas and drawings, and how large their derivatives are.
#include "approximation/bumps.h"
#include "approximation/hats.h"
#include "approximation/named.h"
#include "approximation/pieces.h"
#include "approximation/sawtooth.h"

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

TEST_CASE("Where a bound is stated, no sample passes it", "[approximation]") {
  for (const char* formula : {"abs(x-0.300025)/(x-0.300025)",
                              "tanh(1000000*(x-0.300025))",
                              "1e-7*abs(x-0.3)",
                              "5+1e-7*abs(x-0.3)",
                              "x^2+1e-7*abs(x-0.3)",
                              "exp(-(100000*(x-0.333333))^2)",
                              "exp(-(10000000*(x-1/3))^2)",
                              "exp(-(1e6*(x-0.300025))^2)",
                              "tanh(100000*(x-0.3))",
                              "tanh(20000*(x-0.3))",
                              "tanh(3000*(x-0.30001))",
                              "sin(125000*x)",
                              "sin(2*pi*20000*x)",
                              "sin(2*pi*20000*x)+x^2",
                              "sin(40000*x)",
                              "sqrt(x)",
                              "x^1.5",
                              "min(x, 1-x)",
                              "max(0, 10000*(x-0.300012))^0.5",
                              "x^2+0.001*abs(x-0.30003)/(x-0.30003)",
                              "1/(x-0.300025)",
                              "sin(x)^2+cos(x)^2",
                              "1000000*x",
                              "exp(-3*x)*sin(20*x)",
                              "1/(1+25*(2*x-1)^2)",
                              "1e-12*sin(2*pi*x)",
                              "tan(1.5*x)",
                              "x^3",
                              "5"}) {
    const Target f = typed(formula);
    const Sizes sizes = sizesOf(f);
    const Vector samples = sampled(f);
    for (const int n : {1, 2, 3, 5, 16, 37, 64, 128, 255, 256}) {
      INFO(formula << ", N = " << n << ", |f'| " << sizes.steepest << ", |f''| " << sizes.curved);
      CHECK(sampledHatsError(samples, knotsOf(f, n)) <=
            hatsBound(sizes.curved, n) * (1 + 1e-9) + roundingOf(sizes));
      const Vector middles = middlesOf(f, n);
      CHECK(supError(samples, [&](double x) { return bumpsAt(middles, 10, x); }) <=
            bumpsBound(sizes.steepest, n, 10) * (1 + 1e-9) + roundingOf(sizes));
    }
  }
}

TEST_CASE("What happens between two samples is not taken for smooth", "[approximation]") {
  for (const char* jump : {"abs(x-0.300025)/(x-0.300025)", "tanh(1000000*(x-0.300025))", "sqrt(x)",
                           "exp(-(10000000*(x-1/3))^2)", "abs(y-0.3001)/(y-0.3001)+x",
                           "tanh(100000*(x-0.3001))+y", "exp(-(100000*(x-1/3))^2)+y"}) {
    INFO(jump);
    CHECK(std::isinf(sizesOf(typed(jump)).steepest));
    CHECK(std::isinf(sizesOf(typed(jump)).curved));
  }
  for (const char* kink :
       {"1e-7*abs(x-0.3)", "5+1e-7*abs(x-0.3)", "0.0005*abs(x-0.3)+y", "1e-7*max(x,y)"}) {
    INFO(kink);
    CHECK(std::isfinite(sizesOf(typed(kink)).steepest));
    CHECK(std::isinf(sizesOf(typed(kink)).curved));
  }
  for (const char* smooth :
       {"sin(2*pi*x)", "tanh(3000*(x-0.30001))", "1e-12*sin(2*pi*x)", "1000+x^2", "x^10", "x^4",
        "exp(-3*x)*sin(20*x)", "1/(1+25*(2*x-1)^2)", "sin(2*pi*x)*cos(pi*y)", "x*y+y^2", "x+y",
        "exp(-10*((x-0.5)^2+(y-0.5)^2))", "sin(20*x*y)", "x^4*y^5", "tanh(20*(x-y))",
        "sin(x)^2+cos(x)^2+0*y", "1e-9*sin(9*x)*y^3"}) {
    INFO(smooth);
    CHECK(std::isfinite(sizesOf(typed(smooth)).steepest));
    CHECK(std::isfinite(sizesOf(typed(smooth)).curved));
  }
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
  CHECK(Target::typed("1/(64*x-1)").error().message ==
        "a formula must be finite on [0, 1], at x = 0.0156 it is inf");
  CHECK(Target::typed("1/(3*x-1)").error().message.find("at x = 0.333") != std::string::npos);
  CHECK(Target::typed("1/(2*x-1/251)").error().message.find("must be finite") != std::string::npos);
  CHECK(Target::typed("1/(3*x-1)+y").error().message.find("must be finite on the unit square") !=
        std::string::npos);
  CHECK(Target::typed("1e7*x").error().message.rfind(
            "a formula must be at most 1000000 in size on [0, 1], at x = ", 0) == 0);
  CHECK(Target::typed("1000000*x"));
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

TEST_CASE("A number that is none stands out of the largest error, wherever it comes",
          "[approximation]") {
  const Vector f = Vector::Zero(5);  // at 0, ¼, ½, ¾ and 1
  for (const double at : {0.0, 0.5, 1.0}) {
    CHECK(std::isnan(supError(f, [&](double x) { return x == at ? kNaN : 3 - x; })));
  }
  CHECK(supError(f, [](double x) { return 3 - x; }) == 3);
  const Vector knots{{0, kNaN, 0}};
  CHECK(std::isnan(sampledHatsError(f, knots)));
  CHECK(std::isnan(largestGap({{0, 0.5, 1}, {0, kNaN, 0}}, {{0, 1}, {1, 1}})));
  CHECK(std::isnan(largestGapFromSquare({{0, 0.5, 1}, {0, kNaN, 0}})));
  CHECK(std::isnan(larger(1, kNaN)));
  CHECK(std::isnan(larger(kNaN, 1)));
  CHECK(larger(2, -3) == 2);
  CHECK(larger(-3, 2) == 2);
}
