#include "labs/labs.h"

using namespace descent;

namespace {

const std::string kMoments = "lab=moments&";

std::unique_ptr<Session> stepped(const std::string& spec, int steps) {
  return ran(kMoments + spec, steps);
}

// m and v of a stream as weighted sums: Σ (1 − β) β^(t−i) gᵢ.
double weighted(const std::vector<double>& g, double beta, std::size_t t, bool squares) {
  double sum = 0;
  for (std::size_t i = 1; i <= t; ++i) {
    sum += (1 - beta) * std::pow(beta, static_cast<double>(t - i)) * (squares ? g[i] * g[i] : g[i]);
  }
  return sum;
}

}  // namespace

TEST_CASE("Every preset of the moments shows what it says", "[moments]") {
  checkPresets("moments");
  for (const Preset& preset : (*catalogue().find<Lab>("moments"))->presets) {
    INFO(preset.id);
    const auto session = finished("moments", preset.id);
    for (const char* weights : {"weightsM", "weightsV"}) {
      CHECK(channel(*session, weights).shape == std::vector<int>{session->step() + 1});
    }
    for (const SubjectState& s : session->lab().states()) CHECK(s.status == "running");
  }
}

TEST_CASE("The streams are what they are called", "[moments]") {
  const auto g = [](const std::string& spec) {
    return data(*stepped("methods=signsgd&size=2&" + spec, 12), "g");
  };
  const double n = std::nan("");
  const auto same = [](const std::vector<double>& a, const std::vector<double>& b) {
    REQUIRE(a.size() == b.size());
    CHECK((std::isnan(a[0]) && std::isnan(b[0])));
    for (std::size_t i = 1; i < a.size(); ++i) CHECK(a[i] == Approx(b[i]).epsilon(1e-14));
  };
  same(g("stream=constant"), {n, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2});
  same(g("stream=sparse&period=5"), {n, 0, 0, 0, 0, 2, 0, 0, 0, 0, 2, 0, 0});
  same(g("stream=flip&period=1"), {n, 2, -2, 2, -2, 2, -2, 2, -2, 2, -2, 2, -2});
  same(g("stream=flip&period=3"), {n, 2, 2, 2, -2, -2, -2, 2, 2, 2, -2, -2, -2});
  same(g("stream=spike&period=4&noise=0"), {n, 2, 2, 2, 40, 2, 2, 2, 2, 2, 2, 2, 2});
  same(g("stream=noisy&noise=0"), {n, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2});
  const auto formula = g("stream=formula&formula=t^2-3");
  for (std::size_t t = 1; t <= 12; ++t) CHECK(formula[t] == static_cast<double>(t * t) - 3);
  const auto standard = g("stream=formula");
  for (std::size_t t = 1; t <= 12; ++t) {
    const auto at = static_cast<double>(t);
    CHECK(standard[t] == Approx(std::exp(-at / 40) * std::cos(at / 6)).epsilon(1e-14));
  }
}

TEST_CASE("Noise has the size's mean and the noise's deviation, drawn by seed and step alone",
          "[moments]") {
  constexpr int n = 5000;
  const std::string spec = "stream=noisy&size=3&noise=2&methods=signsgd&steps=5000";
  const auto g = data(*stepped(spec, n), "g");
  double mean = 0, square = 0;
  for (std::size_t t = 1; t <= n; ++t) {
    mean += g[t] / n;
    square += (g[t] - 3) * (g[t] - 3) / n;
  }
  CHECK(std::abs(mean - 3) <= 4 * 2 / std::sqrt(n));
  CHECK(square == Approx(4).epsilon(4 * std::sqrt(2.0 / n)));
  const auto first = std::vector<double>(g.begin() + 1, g.begin() + 21);
  const auto head = [](const Session& session) {
    const auto all = data(session, "g");
    return std::vector<double>(all.begin() + 1, all.begin() + 21);
  };
  CHECK(sameBits(head(*stepped(spec + "&seed=7", 20)), first));
  CHECK(sameBits(head(*stepped("stream=noisy&size=3&noise=2&methods=adam,lion&steps=50", 20)),
                 first));
  CHECK_FALSE(sameBits(head(*stepped(spec + "&seed=8", 20)), first));
}

TEST_CASE("Moments, corrected moments and weights are those of the stream", "[moments]") {
  for (const char* spec : {"stream=noisy", "stream=spike&period=9&beta1=0.8&beta2=0.9",
                           "stream=formula&beta1=0&beta2=0.99", "stream=sparse&period=4"}) {
    INFO(spec);
    const auto session = stepped(spec, 30);
    const auto g = data(*session, "g"), m = data(*session, "m"), mHat = data(*session, "mHat"),
               rootV = data(*session, "rootV"), rootVHat = data(*session, "rootVHat");
    double beta1 = 0.9, beta2 = 0.999;
    for (const Knob& knob : session->knobs()) {
      if (knob.id == "beta1") beta1 = *parseNumber(knob.value);
      if (knob.id == "beta2") beta2 = *parseNumber(knob.value);
    }
    for (const auto& series : {m, mHat, rootV, rootVHat}) CHECK(std::isnan(series[0]));
    for (std::size_t t = 1; t <= 30; ++t) {
      const auto at = static_cast<double>(t);
      const double first = weighted(g, beta1, t, false), second = weighted(g, beta2, t, true);
      CHECK(m[t] == Approx(first).epsilon(1e-12).margin(1e-15));
      CHECK(rootV[t] == Approx(std::sqrt(second)).epsilon(1e-12).margin(1e-15));
      CHECK(mHat[t] == Approx(first / (1 - std::pow(beta1, at))).epsilon(1e-12).margin(1e-15));
      CHECK(rootVHat[t] ==
            Approx(std::sqrt(second / (1 - std::pow(beta2, at)))).epsilon(1e-12).margin(1e-15));
    }
    const auto inM = data(*session, "weightsM"), inV = data(*session, "weightsV");
    REQUIRE(inM.size() == 31);
    CHECK(std::isnan(inM[0]));
    double sumM = 0, sumV = 0, mean = 0;
    for (std::size_t i = 1; i <= 30; ++i) {
      sumM += inM[i];
      sumV += inV[i];
      mean += inM[i] * g[i];
    }
    CHECK(sumM == Approx(1 - std::pow(beta1, 30)).epsilon(1e-13));
    CHECK(sumV == Approx(1 - std::pow(beta2, 30)).epsilon(1e-11));
    CHECK(mean == Approx(m[30]).epsilon(1e-12));
    CHECK(inM[30] == Approx(1 - beta1).epsilon(1e-14));
    CHECK(inV[30] == Approx(1 - beta2).epsilon(1e-12));
  }
}

TEST_CASE("Weights are those of the step now, also after a seek back", "[moments]") {
  const auto session = stepped("", 20);
  REQUIRE(session->seek(3));
  const auto weights = data(*session, "weightsM");
  REQUIRE(weights.size() == 4);
  CHECK(weights[1] == Approx(0.1 * 0.81));
  CHECK(weights[2] == Approx(0.1 * 0.9));
  CHECK(weights[3] == Approx(0.1));
}

TEST_CASE("Without bias correction the first step is (1 − β₁)/√(1 − β₂) of the rate", "[moments]") {
  const std::string methods =
      "stream=constant&methods=adam,adam(biasCorrection=none),adam(biasCorrection=first),"
      "adam(biasCorrection=second),adam(biasCorrection=none,start=first-gradient)";
  const auto check = [&](const std::string& spec, double beta1, double beta2) {
    INFO(spec);
    const auto session = stepped(methods + spec, 5);
    const double m = 1 - beta1, v = std::sqrt(1 - beta2);
    const double expected[] = {1, m / v, 1 / v, m, 1};
    for (int i = 0; i < 5; ++i) {
      const Reading r = readingOf(*session, "first step / η", i);
      CHECK(r.predicted == Approx(expected[i]).epsilon(1e-13));
      // ε = 1e-8 beside √v = |g| √(1 − β₂).
      CHECK(std::abs(r.residual()) <= 1.1e-8 / v * r.predicted);
      CHECK(data(*session, "step/" + std::to_string(i))[1] == r.measured);
    }
  };
  check("", 0.9, 0.999);
  check("&beta2=0.95", 0.9, 0.95);
  check("&beta1=0.5&beta2=0.9", 0.5, 0.9);
  const auto common = stepped(methods, 1);
  CHECK(readingOf(*common, "first step", 1).measured == Approx(3.1623).epsilon(1e-5));
  CHECK(readingOf(*stepped(methods + "&beta2=0.95", 1), "first step", 1).measured ==
        Approx(0.4472).epsilon(1e-4));
  // Before the first step there is nothing measured.
  CHECK(std::isnan(readingOf(*opened(kMoments + methods), "first step").measured));
}

TEST_CASE("A method keeps the betas that its recipe gives, and has the lab's otherwise",
          "[moments]") {
  const auto session = stepped(
      "stream=constant&beta1=0.5&beta2=0.75&methods=adam(biasCorrection=none),"
      "adam(biasCorrection=none,beta1=0.8),adam(biasCorrection=none,beta2=0.99,beta1=0)",
      1);
  // (1 − β₁)/√(1 − β₂)
  CHECK(data(*session, "step/0")[1] == Approx(0.5 / 0.5).epsilon(1e-6));
  CHECK(data(*session, "step/1")[1] == Approx(0.2 / 0.5).epsilon(1e-6));
  CHECK(data(*session, "step/2")[1] == Approx(1 / 0.1).epsilon(1e-6));
  const auto subjects = session->lab().subjects();
  CHECK(subjects[0].recipe == "adam(biasCorrection=none)");
  CHECK(subjects[1].label == "adam beta1=0.8");
}

TEST_CASE("On a constant gradient Adam walks at its rate and AdaGrad slows like 1/√t",
          "[moments]") {
  const auto session = stepped("stream=constant&size=-3&methods=adam(lr=0.01),adagrad,rmsprop", 50);
  const auto adam = data(*session, "position/0"), adagrad = data(*session, "step/1"),
             rmsprop = data(*session, "step/2");
  CHECK(adam[0] == 0);
  for (std::size_t t = 1; t <= 50; ++t) {
    const auto at = static_cast<double>(t);
    CHECK(adam[t] == Approx(0.01 * at).epsilon(1e-7));  // against the slope
    CHECK(adagrad[t] == Approx(1 / std::sqrt(at)).epsilon(1e-7));
    CHECK(std::isfinite(rmsprop[t]));
  }
  const Reading r = readingOf(*session, "step / η = 1/√t", 1);
  CHECK(r.predicted == Approx(1 / std::sqrt(50.0)).epsilon(1e-14));
  CHECK(std::abs(r.residual()) <= 1e-7);
  CHECK(readingOf(*session, "m̂ on a constant gradient", -1).predicted == -3);
  CHECK(std::abs(readingOf(*session, "m̂ on a constant gradient", -1).residual()) <= 1e-13);
  CHECK(readingOf(*session, "√v̂ on a constant gradient", -1).predicted == 3);
  CHECK(std::abs(readingOf(*session, "√v̂ on a constant gradient", -1).residual()) <= 1e-12);
  CHECK_FALSE(hasReading(*stepped("stream=noisy&methods=adagrad", 9), "step / η = 1/√t"));
  CHECK_FALSE(hasReading(*stepped("stream=noisy", 9), "m̂ on", -1));
}

TEST_CASE("On flipping signs Adam's steps shrink to (1 − β₁)/(1 + β₁), sign descent's do not",
          "[moments]") {
  for (const double beta1 : {0.9, 0.5}) {
    const auto session = stepped("stream=flip&period=1&beta2=0.9&steps=200&beta1=" + print(beta1) +
                                     "&methods=adam,signsgd,rmsprop(beta=0.9)",
                                 200);
    // m_t = (1 − β₁) Σ β₁^(t−i) (−1)^(i+1) → ±(1 − β₁)/(1 + β₁); v → 1.
    const Reading r = readingOf(*session, "step / η, flipping");
    CHECK(r.predicted == Approx((1 - beta1) / (1 + beta1)).epsilon(1e-14));
    CHECK(std::abs(r.residual()) <= 1e-7);
    CHECK(data(*session, "step/1")[200] == Approx(1).epsilon(1e-12));
    CHECK_FALSE(hasReading(*session, "step / η, flipping", 1));
  }
  CHECK_FALSE(hasReading(*stepped("stream=flip&period=2&methods=adam", 20), "step / η, flip"));
}

TEST_CASE("Flipping signs are predicted once m and v have settled, and where ε is a guard",
          "[moments]") {
  const auto flipping = [](const std::string& method, int steps) {
    return readingOf(*stepped("stream=flip&period=1&steps=5000&methods=" + method, steps),
                     "step / η, flipping");
  };
  // 0.9ᵗ · 19 is 0.01 at t = 72.
  CHECK(std::isnan(flipping("adam", 60).predicted));
  CHECK(contains(flipping("adam", 60).pending, "m is still"));
  CHECK(flipping("adam", 80).predicted == Approx(1 / 19.0));
  CHECK(std::abs(flipping("adam", 80).residual()) < 1e-3);
  // Uncorrected, v = 1 − 0.999ᵗ is 0.095 at t = 100, and the step three times as long.
  const Reading raw = flipping("adam(biasCorrection=none)", 100);
  CHECK(std::isnan(raw.predicted));
  CHECK(raw.measured > 0.15);
  CHECK(contains(raw.pending, "v is still 0.9 off"));
  CHECK(std::abs(flipping("adam(biasCorrection=none)", 4700).residual()) < 1e-3);
  CHECK(std::isnan(flipping("adam(epsilon=0.5)", 100).predicted));
  CHECK(std::isnan(flipping("adam(weightDecay=0.5)", 100).predicted));
}

TEST_CASE("AdaGrad's 1/√t is for gradients beside which ε is nothing", "[moments]") {
  const Reading tiny = readingOf(
      *stepped("stream=constant&size=1e-9&methods=adagrad(epsilon=0.1)", 50), "step / η = 1/√t");
  CHECK(std::isnan(tiny.predicted));
  CHECK(tiny.measured < 1e-7);
  CHECK(contains(tiny.pending, "no mere guard"));
}

TEST_CASE("Uncorrected, ε stands beside √(1 − β₂)|g|", "[moments]") {
  // 0.001 √0.001 = 3.16e-5: ε = 9e-7 takes 1/(1 + 35.1), and 2e-8 six in ten thousand.
  const auto first = [](const std::string& epsilon) {
    return readingOf(
        *stepped(
            "stream=constant&size=0.001&methods=adam(biasCorrection=none,epsilon=" + epsilon + ")",
            1),
        "first step / η");
  };
  const Reading large = first("9e-7"), small = first("2e-8");
  CHECK(std::isnan(large.predicted));
  CHECK(large.measured == Approx(std::sqrt(10.0) / (1 + 9e-7 / (0.001 * std::sqrt(0.001)))));
  CHECK(contains(large.pending, "by 2.8 %"));
  CHECK(small.predicted == Approx(std::sqrt(10.0)));
  CHECK(contains(small.assumption, "ε is left out"));
  // A gradient that is no number takes no step.
  CHECK_FALSE(hasReading(*stepped("stream=formula&formula=0/0&methods=adam", 1), "first step"));
}

TEST_CASE("The weights in a moment sum to 1 − βᵗ at every step", "[moments]") {
  const auto session = opened(kMoments);
  CHECK(readingOf(*session, "Σ weights in m", -1).predicted == 0);
  for (int t = 1; t <= 100; ++t) {
    REQUIRE(session->advance(1));
    const Reading m = readingOf(*session, "Σ weights in m", -1),
                  v = readingOf(*session, "Σ weights in v", -1);
    CHECK(m.predicted == Approx(1 - std::pow(0.9, t)).epsilon(1e-14));
    CHECK(v.predicted == Approx(1 - std::pow(0.999, t)).epsilon(1e-14));
    CHECK(std::abs(m.residual()) <= 1e-14);
    CHECK(std::abs(v.residual()) <= 1e-14);
  }
}

TEST_CASE("Steps are |Δθ|/η, with the rate's own schedule", "[moments]") {
  const auto session = stepped(
      "stream=noisy&methods=sgd(lr=0.1),sgd(lr=0.1,schedule=linear(end=0.5)),signsgd(lr=0.02)", 60);
  const auto g = data(*session, "g"), first = data(*session, "position/0"),
             second = data(*session, "position/1");
  for (std::size_t t = 1; t <= 60; ++t) {
    CHECK(data(*session, "step/0")[t] == Approx(std::abs(g[t])).epsilon(1e-10));
    CHECK(data(*session, "step/1")[t] == Approx(std::abs(g[t])).epsilon(1e-10));
    CHECK(first[t] - first[t - 1] == Approx(-0.1 * g[t]).epsilon(1e-10));
    // T = 100: the factor of step t is 1 − ½(t − 1)/100.
    const double rate = 0.1 * (1 - 0.005 * static_cast<double>(t - 1));
    CHECK(second[t] - second[t - 1] == Approx(-rate * g[t]).epsilon(1e-10));
  }
  const Table table = session->tables().at(0);
  REQUIRE(table.rows.size() == 3);
  CHECK(std::get<double>(table.rows[0].cells[1]) == data(*session, "step/0")[1]);
  CHECK(std::get<double>(table.rows[0].cells[2]) == data(*session, "step/0")[60]);
  CHECK(std::get<double>(table.rows[0].cells[3]) == first[60]);
}

TEST_CASE("After a spike the mean square falls by a thousandth of it a step", "[moments]") {
  const auto rootV = data(*finished("moments", "spike"), "rootV");
  // 0.001 (1 + … + 1 + 400 of the spike).
  const auto square = [](int t) {
    return 1 - std::pow(0.999, t) + 0.001 * 399 * std::pow(0.999, t - 30);
  };
  for (const int t : {30, 100, 400}) {
    CHECK(rootV[static_cast<std::size_t>(t)] == Approx(std::sqrt(square(t))).epsilon(1e-9));
  }
}

TEST_CASE("Every optimizer with a rate steps on every stream", "[moments]") {
  for (const auto& entry : catalogue().entries<Optimizer>()) {
    if (entry.id == "armijo" || entry.id == "lbfgs") {
      CHECK(contains(refusal(kMoments + "methods=" + entry.id), "must have a learning rate"));
      continue;
    }
    for (const char* stream : {"constant", "noisy", "spike", "sparse", "flip", "formula"}) {
      INFO(entry.id << " on " << stream);
      const auto session =
          stepped("methods=" + entry.id + "&stream=" + stream + "&period=3&steps=20", 20);
      CHECK(channel(*session, "position/0").data.size() == 21);
      session->readings();
      session->tables();
    }
  }
}

TEST_CASE("The moments' subtitle names the stream", "[moments]") {
  for (const auto& [stream, subtitle] : {std::pair{"constant", "a constant gradient"},
                                         {"noisy", "a noisy gradient"},
                                         {"spike", "one spike among small ones"},
                                         {"sparse", "a gradient that is mostly zero"},
                                         {"flip", "a gradient that flips sign"},
                                         {"formula", "a gradient by formula"}}) {
    CHECK(opened(kMoments + "stream=" + stream)->lab().subtitle() == subtitle);
  }
}

TEST_CASE("The moments' channels are traces, weights and a series a method", "[moments]") {
  const auto session = opened(kMoments + "methods=adam,sgd");
  const auto channels = session->channels();
  CHECK(channelNames(*session) == std::vector<std::string>{"g", "m", "mHat", "rootV", "rootVHat",
                                                           "step/0", "position/0", "step/1",
                                                           "position/1", "weightsM", "weightsV"});
  for (std::size_t i = 0; i < channels.size(); ++i) {
    CHECK(channels[i].kind == (i < 5   ? ChannelKind::kTrace
                               : i < 9 ? ChannelKind::kSeries
                                       : ChannelKind::kWeights));
    CHECK(channels[i].subject == (i < 5 || i > 8 ? -1 : i < 7 ? 0 : 1));
  }
}

TEST_CASE("A method that diverges says so and the others go on", "[moments]") {
  // From θ = 0 nothing is decayed; later ηλ = 100 multiplies θ by −99.
  const auto session =
      stepped("stream=constant&steps=400&methods=sgd(lr=10,weightDecay=10),adam", 400);
  const auto states = session->lab().states();
  CHECK(states[0].status == "diverged");
  CHECK(contains(states[0].text, "θ left the finite numbers"));
  CHECK(states[1].status == "running");
  CHECK(std::isfinite(data(*session, "position/1")[400]));
}

TEST_CASE("A sought run of the moments shows the same numbers", "[moments]") {
  checkSeeks(kMoments + "steps=40", 40);
  checkSeeks(kMoments + "stream=formula&methods=lookahead(adam),lion,muon,sgd&steps=40", 40);
}

TEST_CASE("A knob of the moments starts the stream anew", "[moments]") {
  const auto session = stepped("", 10);
  for (const auto& [knob, value] :
       {std::pair{"stream", "flip"}, {"beta2", "0.9"}, {"methods", "sgd"}, {"formula", "t"}}) {
    REQUIRE(session->set(knob, value));
    CHECK(session->step() == 0);
    REQUIRE(session->advance(3));
  }
}

TEST_CASE("Bad knobs of the moments are refused", "[moments]") {
  CHECK(refusal(kMoments + "formula=t%2B") ==
        "moments.formula, column 3: expected a number, a name or '(', found the end");
  CHECK(contains(refusal(kMoments + "formula=x"), "moments.formula, column 1: expected t, pi, e"));
  CHECK(contains(refusal(kMoments + "stream=steady"),
                 "moments.stream must be one of constant, noisy, spike, sparse, flip, formula"));
  CHECK(contains(refusal(kMoments + "period=0"),
                 "moments.period must be a whole number in [1, 1000]"));
  CHECK(contains(refusal(kMoments + "beta1=1"), "moments.beta1 must be in [0, 0.9999]"));
  CHECK(contains(refusal(kMoments + "methods=adem"), "did you mean adam?"));
  CHECK(contains(refusal(kMoments + "methods="), "moments.methods must be 1 to 8 recipes, got 0"));
  // A bad value leaves the session as it was.
  const auto session = stepped("", 5);
  CHECK_FALSE(session->set("formula", "t+"));
  CHECK(session->step() == 5);
}

TEST_CASE("A formula in a spec comes back", "[moments]") {
  const auto session = opened(kMoments + "stream=formula&formula=1%2Bt%5E2");
  REQUIRE(session->advance(3));
  CHECK(data(*session, "g")[3] == 10);
  const auto again = opened(session->spec().print());
  REQUIRE(again->seek(3));
  CHECK(sameBits(data(*again, "g"), data(*session, "g")));
}
