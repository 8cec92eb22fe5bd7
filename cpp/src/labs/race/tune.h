// Tuning for a fair race: every runner's rate is tried on one logarithmic grid, so that nobody wins
// by a lucky one.
#pragma once

#include "descent/lab.h"
#include "runs/trials.h"

namespace descent::race {

using namespace runs;

// Runs of `steps` steps from one start, the least final loss wins.
class Tune final : public Task {
 public:
  Tune(const Problem& problem, const Vector& start, const std::vector<Runner>& runners, int steps);

  int total() const override { return trials_.total(); }
  int done() const override { return trials_.done(); }
  void advance(int units) override;
  // A row a run: runner, rate, final loss (NaN where it diverged), status.
  Table result() const override;
  // `runners`, each at its best rate.
  std::vector<Setting> settings() const override;

 private:
  struct Run {
    std::size_t runner;
    double rate;  // NaN of an optimizer without one
    Recipe recipe;
    double loss = kNaN;
    std::string status = {};
  };

  std::vector<Recipe> recipes_;
  std::vector<std::string> labels_;
  int steps_;
  std::vector<Run> runs_;
  Trials trials_;
};

}  // namespace descent::race
