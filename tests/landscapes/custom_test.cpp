#include "labs/race.h"
#include "landscapes/landscapes.h"

using namespace descent;

namespace {

std::unique_ptr<Landscape> typed(const std::string& formula, const std::string& window = "") {
  INFO("f = " << formula);
  return landscape("custom(f=\"" + formula + "\"" + (window.empty() ? "" : ", " + window) + ")");
}

std::string mistake(const std::string& recipe) {
  const auto parsed = parseRecipe(recipe);
  REQUIRE(parsed);
  const auto built = catalogue().build<Landscape>(*parsed);
  REQUIRE_FALSE(built);
  return built.error().message;
}

// The minima of both are the same points, to 1e-9.
void checkMinima(const Landscape& found, const std::vector<Point>& expected) {
  const auto minima = found.minima();
  std::string all;
  for (const Point& m : minima) all += " (" + print(m.x()) + ", " + print(m.y()) + ")";
  INFO("found" << all);
  CHECK(minima.size() == expected.size());
  for (const Point& e : expected) {
    INFO("expected " << e.transpose());
    CHECK(std::any_of(minima.begin(), minima.end(),
                      [&](const Point& m) { return (m - e).norm() <= 1e-9; }));
  }
}

void checkSameSurface(const Landscape& a, const Landscape& b) {
  Random random(5);
  const Window w = b.window();
  for (int i = 0; i < 50; ++i) {
    const double x = random.uniform(w.x0, w.x1), y = random.uniform(w.y0, w.y1);
    INFO("at " << x << ", " << y);
    CHECK(a.f(x, y) == Approx(b.f(x, y)).epsilon(1e-12).margin(1e-12));
    const Point g = a.gradientAt(x, y), other = b.gradientAt(x, y);
    CHECK((g - other).norm() <= 1e-12 * (1 + other.norm()));
    CHECK((a.hessianAt(x, y) - b.hessianAt(x, y)).norm() <= 1e-12 * (1 + b.hessianAt(x, y).norm()));
  }
}

}  // namespace

TEST_CASE("Himmelblau's function typed is Himmelblau's function", "[landscapes][custom]") {
  const auto own = typed("(x^2 + y - 11)^2 + (x + y^2 - 7)^2", "x0=-5.2, x1=5.2, y0=-4.5, y1=4.3");
  const auto himmelblau = landscape("himmelblau");
  checkSameSurface(*own, *himmelblau);
  checkMinima(*own, himmelblau->minima());
  const Window w = own->window(), other = himmelblau->window();
  CHECK((w.x0 == other.x0 && w.x1 == other.x1 && w.y0 == other.y0 && w.y1 == other.y1));
}

TEST_CASE("A bowl typed is the bowl, level or turned", "[landscapes][custom]") {
  const auto own = typed("x^2/2 + 5*y^2");
  checkSameSurface(*own, *landscape("bowl(kappa=10)"));
  checkMinima(*own, {{0, 0}});
  CHECK(*own->largestCurvature(Point(1, 1)) == Approx(10).epsilon(1e-14));
  // Turned by 45°: u = (x + y)/√2, v = (y − x)/√2.
  const auto turned = typed("(x + y)^2/4 + 25*(y - x)^2/4");
  checkSameSurface(*turned, *landscape("bowl(kappa=25, rotation=45)"));
  checkMinima(*turned, {{0, 0}});
}

TEST_CASE("Minima of a wave on a parabola are where its slope changes sign upwards",
          "[landscapes][custom]") {
  // f = x²/2 + 2y² + sin 3x: x + 3 cos 3x = 0 by bisection, where it goes from below to above.
  const auto slope = [](double x) { return x + 3 * std::cos(3 * x); };
  std::vector<Point> expected;
  for (int i = 0; i < 8000; ++i) {
    double low = -4 + i / 1000.0, high = low + 0.001;
    if (!(slope(low) < 0 && slope(high) >= 0)) continue;
    for (int j = 0; j < 60; ++j) (slope((low + high) / 2) < 0 ? low : high) = (low + high) / 2;
    expected.push_back({low, 0});
  }
  const auto own = landscape("custom");
  // Near (4k − 1)π/6, where the sine is lowest, as long as |x| = 3|cos 3x| ≤ 3.
  CHECK(expected.size() == 3);
  checkMinima(*own, expected);
  const auto minima = own->minima();
  for (std::size_t i = 1; i < minima.size(); ++i) {
    CHECK(own->f(minima[i - 1].x(), minima[i - 1].y()) <= own->f(minima[i].x(), minima[i].y()));
  }
}

TEST_CASE("Minima off the grid of the search are exact, in a narrow valley too",
          "[landscapes][custom]") {
  checkMinima(*typed("(x - 1.2345)^2 + (y + 0.777)^2"), {{1.2345, -0.777}});
  checkMinima(*typed("100*(y - x^2)^2 + (1 - x)^2"), {{1, 1}});
  checkMinima(*typed("-exp(-((x - 0.4321)^2 + y^2)/0.02)"), {{0.4321, 0}});
  checkMinima(*typed("min(x^2 + y^2, (x - 2)^2 + y^2 + 1)"), {{0, 0}, {2, 0}});
}

TEST_CASE("A minimum without curvature is one, where f rises all around", "[landscapes][custom]") {
  checkMinima(*typed("x^4 + y^4"), {{0, 0}});
  checkMinima(*typed("x^4 + y^2"), {{0, 0}});
}

TEST_CASE("A minimum just between two points of the search's grid is found",
          "[landscapes][custom]") {
  // The window is 160 steps of 2, 1/8 and 1/16: two neighbours have the same value.
  checkMinima(*typed("(x - 1)^2 + y^2", "x0=-160, x1=160, y0=-160, y1=160"), {{1, 0}});
  checkMinima(*typed("(x - 0.0625)^2 + y^2", "x0=-10, x1=10, y0=-10, y1=10"), {{0.0625, 0}});
  checkMinima(*typed("(x - 0.03125)^2 + y^2", "x0=-5, x1=5"), {{0.03125, 0}});
}

TEST_CASE("A kinked surface has its lowest point as minimum, where it is not smooth",
          "[landscapes][custom]") {
  for (const auto& [formula, point] : {std::pair{"abs(x) + abs(y)", Point(0, 0)},
                                       {"abs(x) + y^2", Point(0, 0)},
                                       {"sqrt(x^2 + y^2)", Point(0, 0)},
                                       {"abs(x - 0.1) + abs(y - 0.3)", Point(0.1, 0.3)},
                                       {"2*abs(x + 1.111) + abs(y - x)", Point(-1.111, -1.111)},
                                       {"max(abs(x - 0.111), abs(y + 0.2))", Point(0.111, -0.2)},
                                       {"max(x, -x) + y^2", Point(0, 0)}}) {
    INFO(formula);
    const auto surface = typed(formula);
    checkMinima(*surface, {point});
    for (const Point& m : surface->minima()) {
      CHECK_FALSE(surface->isSmoothAt(m));
      CHECK(surface->isSmoothAt(m + Point(0.01, 0.02)));
    }
  }
  const auto smooth = typed("x^2 + y^2");
  CHECK(smooth->isSmoothAt(Point(0, 0)));
}

TEST_CASE("Where there is no lowest point there is no minimum", "[landscapes][custom]") {
  for (const char* formula : {"x", "x - y", "x^2", "(x + 2.3*y)^2", "(x - y^2)^2", "3", "0*x",
                              "x*y", "-x^2 - y^2", "x^3", "x^2 - y^2", "exp(x)"}) {
    INFO(formula);
    CHECK(typed(formula)->minima().empty());
    CHECK_FALSE(typed(formula)->nearestMinimum(Point(1, 1)));
    CHECK_FALSE(typed(formula)->largestCurvature(Point(1, 1)));
  }
}

TEST_CASE("A valley with a kinked floor has no minimum", "[landscapes][custom]") {
  for (const char* formula : {"abs(x)", "abs(x - 0.013)", "abs(x + y - 0.013)", "abs(x + 2.3*y)"}) {
    INFO(formula);
    CHECK(typed(formula)->minima().empty());
  }
}

TEST_CASE("Of very many minima the lowest are kept", "[landscapes][custom]") {
  // Rastrigin's function has 400 and some minima in this window, the lowest at (0, 0).
  const auto own =
      typed("20 + x^2 + y^2 - 10*cos(2*pi*x) - 10*cos(2*pi*y)", "x0=-10, x1=10, y0=-10, y1=10");
  REQUIRE_FALSE(own->minima().empty());
  CHECK(own->minima().front().norm() < 1e-9);
}

TEST_CASE("Regions without numbers are passed over", "[landscapes][custom]") {
  for (const char* formula : {"log(x)", "sqrt(x)*y", "1/x", "x/0", "log(-1 - x^2)", "sqrt(-1)",
                              "1/(x*y)", "log(x) + log(y)", "tan(20*x)"}) {
    INFO(formula);
    const auto own = typed(formula);
    const Window w = own->window();
    (void)own->minima();
    REQUIRE_FALSE(own->starts().empty());
    for (const Point& p : own->starts()) {
      CHECK((w.x0 <= p.x() && p.x() <= w.x1 && w.y0 <= p.y() && p.y() <= w.y1));
    }
    for (const double rate : {own->rates().gradient, own->rates().stride}) {
      CHECK((rate >= 1e-8 && rate <= 1e3));
    }
  }
  // A start is a point where f is a number and slopes, where there is one.
  for (const char* formula : {"log(x)", "sqrt(x)*y", "1/x"}) {
    const auto own = typed(formula);
    for (const Point& p : own->starts()) {
      CHECK(std::isfinite(own->f(p.x(), p.y())));
      CHECK(own->gradientAt(p.x(), p.y()).norm() > 0);
    }
  }
  // 1/x where x > 0: x − log x is lowest at 1.
  checkMinima(*typed("x - log(x) + y^2"), {{1, 0}});
}

TEST_CASE("The ends of the window may be given in either order or be equal",
          "[landscapes][custom]") {
  const auto checkWindow = [](const std::string& knobs, const Window& expected) {
    INFO(knobs);
    const Window w = typed("x^2 + y^2", knobs)->window();
    CHECK(w.x0 == expected.x0);
    CHECK(w.x1 == expected.x1);
    CHECK(w.y0 == expected.y0);
    CHECK(w.y1 == expected.y1);
  };
  checkWindow("x0=-1, x1=2, y0=-3, y1=5", {-1, 2, -3, 5});
  checkWindow("x0=2, x1=-1, y0=5, y1=-3", {-1, 2, -3, 5});
  checkWindow("x0=2, x1=2, y0=-3, y1=-3", {1, 3, -4, -2});
  CHECK(typed("x^2 + y^2", "x0=1, x1=3")->minima().empty());
  checkMinima(*typed("x^2 + (y - 1)^2", "x0=3, x1=-2, y0=1, y1=1"), {{0, 1}});
}

TEST_CASE("A typed surface is its recipe's, by print, spec and clone", "[landscapes][custom]") {
  const std::string text = "custom(f=\"max(x, 2*y)^2 + 1e-3*exp(-x/7)\", x0=-1.5, y1=2)";
  const auto recipe = parseRecipe(text);
  REQUIRE(recipe);
  CHECK(print(*recipe) == text);
  const auto again = parseRecipe(print(*recipe));
  REQUIRE(again);
  CHECK(*again == *recipe);
  const auto single = parseRecipe("custom(f='x^2')");
  REQUIRE(single);
  CHECK(print(*single) == "custom(f=\"x^2\")");

  const auto session = opened("lab=race&landscape=" + text + "&runners=sgd");
  REQUIRE(session->advance(5));
  const std::string spec = session->spec().print();
  const auto other = opened(spec);
  REQUIRE(other->seek(5));
  CHECK(other->spec().print() == spec);
  CHECK(sameBits(channel(*session, "path/0").data, channel(*other, "path/0").data));
  const std::string field = "field(-1,1,-1,1,5,5)";
  CHECK(sameBits(channel(*session, field).data, channel(*other, field).data));
  CHECK(channel(*session, "window").data == std::vector<double>{-1.5, 4, -3, 2});

  const auto own = landscape(text);
  const auto copy = own->clone();
  CHECK(copy->value(Point(0.3, 0.7)) == own->f(0.3, 0.7));
  CHECK(own->f(0.3, 0.7) == Approx(1.96 + 1e-3 * std::exp(-0.3 / 7)).epsilon(1e-15));
}

TEST_CASE("A word or a number needs no quotes", "[landscapes][custom]") {
  CHECK(landscape("custom(f=y)")->f(2, 3) == 3);
  CHECK(landscape("custom(f=2.5)")->f(2, 3) == 2.5);
  CHECK(landscape("custom(\"x*y\")")->f(2, 3) == 6);
}

TEST_CASE("A bad formula is refused by a message that names the knob and the column",
          "[landscapes][custom]") {
  CHECK(mistake("custom(f=\"x +\")") ==
        "custom.f, column 4: expected a number, a name or '(', found the end");
  CHECK(mistake("custom(f=\"2x\")") ==
        "custom.f, column 2: expected an operator or the end, found 'x'");
  CHECK(mistake("custom(f=\"\")").rfind("custom.f, column 1: ", 0) == 0);
  CHECK(mistake("custom(f=\"" + std::string(1001, 'x') + "\")") ==
        "custom.f, a formula has at most 1000 characters, got 1001");
  CHECK(refusal("lab=race&landscape=custom(f=\"x*\")") ==
        "custom.f, column 3: expected a number, a name or '(', found the end");
  CHECK(contains(mistake("custom(x0=1e7)"), "custom.x0 must be in [-1000000, 1000000]"));
}

TEST_CASE("A race on a typed bowl is the race on the bowl", "[landscapes][custom]") {
  const std::string rest = "&runners=sgd(lr=0.15),adam(lr=0.2),newton&start=-4,2";
  const auto own = raced("landscape=custom(f=\"x^2/2+5*y^2\")" + rest, 60);
  const auto bowl = raced("landscape=bowl(kappa=10)" + rest, 60);
  for (const char* name : {"path/0", "path/1", "path/2", "loss/0"}) {
    INFO(name);
    const auto a = data(*own, name), b = data(*bowl, name);
    REQUIRE(a.size() == b.size());
    for (std::size_t i = 0; i < a.size(); ++i)
      CHECK(a[i] == Approx(b[i]).epsilon(1e-9).margin(1e-9));
  }
  const Reading decay = readingOf(*own, "decay");
  CHECK(decay.predicted == Approx(0.85).epsilon(1e-12));
  CHECK(std::abs(decay.residual()) < 1e-9);
  CHECK(own->lab().marks().at(0).value == Approx(0.2).epsilon(1e-12));
}

TEST_CASE("A run on a typed surface diverges as any, and where f ends too",
          "[landscapes][custom]") {
  const auto bowl =
      raced("landscape=custom(f=\"x^2/2+5*y^2\")&runners=sgd(lr=0.25)&start=-4,2", 60);
  CHECK(bowl->lab().states()[0].status == "diverged");
  CHECK(contains(bowl->lab().states()[0].text, "lr 0.25 > 2/L = 0.2"));
  // x − log x from 4 at rate 8: 4 − 8·¾ = −2, where there is no logarithm.
  const auto ended = raced("landscape=custom(f=\"x-log(x)+y^2\")&runners=sgd(lr=8)&start=4,0", 5);
  CHECK(ended->lab().states()[0].status == "diverged");
  CHECK(ended->lab().states()[0].step == 1);
  CHECK(contains(ended->lab().states()[0].text, "f left the finite numbers"));
  for (const char* formula : {"3", "log(-1)", "x", "1/x", "abs(x)+abs(y)"}) {
    INFO(formula);
    const auto session = raced("landscape=custom(f=\"" + std::string(formula) +
                                   "\")&runners=sgd,adam,newton,armijo,lbfgs,muon",
                               20);
    session->readings();
    session->tables();
    session->lab().marks();
  }
}

namespace {

SubjectState stateOf(const std::string& formula, const std::string& start,
                     const std::string& recipe, int steps) {
  const auto session =
      raced("landscape=custom(f=\"" + formula + "\")&runners=" + recipe + "&start=" + start, steps);
  return session->lab().states()[0];
}

}  // namespace

TEST_CASE("A run that lands on the tip of a cone stays there", "[landscapes][custom]") {
  // From (1, 0) a step of 1 along the slope lands on the tip, where f = 0.
  const auto cone = raced("landscape=custom(f=\"sqrt(x^2+y^2)\")&runners=armijo&start=1,0", 4);
  const auto state = cone->lab().states()[0];
  CHECK(state.status == "converged");
  CHECK(state.text ==
        "converged at step 2: it found no further step to take, |g| = 0, "
        "a subgradient: f has no slope here");
  CHECK(data(*cone, "loss/0").back() == 0);
  CHECK(data(*cone, "gradient/0").back() == 0);
  CHECK(stateOf("sqrt(x^2+y^2)", "1,0", "sgd(lr=1)", 5).status == "running");
  CHECK(stateOf("sqrt(x^2+y^2)", "3,4", "newton", 50).status != "diverged");
  CHECK_FALSE(surface("custom(f=\"sqrt(x^2+y^2)\")")->isSmoothAt({0, 0}));
  // Where a gradient is left, the sentence says what it is small against.
  const auto valley = stateOf("(x-3)^2/2+5*(y-1)^2+1", "0,0", "lbfgs", 60);
  CHECK(valley.status == "converged");
  CHECK(contains(valley.text, ", |g| = "));
}

TEST_CASE("A search at the edge of a pole has not converged", "[landscapes][custom]") {
  // Each falls without bound towards a pole, where gradients grow: no gradient there is small.
  for (const auto& [f, start, runner] :
       {std::array{"tan(x)", "1,1", "armijo"}, std::array{"log(x)+y^2", "1,1", "lbfgs"},
        std::array{"1/x+y^2", "-1.5,0.3", "lbfgs"}}) {
    INFO(f);
    CHECK(stateOf(f, start, runner, 200).status != "converged");
  }
  // One large coordinate does not make the slope along another small.
  CHECK(stateOf("exp(-x)+y^2", "1000000,1", "sam(armijo)", 50).status == "stopped");
}

TEST_CASE("A fall towards a bound has an end", "[landscapes][custom]") {
  for (const char* f : {"1/x+y^2", "1/(1+x^2)+y^2", "exp(-x)"}) {
    for (const char* runner : {"armijo", "lbfgs", "newton-cg"}) {
      INFO(f << " by " << runner);
      CHECK_FALSE(contains(stateOf(f, "1,1", runner, 100).text, "without end"));
    }
  }
  CHECK(contains(stateOf("-log(x)", "1,0", "lbfgs", 200).text, "f falls without end along (1, 0)"));
}

TEST_CASE("What is not finite is named: f at the start, f later, or the gradient",
          "[landscapes][custom]") {
  const auto first = stateOf("e^(1000*x)", "1,1", "sgd(lr=0.1)", 5);
  CHECK(first.status == "diverged");
  CHECK(first.text == "diverged at step 1: f is not finite at the start");
  CHECK(stateOf("log(x)+y", "-2,1", "adam", 5).text ==
        "diverged at step 1: f is not finite at the start");
  // √x + y² at (0, 3) is 9, and its slope along x is infinite; x·log x has none at 0.
  CHECK(stateOf("sqrt(x)+y^2", "0,3", "sgd(lr=0.1)", 5).text ==
        "diverged at step 1: the gradient is not finite at (0, 3)");
  CHECK(stateOf("sqrt(x)-sqrt(2*x)+y^2", "0,3", "sgd(lr=0.1)", 5).text ==
        "diverged at step 1: the gradient does not exist at (0, 3)");
  // x − log x from 2 at rate 8: 2 − 8·½ = −2.
  CHECK(contains(stateOf("x-log(x)+y^2", "2,0", "sgd(lr=8)", 5).text,
                 "diverged at step 1: f left the finite numbers along (-1, 0)"));
  // A slope where there is one, of a root that is constant beside it.
  const auto flat =
      raced("landscape=custom(f=\"sqrt(max(0,x))+y^2\")&runners=sgd(lr=0.1)&start=-1,1", 1);
  CHECK(data(*flat, "gradient/0")[0] == 2);
  CHECK(flat->lab().states()[0].status == "running");
}

TEST_CASE("A fall without end is named, with its direction", "[landscapes][custom]") {
  const auto slope = stateOf("x+y", "1,1", "lbfgs", 5);
  CHECK(slope.status == "diverged");
  CHECK(slope.text == "diverged at step 1: f falls without end along (-0.707, -0.707)");
  for (const char* recipe : {"armijo", "newton", "sgd(lr=0.3)", "momentum(lr=0.3)"}) {
    INFO(recipe);
    const auto state = stateOf("x^2-y^2", "1,0.1", recipe, 300);
    CHECK(state.status == "diverged");
    CHECK(contains(state.text, "f falls without end along (0, 1)"));
  }
  // Its second search doubles its trial sixty times, and f falls at each.
  const auto leap = stateOf("x^2-y^2", "1,0.1", "lbfgs", 300);
  CHECK(contains(leap.text, "diverged at step 2: f falls without end along ("));
  // It falls for long, but not for ever: a valley a billion away is reached.
  const auto far = raced(
      "landscape=custom(f=\"(x-1e9)^2\")&runners=newton(damping=off),sgd(lr=0.4)&start=0,0", 8);
  CHECK(far->lab().states()[0].text == "");
  CHECK(data(*far, "path/0").at(2 * 8) == 1e9);
  CHECK(far->lab().states()[1].text == "");
}

TEST_CASE("A search that ends on a crease says that it stopped, with its slope",
          "[landscapes][custom]") {
  const auto state = stateOf("max(x,-x)+y^2", "1,1", "lbfgs", 60);
  CHECK(state.status == "stopped");
  CHECK(contains(state.text, "stopped at step " + std::to_string(state.step) +
                                 ": the line search found no lower point, |g| = 1"));
}
