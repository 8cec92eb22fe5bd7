#include "core/expression.h"

#include <cmath>
#include <numbers>

#include "contract/derivatives.h"

using namespace descent;

namespace {

Expression formula(const std::string& text) {
  INFO(text);
  auto parsed = Expression::parse(text);
  INFO((parsed ? "" : parsed.error().message));
  REQUIRE(parsed);
  return std::move(*parsed);
}

std::string mistake(const std::string& text) {
  INFO(text);
  const auto parsed = Expression::parse(text);
  REQUIRE_FALSE(parsed);
  return parsed.error().message;
}

// A formula around p in a unit of 1/20, as an objective: the differences of derivatives.h are taken
// over a share of that unit, in which no formula below bends much.
class Typed final : public Objective {
 public:
  Typed(const std::string& text, const Point& p) : f_(formula(text)), p_(p) {}

  Eigen::Index dimension() const override { return 2; }
  double value(const Vector& u) const override {
    const Point x = p_ + kUnit * u;
    return f_(x[0], x[1]);
  }
  void gradient(const Vector& u, Vector& g) const override {
    const Jet jet = jetAt(u);
    g = kUnit * Point(jet.x, jet.y);
  }
  bool hessian(const Vector& u, Matrix& h) const override {
    const Jet jet = jetAt(u);
    h.resize(2, 2);
    h << jet.xx, jet.xy, jet.xy, jet.yy;
    h *= kUnit * kUnit;
    return true;
  }

 private:
  static constexpr double kUnit = 0.05;
  Jet jetAt(const Vector& u) const {
    const Point x = p_ + kUnit * u;
    return f_.jet(x[0], x[1]);
  }

  Expression f_;
  Point p_;
};

void checkJet(const std::string& text, double x, double y, const Jet& expected) {
  INFO(text << " at " << x << ", " << y);
  const Jet jet = formula(text).jet(x, y);
  const auto about = [](double value) { return Approx(value).epsilon(1e-14).margin(1e-15); };
  CHECK(jet.value == about(expected.value));
  CHECK(jet.x == about(expected.x));
  CHECK(jet.y == about(expected.y));
  CHECK(jet.xx == about(expected.xx));
  CHECK(jet.xy == about(expected.xy));
  CHECK(jet.yy == about(expected.yy));
}

std::string repeated(const std::string& part, int times) {
  std::string text;
  for (int i = 0; i < times; ++i) text += part;
  return text;
}

const std::string kAtom = "expected a number, a name or '('";

}  // namespace

TEST_CASE("Arithmetic is grouped as in books", "[expression]") {
  const auto at = [](const std::string& text) { return formula(text)(3, 2); };
  CHECK(at("1+2*3") == 7);
  CHECK(at("(1+2)*3") == 9);
  CHECK(at("10-2-3") == 5);
  CHECK(at("10-(2-3)") == 11);
  CHECK(at("24/4/2") == 3);
  CHECK(at("6/2*3") == 9);
  CHECK(at("2*x^2") == 18);
  CHECK(at("x - y*2 + 1") == 0);
  CHECK(at("2*x/y - -1") == 4);
}

TEST_CASE("A power binds tighter than a sign before it and groups from the right", "[expression]") {
  const auto at = [](const std::string& text) { return formula(text)(3, 2); };
  CHECK(at("-x^2") == -9);
  CHECK(at("(-x)^2") == 9);
  CHECK(at("-2^2") == -4);
  CHECK(at("2*-x^2") == -18);
  CHECK(at("2^3^2") == 512);
  CHECK(at("(2^3)^2") == 64);
  CHECK(at("2^-1") == 0.5);
  CHECK(at("2^-x^2") == Approx(1.0 / 512).epsilon(1e-14));  // 2^(−9), not (2^−3)^2 = 1/64
  CHECK(at("x^(1+1)^2") == 81);
  CHECK(at("2^3*2") == 16);
  CHECK(at("x^2/x^y") == Approx(1).epsilon(1e-14));
}

TEST_CASE("Signs may stand before any operand, one after another", "[expression]") {
  const auto at = [](const std::string& text) { return formula(text)(3, 2); };
  CHECK(at("2--3") == 5);
  CHECK(at("2-+3") == -1);
  CHECK(at("--x") == 3);
  CHECK(at("-+-+x") == 3);
  CHECK(at("2*-3") == -6);
  CHECK(at("6/-x") == -2);
  CHECK(at("+x") == 3);
  CHECK(at("2^--2") == 4);
}

TEST_CASE("Numbers are read as anywhere, and e next to one is a name unless digits follow",
          "[expression]") {
  const auto at = [](const std::string& text) { return formula(text)(3, 2); };
  CHECK(at("1e3") == 1000);
  CHECK(at("2e-3") == 0.002);
  CHECK(at("1.5E+2") == 150);
  CHECK(at(".5") == 0.5);
  CHECK(at("5.") == 5);
  CHECK(at("0.1+0.2") == 0.1 + 0.2);
  CHECK(at("2e3-1") == 1999);
  CHECK(at("2*e") == 2 * std::numbers::e);
  CHECK(at("e^2") == std::pow(std::numbers::e, 2));
  CHECK(at("pi") == std::numbers::pi);
  CHECK(mistake("2e") == "column 2: expected an operator or the end, found 'e'");
  CHECK(mistake("2ex") == "column 2: expected an operator or the end, found 'ex'");
  CHECK(mistake("2e+") == "column 2: expected an operator or the end, found 'e+'");
  CHECK(mistake("1 e3") == "column 3: expected an operator or the end, found 'e3'");
}

TEST_CASE("Space stands anywhere but within a name or number", "[expression]") {
  CHECK(formula(" \tx\n+ y *  ( 2 )\r\n")(3, 2) == 7);
  CHECK(formula("min ( x ,y )")(3, 2) == 2);
  CHECK(formula("2 ^ - 1")(0) == 0.5);
  CHECK(mistake("1 000") == "column 3: expected an operator or the end, found '000'");
  CHECK(mistake("x y") == "column 3: expected an operator or the end, found 'y'");
}

TEST_CASE("Every function has its value", "[expression]") {
  const double x = 0.7, y = -1.3;
  const auto at = [&](const std::string& text) { return formula(text)(x, y); };
  CHECK(at("sin(x)") == std::sin(x));
  CHECK(at("cos(y)") == std::cos(y));
  CHECK(at("tan(x)") == std::tan(x));
  CHECK(at("exp(y)") == std::exp(y));
  CHECK(at("log(x)") == std::log(x));
  CHECK(at("sqrt(x)") == std::sqrt(x));
  CHECK(at("abs(y)") == 1.3);
  CHECK(at("tanh(y)") == std::tanh(y));
  CHECK(at("min(x, y)") == y);
  CHECK(at("max(x, y)") == x);
  CHECK(at("max(min(x, 0.5), y^2)") == y * y);
  CHECK(at("sin(cos(x) + y)") == std::sin(std::cos(x) + y));
}

TEST_CASE("The value of the jet is the value", "[expression]") {
  for (const char* text : {"x^2*y - sin(x*y)/x", "x^y", "max(x, y)^3 - 2^x", "sqrt(x) + log(y)",
                           "abs(x - y)*tanh(x)", "1/(x - y)"}) {
    const Expression f = formula(text);
    for (const double x : {0.3, 1.7}) {
      INFO(text << " at " << x);
      CHECK(f(x, 0.9) == f.jet(x, 0.9).value);
    }
  }
}

TEST_CASE("Gradient and Hessian of every function and operator agree with differences",
          "[expression]") {
  const std::vector<Point> points = {{0.7, 1.3}, {1.9, 0.4}};
  for (const char* text : {"sin(2*x - y)",
                           "cos(x*y)",
                           "tan(x/2 - y/3)",
                           "exp(x - y^2)",
                           "log(x + 2*y)",
                           "sqrt(x*y + 1)",
                           "abs(x - 3*y)*y",
                           "tanh(x - y/2)",
                           "min(x^2, y + 5)",
                           "min(x^2 + 9, y^3)",
                           "max(x*y, -1)",
                           "max(-x, y^2)",
                           "x*y*(x - y)",
                           "x/y",
                           "(x - y)/(x + y^2)",
                           "1/x",
                           "x^3",
                           "x^-2",
                           "x^0.5",
                           "(x + y)^2.5",
                           "-x^4*y",
                           "x^y",
                           "(x + 1)^(y - 2)",
                           "2^(x*y)",
                           "x^x",
                           "x^2^y",
                           "sin(x)^2 + cos(x*y)^2",
                           "exp(sin(x)*log(y + 1))",
                           "x + y",
                           "3",
                           "x - 2*y",
                           "-(x*y)",
                           "tanh(exp(-x)*y)/sqrt(1 + x^2)",
                           "100*(y - x^2)^2 + (1 - x)^2"}) {
    INFO(text);
    for (const Point& p : points) checkDerivatives(Typed(text, p), Point(0, 0));
  }
}

TEST_CASE("Derivatives that are known in closed form are exact to rounding", "[expression]") {
  const double l = std::log(2.0);
  // xʸ at (2, 3): y xʸ⁻¹, xʸ ln x, y(y−1)xʸ⁻², xʸ⁻¹(1 + y ln x), xʸ ln²x
  checkJet("x^y", 2, 3, {8, 12, 8 * l, 12, 4 * (1 + 3 * l), 8 * l * l});
  checkJet("x/y", 3, 2, {1.5, 0.5, -0.75, 0, -0.25, 0.75});
  checkJet("x*y", 3, 2, {6, 2, 3, 0, 1, 0});
  checkJet("sqrt(x)", 4, 0, {2, 0.25, 0, -1.0 / 32, 0, 0});
  checkJet("1/x", 2, 0, {0.5, -0.25, 0, 0.25, 0, 0});
  checkJet("log(y)", 1, 4, {std::log(4.0), 0, 0.25, 0, 0, -0.0625});
  checkJet("(x - y)^2", 1, 1, {0, 0, 0, 2, -2, 2});
  checkJet("-x^3", -2, 0, {8, -12, 0, 12, 0, 0});
  checkJet("tan(x)", std::numbers::pi / 4, 0, {1, 2, 0, 4, 0, 0});
}

TEST_CASE("Whole powers are exact at zero", "[expression]") {
  const auto exactly = [](const std::string& text, const Jet& expected) {
    INFO(text);
    const Jet jet = formula(text).jet(0, 0);
    CHECK(jet.value == expected.value);
    CHECK(jet.x == expected.x);
    CHECK(jet.y == expected.y);
    CHECK(jet.xx == expected.xx);
    CHECK(jet.xy == expected.xy);
    CHECK(jet.yy == expected.yy);
  };
  exactly("x^0", {1, 0, 0, 0, 0, 0});
  exactly("x^1", {0, 1, 0, 0, 0, 0});
  exactly("x^2", {0, 0, 0, 2, 0, 0});
  exactly("x^3", {0, 0, 0, 0, 0, 0});
  exactly("x^(1+1)", {0, 0, 0, 2, 0, 0});
  exactly("x^min(2, 3)", {0, 0, 0, 2, 0, 0});
  exactly("(x - 2*y)^2", {0, 0, 0, 2, -4, 8});
  exactly("(x*y)^2", {0, 0, 0, 0, 0, 0});
  exactly("(x + 3*y)^1", {0, 1, 3, 0, 0, 0});
}

TEST_CASE("A whole power of a negative number is a number, any other is none", "[expression]") {
  CHECK(formula("x^3")(-2) == -8);
  CHECK(formula("x^-1")(-2) == -0.5);
  CHECK(formula("x^2")(-3) == 9);
  CHECK(std::isnan(formula("x^0.5")(-2)));
  checkJet("x^3", -2, 0, {-8, 12, 0, -12, 0, 0});
}

TEST_CASE("Outside their domains functions have no value, and nothing breaks", "[expression]") {
  CHECK(std::isnan(formula("log(x)")(-1)));
  CHECK(std::isnan(formula("sqrt(x)")(-1)));
  CHECK(std::isnan(formula("x/x")(0)));
  CHECK(formula("1/x")(0) == HUGE_VAL);
  CHECK(formula("log(x)")(0) == -HUGE_VAL);
  CHECK(std::isnan(formula("sqrt(x) + y")(-1, 2)));
  CHECK(std::isnan(formula("sqrt(x)").jet(-1).x));
  CHECK(formula("sqrt(x)").jet(0).x == HUGE_VAL);
}

TEST_CASE("At a kink the slope is 0 for abs and that of one side for min and max", "[expression]") {
  for (const char* text : {"abs(x)", "abs(2*x)"}) {
    const Jet jet = formula(text).jet(0);
    CHECK(jet.value == 0);
    CHECK(jet.x == 0);
    CHECK(jet.xx == 0);
  }
  CHECK(formula("abs(x)").jet(-1e-300).x == -1);
  CHECK(formula("abs(x)").jet(1e-300).x == 1);
  for (const char* text : {"min(x, 3*x)", "max(x, 3*x)", "max(3*x, x)"}) {
    const double slope = formula(text).jet(0).x;
    INFO(text << " slopes by " << slope);
    CHECK((slope == 1 || slope == 3));
  }
  CHECK(formula("min(x^2, y)").jet(1, 2).xx == 2);
  CHECK(formula("max(x^2, y)").jet(1, 2).xx == 0);
  CHECK(formula("max(x^2, y)").jet(1, 2).y == 1);
}

TEST_CASE("A formula in one variable of another name", "[expression]") {
  const auto f = Expression::parse("exp(-t/40)*t", {"t"});
  REQUIRE(f);
  CHECK((*f)(40) == Approx(40 / std::numbers::e).epsilon(1e-15));
  CHECK(f->jet(40).x == Approx(0).margin(1e-16));  // (1 − t/40) e^(−t/40)
  const auto other = Expression::parse("x", {"t"});
  REQUIRE_FALSE(other);
  CHECK(other.error().message ==
        "column 1: expected t, pi, e or a function (sin cos tan exp log sqrt abs tanh min max), "
        "found 'x'");
}

TEST_CASE("Without a formula f is zero", "[expression]") {
  const Expression zero;
  CHECK(zero(3, 4) == 0);
  const Jet jet = zero.jet(3, 4);
  for (const double part : {jet.value, jet.x, jet.y, jet.xx, jet.xy, jet.yy}) CHECK(part == 0);
}

TEST_CASE("A mistake names its column, what was expected and what is there", "[expression]") {
  CHECK(mistake("") == "column 1: " + kAtom + ", found the end");
  CHECK(mistake("   ") == "column 4: " + kAtom + ", found the end");
  CHECK(mistake("x +") == "column 4: " + kAtom + ", found the end");
  CHECK(mistake("x + ") == "column 5: " + kAtom + ", found the end");
  CHECK(mistake("x^") == "column 3: " + kAtom + ", found the end");
  CHECK(mistake("x*/y") == "column 3: " + kAtom + ", found '/y'");
  CHECK(mistake("()") == "column 2: " + kAtom + ", found ')'");
  CHECK(mistake("sin()") == "column 5: " + kAtom + ", found ')'");
  CHECK(mistake("* 2") == "column 1: " + kAtom + ", found '* 2'");
  CHECK(mistake("2x") == "column 2: expected an operator or the end, found 'x'");
  CHECK(mistake("x)") == "column 2: expected an operator or the end, found ')'");
  CHECK(mistake("x$") == "column 2: expected an operator or the end, found '$'");
  CHECK(mistake("x,y") == "column 2: expected an operator or the end, found ',y'");
  CHECK(mistake("x(y)") == "column 2: expected an operator or the end, found '(y)'");
  CHECK(mistake("x**2") == "column 3: " + kAtom + ", found '*2'");
  CHECK(mistake("(x") == "column 3: expected ')', found the end");
  CHECK(mistake("(x;y)") == "column 3: expected ')', found ';y)'");
  CHECK(mistake("sin(x") == "column 6: expected ')', found the end");
  CHECK(mistake("sin x") == "column 5: expected '(', found 'x'");
  CHECK(mistake("sin") == "column 4: expected '(', found the end");
  CHECK(mistake("sin(x, y)") == "column 6: expected ')', found ', y)'");
  CHECK(mistake("min(x)") == "column 6: expected ',', found ')'");
  CHECK(mistake("max(x,y,1)") == "column 8: expected ')', found ',1)'");
  CHECK(mistake("min x") == "column 5: expected '(', found 'x'");
  CHECK(mistake("1..2") == "column 1: expected a number, found '1..2'");
  CHECK(mistake(".") == "column 1: expected a number, found '.'");
  CHECK(mistake("x+1e999") == "column 3: expected a number, found '1e999'");
  const std::string names =
      "expected x, y, pi, e or a function (sin cos tan exp log sqrt abs tanh min max), found ";
  CHECK(mistake("x + foo(y)") == "column 5: " + names + "'foo(y)'");
  CHECK(mistake("X") == "column 1: " + names + "'X'");
  CHECK(mistake("x2") == "column 1: " + names + "'x2'");
  // Twelve characters of what is there.
  CHECK(mistake("abcdefghijklmnop") == "column 1: " + names + "'abcdefghijkl…'");
  // The first of several.
  CHECK(mistake("sin(x + ) * foo )").rfind("column 9: ", 0) == 0);
}

TEST_CASE("A formula has at most a thousand characters", "[expression]") {
  const std::string longest = "x" + repeated("+x", 499);
  CHECK(formula(longest + " ")(2) == 1000);
  CHECK(mistake(longest + "  ") == "a formula has at most 1000 characters, got 1001");
}

TEST_CASE("A formula nests at most a hundred levels, by parentheses, signs, powers or functions",
          "[expression]") {
  const std::string error = "expected at most 100 levels of nesting, found ";
  CHECK(formula(repeated("(", 99) + "x" + repeated(")", 99))(2) == 2);
  CHECK(mistake(repeated("(", 100) + "x" + repeated(")", 100)) ==
        "column 101: " + error + "'x" + repeated(")", 11) + "…'");
  CHECK(formula(repeated("-", 99) + "x")(2) == -2);
  CHECK(mistake(repeated("-", 100) + "x") == "column 101: " + error + "'x'");
  CHECK(formula("x" + repeated("^1", 99))(2) == 2);
  CHECK(mistake("x" + repeated("^1", 100)) == "column 201: " + error + "'1'");
  CHECK(formula(repeated("abs(", 99) + "x" + repeated(")", 99))(-2) == 2);
  CHECK(mistake(repeated("abs(", 100) + "x" + repeated(")", 100)).rfind("column 401: ", 0) == 0);
  // Side by side is no nesting.
  CHECK(formula("x" + repeated("+(x)", 200))(1) == 201);
  CHECK(formula("x" + repeated("+-x", 200))(1) == -199);
}

TEST_CASE("What does not change has no part in a slope, however steep what is made of it",
          "[expression]") {
  const auto gradient = [](const std::string& text, double x, double y) {
    const Jet jet = formula(text).jet(x, y);
    return std::pair(jet.x, jet.y);
  };
  // The root of 0, which is 0 for all x ≤ 0.
  CHECK(gradient("sqrt(max(0,x))+y^2", -1, 1) == std::pair(0.0, 2.0));
  CHECK(gradient("max(0,x)^0.5+3*y", -2, 5) == std::pair(0.0, 3.0));
  CHECK(gradient("1+(max(0,x-4))^(2/3)+x", 1, 0) == std::pair(1.0, 0.0));
  // 0^y is 0 for all y > 0.
  CHECK(gradient("0^y", 1, 2) == std::pair(0.0, 0.0));
  CHECK(gradient("max(0,x)^y+x", -3, 0.5) == std::pair(1.0, 0.0));
  // A constant times what is infinite beside it: x·√0 = 0.
  CHECK(gradient("x*sqrt(0*y)", 3, 1) == std::pair(0.0, 0.0));
  const Jet flat = formula("sqrt(max(0,x))+y^2").jet(-1, 1);
  CHECK(flat.xx == 0);
  CHECK(flat.xy == 0);
  CHECK(flat.yy == 2);
  // What changes keeps its infinite slope.
  CHECK(std::isinf(formula("sqrt(x)").jet(0, 0).x));
}

TEST_CASE("At the tip of a root of squares the slope is 0, one of its subgradients",
          "[expression]") {
  for (const char* text :
       {"sqrt(x^2+y^2)", "sqrt(x^2)+abs(y)", "(x^2+3*y^2)^0.5", "sqrt(x^2*y^4)"}) {
    INFO(text);
    const Jet jet = formula(text).jet(0, 0);
    CHECK(jet.value == 0);
    CHECK(jet.x == 0);
    CHECK(jet.y == 0);
  }
}
