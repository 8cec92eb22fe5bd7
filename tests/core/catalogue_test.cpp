#include "descent/catalogue.h"

#include <algorithm>

#include "core/open.h"

using namespace descent;

namespace {

Recipe recipe(const std::string& text) {
  INFO(text);
  const auto parsed = parseRecipe(text);
  REQUIRE(parsed);
  return *parsed;
}

std::string buildError(const std::string& text) {
  INFO(text);
  const auto built = catalogue().build<Optimizer>(recipe(text));
  REQUIRE_FALSE(built);
  const auto checked = catalogue().check(Kind::kOptimizer, recipe(text));
  REQUIRE_FALSE(checked);
  CHECK(checked.error().message == built.error().message);
  return built.error().message;
}

std::unique_ptr<Optimizer> build(const std::string& text) {
  auto built = catalogue().build<Optimizer>(recipe(text));
  INFO(text << (built ? "" : ": " + built.error().message));
  REQUIRE(built);
  return std::move(*built);
}

std::string simple(Kind kind, const std::string& text) {
  const auto simplified = catalogue().simplify(kind, recipe(text));
  INFO(text << (simplified ? "" : ": " + simplified.error().message));
  REQUIRE(simplified);
  CHECK(*catalogue().simplify(kind, *simplified) == *simplified);
  return print(*simplified);
}

// f = ½|x|², so that a gradient is the point itself.
class Half final : public Objective {
 public:
  Eigen::Index dimension() const override { return 2; }
  double value(const Vector& x) const override { return x.squaredNorm() / 2; }
  void gradient(const Vector& x, Vector& g) const override { g = x; }
};

Vector memoryOf(const Optimizer& optimizer) { return *optimizer.memory().front().values; }

}  // namespace

TEST_CASE("An unknown id is named with the nearest known one", "[catalogue]") {
  CHECK(contains(buildError("adm"), "unknown optimizer 'adm'; did you mean adam? known: adadelta"));
  CHECK(contains(buildError("lookahead(sgdd)"), "unknown optimizer 'sgdd'; did you mean sgd?"));
  CHECK(contains(buildError("sgd(schedule=cosin)"), "unknown schedule 'cosin'"));
  CHECK(contains(buildError("sgd(schedule=warmup(cosin))"), "did you mean cosine?"));
  CHECK_FALSE(contains(buildError("zzzzzzzz"), "did you mean"));
  CHECK(contains(refusal("lab=rase"), "unknown lab 'rase'; did you mean race? known: "));
  CHECK(buildError(std::string(1000000, 'a')).size() < 1000);
  CHECK(contains(catalogue().build<Landscape>(recipe("bowll")).error().message, "bowl?"));
}

TEST_CASE("An unknown knob is named with the nearest known one", "[catalogue]") {
  CHECK(contains(buildError("adam(beta3=0.9)"), "adam has no knob 'beta3'; did you mean beta1?"));
  CHECK(contains(buildError("lookahead(adam(bta1=0.9))"), "adam has no knob 'bta1'"));
  CHECK(contains(buildError("lookahead(sgd, lr=1)"), "lookahead has no knob 'lr'"));
  CHECK(contains(catalogue().build<Schedule>(recipe("constant(a=1)")).error().message,
                 "constant takes no knobs, got 'a'"));
}

TEST_CASE("A value out of range is named with the range", "[catalogue]") {
  CHECK(buildError("adam(beta1=1.2)") == "adam.beta1 must be in [0, 0.9999], got 1.2");
  CHECK(buildError("sgd(lr=0)") == "sgd.lr must be in [1e-8, 1000], got 0");
  CHECK(buildError("sgd(lr=-1)") == "sgd.lr must be in [1e-8, 1000], got -1");
  CHECK(buildError("sgd(lr=fast)") == "sgd.lr must be in [1e-8, 1000], got fast");
  CHECK(buildError("lookahead(sgd(lr=2000))") == "sgd.lr must be in [1e-8, 1000], got 2000");
  CHECK(buildError("lookahead(k=1.5)") ==
        "lookahead.k must be a whole number in [1, 1000], got 1.5");
  CHECK(buildError("lookahead(k=1e9)") ==
        "lookahead.k must be a whole number in [1, 1000], got 1000000000");
  CHECK(buildError("newton(damping=1)") == "newton.damping must be on or off, got 1");
  CHECK(contains(buildError("momentum(form=sums)"), "momentum.form must be one of sum, "));
  CHECK(contains(buildError("momentum(form=2)"), "got 2"));
  CHECK(buildError("sgd(schedule=5)") == "sgd.schedule, column 1: expected a name, found '5'");
  CHECK(buildError("lookahead(inner=3)") ==
        "lookahead.inner, column 1: expected a name, found '3'");
}

TEST_CASE("Ends of a range are allowed, and inf where the range has no end", "[catalogue]") {
  build("adam(beta1=0.9999, epsilon=0)");
  build("sgd(lr=1e-8)");
  build("sgd(lr=1000)");
  build("sam(p=inf)");
  CHECK(contains(buildError("sgd(lr=inf)"), "got inf"));
}

TEST_CASE("A knob given twice is refused, by key or by place", "[catalogue]") {
  CHECK(buildError("lookahead(sgd, inner=adam)") == "lookahead.inner is given twice");
  CHECK(buildError("sgd(0.1, lr=0.1)") == "sgd.lr is given twice");
  CHECK(parseRecipe("sgd(lr=0.1, lr=0.1)").error().message == "column 13: lr is given twice");
}

TEST_CASE("Only the first argument may stand without a key", "[catalogue]") {
  CHECK(contains(buildError("lookahead(sgd, adam)"), "lookahead: 'adam' has no key; write"));
  CHECK(contains(buildError("lookahead(k=5, sgd)"), "lookahead: 'sgd' has no key"));
  CHECK(contains(buildError("adam(0.1, 0.9)"), "adam: '0.9' has no key; write key=value"));
  CHECK(contains(catalogue().build<Schedule>(recipe("constant(5)")).error().message,
                 "constant takes no knobs, got '5'"));
}

TEST_CASE("Recipes of one kind are not recipes of another", "[catalogue]") {
  CHECK_FALSE(catalogue().check(Kind::kOptimizer, recipe("cosine")));
  CHECK_FALSE(catalogue().check(Kind::kSchedule, recipe("sgd")));
  CHECK_FALSE(catalogue().check(Kind::kLandscape, recipe("sgd")));
  CHECK(catalogue().check(Kind::kNone, recipe("sgd")).error().message ==
        "'sgd' names nothing in the catalogue");
  CHECK(catalogue().check(Kind::kSchedule, recipe("warmup(warmup(cosine, steps=3))")));
  CHECK(catalogue().check(Kind::kLandscape, recipe("bowl(kappa=25, rotation=-30)")));
}

TEST_CASE("A built optimizer has the values of its recipe and defaults for the rest",
          "[catalogue]") {
  const auto sgd = build("sgd(lr=0.25, schedule=cosine)");
  CHECK(sgd->id == "sgd");
  CHECK(sgd->lr == 0.25);
  CHECK(sgd->rate(0, 10) == 0.25);
  CHECK(sgd->rate(5, 10) == Approx(0.125));
  CHECK(build("sgd(0.5)")->lr == 0.5);
  CHECK(build("sgd")->lr == 0.1);
  CHECK(chain(*build("lookahead(sam(adamw))")) == "lookahead/sam/adamw");
  CHECK(chain(*build("lookahead")) == "lookahead/sgd");
}

TEST_CASE("Configuring keeps what an optimizer remembers", "[catalogue]") {
  Half half;
  ObjectiveOracle oracle(half);
  const auto momentum = build("momentum(lr=0.1, beta=0.9)");
  momentum->reset(vectorLayout(2));
  Vector x(2);
  x << 1, -2;
  momentum->step(oracle, x, momentum->lr);
  const Vector v = memoryOf(*momentum);
  CHECK(v == Vector((Vector(2) << 1, -2).finished()));

  REQUIRE(catalogue().configure(*momentum, recipe("momentum(lr=0.2, beta=0.5)")));
  CHECK(memoryOf(*momentum) == v);
  CHECK(momentum->lr == 0.2);
  const Vector before = x;
  momentum->step(oracle, x, momentum->lr);
  CHECK(x.isApprox(before - 0.2 * (0.5 * v + before), 1e-15));
}

TEST_CASE("Configuring sets what a recipe leaves out to its default", "[catalogue]") {
  const auto optimizer = build("sgd(lr=0.3, schedule=cosine, weightDecay=1)");
  REQUIRE(catalogue().configure(*optimizer, recipe("sgd(weightDecay=0.5)")));
  CHECK(optimizer->lr == 0.1);
  CHECK(optimizer->rate(10, 10) == 0.1);
}

TEST_CASE("An inner optimizer of the same id keeps its memory, another begins anew",
          "[catalogue]") {
  Half half;
  ObjectiveOracle oracle(half);
  const auto lookahead = build("lookahead(momentum(lr=0.1), k=3)");
  lookahead->reset(vectorLayout(2));
  Vector x = Vector::Ones(2);
  lookahead->step(oracle, x, 0.1);
  const Vector v = memoryOf(*lookahead);
  CHECK(v == Vector::Ones(2));
  REQUIRE(catalogue().configure(*lookahead, recipe("lookahead(momentum(beta=0.5), k=4)")));
  CHECK(memoryOf(*lookahead) == v);
  REQUIRE(catalogue().configure(*lookahead, recipe("lookahead(adam)")));
  CHECK(chain(*lookahead) == "lookahead/adam");
  CHECK(memoryOf(*lookahead).size() == 0);
}

TEST_CASE("A clone shares nothing with its original", "[catalogue]") {
  Half half;
  ObjectiveOracle oracle(half);
  const auto original = build("lookahead(momentum(schedule=warmup(cosine)))");
  original->reset(vectorLayout(2));
  Vector x = Vector::Ones(2);
  const auto clone = original->clone();
  original->step(oracle, x, 0.1);
  CHECK(memoryOf(*clone) == Vector::Zero(2));
  REQUIRE(catalogue().configure(*clone, recipe("lookahead(momentum(lr=0.5))")));
  CHECK(original->rate(0, 100) == Approx(0.01 / 10));
  CHECK(clone->rate(0, 100) == 0.5);
}

TEST_CASE("Simplifying leaves what differs from the defaults, keys spelled out", "[catalogue]") {
  CHECK(simple(Kind::kOptimizer, "sgd(lr=0.10, weightDecay=0)") == "sgd");
  CHECK(simple(Kind::kOptimizer, "sgd(0.3)") == "sgd(lr=0.3)");
  CHECK(simple(Kind::kOptimizer, "adam(beta2=0.95, lr=0.01)") == "adam(lr=0.01, beta2=0.95)");
  CHECK(simple(Kind::kOptimizer, "lookahead(k=5, inner=sgd(lr=0.1))") == "lookahead(sgd)");
  CHECK(simple(Kind::kOptimizer, "lookahead") == "lookahead");
  CHECK(simple(Kind::kOptimizer, "sgd(schedule=constant)") == "sgd");
  CHECK(simple(Kind::kOptimizer, "sgd(schedule=warmup(inner=constant, steps=10))") ==
        "sgd(schedule=warmup)");
  CHECK(simple(Kind::kOptimizer, "momentum(form=sum, beta=0.5)") == "momentum(beta=0.5)");
  CHECK(simple(Kind::kLandscape, "bowl(25)") == "bowl(kappa=25)");
  CHECK(simple(Kind::kSchedule, "warmup(cosine(floor=0), steps=7)") ==
        "warmup(inner=cosine, steps=7)");
}

TEST_CASE("Simplifying refuses what the catalogue does not have", "[catalogue]") {
  const auto refused = [](const std::string& text) {
    const auto simplified = catalogue().simplify(Kind::kOptimizer, recipe(text));
    REQUIRE_FALSE(simplified);
    return simplified.error().message;
  };
  CHECK(contains(refused("adm"), "did you mean adam?"));
  CHECK(contains(refused("adam(beta3=0.9)"), "adam has no knob 'beta3'; did you mean beta1?"));
  CHECK(contains(refused("sgd(schedule=warmup(cosin))"), "did you mean cosine?"));
  CHECK(refused("lookahead(sgd, inner=adam)") == "lookahead.inner is given twice");
}

TEST_CASE("Every kind has its list, and an id of its own", "[catalogue]") {
  std::vector<std::string> ids;
  forEachKind([&]<class Base>(const KindOf<Base>& kind) {
    CHECK(name(kind.kind) == kind.id);
    CHECK(Entry<Base>::kind == kind.kind);
    CHECK_FALSE(catalogue().entries<Base>().empty());
    CHECK(std::find(ids.begin(), ids.end(), kind.id) == ids.end());
    ids.push_back(kind.id);
  });
  CHECK(ids.front() == "optimizer");
  CHECK(name(Kind::kNone) == "");
  STATIC_REQUIRE(std::is_same_v<BaseOf<Decorator>, Optimizer>);
  STATIC_REQUIRE(std::is_same_v<BaseOf<Landscape>, Landscape>);
}
