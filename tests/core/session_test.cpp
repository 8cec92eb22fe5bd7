#include "descent/session.h"

#include <cmath>

#include "core/scratch_lab.h"

using namespace descent;

namespace {

// Everything of a session that a face can see.
struct Seen {
  explicit Seen(const Session& s)
      : spec(s.spec().print()),
        step(s.step()),
        known(s.known()),
        x(rows(s, "x")),
        now(rows(s, "now")),
        gain(valueOf(s, "gain")) {}
  bool operator==(const Seen& o) const {
    return spec == o.spec && step == o.step && known == o.known && sameBits(x, o.x) &&
           sameBits(now, o.now) && gain == o.gain;
  }
  std::string spec;
  int step, known;
  std::vector<double> x, now;
  std::string gain;
};

}  // namespace

TEST_CASE("What is wrong with a spec is said when it is opened", "[session]") {
  const ScratchLab lab;
  CHECK(contains(refusal(""), "names no lab"));
  CHECK(contains(refusal("gain=2"), "names no lab"));
  CHECK(contains(refusal("lab="), "unknown lab ''"));
  CHECK(contains(refusal("lab=scrach"), "did you mean scratch?"));
  CHECK(refusal("lab=scratch&gian=2") ==
        "scratch has no knob 'gian'; did you mean gain? known: gain, noise, mode, seed, steps");
  CHECK(refusal("lab=scratch&gain=5") == "scratch.gain must be in [0, 4], got 5");
  CHECK(refusal("lab=scratch&gain=") == "scratch.gain must be in [0, 4], got nothing");
  CHECK(refusal("lab=scratch&seed=1.5") ==
        "scratch.seed must be a whole number in [0, 100], got 1.5");
  CHECK(refusal("lab=scratch&mode=three") == "scratch.mode must be one of one, two, got three");
  CHECK(refusal("lab=scratch&seed=13") == "seed 13 brings bad luck");
  CHECK(contains(refusal("lab=scratch&v=2"), "v must be 1"));
  for (const char* t : {"-1", "1.5", "1e9", "x", "", "nan", "100001"}) {
    CHECK(contains(refusal(std::string("lab=scratch&t=") + t), "t must be a whole number in [0, "));
  }
  const std::string huge(1000000, 'q');
  for (const char* key : {"lab=", "lab=scratch&t=", "lab=scratch&v=", "lab=scratch&gain=",
                          "lab=scratch&turned=", "lab=scratch&turned=5:"}) {
    CHECK(refusal(key + huge).size() < 300);
  }
  CHECK(refusal("lab=scratch&" + huge + "=1").size() < 300);
  CHECK(refusal("lab=scratch&turned=5:" + huge + "=1").size() < 300);
}

TEST_CASE("Keys of the page and the version are passed over", "[session]") {
  const ScratchLab lab;
  const auto session = scratch("v=1&view.x=steps&view.anything=%F0%9F%8E%88&t=20");
  CHECK(session->target() == 20);
  CHECK(session->step() == 0);
  CHECK(session->known() == 0);
  CHECK(session->spec().print() == "lab=scratch");
}

TEST_CASE("A run is stepped and done at its planned length, and may go on", "[session]") {
  const ScratchLab lab;
  const auto session = scratch("steps=20");
  advance(*session, 0);
  CHECK(session->step() == 0);
  advance(*session, 19);
  CHECK_FALSE(session->isDone());
  advance(*session, 1);
  CHECK(session->isDone());
  advance(*session, 5);
  CHECK(session->step() == 25);
  CHECK(rows(*session, "x").size() == 26);
  CHECK(channel(*session, "pair").shape == std::vector<int>{26, 2});
  CHECK(scratch("gain=0&noise=0")->isDone() == false);
  const auto stops = scratch("gain=0&noise=0");
  advance(*stops, 1);
  CHECK(stops->isDone());
}

TEST_CASE("Bad numbers of steps are refused and nothing moves", "[session]") {
  const ScratchLab lab;
  const auto session = scratch();
  advance(*session, 10);
  for (const double bad : {std::nan(""), -1.0, 1.5, 1e9, HUGE_VAL, -HUGE_VAL, 100001.0}) {
    INFO(bad);
    CHECK_FALSE(session->advance(bad));
    CHECK_FALSE(session->seek(bad));
    CHECK(session->step() == 10);
  }
  CHECK(session->advance(1.5).error().message ==
        "the number of steps must be a whole number in [0, 100000], got 1.5");
  CHECK(session->seek(std::nan("")).error().message ==
        "the step to seek must be a whole number in [0, 100000], got nan");
}

TEST_CASE("A run has at most so many steps", "[session]") {
  const ScratchLab lab;
  const auto session = scratch();
  advance(*session, Session::kMaxSteps - 1);
  CHECK(contains(session->advance(2).error().message, "a run has at most 100000 steps"));
  CHECK(session->step() == Session::kMaxSteps - 1);
  advance(*session, 1);
  CHECK_FALSE(session->advance(1));
  seek(*session, 0);
  seek(*session, Session::kMaxSteps);
}

TEST_CASE("A fixed knob starts the run anew", "[session]") {
  const ScratchLab lab;
  const auto session = scratch();
  advance(*session, 10);
  turn(*session, "gain", "3.5");
  advance(*session, 10);
  turn(*session, "seed", "2");
  CHECK(session->step() == 0);
  CHECK(session->known() == 0);
  CHECK(turned(*session) == "");
  CHECK(valueOf(*session, "gain") == "3.5");
  advance(*session, 30);
  const auto fresh = scratch("gain=3.5&seed=2");
  advance(*fresh, 30);
  CHECK(sameBits(rows(*session, "x"), rows(*fresh, "x")));
}

TEST_CASE("A change that the lab cannot take over starts the run anew", "[session]") {
  const ScratchLab lab;
  const auto session = scratch();
  advance(*session, 10);
  turn(*session, "mode", "two");
  CHECK(session->step() == 0);
  CHECK(session->spec().print() == "lab=scratch&mode=two");
}

TEST_CASE("A knob set before the first step is part of the spec, not of the log", "[session]") {
  const ScratchLab lab;
  const auto session = scratch();
  turn(*session, "gain", "3.5");
  CHECK(session->spec().print() == "lab=scratch&gain=3.5");
  turn(*session, "gain", "3.9");
  CHECK(session->spec().print() == "lab=scratch");
}

TEST_CASE("A setting that fails changes nothing", "[session]") {
  const ScratchLab lab;
  for (const bool scrubbed : {false, true}) {
    const auto session = scratch("seed=4");
    advance(*session, 20);
    turn(*session, "gain", "3.6");
    advance(*session, 50);
    if (scrubbed) seek(*session, 33);
    const Seen before(*session);
    CHECK(session->set("gain", "9").error().message == "scratch.gain must be in [0, 4], got 9");
    CHECK_FALSE(session->set("gain", "nan"));
    CHECK(contains(session->set("gian", "2").error().message, "scratch has no knob 'gian'"));
    CHECK_FALSE(session->set("", ""));
    CHECK_FALSE(session->set("lab", "race"));
    CHECK(session->set("seed", "13").error().message == "seed 13 brings bad luck");
    CHECK_FALSE(session->set("mode", "three"));
    CHECK(Seen(*session) == before);
    checkStands(*session);
  }
}

TEST_CASE("Channels are read by name, or as calls with arguments", "[session]") {
  const ScratchLab lab;
  const auto session = scratch();
  CHECK(rows(*session, "sum(3, -0.5)") == std::vector<double>{2.5});
  const auto refusal = [&](const char* name) { return session->read(name).error().message; };
  CHECK(refusal("sum") == "scratch: sum(n, y) takes 2 numbers, got sum");
  CHECK(refusal("sum(1)") == "scratch: sum(n, y) takes 2 numbers, got sum(1)");
  CHECK(refusal("sum(1, a)") == "scratch: y of sum(n, y) must be in [-1, 1], got a");
  CHECK(refusal("sum(1, 1.5)") == "scratch: y of sum(n, y) must be in [-1, 1], got 1.5");
  CHECK(refusal("sum(n=1, 0)") ==
        "scratch: n of sum(n, y) must be a whole number in [0, 9], got n=1");
  CHECK(refusal("sum(0.5, 0)") ==
        "scratch: n of sum(n, y) must be a whole number in [0, 9], got 0.5");
  CHECK(refusal("y") == "scratch has no channel 'y'; known: x, pair, now, sum(n, y)");
  for (const char* name : {"", "x ", "x/0", "sum(", "sum(1", "x(1)y", "now/1"}) {
    INFO(name);
    CHECK_FALSE(session->read(name));
  }
  CHECK(session->read(std::string(1000000, '(')).error().message.size() < 300);
}

TEST_CASE("A task advances, reports, and is cancelled or replaced", "[session]") {
  const ScratchLab lab;
  const auto session = scratch("steps=30");
  CHECK(session->task() == nullptr);
  CHECK(session->startTask("nap").error().message == "scratch has no task 'nap'");
  CHECK(session->task() == nullptr);
  REQUIRE(session->startTask("count"));
  session->task()->advance(20);
  CHECK(session->task()->done() == 20);
  CHECK(session->task()->total() == 30);
  CHECK(std::get<double>(session->task()->result().rows[0].cells[0]) == 20);
  CHECK_FALSE(session->startTask("nap"));
  CHECK(session->task()->done() == 20);
  session->task()->advance(100);
  CHECK(session->task()->done() == 30);
  REQUIRE(session->startTask("count"));
  CHECK(session->task()->done() == 0);
  session->cancelTask();
  CHECK(session->task() == nullptr);

  // What a task is about is gone when a knob is turned.
  REQUIRE(session->startTask("count"));
  CHECK_FALSE(session->set("gain", "9"));
  CHECK(session->task() != nullptr);
  turn(*session, "seed", "3");
  CHECK(session->task() == nullptr);
}
