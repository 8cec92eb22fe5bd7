// What the presets of the schedules and of the moments say is what their runs show.
#include "labs/labs.h"

using namespace descent;

namespace {

// A schedule's factor at step t.
double factorOf(const Session& session, const std::string& curve, std::size_t t) {
  return data(session, "factor/" + curve)[t];
}

}  // namespace

TEST_CASE("GPT-3 Small: 750 steps up, a cosine to a tenth, and on at a tenth",
          "[schedules-lab][schedules/gpt3]") {
  const auto session = finished("schedules", "gpt3");
  CHECK(factorOf(*session, "0", 0) == Approx(1.0 / 750));
  CHECK(factorOf(*session, "0", 374) == Approx(0.5));
  CHECK(factorOf(*session, "0", 749) == 1);
  // 260 of 300 billion tokens are 8667 of 10,000 steps; half way down from 750 is 4708.
  CHECK(factorOf(*session, "0", 4708) == Approx(0.55).epsilon(1e-3));
  CHECK(factorOf(*session, "0", 8666) == Approx(0.1).epsilon(1e-5));
  for (const std::size_t t : {8667, 9000, 9999}) {
    CHECK(factorOf(*session, "0", t) == Approx(0.1).epsilon(1e-12));
  }
  for (const char* loss : {"loss/0", "loss/1"}) {
    CHECK(last(*session, loss) < data(*session, loss).front() / 100);
  }
}

TEST_CASE("LLaMA: 2,000 steps up and a cosine to a tenth, beside one that stays up",
          "[schedules-lab][schedules/llama]") {
  const auto session = finished("schedules", "llama");
  CHECK(factorOf(*session, "0", 999) == Approx(0.5));
  CHECK(factorOf(*session, "0", 1999) == 1);
  CHECK(factorOf(*session, "0", 6000) == Approx(0.55).epsilon(1e-3));
  CHECK(factorOf(*session, "0", 10000) == Approx(0.1));
  CHECK(factorOf(*session, "1", 1999) == 1);
  CHECK(factorOf(*session, "1", 7999) == 1);
  CHECK(factorOf(*session, "1", 9000) == Approx(0.5));
  CHECK(factorOf(*session, "1", 10000) == Approx(0).margin(1e-12));
}

TEST_CASE("At the rates of fine-tuning a small problem hardly moves",
          "[schedules-lab][schedules/fine-tuning]") {
  const auto session = finished("schedules", "fine-tuning");
  CHECK(contains(presetOf("schedules", "fine-tuning"), "lr=0.00001"));
  CHECK(factorOf(*session, "0", 0) == 1);
  CHECK(factorOf(*session, "0", 1000) == Approx(0.55));
  CHECK(factorOf(*session, "0", 2000) == Approx(0.1));
  for (const char* loss : {"loss/0", "loss/1"}) {
    CHECK(data(*session, loss).front() == Approx(std::log(2)));
    CHECK(last(*session, loss) < std::log(2));
    CHECK(last(*session, loss) > 0.97 * std::log(2));
  }
}

TEST_CASE("Step decay: a tenth after a third and after two thirds",
          "[schedules-lab][schedules/vision]") {
  const auto session = finished("schedules", "vision");
  for (const auto& [t, factor] : {std::pair<std::size_t, double>{0, 1},
                                  {299, 1},
                                  {300, 0.1},
                                  {599, 0.1},
                                  {600, 0.01},
                                  {899, 0.01}}) {
    CHECK(factorOf(*session, "0", t) == Approx(factor).epsilon(1e-12));
  }
  for (const char* loss : {"loss/0", "loss/1", "loss/2"}) CHECK(last(*session, loss) < 0.5);
}

TEST_CASE("After a spike m forgets in tens of steps, √v does not, and the steps stay short",
          "[moments][moments/spike]") {
  const auto session = finished("moments", "spike");
  const auto m = data(*session, "m"), rootV = data(*session, "rootV");
  // 1 + 19 · 0.1 · 0.9^(t − 30) once the start is forgotten.
  CHECK(m[30] > 2.8);
  CHECK(m[80] == Approx(1).epsilon(0.02));
  // 0.001 (1 + … + 1 + 400 of the spike): the square falls by a thousandth a step.
  const auto square = [](int t) {
    return 1 - std::pow(0.999, t) + 0.001 * 399 * std::pow(0.999, t - 30);
  };
  for (const int t : {30, 100, 400}) {
    CHECK(rootV[static_cast<std::size_t>(t)] == Approx(std::sqrt(square(t))).epsilon(1e-9));
  }
  const auto slow = data(*session, "step/0"), quick = data(*session, "step/1");
  CHECK(slow[29] == Approx(1).epsilon(1e-6));
  CHECK(slow[130] < 0.55);
  CHECK(slow[400] < 0.8);
  CHECK(quick[130] > 0.9);
}

TEST_CASE("On a rare gradient AdaGrad's steps only fall, RMSProp's come again",
          "[moments][moments/sparse]") {
  const auto session = finished("moments", "sparse");
  const auto adagrad = data(*session, "step/3"), rmsprop = data(*session, "step/2");
  for (std::size_t visit = 1; visit <= 10; ++visit) {
    const std::size_t t = 15 * visit;
    CHECK(adagrad[t] == Approx(1 / std::sqrt(static_cast<double>(visit))).epsilon(1e-6));
    CHECK(adagrad[t - 1] == 0);
    if (visit > 5) CHECK(rmsprop[t] == Approx(rmsprop[t - 15]).epsilon(0.01));
  }
  CHECK(rmsprop.back() > 2);
}

TEST_CASE(
    "On flipping signs Adam's steps are a nineteenth of the rate, sign descent's are the rate",
    "[moments][moments/flip]") {
  const auto session = finished("moments", "flip");
  // By hand, m of ±1 in turn after 100 steps: −(1 − 0.9¹⁰⁰)/19, and v = 1 − 0.99¹⁰⁰, each
  // corrected.
  CHECK(last(*session, "step/0") == Approx(1.0 / 19).epsilon(1e-3));
  CHECK(last(*session, "step/2") == Approx(1));
}
