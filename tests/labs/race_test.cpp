#include <set>

#include "labs/labs.h"

using namespace descent;

namespace {

const std::vector<std::string> kSeries = {"path",     "loss", "distance",
                                          "gradient", "step", "evaluations"};

std::vector<std::string> labels(const std::string& runners) {
  std::vector<std::string> all;
  for (const Subject& s : opened("lab=race&runners=" + runners)->lab().subjects()) {
    all.push_back(s.label);
  }
  return all;
}

}  // namespace

TEST_CASE("A diverging runner says when, where, and which bound it broke", "[race]") {
  const auto session =
      raced("landscape=bowl(kappa=10)&runners=sgd(lr=0.25),sgd(lr=0.15)&steps=100", 60);
  const auto states = session->lab().states();
  CHECK(states[0].status == "diverged");
  // |−1.5|ᵗ · 2 passes 10⁶ windows of 4.5 at t = 37: y is the steep coordinate.
  CHECK(states[0].step == 37);
  for (const char* part :
       {"diverged at step 37", "|θ| passed 4.5e6", "along (0, -1)", "lr 0.25 > 2/L = 0.2"}) {
    CHECK(contains(states[0].text, part));
  }
  CHECK(states[1].status == "running");
  CHECK(states[1].text == "");
  CHECK_FALSE(session->isDone());
  for (const std::string& name : kSeries) {
    const std::size_t width = name == "path" ? 2 : 1;
    CHECK(allNaN(data(*session, name + "/0"), 38 * width));
    CHECK_FALSE(std::isnan(data(*session, name + "/0")[37 * width]));
    CHECK_FALSE(std::isnan(data(*session, name + "/1").back()));
  }
  CHECK(std::abs(data(*session, "path/0")[2 * 36 + 1]) < 4.5e6);
  CHECK(channel(*session, "gradientArrow/0").data.empty());
}

TEST_CASE("A divergence that no bound foretells names none", "[race]") {
  const auto session = raced(
      "landscape=rosenbrock&runners=sgd(lr=0.001,weightDecay=10),"
      "adam(lr=1000),sgd(lr=1000)",
      30);
  const auto states = session->lab().states();
  CHECK(states[2].status == "diverged");
  CHECK(contains(states[2].text, "lr 1000 > 2/L"));
  const auto bold = raced("landscape=rosenbrock&runners=sgd(lr=0.0019)&start=2,-1", 100);
  CHECK(bold->lab().states()[0].status == "diverged");
  CHECK_FALSE(contains(bold->lab().states()[0].text, "2/L"));
}

TEST_CASE("When all have diverged the run is done, and goes on without harm", "[race]") {
  const auto session = raced("landscape=bowl&runners=sgd(lr=1000),momentum(lr=1000)", 10);
  CHECK(session->isDone());
  REQUIRE(session->advance(1000));
  session->readings();
  session->tables();
  for (const Channel& c : session->channels()) {
    if (c.name != "field") channel(*session, c.name);
  }
}

TEST_CASE("A converged runner holds its place and its counts", "[race]") {
  const auto session = raced("landscape=bowl(kappa=1)&runners=armijo,sgd(lr=0.1)", 20);
  const auto state = session->lab().states()[0];
  CHECK(state.status == "converged");
  CHECK(state.step == 2);
  CHECK(contains(state.text, "converged at step 2"));
  const auto path = data(*session, "path/0"), evaluations = data(*session, "evaluations/0");
  for (std::size_t t = 1; t <= 20; ++t) {
    CHECK(path[2 * t] == 0);
    CHECK(path[2 * t + 1] == 0);
    CHECK(evaluations[t] == (t < 2 ? 1 : 2));
    if (t > 1) CHECK(data(*session, "step/0")[t] == 0);
  }
  CHECK_FALSE(session->isDone());
  CHECK(raced("landscape=bowl(kappa=1)&runners=armijo", 2)->isDone());
}

TEST_CASE("A random start depends on the seed alone and lies in the window", "[race]") {
  std::set<double> seen;
  for (int seed = 0; seed < 40; ++seed) {
    for (const char* landscape : {"himmelblau", "rosenbrock"}) {
      const std::string spec = std::string("lab=race&start=random&landscape=") + landscape +
                               "&seed=" + std::to_string(seed);
      const auto start = data(*opened(spec + "&runners=sgd"), "start");
      CHECK(start == data(*opened(spec + "&runners=adam,newton&steps=7"), "start"));
      const Window w = surface(landscape)->window();
      CHECK((start[0] >= w.x0 && start[0] < w.x1 && start[1] >= w.y0 && start[1] < w.y1));
      seen.insert(start[0]);
    }
  }
  CHECK(seen.size() == 80);
}

TEST_CASE("A random start has nothing of the problem's data", "[race]") {
  // By tests/reference/pcg.py and NumPy, with W and the keys, or θ and the noise, drawn for their
  // own purposes from seed 7. Were the columns of W the keys, up to their lengths, it would
  // be 2.77; were θ the noise, 3.32.
  const auto loss = [](const std::string& problem) {
    return data(*opened("lab=race&start=random&runners=sgd&problem=" + problem), "loss/0").at(0);
  };
  CHECK(loss("associative-memory") == Approx(3.5458594453072263).epsilon(1e-12));
  CHECK(loss("polynomial-fit") == Approx(4.895760646754773).epsilon(1e-12));
}

TEST_CASE("A start is a point, auto or random, with or without spaces", "[race]") {
  CHECK(data(*opened("lab=race&start=%20-1.5%20,%202%20"), "start") ==
        std::vector<double>{-1.5, 2});
  for (const char* word : {"auto", "random"}) {
    const std::string spec = std::string("lab=race&start=");
    CHECK(data(*opened(spec + "%20" + word + "%20"), "start") ==
          data(*opened(spec + word), "start"));
  }
  for (const char* bad : {"", "1", "1,2,3", "a,b", "1,", "1e7,0", "inf,0", "nan,nan", "Auto"}) {
    const std::string message = refusal(std::string("lab=race&start=") + bad);
    CHECK(contains(message,
                   "race.start must be x,y with numbers in [-1000000, 1000000], or one "
                   "of auto, random, got "));
  }
}

TEST_CASE("Labels name the knob by which runners of one kind differ", "[race]") {
  using Labels = std::vector<std::string>;
  CHECK(labels("sgd,adam") == Labels{"sgd", "adam"});
  CHECK(labels("sgd(lr=0.1),sgd(lr=0.2),adam") == Labels{"sgd lr=0.1", "sgd lr=0.2", "adam"});
  CHECK(labels("adam(lr=0.1,beta2=0.9),adam(lr=0.1,beta2=0.99)") ==
        Labels{"adam beta2=0.9", "adam beta2=0.99"});
  CHECK(labels("lookahead(sgd,k=3),lookahead(sgd,k=9)") ==
        Labels{"lookahead/sgd k=3", "lookahead/sgd k=9"});
  CHECK(labels("lookahead(sgd),lookahead(adam)") == Labels{"lookahead/sgd", "lookahead/adam"});
}

TEST_CASE("A second runner of a kind is hollow, decorators have a ring and the inner hue",
          "[race]") {
  const auto session = opened(
      "lab=race&runners=sgd(lr=0.1),adam,sgd(lr=0.2),lookahead(sam(adam)),"
      "sam(adam)");
  const auto subjects = session->lab().subjects();
  const Style adam = (*catalogue().find<Optimizer>("adam"))->style;
  CHECK_FALSE(subjects[0].style.hollow);
  CHECK(subjects[2].style.hollow);
  CHECK(subjects[2].style.hue == subjects[0].style.hue);
  CHECK_FALSE(subjects[1].style.ring);
  for (const std::size_t i : {std::size_t{3}, std::size_t{4}}) {
    CHECK(subjects[i].style.ring);
    CHECK_FALSE(subjects[i].style.hollow);
    CHECK(subjects[i].style.hue == adam.hue);
    CHECK(subjects[i].style.slot == adam.slot);
  }
  CHECK(subjects[3].recipe == "lookahead(sam(adam))");
  CHECK(session->lab().subtitle() == "himmelblau, one start, five runners");
}

TEST_CASE("One to eight runners race, of known optimizers", "[race]") {
  CHECK(contains(refusal("lab=race&runners="), "race.runners must be 1 to 8 recipes, got 0"));
  CHECK(contains(refusal("lab=race&runners=a,b,c,d,e,f,g,h,i"), "1 to 8 recipes, got 9"));
  CHECK(contains(refusal("lab=race&runners=sgd,sdg"), "did you mean sgd?"));
  CHECK(contains(refusal("lab=race&runners=sgd("), "race.runners, column 5"));
  CHECK(contains(refusal("lab=race&landscape=bowl,bowl"), "race.landscape, column 5"));
  CHECK(contains(refusal("lab=race&landscape=sgd"), "unknown landscape 'sgd'"));
}

TEST_CASE("A live turn of the rate keeps the momentum", "[race]") {
  const auto session = raced("landscape=bowl(kappa=1)&runners=momentum(lr=0.1,beta=0.5)", 1);
  REQUIRE(session->set("runners", "momentum(lr=0.2,beta=0.25)"));
  CHECK(session->step() == 1);
  REQUIRE(session->advance(1));
  // v₁ = −4, θ₁ = −3.6; v₂ = −4/4 − 3.6, θ₂ = −3.6 + 0.2 · 4.6
  CHECK(data(*session, "path/0")[4] == Approx(-2.68));
  CHECK(session->lab().subjects()[0].recipe == "momentum(lr=0.2, beta=0.25)");
  // Others are another race.
  REQUIRE(session->set("runners", "momentum,sgd"));
  CHECK(session->step() == 0);
  REQUIRE(session->advance(3));
  REQUIRE(session->set("runners", "momentum,lookahead(sgd)"));
  CHECK(session->step() == 0);
}

TEST_CASE("A race that is turned and scrubbed equals the straight one to the bit", "[race]") {
  const std::string spec =
      "landscape=rosenbrock&runners=lookahead(sam(adam(lr=0.05))),momentum(lr=0.0005),armijo,"
      "nesterov(lr=0.0003),muon,newton&steps=400&turned=50:runners=lookahead(sam(adam(lr=0.1))),"
      "momentum(lr=0.0002),armijo,nesterov(lr=0.0003),muon,newton";
  const auto straight = raced(spec, 400), scrubbed = raced(spec, 400);
  Random random(3);
  for (int i = 0; i < 40; ++i) {
    REQUIRE(scrubbed->seek(random.below(401)));
    REQUIRE(scrubbed->advance(random.below(3)));
    REQUIRE(scrubbed->seek(400));
  }
  for (int i = 0; i < 6; ++i) {
    for (const std::string& name : kSeries) {
      const std::string at = name + "/" + std::to_string(i);
      INFO(at);
      CHECK(sameBits(data(*straight, at), data(*scrubbed, at)));
    }
  }
  CHECK(straight->spec().print() == scrubbed->spec().print());
}

TEST_CASE("Every preset of the race shows what it says, and none diverges", "[race]") {
  checkPresets("race");
  for (const Preset& preset : (*catalogue().find<Lab>("race"))->presets) {
    INFO(preset.id);
    const auto session = opened(preset.spec);
    REQUIRE(session->advance(300));
    for (const SubjectState& s : session->lab().states()) {
      INFO(s.text);
      CHECK(s.status != "diverged");
    }
  }
}

TEST_CASE("A run whose optimizer can no longer square gradients says so", "[race]") {
  // 1e160 x²: the gradient at 1 is 2e160, its square beyond the numbers, and the step 0.
  const auto session = raced(
      "landscape=custom(f=\"1e160*x^2+y^2\")&runners=adam(lr=0.1),rmsprop,adagrad,armijo&"
      "start=1,1",
      3);
  const auto states = session->lab().states();
  CHECK(states[0].text == "diverged at step 1: its second moment left the finite numbers");
  for (const std::size_t i : {1, 2}) {
    CHECK(states[i].status == "diverged");
    CHECK(contains(states[i].text, "left the finite numbers"));
  }
  CHECK(states[3].status != "diverged");
}

TEST_CASE("A run that cannot begin stays at its start, and nothing is predicted of a step",
          "[race]") {
  for (const char* start :
       {"landscape=custom(f=\"log(x)\")&start=-1,0", "landscape=custom(f=\"sqrt(x)\")&start=0,0"}) {
    INFO(start);
    const auto session = raced(std::string(start) + "&runners=adam(lr=0.1),sgd", 3);
    for (const char* path : {"path/0", "path/1"}) {
      const auto points = data(*session, path);
      CHECK(points[2] == points[0]);
      CHECK(points[3] == points[1]);
    }
    CHECK(session->lab().states()[0].status == "diverged");
    for (const Reading& r : session->readings()) CHECK(std::isnan(r.predicted));
  }
}
