// Tasks of the depth lab: many short runs, and the loss along one direction.
#pragma once

#include "runs/loss_surface.h"
#include "runs/trials.h"

namespace descent::depth {

using namespace runs;

// A run of one network.
struct Case {
  int subject;
  std::string label;  // of the network
  double at;          // what is varied: a rate, a depth, a gain
  TrainingSetup setup;
  Recipe optimizer;
};

// Runs of `steps` steps. One is unstable if it diverges or ends with a higher loss than it began
// with.
class Sweep final : public Task {
 public:
  struct Text {
    std::string title;
    Column varied;
    bool limit;  // whether the cases of a network have a largest stable value worth naming
  };
  Sweep(Text text, std::vector<Case> cases, std::shared_ptr<const Split> data, int seed, int steps);

  // Steps of a unit of work, short enough for a frame of the page.
  static constexpr int kSlice = 4;
  // A loss that is this much above its start counts as higher: batches let it waver.
  static constexpr double kHigher = 1.01;

  int total() const override { return trials_.total(); }
  int done() const override { return trials_.done(); }
  void advance(int units) override;
  // A row a run: network, what is varied, final loss (NaN where it was unstable), status, accuracy
  // and why it was unstable.
  Table result() const override;

 private:
  struct Outcome {
    double loss, accuracy;
    std::string status, reason;
  };
  static Outcome outcomeOf(const Runner& runner, const Training<double>& problem);

  Text text_;
  std::vector<Case> cases_;
  int steps_;
  Trials trials_;
  std::vector<Outcome> outcomes_;
};

// The loss of each network after one step of gradient descent from where it stands, by the step's
// rate: as far as it falls the gradient can be trusted (Santurkar et al. 2018,
// https://arxiv.org/abs/1805.11604). A unit of work is a network.
class Slice final : public Task {
 public:
  explicit Slice(std::vector<Trained> networks) : networks_(std::move(networks)) {}

  int total() const override { return static_cast<int>(networks_.size()); }
  int done() const override { return done_; }
  void advance(int units) override;
  Table result() const override { return table_; }

 private:
  std::vector<Trained> networks_;
  int done_ = 0;
  Table table_{"Loss along minus the gradient",
               {{"Network", ""},
                {"Step", "η, the rate of one step of gradient descent on all examples."},
                {"Loss", "After this step."}},
               {}};
};

}  // namespace descent::depth
