#include "runs/trials.h"

#include <algorithm>
#include <cmath>

namespace descent::runs {

Trials::Trials(std::vector<Trial> trials, int steps, double farAway, int slice)
    : trials_(std::move(trials)), steps_(steps), farAway_(farAway), slice_(slice) {}

void Trials::advance(
    int units, const std::function<void(std::size_t, const Runner&, const Problem&)>& finish) {
  for (; units > 0 && finished_ < trials_.size(); --units) {
    if (done_ == 0) {
      const Trial& trial = trials_[finished_];
      problem_ = trial.problem();
      runner_ = *makeRunner(trial.recipe, *problem_,
                            trial.start.size() > 0 ? trial.start : problem_->start());
    }
    const int begin = done_ * slice_, end = std::min(begin + slice_, steps_);
    for (int t = begin + 1; t <= end && runner_.status == Status::kRunning; ++t) {
      if (std::isfinite(farAway_)) {
        runner_.step(*problem_, t, steps_, farAway_);
      } else {
        runner_.update(*problem_, t, steps_);
      }
    }
    ++done_;
    if (done_ < slices() && runner_.status == Status::kRunning) continue;
    finish(finished_, runner_, *problem_);
    ++finished_;
    done_ = 0;
  }
}

}  // namespace descent::runs
