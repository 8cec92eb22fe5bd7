#include "networks.h"

#include <array>
#include <chrono>
#include <memory>

#include "descent/catalogue.h"
#include "network/training.h"

namespace descent {
namespace {

struct Setup {
  const char* name;
  int inputs;
  std::vector<int> hidden;
  int outputs;
  int batch;
  int stride;  // steps between two looks at the clock, which takes as long as a small step
};

const std::array<Setup, kNetworks> kSetups = {{
    {"2-8-8-1", 2, {8, 8}, 1, 10, 100},
    {"2-64-64-1", 2, {64, 64}, 1, 256, 1},
    {"64-256-256-10", 64, {256, 256}, 10, 128, 1},
}};

constexpr int kBatches = 10;  // of an epoch
constexpr std::uint64_t kSeed = 1;

// Examples from N(0, 1), with a number to be learned of each or, where there are more outputs, a
// class.
std::shared_ptr<const Split> randomData(const Setup& s) {
  Random random(kSeed);
  const auto draw = [&random](Matrix& m, int rows, int cols) {
    m.resize(rows, cols);
    for (double& entry : m.reshaped()) entry = random.normal();
  };
  const int n = kBatches * s.batch;
  auto split = std::make_shared<Split>();
  Examples& examples = split->training;
  draw(examples.inputs, s.inputs, n);
  split->inputs = s.inputs;
  split->classes = s.outputs == 1 ? 0 : s.outputs;
  if (s.outputs == 1) {
    draw(examples.targets, 1, n);
  } else {
    const auto classes = static_cast<std::uint32_t>(s.outputs);
    for (int j = 0; j < n; ++j) examples.labels.push_back(static_cast<int>(random.below(classes)));
  }
  split->cleanLabels = examples.labels;
  split->validation.inputs.resize(s.inputs, 0);
  split->validation.targets.resize(examples.targets.rows(), 0);
  return split;
}

TrainingSetup setupOf(const Setup& s) {
  TrainingSetup setup;
  setup.architecture.inputs = s.inputs;
  setup.architecture.hidden = s.hidden;
  setup.architecture.outputs = s.outputs;
  setup.loss = s.outputs == 1 ? Loss::kSquared : Loss::kSoftmax;
  setup.batch = s.batch;
  return setup;
}

class Run {
 public:
  explicit Run(const Setup& s)
      : training_(setupOf(s), randomData(s)),
        optimizer_(std::move(*catalogue().build<Optimizer>(*parseRecipe("adam(lr=0.001)")))) {
    training_.prepare(kSeed);
    x_ = training_.start();
    optimizer_->reset(training_.layout());
  }

  void step() {
    ObjectiveOracle oracle(training_.at(++t_));
    optimizer_->step(oracle, x_, optimizer_->rate(t_ - 1, kTotal));
  }

 private:
  static constexpr int kTotal =
      1 << 30;  // longer than any run, and of no effect on a constant rate

  Training<float> training_;
  std::unique_ptr<Optimizer> optimizer_;
  Vector x_;
  int t_ = 0;
};

}  // namespace

const char* networkName(int size) { return kSetups[static_cast<std::size_t>(size)].name; }

double networkBench(int size, double milliseconds) {
  using Clock = std::chrono::steady_clock;
  const auto index = static_cast<std::size_t>(size);
  static std::array<std::unique_ptr<Run>, kNetworks> runs;
  if (!runs[index]) runs[index] = std::make_unique<Run>(kSetups[index]);
  long steps = 0;
  std::chrono::duration<double, std::milli> spent;
  const auto begin = Clock::now();
  do {
    for (int i = 0; i < kSetups[index].stride; ++i) runs[index]->step();
    steps += kSetups[index].stride;
    spent = Clock::now() - begin;
  } while (spent.count() < milliseconds);
  return 1000 * static_cast<double>(steps) / spent.count();
}

}  // namespace descent
