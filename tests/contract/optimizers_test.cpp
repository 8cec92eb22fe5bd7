// What every optimizer keeps, decorators included.
#include <regex>
#include <set>

#include "contract/trial.h"

using namespace descent;

namespace {

const std::vector<Entry<Optimizer>>& optimizers() { return catalogue().entries<Optimizer>(); }

// A run on Rosenbrock's valley from its best start, at its suggested rate.
Trial onRosenbrock(const std::string& recipe) {
  static const auto surface = landscape("rosenbrock");
  return Trial(optimizer(recipe), *surface, surface->starts().front(),
               suggestedRate(*surface, recipe));
}

// Parameters that the optimizer's memory holds.
Eigen::Index remembered(const Optimizer& optimizer) {
  Eigen::Index size = 0;
  for (const Memory& memory : optimizer.memory()) size += memory.values->size();
  return size;
}

}  // namespace

TEST_CASE("Optimizers are told apart by ids in kebab case", "[contract][optimizers]") {
  const std::regex kebabCase("[a-z][a-z0-9]*(-[a-z0-9]+)*");
  std::set<std::string> ids;
  for (const auto& entry : optimizers()) {
    INFO(entry.id);
    CHECK(ids.insert(entry.id).second);
    CHECK(std::regex_match(entry.id, kebabCase));
  }
  CHECK(ids.size() >= 8);
}

TEST_CASE("Optimizers say what they are and whose", "[contract][optimizers]") {
  for (const auto& entry : optimizers()) {
    INFO(entry.id);
    CHECK_FALSE(entry.title.empty());
    CHECK_FALSE(entry.sentence.empty());
    CHECK(contains(entry.formula, "\\"));
    CHECK_FALSE(entry.citation.empty());
    CHECK(entry.link.rfind("https://", 0) == 0);
    CHECK_FALSE(entry.variant.empty());
  }
}

TEST_CASE("Optimizers are told apart by hue and slot", "[contract][optimizers]") {
  std::set<std::pair<int, int>> styles;
  for (const auto& entry : optimizers()) {
    if (entry.decorates != Decorates::kNothing) continue;
    INFO(entry.id);
    const auto [hue, slot, ring, hollow] = entry.style;
    CHECK((hue >= 0 && hue <= 7));
    CHECK((slot >= 0 && slot <= 5));
    CHECK(styles.insert({hue, slot}).second);
    CHECK_FALSE(ring);
    CHECK_FALSE(hollow);
  }
}

TEST_CASE("Optimizers descend a bowl at its suggested rate", "[contract][optimizers]") {
  const auto bowl = landscape("bowl");
  const auto cosine = catalogue().build<Schedule>({"cosine", {}});
  constexpr int kSteps = 1000;
  for (const auto& entry : optimizers()) {
    const Vector start = bowl->starts().front();
    Trial run(optimizer(entry.id), *bowl, start, suggestedRate(*bowl, entry.id));
    // Steps of fixed length cannot come to rest at a constant rate.
    const double rate = run.rate;
    const bool decays = !followsGradient(entry.id) && run.optimizer->lr != rate;
    for (int t = 0; t < kSteps; ++t) {
      run.rate = rate * (decays ? (*cosine)->factor(t, kSteps) : 1);
      run.go(1);
    }
    INFO(entry.id << " at rate " << run.rate << " ends at " << run.x.transpose());
    CHECK(run.status != Status::kDiverged);
    Vector end = run.optimizer->evaluationPoint(run.x);
    if (entry.id == "deflated") end[1] = 0;  // the sharpest direction is the one it leaves alone
    CHECK(bowl->value(end) < 0.02 * bowl->value(start));
  }
}

TEST_CASE("Optimizers repeat a run bit for bit after a reset", "[contract][optimizers]") {
  for (const auto& entry : optimizers()) {
    INFO(entry.id);
    Trial run = onRosenbrock(entry.id);
    const Vector start = run.x;
    const auto first = run.go(33);
    CHECK(sameBits(onRosenbrock(entry.id).go(33), first));
    run.optimizer->reset(vectorLayout(2));
    run.x = start;
    CHECK(sameBits(run.go(33), first));
    // In between, parameters of another number.
    run.optimizer->reset(vectorLayout(5));
    const Quadratic other{1, 1, 1, 1, 1};
    ObjectiveOracle oracle(other);
    Vector x = Vector::Ones(5);
    for (int t = 0; t < 3; ++t) run.optimizer->step(oracle, x, run.rate);
    run.optimizer->reset(vectorLayout(2));
    run.x = start;
    CHECK(sameBits(run.go(33), first));
  }
}

TEST_CASE("Optimizers cloned in mid-run go on alike and apart", "[contract][optimizers]") {
  for (const auto& entry : optimizers()) {
    for (const int steps : {0, 1, 7}) {
      INFO(entry.id << " cloned after " << steps);
      Trial original = onRosenbrock(entry.id), clone = onRosenbrock(entry.id);
      original.go(steps);
      clone.optimizer = original.optimizer->clone();
      clone.x = original.x;
      CHECK(clone.optimizer->id == entry.id);
      // The original first, then the clone: had they a state in common, it would have moved.
      const auto path = original.go(13);
      CHECK(sameBits(clone.go(13), path));
      clone.optimizer->reset(vectorLayout(2));
      const auto later = original.go(13);
      Trial straight = onRosenbrock(entry.id);
      straight.go(steps + 13);
      CHECK(sameBits(straight.go(13), later));
    }
  }
}

TEST_CASE("Optimizers meet enormous gradients with numbers or with divergence",
          "[contract][optimizers]") {
  const auto surface = landscape("rosenbrock");
  for (const auto& entry : optimizers()) {
    for (const double factor : {1e100, 1e150, 1e200, 1e300, 1e306}) {
      INFO(entry.id << " on f times " << factor);
      const Magnified huge(*surface, factor);
      Trial run(optimizer(entry.id), huge, surface->starts().front(), 0.01);
      for (int t = 0; t < 50 && run.status != Status::kDiverged; ++t) {
        run.go(1);
        CHECK((run.x.allFinite() || run.status == Status::kDiverged));
      }
    }
  }
}

TEST_CASE("Optimizers stay among the numbers where gradients vanish", "[contract][optimizers]") {
  const Quadratic ravine{1, 0}, flat{0, 0}, faint{1e-300, 1e-310};
  for (const auto& entry : optimizers()) {
    for (const Objective* objective : {&ravine, &flat, &faint}) {
      INFO(entry.id);
      Trial run(optimizer(entry.id), *objective, Point(1, -2), 0.01);
      run.go(50);
      INFO("ends at " << run.x.transpose());
      CHECK(run.x.allFinite());
      CHECK(run.status != Status::kDiverged);
      // Unmoved, or shrunk by weight decay; noise moves it.
      if (entry.id != "noise") CHECK(std::abs(run.x[1]) <= 2);
    }
  }
}

TEST_CASE("Optimizers descend in one dimension and in five", "[contract][optimizers]") {
  for (const auto& entry : optimizers()) {
    for (const int n : {1, 5}) {
      if (entry.id == "deflated" && n == 1) continue;  // it removes the only direction
      INFO(entry.id << " in dimension " << n);
      const Quadratic objective(Matrix(Vector::LinSpaced(n, 1, 5).asDiagonal()));
      const Vector start = Vector::LinSpaced(n, -1, 2);
      Trial run(optimizer(entry.id), objective, start, 0.01);
      run.go(100);
      CHECK(run.x.size() == n);
      CHECK(run.x.allFinite());
      CHECK(objective.value(run.optimizer->evaluationPoint(run.x)) < objective.value(start));
    }
  }
}

TEST_CASE("Optimizers remember as much after twenty steps as after two", "[contract][optimizers]") {
  for (const auto& entry : optimizers()) {
    INFO(entry.id);
    Trial run = onRosenbrock(entry.id);
    run.go(2);
    const Eigen::Index early = remembered(*run.optimizer);
    if (!contains(chain(*run.optimizer), "shampoo")) CHECK(early % 2 == 0);  // vectors of the plane
    run.go(18);
    CHECK(remembered(*run.optimizer) == early);
  }
}

TEST_CASE("Decorators wrap every optimizer and every decorator", "[contract][optimizers]") {
  for (const auto& outer : optimizers()) {
    if (outer.decorates == Decorates::kNothing) continue;
    for (const auto& inner : optimizers()) {
      const std::string recipe = outer.id + "(" + inner.id + ")";
      INFO(recipe);
      Trial run = onRosenbrock(recipe);
      CHECK(chain(*run.optimizer).rfind(outer.id + "/" + inner.id, 0) == 0);
      const auto path = run.go(20);
      CHECK(run.status != Status::kDiverged);
      CHECK(run.x.allFinite());
      CHECK(sameBits(onRosenbrock(recipe).go(20), path));
    }
  }
}
