// Runners that begin together, and the labs that compare them.
#pragma once

#include <functional>

#include "descent/lab.h"
#include "runs/label.h"

namespace descent::runs {

// Give running optimizers the knobs of these recipes, where they are the same optimizers; false
// where they are not, and then they are as they were or another run has to begin.
bool turn(std::vector<Runner>& runners, const std::vector<Recipe>& recipes);

std::vector<Subject> subjectsOf(const std::vector<Runner>& runners);

// How a lab counts: what it calls its steps and, where one is many updates, in which an update was
// taken.
struct Pace {
  std::string unit = "step";
  std::function<int(int)> stepOf = {};
};
// How a run stands, in a sentence: "diverged in epoch 2 (update 6): f left the finite numbers".
SubjectState stateOf(const Runner& runner, const Pace& pace = {});
std::vector<SubjectState> statesOf(const std::vector<Runner>& runners, const Pace& pace = {});

// Of a lab's channels the one that is asked for, with its quantity and its subject.
const Channel& channelOf(const std::vector<Channel>& channels, const Request& request);

// A copy is a checkpoint.
class Runs {
 public:
  // Runners of these recipes, all at the start of one problem; an error leaves none.
  Result<void> begin(const std::vector<Recipe>& recipes, const Problem& problem,
                     const Vector& start);
  // One more, of a problem of its own. Its label is its recipe's until label() is called.
  Result<void> add(const Recipe& recipe, const Problem& problem, const Vector& start);
  void clear() { all_.clear(); }
  // Give all of them labels and styles that tell them apart.
  void label() { runs::label(all_); }

  // Give them the knobs of these recipes, one each, and their state is kept; false where they are
  // other optimizers, and another run has to begin.
  bool turn(const std::vector<Recipe>& recipes) { return runs::turn(all_, recipes); }

  std::vector<Subject> subjects() const { return subjectsOf(all_); }
  std::vector<SubjectState> states(const Pace& pace = {}) const { return statesOf(all_, pace); }

  std::size_t size() const { return all_.size(); }
  bool empty() const { return all_.empty(); }
  Runner& operator[](std::size_t i) { return all_[i]; }
  const Runner& operator[](std::size_t i) const { return all_[i]; }
  auto begin() { return all_.begin(); }
  auto begin() const { return all_.begin(); }
  auto end() { return all_.end(); }
  auto end() const { return all_.end(); }
  const std::vector<Runner>& all() const { return all_; }

 private:
  std::vector<Runner> all_;
};

// A lab of runners: it writes start() and advance(), and what is its own.
class RunsLab : public Lab {
 public:
  std::vector<Recipe> runnerRecipes;  // of the knob "runners"

  // Knobs of the runners may be turned; other runners are another run.
  bool turn(const std::string& knob) override {
    return knob != "runners" || runs_.turn(runnerRecipes);
  }
  std::vector<Subject> subjects() const override { return runs_.subjects(); }
  std::vector<SubjectState> states() const override {
    return runs_.states({unit(), [this](int update) { return stepOf(update); }});
  }

 protected:
  // The step of the lab in which the runners took an update.
  virtual int stepOf(int update) const { return update; }

  Runs runs_;
};

}  // namespace descent::runs
