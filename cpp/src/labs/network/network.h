// The network lab: any recipe trains a network on points of the plane; its state and one epoch.
#pragma once

#include <optional>

#include "descent/catalogue.h"
#include "runs/network_lab.h"

namespace descent::network {

using namespace runs;

class Network final : public Cloneable<Network, NetworkLab> {
 public:
  int patience = 0;
  int epochs = 500;

  Network() { runnerRecipes = *parseRecipes("adam(lr=0.03)"); }

  Result<void> start(Record& record) override;
  void advance(int t, Record& record) override;

  int total() const override { return epochs; }
  std::string unit() const override { return "epoch"; }
  std::vector<Channel> channels() const override;
  Result<Array> read(const Request& request, const Record& record, int step) const override;
  std::vector<Reading> readings(const Record& record, int step) const override;
  std::vector<Table> tables(const Record& record, int step) const override;
  std::vector<Document> documents() const override;
  std::vector<TaskDescription> tasks() const override;
  std::unique_ptr<Task> task(const std::string& id) const override;

 private:
  // What is kept of a run besides.
  struct Progress {
    Vector best;        // with early stopping: the weights of the least validation loss, as judged
    double least = 0;   // that loss
    int at = 0;         // the epoch that it was reached in
    int last = 0;       // the last epoch that was taken
    bool back = false;  // whether the best weights have been taken back
  };
  // In the record; −1 where there is no such quantity.
  struct Series {
    int loss, validation, accuracy, validationAccuracy;
  };

  int stepOf(int update) const override {
    return (update + training().epoch() - 1) / training().epoch();
  }
  bool isClassification() const { return data()->classes > 0; }
  bool holdsBack() const { return data()->validation.size() > 0; }
  // The weights that a run is judged by.
  Vector judged(std::size_t i) const {
    const Runner& runner = runs_[i];
    return progress_[i].back ? progress_[i].best : runner.optimizer->evaluationPoint(runner.x);
  }
  // Whether an epoch is scored: on long runs not all are, or scoring would cost as much as
  // learning.
  bool isScored(int t) const;
  // Of the weights as they stand now, NaN where they have left the finite numbers.
  Training<float>::Scores scoresNow(std::size_t i) const;
  Series declare(Record& record, int i) const;
  void put(Record& record, std::size_t i, int t);
  void stopEarly(std::size_t i, double validationLoss, int t);
  // Norm of the gradient of each layer's weights and biases.
  std::vector<double> layerGradients(const Vector& x) const;

  double lossByChance() const;
  std::optional<Reading> firstStep(std::size_t i) const;

  Array points() const;
  Array window() const;
  Array weights(std::size_t i, int l) const;
  Array norms(std::size_t i) const;
  // What layers first … last give on a grid of the first two inputs: [units, ny, nx].
  Array field(std::size_t i, const Grid& grid, int first, int last) const;
  // What it makes of the outputs: [lead and probability, classes, ny, nx], of two classes the
  // second alone.
  Array decision(std::size_t i, const Grid& grid) const;
  Array seen(std::size_t i, int l) const;
  Array activations(std::size_t i, int l) const;

  Polymorphic<Problem> problem_;
  const Training<float>& training() const { return static_cast<const Training<float>&>(*problem_); }
  std::vector<Progress> progress_;
  std::vector<double> gradientsAtStart_;  // by layer
  std::vector<Series> series_;
};

}  // namespace descent::network
