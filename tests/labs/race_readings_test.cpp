#include "labs/race.h"

using namespace descent;

namespace {

Reading decayOf(const std::string& runner, int steps = 100) {
  INFO(runner);
  const auto session = raced("landscape=bowl(kappa=10)&steps=20000&runners=" + runner, steps);
  const Reading r = readingOf(*session, "decay");
  CHECK((r.residual == r.measured - r.predicted || std::isnan(r.measured)));
  return r;
}

}  // namespace

TEST_CASE("On a bowl SGD's distance shrinks by |1 − ηλ| to 1e-9", "[race]") {
  for (const auto& [lr, expected] :
       {std::pair{"0.05", 0.95}, {"0.15", 0.85}, {"0.19", 0.9}, {"0.199", 0.99}, {"0.25", 1.5}}) {
    const Reading r = decayOf("sgd(lr=" + std::string(lr) + ")");
    CHECK(r.predicted == Approx(expected).epsilon(1e-12));
    CHECK(std::abs(r.residual) < 1e-9);
  }
}

TEST_CASE("A turned bowl and another start shrink as fast", "[race]") {
  const auto session =
      raced("landscape=bowl(kappa=25,rotation=37)&start=1,3&runners=sgd(lr=0.02)", 90);
  const Reading r = readingOf(*session, "decay");
  CHECK(r.predicted == Approx(0.98));
  CHECK(std::abs(r.residual) < 1e-9);
}

TEST_CASE("Where momentum oscillates its distance shrinks by √β", "[race]") {
  for (const char* form : {"sum", "heavy-ball"}) {
    for (const double beta : {0.5, 0.9, 0.99}) {
      const Reading r = decayOf("momentum(lr=0.1,beta=" + print(beta) + ",form=" + form + ")", 60);
      CHECK(r.quantity == "decay √β");
      CHECK(r.predicted == Approx(std::sqrt(beta)).epsilon(1e-12));
      CHECK(std::abs(r.residual) < 1e-6);
    }
  }
  CHECK(std::abs(decayOf("momentum(lr=0.8,beta=0.9,form=ema)").residual) < 1e-6);
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
    CHECK(std::abs(r.residual) < 1e-6);
  }
}

TEST_CASE("Nesterov's decay is measured in both regimes and both forms", "[race]") {
  for (const char* form : {"look-ahead", "framework"}) {
    for (const char* knobs : {"lr=0.05,beta=0.9", "lr=0.05,beta=0.2", "lr=0.12,beta=0.5",
                              "lr=0.15,beta=0.9", "lr=0.01,beta=0.5"}) {
      const Reading r = decayOf(std::string("nesterov(") + knobs + ",form=" + form + ")");
      CHECK(std::abs(r.residual) < 1e-6);
    }
  }
  CHECK(decayOf("nesterov(lr=0.05,beta=0.9)").quantity == "decay √(β(1−ηλ))");
}

TEST_CASE("A varying rate leaves the decay unmeasured and says why", "[race]") {
  const Reading varying = decayOf("sgd(lr=0.1,schedule=cosine)");
  CHECK(std::isnan(varying.measured));
  CHECK(std::isnan(varying.residual));
  CHECK(contains(varying.assumption, "while the rate is constant"));
  CHECK(std::isnan(decayOf("sgd(lr=0.1,schedule=warmup(steps=50))", 30).measured));
  CHECK(std::abs(decayOf("sgd(lr=0.1,schedule=warmup(steps=10))", 30).residual) < 1e-9);
}

TEST_CASE("There is no decay to measure in the first steps or far from the minimum", "[race]") {
  CHECK(contains(decayOf("sgd", 3).assumption, "after four steps"));
  CHECK(std::isnan(decayOf("sgd", 3).measured));
  const auto far = raced("landscape=rosenbrock&runners=sgd(lr=0.0001)", 10);
  CHECK(std::isnan(readingOf(*far, "decay").measured));
  CHECK(contains(readingOf(*far, "decay").assumption, "the run is not there yet"));
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
    CHECK(contains(readingOf(*session, "decay").assumption, "turned"));
    REQUIRE(session->advance(1));
  }
  CHECK(std::abs(readingOf(*session, "decay").residual) < 1e-9);
  // Another knob of the lab leaves the runners as they are.
  REQUIRE(session->set("tolerance", "0.01"));
  CHECK(std::abs(readingOf(*session, "decay").residual) < 1e-9);
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
}

TEST_CASE("Adam's first step is the rate, up to ε", "[race]") {
  const auto session = raced("landscape=rosenbrock&runners=adam(lr=0.05),adam(epsilon=1)", 5);
  const Reading r = readingOf(*session, "first step");
  CHECK(r.predicted == Approx(0.05).epsilon(1e-15));
  CHECK(std::abs(r.residual) < 1e-9);
  CHECK(contains(r.assumption, "ε is left out"));
  CHECK(readingOf(*session, "first step", 1).residual < 0);
  CHECK(std::isnan(readingOf(*opened("lab=race&runners=adam"), "first step").measured));
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
    CHECK(r.predicted == 0);
    CHECK(r.measured == 0);
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
