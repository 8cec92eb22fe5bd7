#include "labs/decay/grid.h"

#include <cmath>

#include "runs/recipes.h"

namespace descent::decay {
namespace {

constexpr int kSide = 8;

// Half decades, rounded, so that a recipe is short to write.
double halfDecades(int i, int lowest) {
  return *parseNumber(printShort(std::pow(10, i / 2.0 + lowest)));
}
double decayOf(int i) { return halfDecades(i / kSide, -3); }
double rateOf(int i) { return halfDecades(i % kSide, -4); }

std::vector<Trials::Trial> trialsOf(const Problem& problem, const Vector& start,
                                    const Recipe& recipe) {
  const std::shared_ptr<const Problem> shared = problem.clone();
  std::vector<Trials::Trial> trials;
  for (int i = 0; i < kSide * kSide; ++i) {
    trials.push_back({[shared] { return shared; },
                      withInnermost(withDecay(recipe, decayOf(i)), "lr", rateOf(i)), start});
  }
  return trials;
}

}  // namespace

Grid::Grid(const Problem& problem, const Vector& start, const Recipe& recipe, int steps)
    : steps_(steps), trials_(trialsOf(problem, start, recipe), steps, farAway(problem, start)) {}

void Grid::advance(int units) {
  trials_.advance(units, [this](std::size_t, const Runner& runner, const Problem&) {
    const bool diverged = runner.status == Status::kDiverged;
    lengths_.push_back(diverged ? kNaN : runner.optimizer->evaluationPoint(runner.x).norm());
  });
}

Table Grid::result() const {
  Table table{"Final ‖θ‖ by rate and decay",
              {{"Decay", ""},
               {"Rate", "Learning rate of the run."},
               {"Final ‖θ‖", "After " + counted(steps_, "step") + "."}},
              {}};
  for (std::size_t k = 0; k < lengths_.size(); ++k) {
    const int i = static_cast<int>(k);
    table.rows.push_back({i / kSide, {"λ = " + printShort(decayOf(i)), rateOf(i), lengths_[k]}});
  }
  return table;
}

}  // namespace descent::decay
