#include "schedules/schedules.h"

#include "labs/labs.h"

using namespace descent;

namespace {

const std::string kSchedules = "lab=schedules&";

std::vector<double> factors(const std::string& recipe, int total) {
  std::vector<double> all;
  const auto own = schedule(recipe);
  for (int t = 0; t <= total; ++t) all.push_back(own->factor(t, total));
  return all;
}

// |x| after t steps of x ← (1 − ηλ f)x along two curvatures.
double contracted(const Point& start, const Point& curvatures, double rate,
                  const std::vector<double>& f, int t) {
  Point x = start;
  for (int i = 0; i < t; ++i) {
    for (const int j : {0, 1}) x[j] *= 1 - rate * f[static_cast<std::size_t>(i)] * curvatures[j];
  }
  return x.norm();
}

}  // namespace

TEST_CASE("Every preset of the schedules opens and runs to its end", "[schedules-lab]") {
  checkPresets("schedules");
}

TEST_CASE("A curve holds the schedule's factors for t = 0 … T, before the first step",
          "[schedules-lab]") {
  const std::vector<std::string> recipes = {"constant", "cosine(floor=0.1)",
                                            "warmup(cosine, steps=5)", "step(every=7)",
                                            "exponential(form=end, end=0.001)"};
  const auto session = opened(kSchedules + "steps=37&schedules=" + join(recipes, ","));
  for (const int go : {0, 10}) {
    REQUIRE(session->advance(go));
    for (std::size_t i = 0; i < recipes.size(); ++i) {
      INFO(recipes[i]);
      const Array curve = channel(*session, "factor/" + std::to_string(i));
      CHECK(curve.shape == std::vector<int>{38});
      CHECK(sameBits(curve.data, factors(recipes[i], 37)));
    }
  }
  // ¹⁄₁₀ + ⁹⁄₁₀ · ½(1 + cos 0) and cos π.
  CHECK(channel(*session, "factor/1").data.front() == 1);
  CHECK(channel(*session, "factor/1").data.back() == Approx(0.1).epsilon(1e-14));
}

TEST_CASE("The run that a schedule drives is the race's with that schedule", "[schedules-lab]") {
  const std::string ground = "landscape=himmelblau&start=-1,-1&steps=60&";
  const auto own =
      ran(kSchedules + ground + "optimizer=adam(lr=0.2)&schedules=cosine,step(every=9)", 60);
  const auto race = raced(
      ground + "runners=adam(lr=0.2,schedule=cosine),adam(lr=0.2,schedule=step(every=9))", 60);
  for (const char* name : {"path", "loss", "distance", "gradient", "step"}) {
    for (const char* i : {"/0", "/1"}) {
      CHECK(sameBits(data(*own, std::string(name) + i), data(*race, std::string(name) + i)));
    }
  }
}

TEST_CASE("The schedule goes to the innermost optimizer, in the place of its own",
          "[schedules-lab]") {
  const std::string ground = "landscape=himmelblau&steps=40&";
  for (const auto& [optimizer, runner] :
       {std::pair{"lookahead(sgd(lr=0.01),k=3)", "lookahead(sgd(lr=0.01,schedule=cosine),k=3)"},
        {"lookahead(k=3,inner=sgd(lr=0.01))", "lookahead(sgd(lr=0.01,schedule=cosine),k=3)"},
        {"lookahead(k=3)", "lookahead(sgd(schedule=cosine),k=3)"},
        {"swa(clip(sgd(lr=0.01)))", "swa(clip(sgd(lr=0.01,schedule=cosine)))"},
        {"sgd(lr=0.01,schedule=step(every=2))", "sgd(lr=0.01,schedule=cosine)"},
        {"sgd(0.01)", "sgd(lr=0.01,schedule=cosine)"}}) {
    INFO(optimizer);
    const auto own = ran(kSchedules + ground + "schedules=cosine&optimizer=" + optimizer, 40);
    const auto race = raced(ground + "runners=" + runner, 40);
    CHECK(sameBits(data(*own, "path/0"), data(*race, "path/0")));
  }
  CHECK(contains(refusal(kSchedules + "optimizer=armijo"),
                 "schedules.optimizer must have a rate to schedule; armijo has none"));
}

TEST_CASE("On a bowl the distance is the product over the schedule, to 1e-12", "[schedules-lab]") {
  const std::vector<std::string> recipes = {"constant", "cosine", "step(every=30)",
                                            "warmup(cosine(floor=0.1), steps=10)", "wsd"};
  const auto session = opened(kSchedules);
  for (const int t : {0, 1, 7, 50, 100}) {
    REQUIRE(session->seek(t));
    for (std::size_t i = 0; i < recipes.size(); ++i) {
      INFO(recipes[i] << " at step " << t);
      const Reading r = readingOf(*session, "distance Π|1−ηₜλ|", static_cast<int>(i));
      // From (−4, 2) along the curvatures 1 and 10 at the peak rate 0.18.
      const double expected = contracted({-4, 2}, {1, 10}, 0.18, factors(recipes[i], 100), t);
      CHECK(r.predicted == Approx(expected).epsilon(1e-12));
      CHECK(std::abs(r.residual()) <= 1e-12 * r.predicted);
      CHECK(r.verdict() == Verdict::kHolds);
      CHECK(contains(r.assumption, "at step " + std::to_string(t)));
    }
  }
}

TEST_CASE("The product holds on any quadratic, and past the limit", "[schedules-lab]") {
  // Turned by 30°, the start turned with it lies at (2, 1) along the axes.
  const double c = std::sqrt(3.0) / 2, s = 0.5;
  const std::string start = print(2 * c - s) + "," + print(2 * s + c);
  const auto turned = ran(kSchedules + "landscape=bowl(kappa=25,rotation=30)&start=" + start +
                              "&optimizer=sgd(lr=0.06)&schedules=cosine,constant&steps=30",
                          30);
  for (const int i : {0, 1}) {
    const Reading r = readingOf(*turned, "distance Π", i);
    const double expected =
        contracted({2, 1}, {1, 25}, 0.06, factors(i == 0 ? "cosine" : "constant", 30), 30);
    CHECK(r.predicted == Approx(expected).epsilon(1e-10));
    CHECK(std::abs(r.residual()) <= 1e-10 * r.predicted);
  }
  const auto typed = ran(kSchedules +
                             "landscape=custom(f=\"(x-1)^2/2+5*(y+0.5)^2\")&start=-3,1.5&"
                             "optimizer=sgd(lr=0.1)&schedules=linear&steps=20",
                         20);
  const Reading r = readingOf(*typed, "distance Π");
  CHECK(r.predicted ==
        Approx(contracted({-4, 2}, {1, 10}, 0.1, factors("linear", 20), 20)).epsilon(1e-12));
  CHECK(std::abs(r.residual()) <= 1e-12);
  // Diverged, the product is that of the last step it took.
  const auto lost = ran(kSchedules + "optimizer=sgd(lr=0.25)&schedules=constant", 60);
  CHECK(lost->lab().states()[0].step == 37);
  CHECK(readingOf(*lost, "distance Π").predicted == Approx(2 * std::pow(1.5, 37)).epsilon(1e-9));
  CHECK(contains(readingOf(*lost, "distance Π").assumption, "at step 37"));
}

TEST_CASE("Where f bends or the optimizer remembers there is no product", "[schedules-lab]") {
  const auto bent = ran(kSchedules + "landscape=himmelblau&optimizer=sgd(lr=0.01)", 10);
  CHECK_FALSE(hasReading(*bent, "distance Π"));
  const auto heavy = ran(kSchedules + "optimizer=momentum(lr=0.05)&schedules=constant,cosine", 80);
  CHECK_FALSE(hasReading(*heavy, "distance Π"));
  // The race's own reading stands in their place: oscillating momentum shrinks by √0.9.
  CHECK(readingOf(*heavy, "decay").predicted == Approx(std::sqrt(0.9)).epsilon(1e-12));
  CHECK(std::abs(readingOf(*heavy, "decay").residual()) < 1e-6);
  const auto quartic = ran(kSchedules + "landscape=custom(f=\"x^2+y^2+0.01*x^4\")", 10);
  CHECK_FALSE(hasReading(*quartic, "distance Π"));
}

TEST_CASE("Nesterov remembers, though its c vanishes at ηλ = 1", "[schedules-lab]") {
  const auto session =
      ran(kSchedules + "optimizer=nesterov(lr=0.02)&landscape=bowl&schedules=constant,cosine", 60);
  for (const int i : {0, 1}) {
    CHECK_FALSE(hasReading(*session, "distance Π", i));
    CHECK(hasReading(*session, "decay", i));
  }
  const auto toy = ran(kSchedules +
                           "problem=warmup-toy&optimizer=nesterov(lr=0.05)&steps=200&"
                           "schedules=constant,warmup(steps=40)",
                       200);
  for (const int i : {0, 1}) CHECK_FALSE(hasReading(*toy, "steps beyond", i));
  // Without a share that is kept it is SGD, and so is momentum.
  for (const char* own : {"nesterov(lr=0.05,beta=0)", "momentum(lr=0.05,beta=0)"}) {
    INFO(own);
    const auto none = ran(kSchedules + "optimizer=" + own, 40);
    CHECK(std::abs(readingOf(*none, "distance Π").residual()) <= 1e-12);
  }
}

TEST_CASE("A kink on the way is no quadratic, whatever the curvature beside it",
          "[schedules-lab]") {
  // Hessians are diag(1, 10) on both sides of x = 1; the slope jumps by 3 there.
  const auto session = ran(kSchedules +
                               "landscape=custom(f=\"(x^2+10*y^2)/2+3*max(x-1,0)\")&start=2,1&"
                               "optimizer=sgd(lr=0.1)&schedules=constant",
                           40);
  CHECK_FALSE(hasReading(*session, "distance Π"));
}

TEST_CASE("Where noise or the distance decides, no step is said to be beyond the limit",
          "[schedules-lab]") {
  const auto growth = [](const std::string& problem, const std::string& rate) {
    return readingOf(*ran(kSchedules + "problem=" + problem + "&optimizer=sgd(lr=" + rate +
                              ")&schedules=constant&steps=60",
                          60),
                     "steps beyond");
  };
  const Reading noisy = growth("noisy-quadratic(d=1)", "0.5");
  CHECK(std::isnan(noisy.predicted));
  CHECK(contains(noisy.pending, "not least at the solution"));
  // From θ = 1 on ½·2θ² + ¼θ⁴ the curvature is 5 where it is 2 at the solution.
  const Reading far = growth("warmup-toy(high=2)", "0.1");
  CHECK(std::isnan(far.predicted));
  CHECK(contains(far.pending, "at step 1 it was too far"));
}

TEST_CASE("The limit of a sum is not drawn for its mini-batches", "[schedules-lab]") {
  CHECK_FALSE(hasChannel(*opened(kSchedules + "problem=least-squares(d=2,batch=4)"), "bound"));
  CHECK(hasChannel(*opened(kSchedules + "problem=least-squares(d=2)"), "bound"));
}

TEST_CASE("The limit 2/L is a curve where it is known, in units of the peak rate",
          "[schedules-lab]") {
  const auto bowl = opened(kSchedules + "steps=20");
  REQUIRE(hasChannel(*bowl, "bound"));
  const Array bound = channel(*bowl, "bound");
  CHECK(bound.shape == std::vector<int>{21});
  for (const double value : bound.data) CHECK(value == Approx(2 / 10.0 / 0.18).epsilon(1e-13));
  for (const Channel& c : bowl->channels()) {
    if (c.name == "bound")
      CHECK((c.kind == ChannelKind::kCurve && c.label == "limit 2/L" && c.subject == -1));
  }
  // Curvature 50 for 20 steps, then 1.
  const auto toy = opened(presetOf("schedules", "warm-up"));
  const auto steps = channel(*toy, "bound").data;
  REQUIRE(steps.size() == 201);
  for (std::size_t t = 0; t <= 200; ++t) {
    CHECK(steps[t] == Approx(t < 20 ? 2 / 50.0 / 0.15 : 2 / 0.15).epsilon(1e-13));
  }
  const auto heavy = opened(kSchedules + "optimizer=momentum(lr=0.05,beta=0.5)");
  CHECK(channel(*heavy, "bound").data[0] == Approx(2 * 1.5 / 10 / 0.05).epsilon(1e-13));
  for (const char* none :
       {"optimizer=adam", "landscape=custom(f=x)", "landscape=custom(f=\"-x^2\")",
        "problem=least-squares", "problem=two-scales"}) {
    INFO(none);
    CHECK_FALSE(hasChannel(*opened(kSchedules + none), "bound"));
    CHECK_FALSE(opened(kSchedules + none)->read("bound"));
  }
}

TEST_CASE("Only a warm-up longer than the steep phase survives the toy", "[schedules-lab]") {
  const auto session = finished("schedules", "warm-up");
  const auto states = session->lab().states();
  REQUIRE(states.size() == 4);
  for (const std::size_t i : {0, 1}) {
    CHECK(states[i].status == "diverged");
    CHECK(states[i].step <= 20);
    CHECK(contains(states[i].text, "> 2/L = 0.04"));
  }
  for (const std::size_t i : {2, 3}) {
    CHECK(states[i].status == "running");
    CHECK(data(*session, "loss/" + std::to_string(i)).back() < 1e-20);
  }
}

TEST_CASE("On the toy θ grows at exactly the steps whose rate is beyond 2/L", "[schedules-lab]") {
  const auto session = finished("schedules", "warm-up");
  for (int i = 0; i < 4; ++i) {
    const Reading r = readingOf(*session, "steps beyond 2/L", i);
    CHECK(r.residual() == 0);
    CHECK(r.tolerance == 0);
  }
  // 0.15 (t + 1)/w > 2/50 from t + 1 > 4w/15 on, until the phase ends at 20 or the run does.
  CHECK(readingOf(*session, "steps beyond", 0).predicted == session->lab().states()[0].step);
  CHECK(readingOf(*session, "steps beyond", 1).predicted == session->lab().states()[1].step - 5);
  CHECK(readingOf(*session, "steps beyond", 2).predicted == 10);
  CHECK(readingOf(*session, "steps beyond", 3).predicted == 0);
  // Seen halfway, only what has been.
  REQUIRE(session->seek(15));
  CHECK(readingOf(*session, "steps beyond", 2).predicted == 5);
  CHECK(readingOf(*session, "steps beyond", 2).measured == 5);
}

TEST_CASE("Of two basins cosine ends in the wide one, exponential in the sharp",
          "[schedules-lab]") {
  const auto session = finished("schedules", "basins");
  // f'(x) along y = 0, by bisection around each basin's floor.
  const auto slope = [](double x) {
    return 30 * (x + 1.5) * std::exp(-(x + 1.5) * (x + 1.5) / 0.02) +
           (x - 1) / 0.81 * std::exp(-(x - 1) * (x - 1) / 1.62) + 0.1 * x;
  };
  const auto root = [&](double low, double high) {
    for (int i = 0; i < 60; ++i) (slope((low + high) / 2) < 0 ? low : high) = (low + high) / 2;
    return low;
  };
  const double wide = root(0.5, 1.5), sharp = root(-1.55, -1.45);
  CHECK(wide == Approx(0.925).margin(1e-3));
  CHECK(sharp == Approx(-1.493).margin(1e-3));
  const auto cosine = data(*session, "path/0"), exponential = data(*session, "path/1");
  CHECK(cosine[200] == Approx(wide).margin(1e-3));
  CHECK(exponential[200] == Approx(sharp).margin(1e-3));
  // Both had been in the sharp one's reach.
  CHECK(data(*session, "loss/0").back() == Approx(-0.954).margin(1e-3));
  CHECK(data(*session, "loss/1").back() == Approx(-0.209).margin(1e-3));
}

TEST_CASE("The table tells the mean factor, the loss, how all stand and PyTorch's line",
          "[schedules-lab]") {
  const auto session =
      ran(kSchedules + "schedules=constant,cosine,linear(end=0),step(every=50)", 40);
  const Table table = session->tables().at(0);
  REQUIRE(table.rows.size() == 4);
  const auto mean = [&](std::size_t i) { return std::get<double>(table.rows[i].cells[1]); };
  CHECK(mean(0) == 1);
  // Over t = 0 … 99 the cosines sum to 1 and the line to 50½.
  CHECK(mean(1) == Approx(0.505).epsilon(1e-13));
  CHECK(mean(2) == Approx(0.505).epsilon(1e-13));
  CHECK(mean(3) == Approx(0.55).epsilon(1e-13));
  CHECK(std::get<double>(table.rows[1].cells[2]) == data(*session, "loss/1").back());
  CHECK(std::get<std::string>(table.rows[1].cells[3]) == "running");
  CHECK(std::get<std::string>(table.rows[1].cells[4]) == "CosineAnnealingLR(optimizer, T_max=100)");
  CHECK(std::get<std::string>(table.rows[3].cells[4]) == schedule("step(every=50)")->pytorch(100));
}

TEST_CASE("Schedules are labelled by what tells them apart, and have styles that do",
          "[schedules-lab]") {
  const auto session =
      opened(kSchedules + "schedules=cosine,warmup(steps=5),warmup(steps=9),cosine(floor=0.5)");
  const auto subjects = session->lab().subjects();
  REQUIRE(subjects.size() == 4);
  CHECK(subjects[0].label == "cosine");
  CHECK(subjects[1].label == "warmup steps=5");
  CHECK(subjects[2].label == "warmup steps=9");
  CHECK(subjects[3].label == "cosine floor=0.5");
  CHECK(subjects[3].recipe == "cosine(floor=0.5)");
  const auto all = opened(kSchedules +
                          "schedules=constant,constant,constant,constant,constant,constant,"
                          "constant,constant");
  const auto eight = all->lab().subjects();
  for (std::size_t i = 0; i < eight.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      CHECK(
          (eight[i].style.hue != eight[j].style.hue || eight[i].style.slot != eight[j].style.slot));
    }
  }
}

TEST_CASE("The schedules' subtitle names the optimizer and the ground", "[schedules-lab]") {
  CHECK(opened(kSchedules)->lab().subtitle() == "sgd(lr=0.18) on bowl");
  CHECK(opened(kSchedules + "optimizer=adam&problem=warmup-toy(high=9)")->lab().subtitle() ==
        "adam on warmup-toy(high=9)");
}

TEST_CASE("A path is there on a surface alone", "[schedules-lab]") {
  CHECK(hasChannel(*opened(kSchedules), "path/0"));
  const auto session = opened(kSchedules + "problem=logistic&steps=5&schedules=cosine");
  CHECK(channelNames(*session) ==
        std::vector<std::string>{"loss/0", "distance/0", "gradient/0", "step/0", "factor/0"});
}

TEST_CASE("Any other knob is another run of the schedules", "[schedules-lab]") {
  const auto session = ran(kSchedules + "steps=20", 10);
  for (const auto& [knob, value] : {std::pair{"schedules", "cosine"},
                                    {"optimizer", "sgd(lr=0.1)"},
                                    {"steps", "30"},
                                    {"landscape", "himmelblau"},
                                    {"seed", "1"}}) {
    INFO(knob);
    REQUIRE(session->set(knob, value));
    CHECK(session->step() == 0);
    REQUIRE(session->advance(5));
  }
  CHECK(contains(session->spec().print(), "schedules=cosine"));
  CHECK(
      refusal(kSchedules + "turned=3:steps=9").rfind("turned: schedules has no knob 'steps'", 0) ==
      0);
}

TEST_CASE("A sought run of the schedules shows the same numbers", "[schedules-lab]") {
  checkSeeks(kSchedules + "steps=40", 40);
  checkSeeks(
      kSchedules + "problem=warmup-toy&optimizer=sgd(lr=0.15)&schedules=warmup(steps=40),constant",
      40);
  checkSeeks(kSchedules + "problem=least-squares(batch=8)&optimizer=adamw&schedules=cosine", 40);
}

TEST_CASE("Bad knobs of the schedules are refused", "[schedules-lab]") {
  CHECK(contains(refusal(kSchedules + "schedules=cosin"), "did you mean cosine?"));
  CHECK(contains(refusal(kSchedules + "schedules="),
                 "schedules.schedules must be 1 to 8 recipes, got 0"));
  CHECK(contains(refusal(kSchedules + "schedules=cosine(floor=2)"),
                 "cosine.floor must be in [0, 1]"));
  CHECK(contains(refusal(kSchedules + "schedules=cosine("), "schedules.schedules, column 8"));
  CHECK(contains(refusal(kSchedules + "optimizer=sdg"), "did you mean sgd?"));
  CHECK(contains(refusal(kSchedules + "steps=0"),
                 "schedules.steps must be a whole number in [1, 20000]"));
  CHECK(contains(refusal(kSchedules + "problem=lest-squares"), "did you mean least-squares?"));
  CHECK(refusal(kSchedules + "problem=least-squares&start=1,2") ==
        "schedules.start must be auto or random where there is no surface, got 1,2");
  CHECK(contains(refusal(kSchedules + "start=1"), "schedules.start must be x,y"));
}
