#include "labs/depth/sweep.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace descent::depth {
namespace {

std::vector<Trials::Trial> trialsOf(const std::vector<Case>& cases,
                                    const std::shared_ptr<const Split>& data, int seed) {
  std::vector<Trials::Trial> trials;
  for (const Case& c : cases) {
    const auto make = [setup = c.setup, data, seed] {
      auto problem = std::make_shared<Training<double>>(setup, data);
      problem->prepare(static_cast<std::uint64_t>(seed));
      return problem;
    };
    trials.push_back({make, c.optimizer});
  }
  return trials;
}

}  // namespace

Sweep::Sweep(Text text, std::vector<Case> cases, std::shared_ptr<const Split> data, int seed,
             int steps)
    : text_(std::move(text)),
      cases_(std::move(cases)),
      steps_(steps),
      trials_(trialsOf(cases_, data, seed), steps, std::numeric_limits<double>::infinity(),
              kSlice) {}

void Sweep::advance(int units) {
  trials_.advance(units, [this](std::size_t, const Runner& runner, const Problem& problem) {
    outcomes_.push_back(outcomeOf(runner, static_cast<const Training<double>&>(problem)));
  });
}

Sweep::Outcome Sweep::outcomeOf(const Runner& runner, const Training<double>& problem) {
  if (runner.status == Status::kDiverged) return {kNaN, kNaN, "unstable", stateOf(runner).text};
  const auto at = [&](const Vector& x) { return problem.score(x, problem.training()); };
  const Score score = at(runner.optimizer->evaluationPoint(runner.x));
  const double first = at(runner.start).loss;
  if (score.loss <= kHigher * first) return {score.loss, score.accuracy, "ran", ""};
  return {kNaN, score.accuracy, "unstable",
          "ended at " + printShort(score.loss) + ", above its start at " + printShort(first)};
}

Table Sweep::result() const {
  Table table{text_.title,
              {{"Network", ""},
               text_.varied,
               {"Final loss", "On the training examples, after " + counted(steps_, "step") +
                                  "; none where the run was unstable."},
               {"Status", "Unstable where it diverged, or ended above its start."},
               {"Accuracy", "On the training examples."},
               {"Reason", ""}},
              {}};
  if (text_.limit) {
    table.columns.push_back({"Stable up to", "The largest tried so far before one is unstable."});
  }
  double limit = kNaN;
  bool stable = true;
  for (std::size_t i = 0; i < outcomes_.size(); ++i) {
    const Case& trial = cases_[i];
    const Outcome& outcome = outcomes_[i];
    if (i == 0 || cases_[i - 1].subject != trial.subject) {
      limit = kNaN;
      stable = true;
    }
    stable = stable && outcome.status == "ran";
    if (stable) limit = trial.at;
    table.rows.push_back(
        {trial.subject,
         {trial.label, trial.at, outcome.loss, outcome.status, outcome.accuracy, outcome.reason}});
    if (text_.limit) table.rows.back().cells.push_back(limit);
  }
  return table;
}

void Slice::advance(int units) {
  constexpr int kPerDecade = 8, kLowest = -4 * kPerDecade, kHighest = 2 * kPerDecade;
  for (; units > 0 && done_ < total(); --units, ++done_) {
    const Trained& network = networks_[static_cast<std::size_t>(done_)];
    Vector g;
    network.net->gradient(network.x, g);
    for (int k = kLowest; k <= kHighest; ++k) {
      const double rate =
          *parseNumber(printShort(std::pow(10.0, static_cast<double>(k) / kPerDecade)));
      const double loss = network.net->value(network.x - rate * g);
      table_.rows.push_back(
          {network.subject, {network.label, rate, std::isfinite(loss) ? loss : kNaN}});
    }
  }
}

}  // namespace descent::depth
