// Runs tried one after another, in slices short enough for a frame of the page.
#pragma once

#include <functional>
#include <limits>
#include <memory>

#include "runs/runner.h"

namespace descent::runs {

class Trials {
 public:
  // The problem is made, with its data drawn, when the trial's turn comes.
  struct Trial {
    std::function<std::shared_ptr<const Problem>()> problem;
    Recipe recipe;
    Vector start = {};  // the problem's own where it is empty
  };
  // Steps of a slice, the unit of the work, where they take as little time as those of a surface.
  static constexpr int kSlice = 50;

  // Each runs `steps` steps; it has diverged past `farAway`, as a runner does (infinity: only where
  // it leaves the finite numbers).
  Trials(std::vector<Trial> trials, int steps,
         double farAway = std::numeric_limits<double>::infinity(), int slice = kSlice);

  int total() const { return static_cast<int>(trials_.size()) * slices(); }
  int done() const { return static_cast<int>(finished_) * slices() + done_; }
  // Do up to `units` slices; a trial that has stopped is finished at once, and is handed on with
  // its number and its problem.
  void advance(int units,
               const std::function<void(std::size_t, const Runner&, const Problem&)>& finish);
  // How many are finished.
  std::size_t finished() const { return finished_; }

 private:
  int slices() const { return (steps_ + slice_ - 1) / slice_; }

  std::vector<Trial> trials_;
  int steps_;
  double farAway_;
  int slice_;
  std::size_t finished_ = 0;
  int done_ = 0;  // slices of the next one
  std::shared_ptr<const Problem> problem_;
  Runner runner_;  // which runs it
};

}  // namespace descent::runs
