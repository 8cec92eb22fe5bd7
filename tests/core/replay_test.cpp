#include <numeric>

#include "core/scratch_lab.h"

using namespace descent;

namespace {

struct Push {
  int step;
  const char* knob;
  const char* value;
};

// A run of n steps in one go, turned on the way.
std::unique_ptr<Session> straight(int n, const std::vector<Push>& turns = {}) {
  auto session = scratch();
  for (const auto& [step, knob, value] : turns) {
    advance(*session, step - session->step());
    turn(*session, knob, value);
  }
  advance(*session, n - session->step());
  return session;
}

const std::vector<Push> kTurns = {
    {1, "gain", "3.8"},  {16, "noise", "0.02"}, {16, "gain", "3.95"},    {100, "gain", "3.7"},
    {128, "noise", "0"}, {1000, "gain", "4"},   {1024, "noise", "0.005"}};

std::unique_ptr<Session> reopened(const Session& session) {
  auto other = opened(session.spec().print());
  REQUIRE(other->target() == session.step());
  seek(*other, other->target());
  return other;
}

std::vector<std::string> words(const Session& session) {
  std::vector<std::string> all;
  for (const auto& turn : session.turns()) all.push_back(turn.text);
  return all;
}

}  // namespace

TEST_CASE("A seek to any step, in any order, equals the straight run to the bit", "[session]") {
  const ScratchLab lab;
  constexpr int n = 3000;
  const auto expected = rows(*straight(n, kTurns), "x");
  const auto session = straight(n, kTurns);
  std::vector<int> order(n + 1);
  std::iota(order.begin(), order.end(), 0);
  Random random(1);
  random.shuffle(order);
  for (const int t : order) {
    seek(*session, t);
    REQUIRE(session->known() == n);
    const auto now = rows(*session, "now");
    REQUIRE(sameBits(now[0], expected[static_cast<std::size_t>(t)]));
  }
  CHECK(sameBits(rows(*session, "x"), expected));
  seek(*session, 5);
  advance(*session, n);
  CHECK(sameBits(rows(*session, "x"), rows(*straight(n + 5, kTurns), "x")));
}

TEST_CASE("Knobs stand as they stood at the step that was sought", "[session]") {
  const ScratchLab lab;
  const auto session = straight(2000, kTurns);
  const auto gainAt = [&](int t) {
    seek(*session, t);
    return valueOf(*session, "gain") + " " + valueOf(*session, "noise");
  };
  CHECK(gainAt(0) == "3.9 0.01");
  CHECK(gainAt(1) == "3.8 0.01");
  CHECK(gainAt(15) == "3.8 0.01");
  CHECK(gainAt(16) == "3.95 0.02");
  CHECK(gainAt(127) == "3.7 0.02");
  CHECK(gainAt(128) == "3.7 0");
  CHECK(gainAt(1024) == "4 0.005");
  CHECK(gainAt(1023) == "4 0");
}

TEST_CASE("A long run keeps few checkpoints, and a seek is short all the same", "[session]") {
  const ScratchLab lab;
  const auto session = straight(20000);
  const auto expected = rows(*session, "x");
  Random random(2);
  for (int i = 0; i < 200; ++i) {
    const int t = static_cast<int>(random.below(20001));
    const long before = Scratch::advanced;
    seek(*session, t);
    // 20000 steps at no more than 64 checkpoints: a stride of 512.
    REQUIRE(Scratch::advanced - before < 512);
    REQUIRE(sameBits(rows(*session, "now")[0], expected[static_cast<std::size_t>(t)]));
  }
  CHECK(sameBits(rows(*session, "x"), expected));
}

TEST_CASE("A seek in slices arrives after as many as it needs", "[session]") {
  const ScratchLab lab;
  const auto session = scratch();
  int slices = 1;
  while (!*session->seek(1000, 100)) ++slices;
  CHECK(slices == 10);
  CHECK(sameBits(rows(*session, "x"), rows(*straight(1000), "x")));

  // Checkpoints are 16 steps apart: from 992 it is 7 steps, from 0 it is 5.
  CHECK_FALSE(*session->seek(999, 3));
  CHECK(session->step() == 995);
  CHECK_FALSE(*session->seek(999, 3));
  CHECK(*session->seek(999, 3));
  CHECK_FALSE(*session->seek(5, 3));
  CHECK(session->step() == 3);
  CHECK(session->known() == 1000);
  CHECK(*session->seek(5, 3));
  CHECK(*session->seek(5, 0));
  // A change of mind on the way.
  CHECK_FALSE(*session->seek(500, 1));
  CHECK(*session->seek(500, 100));
  checkStands(*session);
}

TEST_CASE("A live turn is logged and the known future is forgotten", "[session]") {
  const ScratchLab lab;
  const auto session = straight(100);
  seek(*session, 40);
  CHECK(session->known() == 100);
  turn(*session, "gain", "3.6");
  CHECK(session->step() == 40);
  CHECK(session->known() == 40);
  CHECK(rows(*session, "x").size() == 41);
  CHECK(turned(*session) == "40:gain=3.6");
  advance(*session, 60);
  CHECK(sameBits(rows(*session, "x"), rows(*straight(100, {{40, "gain", "3.6"}}), "x")));
  CHECK_FALSE(sameBits(rows(*session, "x"), rows(*straight(100), "x")));
}

TEST_CASE("A turn after scrubbing back drops the later turns", "[session]") {
  const ScratchLab lab;
  const auto session = straight(1500, kTurns);
  seek(*session, 100);
  turn(*session, "noise", "0.5");
  CHECK(turned(*session) == "1:gain=3.8;16:noise=0.02;16:gain=3.95;100:gain=3.7;100:noise=0.5");
  advance(*session, 400);
  const auto expected = straight(500, {{1, "gain", "3.8"},
                                       {16, "noise", "0.02"},
                                       {16, "gain", "3.95"},
                                       {100, "gain", "3.7"},
                                       {100, "noise", "0.5"}});
  CHECK(sameBits(rows(*session, "x"), rows(*expected, "x")));
  seek(*session, 0);
  seek(*session, 500);
  CHECK(sameBits(rows(*session, "x"), rows(*expected, "x")));
  // At step 0 nothing is logged: the run begins anew with the knobs of its start.
  seek(*session, 0);
  turn(*session, "noise", "0.3");
  CHECK(session->spec().print() == "lab=scratch&noise=0.3");
}

TEST_CASE("Two turns of a knob at one step are one, of two knobs two", "[session]") {
  const ScratchLab lab;
  for (const int at : {7, 16, 32}) {
    const auto session = straight(at);
    turn(*session, "gain", "3.5");
    turn(*session, "noise", "0.1");
    turn(*session, "gain", "3.6");
    turn(*session, "gain", "3.7");
    const std::string step = std::to_string(at);
    CHECK(turned(*session) == step + ":noise=0.1;" + step + ":gain=3.7");
    advance(*session, 50);
    const auto other = straight(at + 50, {{at, "noise", "0.1"}, {at, "gain", "3.7"}});
    CHECK(sameBits(rows(*session, "x"), rows(*other, "x")));
    seek(*session, 3);
    seek(*session, at + 50);
    CHECK(sameBits(rows(*session, "x"), rows(*other, "x")));
    // Turned again at the same step after coming back to it.
    seek(*session, at);
    turn(*session, "gain", "3.8");
    CHECK(turned(*session) == step + ":noise=0.1;" + step + ":gain=3.8");
  }
}

TEST_CASE("A spec reopened gives the same numbers to the bit", "[session]") {
  const ScratchLab lab;
  const auto session = straight(1500, kTurns);
  const auto other = reopened(*session);
  CHECK(sameBits(rows(*other, "x"), rows(*session, "x")));
  CHECK(other->spec().print() == session->spec().print());

  // Scrubbed back, the spec names the step and keeps the turns that are still to come.
  seek(*session, 50);
  const auto early = reopened(*session);
  CHECK(early->spec().print() == session->spec().print());
  advance(*early, 1450);
  CHECK(sameBits(rows(*early, "x"), rows(*session, "x")));
}

TEST_CASE("A log of turns that cannot be replayed is refused when opened", "[session]") {
  const ScratchLab lab;
  const auto refused = [](const std::string& log) { return refusal("lab=scratch&turned=" + log); };
  CHECK(contains(refused("5"), "turned must be STEP:KNOB=VALUE;…, got 5"));
  CHECK(contains(refused("gain=2:5"), "turned must be STEP:KNOB=VALUE"));
  CHECK(contains(refused("x:gain=3"), "the step of turned must be a whole number"));
  CHECK(contains(refused(":gain=3"), "got nothing"));
  CHECK(contains(refused("1.5:gain=3"), "got 1.5"));
  CHECK(contains(refused("-1:gain=3"), "got -1"));
  CHECK(contains(refused("1e9:gain=3"), "got 1000000000"));
  CHECK(contains(refused("0:gain=3"), "must ascend from 1, got 0"));
  CHECK(contains(refused("9:gain=3;5:gain=2"), "must ascend from 1, got 5"));
  CHECK(contains(refused("5:seed=3"), "turned: scratch has no knob 'seed' that can change"));
  CHECK(contains(refused("5:nope=3"), "turned: scratch has no knob 'nope'"));
  CHECK(contains(refused("5:gain=9"), "scratch.gain must be in [0, 4], got 9"));
  CHECK(contains(refused("5:gain=3;6:gain"), "got 6:gain"));
  CHECK(contains(refused("5:mode=two"), "would start the run anew"));
  CHECK(turned(*scratch("turned=")) == "");
  CHECK(turned(*scratch("turned=;5:gain=3;")) == "5:gain=3");
}

TEST_CASE("Reset begins a run with the knobs as they stand, in which nothing is turned",
          "[session]") {
  const ScratchLab lab;
  const auto session = straight(100, {{30, "gain", "3.6"}, {60, "noise", "0.05"}});
  REQUIRE(session->reset());
  CHECK(session->spec().print() == "lab=scratch&gain=3.6&noise=0.05");
  CHECK(session->step() == 0);
  CHECK(session->known() == 0);
  CHECK(session->turns().empty());
  advance(*session, 100);
  const auto expected = scratch("gain=3.6&noise=0.05");
  advance(*expected, 100);
  CHECK(sameBits(rows(*session, "x"), rows(*expected, "x")));
}

TEST_CASE("Reset where the knobs stand as they stood before a turn takes those", "[session]") {
  const ScratchLab lab;
  const auto session = straight(100, {{30, "gain", "3.6"}, {60, "gain", "3.7"}});
  seek(*session, 59);
  REQUIRE(session->reset());
  CHECK(session->spec().print() == "lab=scratch&gain=3.6");
  turn(*session, "gain", "3.9");
  advance(*session, 40);
  turn(*session, "gain", "3.5");
  seek(*session, 39);
  REQUIRE(session->reset());
  CHECK(session->spec().print() == "lab=scratch");
}

TEST_CASE("Reset of a run in which nothing was turned keeps what is known of it", "[session]") {
  const ScratchLab lab;
  const auto session = straight(100);
  REQUIRE(session->reset());
  CHECK(session->step() == 0);
  CHECK(session->known() == 100);
  checkStands(*session);
}

TEST_CASE("A turn says at which step which knob went from what to what", "[session]") {
  const ScratchLab lab;
  const auto session = straight(40, {{10, "gain", "3.8"}, {16, "noise", "0.02"}});
  const std::vector<std::string> early = {"step 10: gain 3.9 → 3.8", "step 16: noise 0.01 → 0.02"};
  CHECK(words(*session) == early);
  // A knob pulled on at one step went from where it stood before that step.
  for (const char* gain : {"3.7", "3.6", "3.5"}) turn(*session, "gain", gain);
  CHECK(words(*session) == std::vector<std::string>{early[0], early[1], "step 40: gain 3.8 → 3.5"});
  CHECK(words(*reopened(*session)) == words(*session));
  // Pulled back, it changed nothing.
  turn(*session, "gain", "3.80");
  CHECK(words(*session) == early);
  CHECK(words(*scratch("turned=5:gain=3;5:gain=2")) ==
        std::vector<std::string>{"step 5: gain 3.9 → 3", "step 5: gain 3 → 2"});
}

TEST_CASE("A turn of a runner names the argument, and the runner among its namesakes",
          "[session]") {
  const auto changed = [](const std::string& from, const std::string& to) {
    const auto session = opened("lab=race&landscape=bowl&runners=" + from);
    advance(*session, 3);
    turn(*session, "runners", to);
    return words(*session);
  };
  using Words = std::vector<std::string>;
  CHECK(changed("sgd(lr=0.05),adam", "sgd(lr=0.15),adam") ==
        Words{"step 3: rate of sgd 0.05 → 0.15"});
  CHECK(changed("sgd(lr=0.05),sgd(lr=0.1)", "sgd(lr=0.05),sgd(lr=0.15)") ==
        Words{"step 3: rate of sgd (runner 2) 0.1 → 0.15"});
  CHECK(changed("sgd(lr=0.05),adam(lr=0.1)", "sgd(lr=0.06),adam(lr=0.1,beta1=0.8)") ==
        Words{"step 3: rate of sgd 0.05 → 0.06, mean of adam 0.9 → 0.8"});
  CHECK(changed("lookahead(sgd(lr=0.05))", "lookahead(sgd(lr=0.06))") ==
        Words{"step 3: rate of sgd in lookahead 0.05 → 0.06"});
  CHECK(changed("sgd(lr=0.05)", "sgd(lr=0.05, schedule=cosine)") ==
        Words{"step 3: schedule of sgd constant → cosine"});
  CHECK(changed("sgd(lr=0.05)", "sgd(lr=0.050)").empty());
}

TEST_CASE("After Reset a race runs at the rate that its slider shows", "[session]") {
  // On the bowl x and y are the directions of curvature 1 and 10: each step of plain descent
  // multiplies them by 1 − η and 1 − 10η.
  const auto session =
      opened("lab=race&landscape=bowl(kappa=10)&start=-3,1&runners=sgd(lr=0.05)&steps=100");
  advance(*session, 30);
  turn(*session, "runners", "sgd(lr=0.15)");
  REQUIRE(session->reset());
  CHECK(valueOf(*session, "runners") == "sgd(lr=0.15)");
  seek(*session, 5);
  const auto path = rows(*session, "path/0");
  REQUIRE(path.size() == 12);
  CHECK(path[10] == Approx(-1.3311159375).epsilon(1e-14));  // −3·0.85⁵, at 0.05 −2.3213
  CHECK(path[11] == Approx(-0.03125).epsilon(1e-14));       // (1 − 1.5)⁵, at 0.05 +0.03125
}
