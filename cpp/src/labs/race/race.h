// The race as a lab: its knobs, its state and one step of it.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>

#include "descent/catalogue.h"
#include "runs/ground_lab.h"

namespace descent::race {

using namespace runs;

class Race final : public Cloneable<Race, GroundLab> {
 public:
  int steps = 100;
  double tolerance = 1e-3;

  Race() {
    runnerRecipes = *parseRecipes("sgd(lr=0.005), momentum(lr=0.004), muon(lr=0.15), adam(lr=0.2)");
  }

  Result<void> start(Record& record) override {
    const auto laid = layGround("race");
    if (!laid) return laid.error();
    runners_.clear();
    series_.clear();
    for (const Recipe& recipe : runnerRecipes) {
      auto runner = makeRunner(recipe, *problem_, start_);
      if (!runner) return runner.error();
      series_.push_back(declareSeries(record, std::to_string(runners_.size()), isSurface()));
      putRow(*problem_, *runner, series_.back(), 0, 0, record);
      runners_.push_back(std::move(*runner));
    }
    label(runners_);
    stepTimes_ = std::make_shared<std::vector<double>>(runners_.size(), 0.0);
    return {};
  }

  void advance(int t, Record& record) override {
    for (std::size_t i = 0; i < runners_.size(); ++i) {
      Runner& runner = runners_[i];
      const Vector before = runner.x;
      runner.step(*problem_, t, steps, farAway_);
      putRow(*problem_, runner, series_[i], t, (runner.x - before).norm(), record);
    }
  }

  // Knobs of the runners may be turned; other runners are another race.
  bool turn(const std::string& knob) override {
    return knob != "runners" || runs::turn(runners_, runnerRecipes);
  }

  int total() const override { return steps; }
  std::string subtitle() const override {
    constexpr std::array kWords = {"no",   "one", "two",   "three", "four",
                                   "five", "six", "seven", "eight"};
    return print(groundRecipe()) + ", one start, " + kWords[runners_.size()] +
           (runners_.size() == 1 ? " runner" : " runners");
  }
  std::vector<Subject> subjects() const override {
    std::vector<Subject> subjects;
    for (const Runner& r : runners_) subjects.push_back({r.label, print(r.recipe), r.style});
    return subjects;
  }
  std::vector<SubjectState> states() const override { return statesOf(runners_); }
  std::vector<Channel> channels() const override;
  std::vector<Mark> marks() const override;
  Result<Array> readCall(const Recipe& channel, const Record& record, int step) const override;
  std::vector<Reading> readings(const Record& record, int step) const override;
  std::vector<Table> tables(const Record& record, int step) const override;
  std::vector<TaskDescription> tasks() const override;
  std::unique_ptr<Task> task(const std::string& id) const override;

 private:
  Result<Array> readField(const Recipe& call) const;
  double microsecondsPerStep(std::size_t i) const;
  Array readArrow(const Runner& runner, const Vector& direction) const;
  Array readModel(std::size_t i, const Record& record, int step) const;

  std::vector<Runner> runners_;
  std::vector<Series> series_;
  // Shared with the checkpoints of the run, so that a seek does not measure again.
  std::shared_ptr<std::vector<double>> stepTimes_;
};

}  // namespace descent::race
