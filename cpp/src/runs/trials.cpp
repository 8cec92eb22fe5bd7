#include "runs/trials.h"

#include <algorithm>
#include <cmath>

namespace descent::runs {

Trials::Trials(std::vector<Trial> trials, int steps, double farAway)
    : trials_(std::move(trials)), steps_(steps), farAway_(farAway) {}

void Trials::advance(
    int units, const std::function<void(std::size_t, const Runner&, const Problem&)>& finish) {
  for (; units > 0 && finished_ < trials_.size(); --units) {
    if (slice_ == 0) {
      const Trial& trial = trials_[finished_];
      problem_ = trial.problem();
      runner_ = *makeRunner(trial.recipe, *problem_,
                            trial.start.size() > 0 ? trial.start : problem_->start());
    }
    const int begin = slice_ * kSlice, end = std::min(begin + kSlice, steps_);
    for (int t = begin + 1; t <= end && runner_.status == Status::kRunning; ++t) {
      if (std::isfinite(farAway_)) {
        runner_.step(*problem_, t, steps_, farAway_);
      } else {
        runner_.update(*problem_, t, steps_);
      }
    }
    ++slice_;
    if (slice_ < slices() && runner_.status == Status::kRunning) continue;
    finish(finished_, runner_, *problem_);
    ++finished_;
    slice_ = 0;
  }
}

}  // namespace descent::runs
