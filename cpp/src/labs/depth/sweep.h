// Tasks of the depth lab: many short runs, and the loss along one direction.
#pragma once

#include "network/training.h"
#include "runs/runner.h"

namespace descent::depth {

using namespace runs;

// A run of one network.
struct Trial {
  int subject;
  std::string label;  // of the network
  double at;          // what is varied: a rate, a depth, a gain
  TrainingSetup setup;
  Recipe optimizer;
};

// Runs of `steps` steps, in units of work of kSlice steps. A run is unstable if it diverges or ends
// with a higher loss than it began with.
class Sweep final : public Task {
 public:
  struct Text {
    std::string title;
    Column varied;
    bool limit;  // whether the trials of a network have a largest stable value worth naming
  };
  Sweep(Text text, std::vector<Trial> trials, std::shared_ptr<const Split> data, int seed,
        int steps);

  // Short enough for a frame of the page.
  static constexpr int kSlice = 4;
  // A loss that is this much above its start counts as higher: batches let it waver.
  static constexpr double kHigher = 1.01;

  int total() const override { return static_cast<int>(trials_.size()) * slices(); }
  int done() const override { return static_cast<int>(outcomes_.size()) * slices() + slice_; }
  void advance(int units) override;
  // A row a run: network, what is varied, final loss (NaN where it was unstable), status, accuracy
  // and why it was unstable.
  Table result() const override;

 private:
  struct Outcome {
    double loss, accuracy;
    std::string status, reason;
  };

  int slices() const { return (steps_ + kSlice - 1) / kSlice; }
  Outcome finish() const;

  Text text_;
  std::vector<Trial> trials_;
  std::shared_ptr<const Split> data_;
  int seed_, steps_;
  std::vector<Outcome> outcomes_;
  int slice_ = 0;  // slices done of the next trial
  std::shared_ptr<Training<double>> problem_;
  Runner runner_;
};

// The loss of each network after one step of gradient descent from where it stands, by the step's
// rate: as far as it falls the gradient can be trusted (Santurkar et al. 2018,
// https://arxiv.org/abs/1805.11604). A unit of work is a network.
class Slice final : public Task {
 public:
  struct Network {
    int subject;
    std::string label;
    std::shared_ptr<const Training<double>> problem;
    Vector x;
  };
  explicit Slice(std::vector<Network> networks) : networks_(std::move(networks)) {}

  int total() const override { return static_cast<int>(networks_.size()); }
  int done() const override { return done_; }
  void advance(int units) override;
  Table result() const override { return table_; }

 private:
  std::vector<Network> networks_;
  int done_ = 0;
  Table table_{"Loss along minus the gradient",
               {{"Network", ""},
                {"Step", "η, the rate of one step of gradient descent on all examples."},
                {"Loss", "After this step."}},
               {}};
};

}  // namespace descent::depth
