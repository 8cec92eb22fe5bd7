// The approximation lab: errors under their bounds, networks against constructions, polynomials
// that no training betters, and that what is shown is what was computed.
#include "approximation/bumps.h"
#include "approximation/polynomial.h"
#include "labs/labs.h"

using namespace descent;

namespace {

const std::string kApproximation = "lab=approximation&";

std::string refused(const std::string& spec) {
  const auto parsed = Spec::parse(kApproximation + spec);
  REQUIRE(parsed);
  const auto session = Session::open(*parsed);
  REQUIRE_FALSE(session);
  return session.error().message;
}

Reading of(const Session& session, const std::string& quantity) {
  return readingOf(session, quantity, -1);
}

}  // namespace

TEST_CASE("Every preset of approximation opens and runs to its end", "[approximation][long]") {
  checkPresets("approximation");
}

TEST_CASE("An approximation sought back and forth shows the same numbers",
          "[approximation][long]") {
  checkSeeks(kApproximation + "steps=40&runners=adam(lr=0.01),sgd(lr=0.05)&bumps=on&polynomial=on",
             40);
  checkSeeks(kApproximation + "target=hill&steps=12&knots=6&activation=tanh", 12);
}

TEST_CASE("Hats stay under their bound, and fall with the square of h", "[approximation]") {
  for (const std::string target : {"sine", "square", "step", "runge"}) {
    for (const std::string n : {"2", "7", "64", "256"}) {
      INFO(target << ", N = " << n);
      const auto session = opened(kApproximation + "target=" + target + "&knots=" + n);
      const Reading bound = of(*session, "hats, sup error");
      CHECK(bound.measured <= bound.predicted * (1 + 1e-9));
      const Reading order = of(*session, "hats, slope");
      CHECK(order.verdict() == Verdict::kHolds);
      CHECK(std::abs(order.residual()) <= 0.05);
      CHECK(std::abs(of(*session, "hats as a network").measured) < 1e-9);
    }
  }
}

TEST_CASE("The slope of the error is predicted where h is small beside what f does",
          "[approximation]") {
  const auto slope = [](const std::string& formula) {
    return of(*opened(kApproximation + "target=typed&formula=" + formula), "hats, slope");
  };
  CHECK(slope("exp(x)").verdict() == Verdict::kHolds);
  CHECK(std::abs(slope("sin(100*x)").residual()) < 0.05);
  // 64 turns in [0, 1]: a piece at N = 64 is a whole one.
  const Reading fast = slope("sin(400*x)");
  CHECK(std::abs(fast.measured + 2) > 0.3);
  CHECK(contains(fast.judged(), "h is not small beside what f does: at N = 64"));
}

TEST_CASE("Errors by N are those of the constructions", "[approximation]") {
  using namespace descent::approximation;
  const auto f = Target::typed("sin(2*pi*x)");
  REQUIRE(f);
  const Vector samples = sampled(*f);
  const auto session = opened(kApproximation + "knots=32&steepness=20&degree=5");
  const Array fall = channel(*session, "fall"), bumps = channel(*session, "bumpFall"),
              degrees = channel(*session, "polynomialFall");
  CHECK(fall.shape == std::vector<int>{255, 3});
  for (const int n : {2, 17, 64, 256}) {
    const auto row = static_cast<std::size_t>(3 * (n - 2));
    const Vector knots = knotsOf(*f, n);
    CHECK(fall.data[row] == n);
    CHECK(fall.data[row + 1] ==
          Approx(supError(samples, [&](double x) { return hatsAt(knots, x); })).epsilon(1e-9));
    CHECK(fall.data[row + 2] == Approx(4.934802 / n / n).epsilon(1e-6));
    CHECK(fall.data[row + 1] <= fall.data[row + 2]);
  }
  // 32 is the fifth power of two.
  CHECK(bumps.data[12] == 32);
  const auto now = data(*session, "now");
  CHECK(now[0] == fall.data[3 * 30 + 1]);
  CHECK(now[1] == bumps.data[13]);
  CHECK(bumps.data[13] <= bumps.data[14]);
  CHECK(now[2] == degrees.data[3 * 4 + 1]);
  const Polynomial fifth = leastSquares(*f, 5);
  CHECK(now[2] == Approx(supError(samples, fifth)).epsilon(1e-9));
}

TEST_CASE("What is drawn on the screen are the functions themselves", "[approximation]") {
  using namespace descent::approximation;
  const auto f = Target::typed("abs(x - 0.3)");
  REQUIRE(f);
  const auto session = opened(kApproximation + "target=corner&knots=8&degree=6&steepness=15");
  const Array all = channel(*session, "functions(-0.25, 1.25, 7)");
  REQUIRE(all.shape == std::vector<int>{7, 5});
  const Vector knots = knotsOf(*f, 8), middles = middlesOf(*f, 8);
  const Polynomial polynomial = leastSquares(*f, 6);
  for (int j = 0; j < 7; ++j) {
    const double x = -0.25 + 0.25 * j;
    const auto at = [&](int column) { return all.data[static_cast<std::size_t>(5 * j + column)]; };
    CHECK(at(0) == Approx(x).margin(1e-14));
    CHECK(at(1) == Approx((*f)(x)).margin(1e-14));
    CHECK(at(2) == Approx(hatsAt(knots, x)).margin(1e-14));
    CHECK(at(3) == Approx(bumpsAt(middles, 15, x)).margin(1e-14));
    CHECK(at(4) == Approx(polynomial(x)).epsilon(1e-9));
  }
  CHECK(channel(*session, "network(0, -0.25, 1.25, 7)").shape == std::vector<int>{7, 2});
  CHECK(contains(session->read("functions(1, 0, 7)").error().message,
                 "functions takes x0 < x1, got 1, 0"));
  const auto square = opened(kApproximation + "target=hill&knots=4");
  CHECK(contains(square->read("networkField(9, 0, 1, 0, 1, 4, 4)").error().message,
                 "runner of networkField"));
  CHECK(contains(square->read("targetField(1, 0, 0, 1, 4, 4)").error().message, "x0 < x1"));
}

TEST_CASE("The sum of the first hats is 0 at the tops of the others", "[approximation]") {
  const auto session = opened(kApproximation + "target=typed&formula=1 + x&knots=4");
  const Array hats = channel(*session, "hats(2)");
  REQUIRE(hats.shape == std::vector<int>{7, 3});
  const std::vector<double> tops = {0, 1, 1.25, 1.5, 1.75, 2, 0};
  for (std::size_t i = 0; i < 7; ++i) {
    CHECK(hats.data[3 * i] == Approx(0.25 * (static_cast<double>(i) - 1)).margin(1e-15));
    CHECK(hats.data[3 * i + 1] == Approx(tops[i]).margin(1e-15));
    CHECK(hats.data[3 * i + 2] == Approx(i == 1 || i == 2 ? tops[i] : 0).margin(1e-15));
  }
}

TEST_CASE("A corner costs what its place between two knots says", "[approximation]") {
  for (const int n : {2, 3, 7, 10, 64, 120, 256}) {
    const auto session = opened(kApproximation + "target=corner&knots=" + std::to_string(n));
    const Reading r = of(*session, "hats, largest error");
    INFO("N = " << n);
    CHECK(std::abs(r.residual()) < 1e-13);
    if (n % 10 == 0) CHECK(r.predicted == 0);
    const Reading bound = of(*session, "hats, sup error");
    CHECK(contains(bound.judged(), "not judged: f has a kink"));
  }
}

TEST_CASE("What the derivatives do not show is not predicted", "[approximation]") {
  const auto spike =
      opened(kApproximation + "target=typed&formula=exp(-(100000*(x-0.333333))^2)&bumps=on");
  for (const std::string quantity :
       {"hats, sup error", "hats, largest error of a piece", "bumps, sup error"}) {
    INFO(quantity);
    const Reading r = of(*spike, quantity);
    CHECK(std::isnan(r.predicted));
    CHECK(r.measured > 0);
    CHECK_FALSE(r.pending.empty());
  }
  CHECK_FALSE(hasReading(*spike, "hats, slope", -1));
  CHECK(std::isnan(channel(*spike, "fall").data[2]));
  const auto square = opened(kApproximation + "target=typed&formula=0.0005*abs(x-0.3)%2By&knots=8");
  CHECK(std::isnan(of(*square, "hats, sup error").predicted));
}

TEST_CASE("Outside of the interval a value is shown, and none is predicted", "[approximation]") {
  const auto check = [](const std::string& spec, std::vector<std::string> quantities) {
    const auto session = opened(kApproximation + spec);
    for (const std::string& quantity : quantities) {
      INFO(quantity);
      const Reading r = readingOf(*session, quantity, quantity.rfind("network", 0) == 0 ? 0 : -1);
      CHECK(std::isnan(r.predicted));
      CHECK(std::isnan(r.residual()));
      CHECK(std::isfinite(r.measured));
      CHECK(contains(r.pending, "nothing is promised outside"));
    }
  };
  // sin(2π · 1.25) = 1, where the hats are 0.
  check("target=sine&bumps=on&polynomial=on",
        {"hats at x = 1.25", "bumps at x = 1.25", "polynomial at x = 1.25", "network at x = 1.25"});
  check("target=hill", {"hats at (1.25, 0.5)", "network at (1.25, 0.5)"});
  CHECK(of(*opened(kApproximation + "target=sine"), "hats at x = 1.25").measured == 0);
  CHECK(contains(of(*opened(kApproximation + "target=sine"), "hats at x = 1.25").assumption,
                 "f itself is 1 there"));
}

TEST_CASE("Rounding passes no bound", "[approximation]") {
  for (const std::string target : {"target=typed&formula=sin(x)^2%2Bcos(x)^2",
                                   "target=drawn&drawing=0,10", "target=typed&formula=x%2By"}) {
    for (const std::string n : {"1", "7", "16", "63"}) {
      const auto session =
          opened(kApproximation + target + "&bumps=on&polynomial=on&degree=3&knots=" + n);
      for (const Reading& r : session->readings()) {
        INFO(target << ", N = " << n << ", " << r.quantity);
        if (r.relation == Relation::kAtMost) CHECK(!(r.measured > r.predicted));
        if (r.relation == Relation::kAtLeast) CHECK(!(r.measured < r.predicted));
      }
    }
  }
}

TEST_CASE("Begun at the construction the network is the construction", "[approximation]") {
  const auto session = opened(presetOf("approximation", "better"));
  CHECK(data(*session, "error/0")[0] ==
        Approx(of(*session, "hats, largest error").predicted).epsilon(1e-3));
}

TEST_CASE("Units that are polynomials make a polynomial, whoever trains them", "[approximation]") {
  for (const std::string unit : {"identity", "square", "cube"}) {
    for (const std::string width : {"3", "64"}) {
      INFO(unit << ", width " << width);
      const auto session = ran(kApproximation + "activation=" + unit + "&knots=" + width +
                                   "&slope=2&steps=60&runners=adam(lr=0.01),sgd(lr=0.01)",
                               60);
      for (const int i : {0, 1}) {
        CHECK(std::abs(readingOf(*session, "network, differences", i).measured) < 1e-11);
        const Reading least = readingOf(*session, "network, sup error", i);
        CHECK(least.predicted > 0.1);
        CHECK(least.measured > least.predicted);
      }
    }
  }
  CHECK_FALSE(hasReading(*opened(kApproximation + "activation=relu"), "network, differences"));
}

TEST_CASE("No polynomial by least squares is closer than the best", "[approximation]") {
  for (const std::string target : {"sine", "corner", "runge", "step"}) {
    for (const std::string degree : {"1", "4", "15", "32"}) {
      INFO(target << ", degree " << degree);
      const auto session =
          opened(kApproximation + "polynomial=on&target=" + target + "&degree=" + degree);
      const Reading r = of(*session, "polynomial of degree " + degree);
      CHECK(r.measured >= r.predicted * (1 - 1e-9) - 1e-13);
      CHECK(r.measured <= 7 * r.predicted + 1e-12);
    }
  }
}

TEST_CASE("A target on the square has hats in two layers, and a network of one",
          "[approximation]") {
  const auto session = opened(kApproximation +
                              "target=typed&formula=x*y + y^2&knots=9&steps=30&"
                              "activation=tanh");
  const Reading bound = of(*session, "hats, sup error");
  CHECK(bound.measured <= bound.predicted * (1 + 1e-12));
  CHECK(of(*session, "hats as a network").measured < 1e-12);
  CHECK(std::abs(of(*session, "hats, slope").residual()) < 0.05);
  CHECK(of(*session, "hats, slope").verdict() == Verdict::kHolds);
  const auto fast = opened(kApproximation + "target=typed&formula=sin(100*x)*y&knots=4");
  CHECK(contains(of(*fast, "hats, slope").judged(), "h is not small beside what f does: at N = 8"));
  CHECK(data(*session, "domain")[0] == 2);
  const Array target = channel(*session, "targetField(0, 1, 0, 1, 5, 5)"),
              hats = channel(*session, "hatsField(0, 1, 0, 1, 10, 4)"),
              network = channel(*session, "networkField(0, 0, 1, 0, 1, 5, 5)"),
              error = channel(*session, "errorField(0, 0, 1, 0, 1, 5, 5)");
  for (std::size_t k = 0; k < 25; ++k) CHECK(error.data[k] == network.data[k] - target.data[k]);
  CHECK(target.data[5 + 2] == Approx(0.5 * 0.25 + 0.0625));
  // The knot (6, 3) is met.
  CHECK(hats.data[10 + 6] == Approx(6 / 9.0 * 3 / 9.0 + 1 / 9.0));
  const double before = data(*session, "error/0").back();
  REQUIRE(session->advance(30));
  CHECK(data(*session, "error/0").back() < before / 2);
}

TEST_CASE("Views are turned without starting anew", "[approximation]") {
  const auto session = ran(kApproximation + "steps=20&knots=8", 10);
  for (const auto& [knob, value] :
       std::vector<std::pair<std::string, std::string>>{{"bumps", "on"},
                                                        {"polynomial", "on"},
                                                        {"degree", "3"},
                                                        {"steepness", "50"},
                                                        {"hats", "off"},
                                                        {"runners", "adam(lr=0.001)"}}) {
    INFO(knob);
    REQUIRE(session->set(knob, value));
    CHECK(session->step() == 10);
  }
  CHECK(of(*session, "polynomial of degree 3").measured == data(*session, "now")[2]);
  REQUIRE(session->set("knots", "9"));
  CHECK(session->step() == 0);
}

TEST_CASE("A formula that is typed becomes the target, and another target leaves it",
          "[approximation]") {
  const auto session = opened(kApproximation + "knots=4");
  REQUIRE(session->set("formula", "x^3"));
  CHECK(contains(session->lab().subtitle(), "x^3, N = 4"));
  REQUIRE(session->set("target", "step"));
  CHECK(contains(session->lab().subtitle(), "tanh 20(x − ½)"));
  CHECK(*session->spec().find("formula") == "x^3");
  CHECK_FALSE(session->set("formula", "x +"));
  CHECK(*session->spec().find("target") == "step");
}

TEST_CASE("What approximation cannot do is refused with a reason", "[approximation]") {
  CHECK(refused("target=typed&formula=1/x") ==
        "approximation.formula: a formula must be finite on [0, 1], at x = 0 it is inf");
  CHECK(refused("target=typed&formula=1/(3*x-1)").find("must be finite on [0, 1], at x = 0.333") !=
        std::string::npos);
  CHECK(refused("target=typed&formula=1/(5*x-1)%2By&knots=10").find("must be finite") !=
        std::string::npos);
  CHECK(refused("target=typed&formula=1/(251*x-1)%2By&knots=251").find("formula must be finite") !=
        std::string::npos);
  CHECK(refused("formula=sin(z)").find("column 5: expected") != std::string::npos);
  CHECK(refused("drawing=1").find("expected 2 to 65 values parted by commas, found 1") !=
        std::string::npos);
  CHECK(refused("drawing=1, 2, x").find("value 3 must be a number in [-10, 10], got x") !=
        std::string::npos);
  CHECK(refused("first=construction&activation=tanh").find("first must be strewn where units") !=
        std::string::npos);
  CHECK(refused("first=construction&target=hill").find("first must be strewn where the target") !=
        std::string::npos);
  CHECK(refused("knots=0").find("knots must be") != std::string::npos);
}

TEST_CASE("A run that leaves the finite numbers says so", "[approximation]") {
  const auto session = ran(kApproximation + "runners=sgd(lr=1000)&steps=20&activation=square", 20);
  const auto states = session->lab().states();
  CHECK(states[0].status == "diverged");
  CHECK(states[0].step < 20);
  CHECK(allNaN(data(*session, "error/0"), 19));
  CHECK_FALSE(session->readings().empty());
}
