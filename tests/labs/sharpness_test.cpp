// The curvature that training meets: the edge of stability, and SAM beside SGD.
#include <map>

#include "labs/labs.h"
#include "theory/edge_of_stability.h"

using namespace descent;

namespace {

const std::string kSharpness = "lab=sharpness&";
const std::string kMoons = kSharpness + "data=moons&size=40&validation=0.5&layers=4&loss=logistic&";

// Each preset is run once.
const Session& finishedOnce(const std::string& id) {
  static std::map<std::string, std::unique_ptr<Session>> sessions;
  auto& session = sessions[id];
  if (!session) session = finished("sharpness", id);
  return *session;
}

// What the readings say of hovering, by hand from the recorded series.
double shareNear(const Session& session, const std::string& curvature) {
  const auto lambda = data(session, curvature), limit = data(session, "limit/0");
  int near = 0, all = 0;
  bool reached = false;
  for (std::size_t t = 0; t < lambda.size(); ++t) {
    if (std::isnan(lambda[t])) continue;
    reached = reached || lambda[t] >= 0.9 * limit[t];
    all += reached;
    near += reached && std::abs(lambda[t] - limit[t]) <= 0.15 * limit[t];
  }
  REQUIRE(all > 100);
  return static_cast<double>(near) / all;
}

}  // namespace

TEST_CASE("Every preset of sharpness runs to its end with whole tables and series",
          "[sharpness][long]") {
  for (const Preset& preset : (*catalogue().find<Lab>("sharpness"))->presets) {
    INFO(preset.id);
    const Session& session = finishedOnce(preset.id);
    CHECK(session.isDone());
    for (const Channel& c : session.channels()) {
      INFO(c.name);
      CHECK(channel(session, c.name).shape == std::vector<int>{session.step() + 1});
    }
    for (const Table& table : session.tables()) {
      for (const Row& row : table.rows) CHECK(row.cells.size() == table.columns.size());
    }
    for (const Reading& r : session.readings()) {
      INFO(r.quantity << " of " << r.subject << ": " << r.judged());
      CHECK(r.verdict() != Verdict::kBroken);
      CHECK_FALSE(r.assumption.empty());
    }
    CHECK(unmet(preset, session) == std::vector<std::string>{});
    for (const SubjectState& state : session.lab().states()) CHECK(state.status == "running");
    CHECK(opened(session.spec().print())->lab().total() == session.lab().total());
  }
}

TEST_CASE("Gradient descent hovers within 15 % of 2/η once λₘₐₓ has reached 0.9 of it",
          "[sharpness]") {
  const Session& session = finishedOnce("edge");
  CHECK(last(session, "limit/0") == Approx(20));
  CHECK(shareNear(session, "sharpness/0") >= 0.9);
  CHECK(readingOf(session, "share").measured == Approx(shareNear(session, "sharpness/0")));
  CHECK(readingOf(session, "λₘₐₓ over 2/η").measured == Approx(1).epsilon(0.05));
  // It begins below, and takes its time.
  CHECK(data(session, "sharpness/0")[0] < 10);
  CHECK(readingOf(session, "first step").measured >= 500);
  CHECK(last(session, "loss/0") < data(session, "loss/0")[100] / 4);
}

TEST_CASE("A rate that changes has no edge to hover at", "[sharpness]") {
  const auto session =
      ran(kMoons + "steps=20&every=10&runners=sgd(lr=0.05,schedule=cosine),sgd(lr=0.05)", 2);
  const auto over = [&](int subject) { return readingOf(*session, "λₘₐₓ over 2/η", subject); };
  CHECK(contains(over(0).pending, "the rate has changed"));
  CHECK(contains(over(1).pending, "this loss flattens"));
  CHECK(over(1).predicted == 1);
  // How steadily it hovers is seen, not foretold.
  CHECK(std::isnan(readingOf(*session, "share within", 1).predicted));
}

TEST_CASE("Heavy ball hovers within 15 % of 2(1+β)/η", "[sharpness][long]") {
  const Session& session = finishedOnce("momentum");
  CHECK(last(session, "limit/0") == Approx(2 * 1.9 / 0.25));
  CHECK(shareNear(session, "sharpness/0") >= 0.85);
}

TEST_CASE("Adam's preconditioned λₘₐₓ hovers within 15 % of 38/η, its own does not",
          "[sharpness]") {
  const Session& session = finishedOnce("adam");
  CHECK(last(session, "limit/0") == Approx(38000));
  CHECK(shareNear(session, "preconditioned/0") >= 0.9);
  CHECK(last(session, "sharpness/0") < 100);
}

TEST_CASE("On random labels the curvature rises to its limit, and the labels are learnt",
          "[sharpness]") {
  const Session& session = finishedOnce("labels");
  CHECK(shareNear(session, "sharpness/0") >= 0.9);
  CHECK(last(session, "accuracy/0") >= 0.9);
}

TEST_CASE("SAM under label noise is flatter than SGD and less often wrong, mostly by far",
          "[sharpness][long]") {
  std::string spec;
  for (const Preset& p : (*catalogue().find<Lab>("sharpness"))->presets) {
    if (p.id == "sam") spec = p.spec;
  }
  // Measured at the end only.
  const auto every = spec.find("every=20");
  REQUIRE(every != std::string::npos);
  spec.replace(every, 8, "every=3000");
  int better = 0;
  for (int seed = 0; seed < 10; ++seed) {
    INFO("seed " << seed);
    const auto session = ran(spec + "&seed=" + std::to_string(seed), 1);
    const auto error = [&](const char* runner) {
      return 1 - last(*session, std::string("validationAccuracy/") + runner);
    };
    const auto lambda = [&](const char* runner) {
      return last(*session, std::string("sharpness/") + runner);
    };
    CHECK(lambda("1") < lambda("0"));
    CHECK(error("1") < error("0"));
    better += lambda("1") <= 0.3 * lambda("0") && error("1") <= 0.6 * error("0");
  }
  CHECK(better >= 6);
}

TEST_CASE("Without label noise SAM is flatter and gains little, two points in a hundred at most",
          "[sharpness][long]") {
  const Session& session = finishedOnce("clean");
  CHECK(last(session, "sharpness/1") < 0.5 * last(session, "sharpness/0"));
  std::string spec = presetOf("sharpness", "clean");
  spec.replace(spec.find("every=20"), 8, "every=3000");  // the end alone is looked at
  double gain = 0;
  for (const char* seed : {"1", "2", "3", "4", "5"}) {
    const auto other = ran(spec + "&seed=" + seed, 1);
    gain += (last(*other, "validationAccuracy/1") - last(*other, "validationAccuracy/0")) / 5;
  }
  CHECK(gain > -0.005);
  CHECK(gain < 0.02);
  // Two gradients a step against one.
  CHECK(last(session, "evaluations/1") == 2 * last(session, "evaluations/0"));
}

TEST_CASE("Hovering counts from the first sample that reaches the limit", "[sharpness]") {
  const double ratios[] = {0.2, 0.89, NAN, 0.9, 1.2, 1.1, 0.8};
  const auto h = theory::hovering(ratios);
  CHECK(h.first == 3);
  CHECK(h.samples == 4);
  CHECK(h.near == 2);
  CHECK(h.mean == Approx(1));
  CHECK(theory::hovering(std::span(ratios, 2)).first == -1);
  CHECK(std::isnan(theory::hovering(std::span(ratios, 2)).share()));
}

TEST_CASE("A limit stands where theory has one: full batches and no decorator", "[sharpness]") {
  const auto limits = [](const std::string& rest) {
    return hasChannel(*opened(kMoons + rest), "limit/0");
  };
  CHECK(limits("batch=0&runners=sgd"));
  CHECK(limits("batch=0&runners=rmsprop"));
  CHECK_FALSE(limits("batch=5&runners=sgd"));
  CHECK_FALSE(limits("batch=0&dropout=0.5&runners=sgd"));
  CHECK_FALSE(limits("batch=0&runners=sam(sgd)"));
  CHECK_FALSE(limits("batch=0&runners=lookahead(sgd)"));
  CHECK_FALSE(limits("batch=0&runners=adam(weightDecay=0.1)"));
  CHECK_FALSE(limits("batch=0&runners=lion"));
  const auto of = [](const std::string& runner) {
    return last(*ran(kMoons + "batch=0&every=1&steps=9&runners=" + runner, 1), "limit/0");
  };
  CHECK(of("momentum(lr=0.1,beta=0.5)") == Approx(30));
  CHECK(of("momentum(lr=0.1,beta=0.5,form=ema)") == Approx(60));
  CHECK(of("nesterov(lr=0.1,beta=0.5)") == Approx(15));
  CHECK(of("adamw(lr=0.1,beta1=0.8)") == Approx(180));
  CHECK(of("rmsprop(lr=0.1)") == Approx(20));
}

TEST_CASE("The rate may be turned while it runs, and the limit moves with it", "[sharpness]") {
  const auto session = ran(kMoons + "batch=0&every=2&steps=20&runners=sgd(lr=0.1)", 4);
  REQUIRE(session->set("runners", "sgd(lr=0.2)"));
  REQUIRE(session->advance(2));
  CHECK(data(*session, "limit/0")[4] == Approx(20));
  CHECK(data(*session, "limit/0")[6] == Approx(10));
}

TEST_CASE("Sharpness is measured at every few steps and at the last", "[sharpness]") {
  const auto session = ran(kMoons + "batch=5&every=7&steps=20&runners=sgd", 3);
  CHECK(session->lab().total() == 3);
  CHECK(session->lab().unit() == "measurement");
  CHECK(data(*session, "updates") == std::vector<double>{0, 7, 14, 20});
  CHECK(data(*session, "evaluations/0") == std::vector<double>{0, 7, 14, 20});
}

TEST_CASE("A scrubbed sharpness shows the same numbers as a straight one", "[sharpness]") {
  checkSeeks(kMoons + "batch=5&every=2&steps=120&runners=adam(lr=0.02),sam(momentum(lr=0.1))", 60);
}

TEST_CASE("A diverged runner leaves its rows empty and no task to do", "[sharpness]") {
  const auto session =
      ran(kSharpness + "data=waves&layers=none&steps=8000&every=500&runners=sgd(lr=10)", 16);
  CHECK(session->lab().states()[0].status == "diverged");
  CHECK(session->lab().states()[0].step <= 16);
  CHECK(std::isnan(last(*session, "loss/0")));
  CHECK(std::isnan(last(*session, "sharpness/0")));
  CHECK(session->lab().tasks().empty());
  CHECK_FALSE(session->startTask("surface"));
}

TEST_CASE("A run that has diverged hovers nowhere", "[sharpness]") {
  const auto session = ran(kSharpness + "runners=sgd(lr=1000)", 6);
  REQUIRE(session->lab().states()[0].status == "diverged");
  const Reading r = readingOf(*session, "λₘₐₓ over 2/η");
  CHECK(contains(r.pending, "the run has diverged"));
}

TEST_CASE("A loss for classes is refused where there are none", "[sharpness]") {
  const auto refused = Session::open(*Spec::parse(kSharpness + "loss=logistic"));
  REQUIRE_FALSE(refused);
  CHECK(refused.error().message.find("sharpness.loss must be squared") != std::string::npos);
}
