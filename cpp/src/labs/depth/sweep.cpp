#include "labs/depth/sweep.h"

#include <algorithm>
#include <cmath>

namespace descent::depth {

Sweep::Sweep(Text text, std::vector<Trial> trials, std::shared_ptr<const Split> data, int seed,
             int steps)
    : text_(std::move(text)),
      trials_(std::move(trials)),
      data_(std::move(data)),
      seed_(seed),
      steps_(steps) {}

void Sweep::advance(int units) {
  for (; units > 0 && outcomes_.size() < trials_.size(); --units) {
    if (slice_ == 0) {
      const Trial& trial = trials_[outcomes_.size()];
      problem_ = std::make_shared<Training<double>>(trial.setup, data_);
      problem_->prepare(static_cast<std::uint64_t>(seed_));
      runner_ = *makeRunner(trial.optimizer, *problem_, problem_->start());
    }
    const int begin = slice_ * kSlice, end = std::min(begin + kSlice, steps_);
    for (int t = begin + 1; t <= end && runner_.status == Status::kRunning; ++t) {
      runner_.update(*problem_, t, steps_);
    }
    ++slice_;
    if (slice_ < slices() && runner_.status == Status::kRunning) continue;
    outcomes_.push_back(finish());
    slice_ = 0;
  }
}

Sweep::Outcome Sweep::finish() const {
  if (runner_.status == Status::kDiverged) return {kNaN, kNaN, "unstable", stateOf(runner_).text};
  const auto at = [&](const Vector& x) { return problem_->score(x, problem_->training()); };
  const Score score = at(runner_.optimizer->evaluationPoint(runner_.x));
  const double first = at(runner_.start).loss;
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
    const Trial& trial = trials_[i];
    const Outcome& outcome = outcomes_[i];
    if (i == 0 || trials_[i - 1].subject != trial.subject) {
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
    const Network& network = networks_[static_cast<std::size_t>(done_)];
    Vector g;
    network.problem->gradient(network.x, g);
    for (int k = kLowest; k <= kHighest; ++k) {
      const double rate =
          *parseNumber(printShort(std::pow(10.0, static_cast<double>(k) / kPerDecade)));
      const double loss = network.problem->value(network.x - rate * g);
      table_.rows.push_back(
          {network.subject, {network.label, rate, std::isfinite(loss) ? loss : kNaN}});
    }
  }
}

}  // namespace descent::depth
