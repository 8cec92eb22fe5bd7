// Knobs addressed by path: set, added, removed, wrapped, in a session and in a spec.
#include "core/scratch_lab.h"
#include "descent/tally.h"

using namespace descent;

namespace {

const std::string kBowl = "lab=race&landscape=bowl&runners=";

std::string runners(const Session& session) { return valueOf(session, "runners"); }

// The runners after an edit.
std::string after(const std::string& from, const std::string& path, const std::string& value) {
  const auto session = opened(kBowl + from);
  turn(*session, path, value);
  return runners(*session);
}

std::string refused(Session& session, const std::string& path, const std::string& value) {
  const std::string before = session.spec().print();
  const auto set = session.set(path, value);
  INFO(path << " = " << value);
  REQUIRE_FALSE(set);
  CHECK(session.spec().print() == before);
  CHECK(set.error().message.size() < 400);
  return set.error().message;
}

Knob at(const Session& session, const std::string& path) {
  const auto knob = session.knob(path);
  INFO(path << (knob ? "" : ": " + knob.error().message));
  REQUIRE(knob);
  return *knob;
}

}  // namespace

TEST_CASE("A knob within a runner is set by its path, and defaults are left out", "[path]") {
  CHECK(after("adam,sgd", "runners/0/beta1", "0.95") == "adam(beta1=0.95), sgd");
  CHECK(after("adam,sgd(lr=0.1)", "runners/1/lr", "0.2") == "adam, sgd(lr=0.2)");
  CHECK(after("sgd(0.3)", "runners/0/weightDecay", "0.1") == "sgd(lr=0.3, weightDecay=0.1)");
  CHECK(after("sgd(0.3)", "runners/0/lr", "0.2") == "sgd(lr=0.2)");
  CHECK(after("adam(beta1=0.95)", "runners/0/beta1", "0.9") == "adam");
  CHECK(after("lookahead(sgd, k=3)", "runners/0/inner/lr", "0.2") == "lookahead(sgd(lr=0.2), k=3)");
  CHECK(after("lookahead", "runners/0/inner/lr", "0.2") == "lookahead(sgd(lr=0.2))");
  CHECK(after("lookahead(\"sgd\")", "runners/0/inner/lr", "0.2") == "lookahead(sgd(lr=0.2))");
  CHECK(after("sgd(schedule=warmup)", "runners/0/schedule/steps", "7") ==
        "sgd(schedule=warmup(steps=7))");
  CHECK(after("sgd", "runners/0/schedule", "warmup(cosine, steps=7)") ==
        "sgd(schedule=warmup(inner=cosine, steps=7))");
  CHECK(after("momentum", "runners/0/form", "ema") == "momentum(form=ema)");
  CHECK(after("sam", "runners/0/p", "inf") == "sam(p=inf)");

  const auto session = opened(kBowl + "sgd");
  turn(*session, "landscape/kappa", "25");
  CHECK(valueOf(*session, "landscape") == "bowl(kappa=25)");
  // A text is given as it is, and quoted where it stands in a recipe.
  turn(*session, "landscape", "custom");
  turn(*session, "landscape/f", "x^2 + max(y, 0)");
  CHECK(valueOf(*session, "landscape") == "custom(f=\"x^2 + max(y, 0)\")");
  CHECK(at(*session, "landscape/f").value == "x^2 + max(y, 0)");
  CHECK(contains(refused(*session, "landscape/f", "x^2 + * y"), "custom.f, column 7"));
  CHECK_FALSE(session->set("landscape/f", "\"x\", f='x'"));
}

TEST_CASE("A runner is replaced, added, removed and wrapped", "[path]") {
  CHECK(after("adam,sgd", "runners/1", "adam(lr=0.1)") == "adam, adam(lr=0.1)");
  CHECK(after("adam,sgd", "runners/0", "sgd, momentum") == "sgd, momentum, sgd");
  const auto session = opened(kBowl + "adam,sgd(lr=0.2)");
  REQUIRE(session->add("runners", "momentum, nesterov"));
  CHECK(runners(*session) == "adam, sgd(lr=0.2), momentum, nesterov");
  REQUIRE(session->add("runners/0", "armijo"));
  CHECK(runners(*session) == "armijo, adam, sgd(lr=0.2), momentum, nesterov");
  REQUIRE(session->remove("runners/1"));
  CHECK(runners(*session) == "armijo, sgd(lr=0.2), momentum, nesterov");
  REQUIRE(session->wrap("runners/1", "lookahead"));
  CHECK(runners(*session) == "armijo, lookahead(sgd(lr=0.2)), momentum, nesterov");
  REQUIRE(session->remove("runners/1/inner/lr"));
  CHECK(runners(*session) == "armijo, lookahead(sgd), momentum, nesterov");
  REQUIRE(session->remove("runners"));
  CHECK(session->spec().print() == "lab=race&landscape=bowl");
  REQUIRE(session->wrap("runners/0/schedule", "warmup"));
  CHECK(at(*session, "runners/0/schedule").value == "warmup");
}

TEST_CASE("What is wrong with a path or its value is named", "[path]") {
  const auto session = opened(kBowl + "adam,lookahead(sgd)&problem=none");
  const auto why = [&](const std::string& path, const std::string& value) {
    return refused(*session, path, value);
  };
  CHECK(why("runners/0/beta1", "1.2") == "adam.beta1 must be in [0, 0.9999], got 1.2");
  CHECK(why("runners/0/beta1", "much") == "adam.beta1 must be in [0, 0.9999], got much");
  CHECK(why("runners/0/beta1", "") == "adam.beta1 must be in [0, 0.9999], got nothing");
  CHECK(why("runners/0/beta1", "0.1)") == "adam.beta1 must be in [0, 0.9999], got 0.1)");
  CHECK(why("runners/1/inner/lr", "0") == "sgd.lr must be in [1e-8, 1000], got 0");
  CHECK(contains(why("runners/0/bta1", "0.5"), "adam has no knob 'bta1'; did you mean beta1?"));
  CHECK(why("runners/0/schedule/steps", "3") == "constant takes no knobs, got 'steps'");
  CHECK(why("runners/0/lr/x", "3") == "adam.lr has no knobs of its own, got 'x'");
  CHECK(why("steps/x", "3") == "race.steps has no knobs of its own, got 'x'");
  CHECK(why("problem/n", "3") == "race.problem has no knobs of its own, got 'n'");
  for (const char* place : {"2", "-1", "0.5", "x"}) {
    CHECK(why(std::string("runners/") + place, "sgd") ==
          std::string("race.runners has the places 0 to 1, got '") + place + "'");
  }
  CHECK(contains(why("ruunners/0", "sgd"), "race has no knob 'ruunners'; did you mean runners?"));
  // Columns count from where the value begins.
  CHECK(why("runners/1", "sgd(lr=") == "race.runners, column 8: expected a name, found the end");
  CHECK(why("runners/1", "") == "race.runners, column 1: expected a name, found the end");
  CHECK(why("runners/1/inner", "sgd)") == "lookahead.inner, column 4: expected the end, found ')'");
  CHECK(session->add("runners/3", "sgd").error().message ==
        "race.runners has the places 0 to 2, got '3'");
  CHECK(session->add("steps", "3").error().message == "race.steps is not a list");
  CHECK(session->add("runners/0/lr", "3").error().message == "adam.lr is not a list");
  CHECK(session->wrap("runners", "lookahead").error().message == "race.runners is not a recipe");
  CHECK(contains(session->wrap("runners/0", "lokahead").error().message, "did you mean lookahead"));
  CHECK(session->add("runners", "sgd,sgd,sgd,sgd,sgd,sgd,sgd").error().message ==
        "race.runners must be 1 to 8 recipes, got 9");
  const auto alone = opened(kBowl + "sgd");
  CHECK(alone->remove("runners/0").error().message == "race.runners must be 1 to 8 recipes, got 0");
  const std::string huge(100000, '/');
  refused(*session, huge, "1");
  refused(*session, "runners/0" + huge, "1");
  CHECK(session->knob("runners/0" + huge).error().message.size() < 400);
}

TEST_CASE("A turn by path goes on with the run as the turn of the whole list does", "[path]") {
  const auto byPath = opened(kBowl + "sgd(lr=0.05),lookahead(momentum(lr=0.01))");
  const auto whole = opened(kBowl + "sgd(lr=0.05),lookahead(momentum(lr=0.01))");
  for (Session* session : {byPath.get(), whole.get()}) advance(*session, 10);
  turn(*byPath, "runners/1/inner/lr", "0.02");
  turn(*whole, "runners", "sgd(lr=0.05), lookahead(momentum(lr=0.02))");
  CHECK(byPath->step() == 10);
  CHECK(byPath->spec().print() == whole->spec().print());
  CHECK(byPath->turns().size() == 1);
  CHECK(byPath->turns()[0].text == "step 10: rate of momentum in lookahead 0.01 → 0.02");
  for (Session* session : {byPath.get(), whole.get()}) advance(*session, 10);
  CHECK(sameBits(rows(*byPath, "path/1"), rows(*whole, "path/1")));
  // The log is read whole or by path, and printed whole.
  const auto logged = opened(kBowl + "sgd(lr=0.05),lookahead(momentum(lr=0.01))" +
                             "&turned=10:runners/1/inner/lr=0.02");
  seek(*logged, 20);
  CHECK(sameBits(rows(*logged, "path/1"), rows(*whole, "path/1")));
  CHECK(turned(*logged) == turned(*whole));
  CHECK(
      contains(refusal(kBowl + "sgd&turned=10:runners/3/lr=1"), "has the places 0 to 0, got '3'"));
  CHECK(contains(refusal(kBowl + "sgd&turned=10:runners/0=adam"), "would start the run anew"));
}

TEST_CASE("A spec's paths come after its plain knobs, and its plain form is printed", "[path]") {
  for (const char* spec :
       {"lab=race&runners/0/lr=0.2&landscape/kappa=25&landscape=bowl&runners=sgd",
        "lab=race&landscape=bowl&runners=sgd&landscape/kappa=25&runners/0/lr=0.2"}) {
    CHECK(opened(spec)->spec().print() == "lab=race&landscape=bowl(kappa=25)&runners=sgd(lr=0.2)");
  }
  CHECK(refusal("lab=race&landscape=rosenbrock&landscape/kappa=3")
            .rfind("rosenbrock takes no knobs, got 'kappa'", 0) == 0);
  CHECK(refusal("lab=race&runners/9/lr=3").rfind("race.runners has the places", 0) == 0);
}

TEST_CASE("A knob is asked by path with all that stands within it", "[path]") {
  const auto session = opened(kBowl + "sgd,lookahead(adam(0.3, schedule=warmup(cosine, steps=7)))");
  const Knob runner = at(*session, "runners/1");
  CHECK(runner.type == KnobType::kRecipe);
  CHECK(runner.kind == Kind::kOptimizer);
  CHECK(runner.entry == "lookahead");
  CHECK(runner.value == "lookahead(adam(0.3, schedule=warmup(cosine, steps=7)))");
  REQUIRE(runner.knobs.size() ==
          catalogue().find<Optimizer>("lookahead").operator*()->knobs.size());
  CHECK(runner.knobs[0].id == "inner");
  CHECK(runner.knobs[0].entry == "adam");
  CHECK(at(*session, "runners/1/inner/lr").value == "0.3");
  CHECK(at(*session, "runners/1/inner/beta1").value == "0.9");
  CHECK(at(*session, "runners/1/inner/schedule").entry == "warmup");
  CHECK(at(*session, "runners/1/inner/schedule/steps").value == "7");
  CHECK(at(*session, "runners/1/inner/schedule/inner").entry == "cosine");
  CHECK(at(*session, "landscape/kappa").value ==
        plain(at(*session, "landscape/kappa").defaultValue));
  CHECK(at(*session, "problem").entry == "");
  CHECK(contains(session->knob("runners/2").error().message, "has the places 0 to 1, got '2'"));
  CHECK(contains(session->knob("runners/0/foo").error().message, "sgd has no knob 'foo'"));
  CHECK(contains(session->knob("foo").error().message, "race has no knob 'foo'"));
}

TEST_CASE("A knob's turn reads one text and builds the turned runner alone, once", "[path]") {
  using Cost = std::vector<long>;  // texts read, optimizers built
  const auto cost = [](Session& session, const std::string& path, const std::string& value) {
    const Tally before = tally();
    turn(session, path, value);
    (void)session.knobs();
    (void)session.knob("runners/1");
    (void)session.lab().subjects();
    (void)session.turns();
    return Cost{tally().parses - before.parses, tally().builds - before.builds};
  };
  const auto session = opened(kBowl + "sgd,adam,lookahead(sgd),sgd(schedule=warmup(cosine))");
  advance(*session, 5);
  CHECK(cost(*session, "runners/1/beta1", "0.95") == Cost{1, 1});
  CHECK(cost(*session, "runners/1/beta1", "0.96") == Cost{1, 1});
  CHECK(cost(*session, "runners/3/schedule/steps", "20") == Cost{1, 1});
  // What is decorated is an optimizer, too.
  CHECK(cost(*session, "runners/2/inner/lr", "0.01") == Cost{1, 2});
  CHECK(cost(*session, "tolerance", "0.001") == Cost{1, 0});
  CHECK(session->step() == 5);
}
