// The race as a lab: its knobs, its state and one step of it.
#pragma once

#include <memory>

#include "descent/catalogue.h"
#include "runs/ground_lab.h"
#include "runs/series.h"

namespace descent::race {

using namespace runs;

class Race final : public Cloneable<Race, GroundLab> {
 public:
  int steps = 100;
  double tolerance = 1e-3;

  Race() {
    runnerRecipes = *parseRecipes("sgd(lr=0.005), momentum(lr=0.004), muon(lr=0.15), adam(lr=0.2)");
  }

  Result<void> start(Record& record) override;
  void advance(int t, Record& record) override;
  int total() const override { return steps; }
  std::string subtitle() const override;

  std::vector<Mark> marks() const override;
  std::vector<Reading> readings(const Record& record, int step) const override;
  std::vector<Table> tables(const Record& record, int step) const override;
  std::vector<TaskDescription> tasks() const override;
  std::unique_ptr<Task> task(const std::string& id) const override;

  std::vector<Channel> channels() const override;
  Result<Array> read(const Request& request, const Record& record, int step) const override;

 private:
  Result<Array> readField(const Request& request) const;
  Array readTime(std::size_t i, int rows) const;
  Array readArrow(const Runner& runner, const Vector& direction) const;
  Array readProbe(const Runner& runner, const std::string& quantity) const;
  Array readModel(std::size_t i, const Record& record, int step) const;

  std::vector<Series> series_;
  // µs a step, measured once a run: shared with its checkpoints, so that a seek does not measure
  // again.
  std::shared_ptr<std::vector<double>> stepTimes_;
};

}  // namespace descent::race
