#include "labs/race/tune.h"

#include <cmath>

#include "labs/race/race.h"
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
    : problem_(problem.clone()), start_(start), steps_(steps) {
  for (std::size_t i = 0; i < runners.size(); ++i) {
    recipes_.push_back(runners[i].recipe);
    labels_.push_back(runners[i].label);
    for (int k = kLowest; k <= kHighest && innermostHas(recipes_[i], "lr"); ++k) {
      // Rounded, so that the recipe that wins is short to write.
      const double rate =
          *parseNumber(printShort(std::pow(10.0, static_cast<double>(k) / kPerDecade)));
      trials_.push_back({i, rate, withInnermost(recipes_[i], "lr", rate), kNaN, ""});
    }
    if (trials_.empty() || trials_.back().runner != i) {
      trials_.push_back({i, kNaN, recipes_[i], kNaN, ""});
    }
  }
}

void Tune::advance(int units) {
  const double far = farAway(*problem_, start_);
  for (; units > 0 && finished_ < trials_.size(); --units) {
    Trial& trial = trials_[finished_];
    if (slice_ == 0) runner_ = *makeRunner(trial.recipe, *problem_, start_);
    const int begin = slice_ * kSlice, end = std::min(begin + kSlice, steps_);
    for (int t = begin + 1; t <= end && runner_.status == Status::kRunning; ++t) {
      runner_.step(*problem_, t, steps_, far);
    }
    ++slice_;
    if (slice_ < slices() && runner_.status == Status::kRunning) continue;
    trial.status = runner_.status == Status::kRunning ? "ran" : nameOf(runner_.status);
    if (runner_.status != Status::kDiverged) {
      trial.loss = problem_->value(runner_.optimizer->evaluationPoint(runner_.x));
    }
    ++finished_;
    slice_ = 0;
  }
}

Table Tune::result() const {
  Table table{"Final loss by rate",
              {{"Runner", ""},
               {"Rate", "Learning rate of the run."},
               {"Final loss", "After " + counted(steps_, "step") + "."},
               {"Status", ""}},
              {}};
  for (std::size_t i = 0; i < finished_; ++i) {
    const Trial& trial = trials_[i];
    table.rows.push_back({static_cast<int>(trial.runner),
                          {labels_[trial.runner], trial.rate, trial.loss, trial.status}});
  }
  return table;
}

std::vector<Setting> Tune::settings() const {
  if (finished_ < trials_.size()) return {};
  std::vector<Recipe> best = recipes_;
  std::vector<double> least(best.size(), std::numeric_limits<double>::infinity());
  for (const Trial& trial : trials_) {
    if (!(trial.loss < least[trial.runner])) continue;
    least[trial.runner] = trial.loss;
    best[trial.runner] = trial.recipe;
  }
  return {{"runners", print(best)}};
}

std::vector<TaskDescription> Race::tasks() const {
  return {{"tune", "Tune",
           "Try every runner at 25 rates from 0.00001 to 10 and give each the one that ends "
           "lowest, so that nobody wins by a lucky rate.",
           true}};
}

std::unique_ptr<Task> Race::task(const std::string& id) const {
  if (id != "tune") return nullptr;
  return std::make_unique<Tune>(*problem_, start_, runners_, steps);
}

}  // namespace descent::race
