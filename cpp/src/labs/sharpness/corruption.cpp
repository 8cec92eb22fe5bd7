#include <array>
#include <cmath>

#include "labs/sharpness/tasks.h"

namespace descent::sharpness {
namespace {

constexpr std::array kSizes = {0.0, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.7, 1.0};
constexpr int kDraws = 20;

// Every runner and every size sees the same draws, so that differences are not of luck.
class Corruption final : public Task {
 public:
  Corruption(std::vector<Trained> runners, std::uint64_t seed)
      : runners_(std::move(runners)), seed_(seed) {}

  int total() const override { return static_cast<int>(runners_.size() * kSizes.size()) * kDraws; }
  int done() const override { return done_; }
  void advance(int units) override {
    for (; units > 0 && done_ < total(); --units, ++done_) {
      const int row = done_ / kDraws, draw = done_ % kDraws;
      const Trained& runner = runners_[static_cast<std::size_t>(row) / kSizes.size()];
      const double sigma = kSizes[static_cast<std::size_t>(row) % kSizes.size()];
      const Score score = disturbed(runner, sigma, draw);
      wrong_.push_back(1 - score.accuracy);
      losses_.push_back(score.loss);
      if (draw + 1 == kDraws) finish(runner, sigma);
    }
  }

  std::vector<Channel> channels() const override {
    const char* label = hasClasses() ? "Validation error" : "Validation loss";
    return {Channel("noisy", ChannelKind::kRows, label)
                .named({"sigma", "mean", "error"})
                .takes({{"runner", 0, static_cast<double>(runners_.back().subject)}})};
  }
  Result<Array> read(const Request& request) const override {
    Array all{{0, 3}, {}};
    for (const Row& row : rows_) {
      if (row.subject != request.whole(0)) continue;
      for (std::size_t k = 1; k <= 3; ++k) all.data.push_back(std::get<double>(row.cells[k]));
      ++all.shape[0];
    }
    return all;
  }

  Table result() const override {
    const std::string draws = "Mean over " + std::to_string(kDraws) + " draws of the noise.";
    Table table{"Noise on the validation inputs",
                {{"Runner", ""}, {"σ", "Standard deviation of the Gaussian noise on every input."}},
                rows_};
    const auto mean = [&](const char* label) {
      table.columns.push_back({label, draws});
      table.columns.push_back({"±", "Its standard error."});
    };
    if (hasClasses()) mean("Validation error");
    mean("Validation loss");
    return table;
  }

 private:
  bool hasClasses() const { return runners_.front().net->data().classes > 0; }

  Score disturbed(const Trained& runner, double sigma, int draw) const {
    Portion<double> noisy = runner.net->validation();
    Random random(seed_, "noise on inputs", draw);
    for (int i = 0; i < noisy.inputs.rows(); ++i) {
      for (double& entry : noisy.inputs.values(i)) entry += sigma * random.normal();
    }
    return runner.net->score(runner.x, noisy);
  }

  void finish(const Trained& runner, double sigma) {
    Row row{runner.subject, {runner.label, sigma}};
    for (const auto* samples : {&wrong_, &losses_}) {
      if (samples == &wrong_ && !hasClasses()) continue;
      const Trace mean = meanOf(*samples);
      row.cells.push_back(mean.value);
      row.cells.push_back(sigma > 0 ? mean.error : 0.0);
    }
    rows_.push_back(std::move(row));
    wrong_.clear();
    losses_.clear();
  }

  std::vector<Trained> runners_;
  std::uint64_t seed_;
  std::vector<double> wrong_, losses_;  // of the draws at one size
  std::vector<Row> rows_;
  int done_ = 0;
};

}  // namespace

std::unique_ptr<Task> corruption(std::vector<Trained> runners, std::uint64_t seed) {
  return std::make_unique<Corruption>(std::move(runners), seed);
}

}  // namespace descent::sharpness
