#include "labs/race.h"

using namespace descent;

namespace {

Reading decayOf(const std::string& runner, int steps = 100) {
  INFO(runner);
  const auto session = raced("landscape=bowl(kappa=10)&steps=20000&runners=" + runner, steps);
  const Reading r = readingOf(*session, "decay");
  CHECK((r.residual() == r.measured - r.predicted || std::isnan(r.measured)));
  CHECK(r.verdict() == (std::isnan(r.measured) ? Verdict::kPending : Verdict::kHolds));
  return r;
}

}  // namespace

TEST_CASE("On a bowl SGD's distance shrinks by |1 − ηλ| to 1e-9", "[race]") {
  for (const auto& [lr, expected] :
       {std::pair{"0.05", 0.95}, {"0.15", 0.85}, {"0.19", 0.9}, {"0.199", 0.99}, {"0.25", 1.5}}) {
    const Reading r = decayOf("sgd(lr=" + std::string(lr) + ")");
    CHECK(r.predicted == Approx(expected).epsilon(1e-12));
    CHECK(std::abs(r.residual()) < 1e-9);
  }
}

TEST_CASE("A turned bowl and another start shrink as fast", "[race]") {
  const auto session =
      raced("landscape=bowl(kappa=25,rotation=37)&start=1,3&runners=sgd(lr=0.02)", 90);
  const Reading r = readingOf(*session, "decay");
  CHECK(r.predicted == Approx(0.98));
  CHECK(std::abs(r.residual()) < 1e-9);
}

TEST_CASE("Where momentum oscillates its distance shrinks by √β", "[race]") {
  for (const char* form : {"sum", "heavy-ball"}) {
    for (const double beta : {0.5, 0.9, 0.99}) {
      const Reading r = decayOf("momentum(lr=0.1,beta=" + print(beta) + ",form=" + form + ")", 60);
      CHECK(r.quantity == "decay √β");
      CHECK(r.predicted == Approx(std::sqrt(beta)).epsilon(1e-12));
      CHECK(std::abs(r.residual()) < 1e-6);
    }
  }
  CHECK(std::abs(decayOf("momentum(lr=0.8,beta=0.9,form=ema)").residual()) < 1e-6);
}

TEST_CASE("Where momentum has real roots the larger one is measured", "[race]") {
  for (const char* runner :
       {"momentum(lr=0.05,beta=0.3)", "momentum(lr=0.004,beta=0.5)", "momentum(lr=0.2,beta=0)",
        "momentum(lr=0.3,beta=0.1)", "momentum(lr=0.4,beta=0.9)", "momentum(lr=0.01,form=ema)",
        // Roots nearly equal: the ratio of two values would be off by a hundredth.
        "momentum(lr=0.0026334,beta=0.9)"}) {
    const Reading r = decayOf(runner);
    CHECK(r.quantity == "decay |z|");
    CHECK(contains(r.assumption, "z² − (1+β−ηλ)z + β = 0"));
    CHECK(std::abs(r.residual()) < 1e-6);
  }
}

TEST_CASE("Nesterov's decay is measured in both regimes and both forms", "[race]") {
  for (const char* form : {"look-ahead", "framework"}) {
    for (const char* knobs : {"lr=0.05,beta=0.9", "lr=0.05,beta=0.2", "lr=0.12,beta=0.5",
                              "lr=0.15,beta=0.9", "lr=0.01,beta=0.5"}) {
      const Reading r = decayOf(std::string("nesterov(") + knobs + ",form=" + form + ")");
      CHECK(std::abs(r.residual()) < 1e-6);
    }
  }
  CHECK(decayOf("nesterov(lr=0.05,beta=0.9)").quantity == "decay √(β(1−ηλ))");
}

TEST_CASE("A varying rate leaves the decay unmeasured and says why", "[race]") {
  const Reading varying = decayOf("sgd(lr=0.1,schedule=cosine)");
  CHECK(std::isnan(varying.measured));
  CHECK(std::isnan(varying.residual()));
  CHECK(contains(varying.pending, "the rate is not constant"));
  CHECK(std::isnan(decayOf("sgd(lr=0.1,schedule=warmup(steps=50))", 30).measured));
  CHECK(std::abs(decayOf("sgd(lr=0.1,schedule=warmup(steps=10))", 30).residual()) < 1e-9);
}

TEST_CASE("There is no decay to measure in the first steps or far from the minimum", "[race]") {
  CHECK(contains(decayOf("sgd", 3).pending, "after four steps"));
  CHECK(std::isnan(decayOf("sgd", 3).measured));
  const auto far = raced("landscape=rosenbrock&runners=sgd(lr=0.0001)", 10);
  CHECK(std::isnan(readingOf(*far, "decay").measured));
  CHECK(contains(readingOf(*far, "decay").pending, "the run is not there yet"));
  const auto beta = raced("landscape=bowl&runners=nesterov(betaRule=accelerated)", 10);
  for (const Reading& r : beta->readings()) CHECK_FALSE(contains(r.quantity, "decay"));
}

TEST_CASE("After a live turn the decay is that of the new rate, or none yet", "[race]") {
  const auto session = raced("landscape=bowl(kappa=10)&runners=sgd(lr=0.05)", 20);
  CHECK(readingOf(*session, "decay").measured == Approx(0.95));
  REQUIRE(session->set("runners", "sgd(lr=0.02)"));
  for (int i = 0; i < 3; ++i) {
    CHECK(readingOf(*session, "decay").predicted == Approx(0.98));
    CHECK(std::isnan(readingOf(*session, "decay").measured));
    CHECK(contains(readingOf(*session, "decay").pending, "turned"));
    REQUIRE(session->advance(1));
  }
  CHECK(std::abs(readingOf(*session, "decay").residual()) < 1e-9);
  // Another knob of the lab leaves the runners as they are.
  REQUIRE(session->set("tolerance", "0.01"));
  CHECK(std::abs(readingOf(*session, "decay").residual()) < 1e-9);
}

TEST_CASE("Newton's order of convergence is measured near two", "[race]") {
  const auto himmelblau = raced("landscape=himmelblau&runners=newton", 40);
  CHECK(readingOf(*himmelblau, "order").predicted == 2);
  CHECK(readingOf(*himmelblau, "order").measured == Approx(2).margin(0.05));
  const auto valley = raced("landscape=rosenbrock&runners=newton&start=1.05,1.1", 20);
  CHECK(readingOf(*valley, "order").measured == Approx(2).margin(0.1));
  const auto half = raced("landscape=himmelblau&runners=newton(lr=0.5)&start=3.1,2.1", 30);
  CHECK(readingOf(*half, "order").predicted == 1);
  CHECK(readingOf(*half, "order").measured == Approx(1).margin(0.01));
  // The least curvature at (3, 2) is 25.7, so the Hessian is shifted at the minimum too.
  const auto shifted = raced("landscape=himmelblau&runners=newton(delta=100)&start=3.1,2.1", 30);
  CHECK(readingOf(*shifted, "order").predicted == 1);
  CHECK(readingOf(*shifted, "order").measured == Approx(1).margin(0.01));
}

TEST_CASE("No order is measured from errors that are far from the minimum", "[race]") {
  // From the usual start the errors are 0.63, 7e-4, 1e-7, 0: three near ones there are not.
  const auto session = raced("landscape=rosenbrock&runners=newton", 40);
  CHECK(std::isnan(readingOf(*session, "order").measured));
  CHECK(std::isnan(readingOf(*raced("landscape=bowl&runners=newton", 5), "order").measured));
  CHECK(std::isnan(readingOf(*raced("landscape=himmelblau&runners=newton", 2), "order").measured));
}

TEST_CASE("An order is a least one: where third derivatives vanish Newton's is three", "[race]") {
  const auto session = raced("landscape=rastrigin&start=0.05,0.08&runners=newton", 20);
  const Reading r = readingOf(*session, "order");
  CHECK(r.relation == Relation::kAtLeast);
  CHECK(r.verdict() == Verdict::kHolds);
  CHECK(r.predicted == 2);
  CHECK(r.measured == Approx(3).margin(0.2));
  CHECK(std::isnan(r.residual()));
}

TEST_CASE("Curvatures along the axes are Newton's method where the Hessian has no others",
          "[race]") {
  const auto along = [](const std::string& spec) {
    return readingOf(*raced(spec + "&runners=preconditioned", 30), "order");
  };
  // f is a sum over the coordinates.
  const Reading apart = along("landscape=styblinski-tang&start=-2.5,-2.6");
  CHECK(apart.predicted == 2);
  CHECK(apart.measured == Approx(2).margin(0.1));
  // A turned valley: the axes are not those of its Hessian. On ½(x² + xy + y²) of this shape
  // x ← −y/2, y ← −x/2 halves the error.
  const Reading turned = along("landscape=custom(f=\"x^2/2+x*y/2+y^2/2+x^4\")&start=0.3,0.2");
  CHECK(turned.predicted == 1);
  CHECK(turned.measured == Approx(1).margin(0.02));
  // Here the error goes to and fro between two directions, and shrinks more one way.
  const Reading fro = along("landscape=three-hump-camel");
  CHECK(fro.predicted == 1);
  CHECK(fro.measured == Approx(1).margin(0.05));
  // At another rate something is left, too.
  const auto slow =
      raced("landscape=styblinski-tang&start=-2.5,-2.6&runners=preconditioned(lr=0.5)", 30);
  CHECK(readingOf(*slow, "order").predicted == 1);
  CHECK(readingOf(*slow, "order").measured == Approx(1).margin(0.02));
}

TEST_CASE("No order is measured from errors that do not fall or are not small", "[race]") {
  for (const char* spec :
       {"landscape=ravine&start=0.053,-0.122&runners=newton",
        "landscape=ackley&start=-1.649,1.09&runners=newton",
        // At rest at a point whose like, a period away, is the minimum.
        "landscape=rastrigin&start=1.158,1.44&runners=preconditioned(preconditioner=full)"}) {
    for (const int steps : {3, 10, 40}) {
      INFO(spec << ", " << steps << " steps");
      const double measured = readingOf(*raced(spec, steps), "order").measured;
      CHECK((std::isnan(measured) || measured > 0.9));
    }
    CHECK(std::isnan(readingOf(*raced(spec, 40), "order").measured));
  }
  // Where the Hessian is singular no order is known; a varying rate has none.
  const auto flat = raced("landscape=custom(f=\"x^4+y^2\")&start=1,1&runners=newton", 20);
  CHECK(std::isnan(readingOf(*flat, "order").predicted));
  CHECK(contains(readingOf(*flat, "order").pending, "singular"));
  const auto varying =
      raced("landscape=himmelblau&start=3.1,2.1&runners=newton(schedule=linear)&steps=20", 10);
  CHECK(std::isnan(readingOf(*varying, "order").measured));
}

TEST_CASE("A decay is measured only where all its steps are in the quadratic", "[race]") {
  // Dimples: momentum leaps from one to another, and now and then a step falls near a minimum.
  const auto session = opened("lab=race&landscape=ackley&runners=momentum(lr=0.05)&steps=400");
  for (int t = 0; t < 400; t += 10) {
    REQUIRE(session->advance(10));
    const Reading r = readingOf(*session, "decay");
    INFO("step " << session->step());
    CHECK((std::isnan(r.measured) || std::abs(r.residual()) < 0.2));
  }
}

TEST_CASE("Where f has no second derivatives at its minimum nothing is predicted there", "[race]") {
  const auto session =
      raced("landscape=ackley&start=0.1,0.1&runners=sgd(lr=0.001),preconditioned(lr=0.001)", 20);
  for (const auto& [subject, quantity] : {std::pair{0, "decay"}, {1, "order"}}) {
    const Reading r = readingOf(*session, quantity, subject);
    CHECK(std::isnan(r.predicted));
    CHECK(contains(r.pending, "no second derivatives"));
  }
  CHECK(session->lab().marks().empty());
}

TEST_CASE("Adam's first step is the rate, up to ε", "[race]") {
  const auto session = raced("landscape=rosenbrock&runners=adam(lr=0.05),adam(epsilon=1)", 5);
  const Reading r = readingOf(*session, "first step");
  CHECK(r.predicted == Approx(0.05).epsilon(1e-15));
  CHECK(std::abs(r.residual()) < 1e-9);
  CHECK(contains(r.assumption, "ε is left out"));
  // An ε that is no mere guard is not left out in silence.
  CHECK(std::isnan(readingOf(*session, "first step", 1).predicted));
  CHECK(contains(readingOf(*session, "first step", 1).pending, "no mere guard"));
  CHECK(std::isnan(readingOf(*opened("lab=race&runners=adam"), "first step").measured));
}

TEST_CASE("A first step is predicted where its guard is nothing beside what it stands beside",
          "[race]") {
  const auto first = [](const std::string& f, const std::string& runner) {
    INFO(f << ", " << runner);
    const auto session = raced("landscape=custom(f=\"" + f + "\")&runners=" + runner, 1);
    const Reading r = readingOf(*session, "first step");
    CHECK(r.measured > 0);
    CHECK((std::isnan(r.predicted)
               ? contains(r.pending, "no mere guard")
               : r.verdict() == Verdict::kHolds && std::abs(r.residual()) <= 2e-3 * r.predicted));
    return r.predicted;
  };
  // LAMB gives a slope of 10⁻⁸ beside ε = 10⁻⁶ a hundredth of the share of the other.
  CHECK(std::isnan(first("x^2+1e-8*y", "lamb")));
  CHECK(std::isfinite(first("x^2+y", "lamb")));
  CHECK(std::isfinite(first("x^2+1e-8*y", "adam")));
  // Muon divides by ‖g‖ + 10⁻⁷, here 11 times ‖g‖.
  CHECK(std::isnan(first("1e-8*x", "muon")));
  CHECK(std::isfinite(first("1e-8*x", "muon(orthogonaliser=svd)")));
  CHECK(std::isfinite(first("x", "muon")));
  // A slope that cannot be squared takes no step that could be compared.
  CHECK(raced("landscape=custom(f=\"1e300*x^2\")&runners=adam", 2)->readings().empty());
}

TEST_CASE("A first step is not compared with the knobs of later ones", "[race]") {
  const auto session = raced("runners=adam(lr=0.05)", 5);
  REQUIRE(session->set("runners", "adam(lr=0.2)"));
  CHECK(session->readings().empty());
  REQUIRE(session->seek(3));
  CHECK(readingOf(*session, "first step").predicted == Approx(0.05));
}

TEST_CASE("Armijo's largest rise of f is zero", "[race]") {
  for (const char* surface : {"rosenbrock", "himmelblau", "beale", "plateau"}) {
    const auto session = raced(std::string("landscape=") + surface + "&runners=armijo", 300);
    const Reading r = readingOf(*session, "largest rise");
    CHECK(r.relation == Relation::kAtMost);
    CHECK(r.predicted == 0);
    CHECK(r.measured == 0);
    CHECK(r.verdict() == Verdict::kHolds);
  }
}

TEST_CASE("What sees mini-batches may raise f, and nothing is predicted of it", "[race]") {
  const auto session = raced("problem=least-squares(batch=4)&runners=armijo,lbfgs", 60);
  for (const int i : {0, 1}) {
    const Reading r = readingOf(*session, "largest rise", i);
    CHECK(std::isnan(r.predicted));
    CHECK(std::isnan(r.residual()));
    CHECK(r.measured > 0);
    CHECK(contains(r.pending, "a part of it"));
  }
  // A batch of all is f.
  const auto whole = raced("problem=least-squares(n=20,d=3,batch=20)&runners=armijo", 60);
  CHECK(readingOf(*whole, "largest rise").predicted == 0);
}

TEST_CASE("2/L is marked where the steps have that curvature, not for mini-batches", "[race]") {
  const auto marks = [](const std::string& problem) {
    return opened("lab=race&runners=sgd&problem=" + problem)->lab().marks();
  };
  CHECK(marks("least-squares(batch=1,kappa=1)").empty());
  CHECK(marks("logistic(batch=16)").empty());
  REQUIRE(marks("least-squares(batch=0)").size() == 1);
  // Noise that is added leaves the curvature 1 as it is; the toy's first phase has 50.
  REQUIRE(marks("noisy-quadratic").size() == 1);
  CHECK(marks("noisy-quadratic")[0].value == Approx(2).epsilon(1e-12));
  REQUIRE(marks("warmup-toy").size() == 1);
  CHECK(marks("warmup-toy")[0].value == Approx(0.04).epsilon(1e-12));
}

TEST_CASE("With noise in every slope SGD's loss rests at ½ Σ ηs²/(2 − ηλ)", "[race]") {
  // Curvatures 1, 10^(−1/2), 0.1; σ = 0.6 over 4 gradients: s² = 0.09.
  const std::string problem = "problem=noisy-quadratic(d=3,kappa=10,sigma=0.6,batch=4)&";
  const double eta = 0.5, middle = std::sqrt(0.1);
  const double expected =
      eta * 0.09 / 2 * (1 / (2 - eta) + 1 / (2 - eta * middle) + 1 / (2 - eta * 0.1));
  for (const char* seed : {"1", "2", "3"}) {
    INFO("seed " << seed);
    const auto session = raced(problem + "runners=sgd(lr=0.5)&steps=4000&seed=" + seed, 4000);
    const Reading r = readingOf(*session, "mean loss at rest");
    CHECK(r.predicted == Approx(expected).epsilon(1e-12));
    // Its own standard error is 3.6 %.
    CHECK(std::abs(r.residual()) < 0.1 * expected);
    CHECK(r.tolerance == Approx(2 * 0.036 * expected).epsilon(0.05));
  }
  const auto session = opened("lab=race&steps=4000&" + problem +
                              "runners=sgd(lr=0.5),sgd(lr=2.1),sgd(lr=0.5,schedule=cosine),"
                              "momentum(lr=0.1)");
  REQUIRE(session->advance(20));
  CHECK(std::isnan(readingOf(*session, "mean loss at rest", 0).measured));
  CHECK(contains(readingOf(*session, "mean loss at rest", 0).pending, "long enough"));
  CHECK(contains(readingOf(*session, "mean loss at rest", 1).pending, "does not come to rest"));
  CHECK(contains(readingOf(*session, "mean loss at rest", 2).pending, "rate is not constant"));
  for (const Reading& r : session->readings()) {
    CHECK((r.subject < 3 || !contains(r.quantity, "at rest")));
  }
}

TEST_CASE("On a bowl of κ = 10 SGD is marked at 2/L = 0.2", "[race]") {
  const auto session = opened(
      "lab=race&landscape=bowl(kappa=10,rotation=20)&"
      "runners=adam,sgd,momentum(beta=0.5),nesterov(beta=0.5),sgd(weightDecay=1)");
  const auto marks = session->lab().marks();
  REQUIRE(marks.size() == 3);
  CHECK(marks[0].subject == 1);
  CHECK(marks[0].knob == "lr");
  CHECK(marks[0].value == Approx(0.2).epsilon(1e-12));
  CHECK(marks[0].label == "2/L");
  CHECK(contains(marks[0].help, "L = 10"));
  CHECK(marks[1].value == Approx(0.3));   // 2(1 + β)/L
  CHECK(marks[2].value == Approx(0.15));  // (2 + 2β)/((1 + 2β)L)
}

TEST_CASE("The table says when a runner came within the tolerance, and what it keeps", "[race]") {
  const auto session = raced(
      "landscape=bowl(kappa=1)&runners=sgd(lr=0.5),adam(lr=1e-8),lookahead(momentum)"
      "&start=1,0&tolerance=0.1",
      30);
  const Table table = session->tables().at(0);
  CHECK(std::get<std::string>(table.rows[0].cells[0]) == "sgd");
  CHECK(std::get<double>(table.rows[0].cells[1]) == 4);  // 2⁻⁴ ≤ 0.1 < 2⁻³
  CHECK(std::get<std::string>(table.rows[1].cells[1]) == "not yet");
  CHECK(std::get<double>(table.rows[0].cells[4]) == 0);
  CHECK(std::get<double>(table.rows[1].cells[4]) == 2);
  CHECK(std::get<double>(table.rows[2].cells[4]) == 2);
  CHECK(std::get<std::string>(table.rows[0].cells[5]) == "running");
}
