// Tuning for a fair race: every runner's rate is tried on one logarithmic grid, so that nobody wins
// by a lucky one.
#pragma once

#include "runs/runner.h"

namespace descent::race {

using namespace runs;

// Runs of `steps` steps from one start, in units of work of kSlice steps; the least final loss
// wins.
class Tune final : public Task {
 public:
  Tune(const Problem& problem, const Vector& start, const std::vector<Runner>& runners, int steps);

  // Short enough for a frame of the page.
  static constexpr int kSlice = 50;

  int total() const override { return static_cast<int>(trials_.size()) * slices(); }
  int done() const override { return static_cast<int>(finished_) * slices() + slice_; }
  void advance(int units) override;
  // A row a run: runner, rate, final loss (NaN where it diverged), status.
  Table result() const override;
  // `runners`, each at its best rate.
  std::vector<Setting> settings() const override;

 private:
  struct Trial {
    std::size_t runner;
    double rate;  // NaN of an optimizer without one
    Recipe recipe;
    double loss;
    std::string status;
  };

  int slices() const { return (steps_ + kSlice - 1) / kSlice; }

  Polymorphic<Problem> problem_;
  Vector start_;
  std::vector<Recipe> recipes_;
  std::vector<std::string> labels_;
  int steps_;
  std::vector<Trial> trials_;
  std::size_t finished_ = 0;  // trials
  int slice_ = 0;             // slices done of the next one
  Runner runner_;             // which runs it
};

}  // namespace descent::race
