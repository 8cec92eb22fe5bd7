// Where the weights of one optimizer end, over rates and decays.
#pragma once

#include "descent/lab.h"
#include "runs/trials.h"

namespace descent::decay {

using namespace runs;

class Grid final : public Task {
 public:
  Grid(const Problem& problem, const Vector& start, const Recipe& recipe, int steps);

  int total() const override { return trials_.total(); }
  int done() const override { return trials_.done(); }
  void advance(int units) override;
  Table result() const override;

 private:
  int steps_;
  Trials trials_;
  std::vector<double> lengths_;  // ‖θ‖ of each trial at its end, NaN where it diverged
};

}  // namespace descent::decay
