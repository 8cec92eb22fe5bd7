#include "labs/race/tune.h"

#include <cmath>

#include "runs/recipes.h"

namespace descent::race {
namespace {

// Four rates a decade.
constexpr int kPerDecade = 4;
constexpr int kLowest = -5 * kPerDecade;
constexpr int kHighest = 1 * kPerDecade;

}  // namespace

Tune::Tune(const Problem& problem, const Vector& start, const std::vector<Runner>& runners,
           int steps)
    : steps_(steps), trials_({}, steps) {
  for (std::size_t i = 0; i < runners.size(); ++i) {
    const Recipe& recipe = runners[i].recipe;
    recipes_.push_back(recipe);
    labels_.push_back(runners[i].label);
    if (!innermostHas(recipe, "lr")) {
      runs_.push_back({i, kNaN, recipe});
      continue;
    }
    for (int k = kLowest; k <= kHighest; ++k) {
      // Rounded, so that the recipe that wins is short to write.
      const double rate =
          *parseNumber(printShort(std::pow(10.0, static_cast<double>(k) / kPerDecade)));
      runs_.push_back({i, rate, withInnermost(recipe, "lr", rate)});
    }
  }
  const std::shared_ptr<const Problem> shared = problem.clone();
  std::vector<Trials::Trial> trials;
  for (const Run& run : runs_) trials.push_back({[shared] { return shared; }, run.recipe, start});
  trials_ = Trials(std::move(trials), steps, farAway(problem, start));
}

void Tune::advance(int units) {
  trials_.advance(units, [this](std::size_t i, const Runner& runner, const Problem& problem) {
    Run& run = runs_[i];
    run.status = runner.status == Status::kRunning ? "ran" : nameOf(runner.status);
    if (runner.status == Status::kDiverged) return;
    run.loss = problem.value(runner.optimizer->evaluationPoint(runner.x));
  });
}

Table Tune::result() const {
  Table table{"Final loss by rate",
              {{"Runner", ""},
               {"Rate", "Learning rate of the run."},
               {"Final loss", "After " + counted(steps_, "step") + "."},
               {"Status", ""}},
              {}};
  for (std::size_t i = 0; i < trials_.finished(); ++i) {
    const Run& run = runs_[i];
    table.rows.push_back(
        {static_cast<int>(run.runner), {labels_[run.runner], run.rate, run.loss, run.status}});
  }
  return table;
}

std::vector<Setting> Tune::settings() const {
  if (trials_.finished() < runs_.size()) return {};
  std::vector<Recipe> best = recipes_;
  std::vector<double> least(best.size(), std::numeric_limits<double>::infinity());
  for (const Run& run : runs_) {
    if (!(run.loss < least[run.runner])) continue;
    least[run.runner] = run.loss;
    best[run.runner] = run.recipe;
  }
  return {{"runners", print(best)}};
}

}  // namespace descent::race
