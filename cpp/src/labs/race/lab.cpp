#include "labs/race/lab.h"

#include <array>

#include "labs/race/tune.h"
#include "runs/compare.h"
#include "runs/conditions.h"

namespace descent::race {

Result<void> Race::start(Record& record) {
  const auto laid = layGround("race");
  if (!laid) return laid.error();
  const auto begun = runs_.begin(runnerRecipes, *problem_, start_);
  if (!begun) return begun.error();
  series_.clear();
  for (std::size_t i = 0; i < runs_.size(); ++i) {
    series_.push_back(
        declareSeries(record, static_cast<int>(i), {.path = isSurface(), .evaluations = true}));
    putRow(*problem_, runs_[i], series_[i], 0, 0, record);
  }
  stepTimes_ = std::make_shared<std::vector<double>>(runs_.size(), 0.0);
  return {};
}

void Race::advance(int t, Record& record) {
  for (std::size_t i = 0; i < runs_.size(); ++i) {
    const Vector before = runs_[i].x;
    runs_[i].step(*problem_, t, steps, farAway_);
    putRow(*problem_, runs_[i], series_[i], t, (runs_[i].x - before).norm(), record);
  }
}

std::string Race::subtitle() const {
  constexpr std::array kWords = {"no",   "one", "two",   "three", "four",
                                 "five", "six", "seven", "eight"};
  return print(groundRecipe()) + ", one start, " + kWords[runs_.size()] +
         (runs_.size() == 1 ? " runner" : " runners");
}

std::vector<Mark> Race::marks() const {
  std::vector<Mark> marks;
  for (std::size_t i = 0; i < runs_.size(); ++i) {
    const auto limit = stabilityOf(*problem_, runs_[i], steps);
    if (!limit) continue;
    const auto curvature = problem_->largestCurvature(runs_[i].x);
    marks.push_back(
        {static_cast<int>(i), "lr", limit->value / *curvature, printShort(limit->value) + "/L",
         "Largest stable rate at the nearest minimum, where L = " + printShort(*curvature)});
  }
  return marks;
}

std::vector<Reading> Race::readings(const Record& record, int step) const {
  std::vector<Reading> all;
  for (std::size_t i = 0; i < runs_.size(); ++i) {
    const auto own =
        compare(observe(*problem_, runs_[i], static_cast<int>(i), record, series_[i], step, steps));
    all.insert(all.end(), own.begin(), own.end());
  }
  return all;
}

std::vector<Table> Race::tables(const Record& record, int step) const {
  Table table{"Cost of the run",
              {{"Runner", ""},
               {"Steps to tolerance",
                "First step at which the distance to the nearest minimum is "
                "at most the tolerance."},
               {"Gradient evaluations", "So far; a Hessian-vector product counts as two."},
               {"Values", "Evaluations of f alone, by line searches."},
               {"State per parameter", "Numbers remembered between steps, counted now."},
               {"Status", ""}},
              {}};
  const auto states = this->states();
  for (std::size_t i = 0; i < runs_.size(); ++i) {
    const Runner& r = runs_[i];
    Cell reached = std::string("not yet");
    for (int t = step; t >= 0; --t) {
      if (record.at(series_[i].distance, t) <= tolerance) reached = static_cast<double>(t);
    }
    Eigen::Index remembered = 0;
    for (const Memory& memory : r.optimizer->memory()) remembered += memory.values->size();
    table.rows.push_back(
        {static_cast<int>(i),
         {r.label, reached, static_cast<double>(r.counts.gradientEvaluations()),
          static_cast<double>(r.counts.values),
          static_cast<double>(remembered) / static_cast<double>(start_.size()), states[i].status}});
  }
  return {table};
}

std::vector<TaskDescription> Race::tasks() const {
  return {{"tune", "Tune",
           "Try every runner at 25 rates from 0.00001 to 10 and give each the one that ends "
           "lowest, so that nobody wins by a lucky rate.",
           true}};
}

std::unique_ptr<Task> Race::task(const std::string& id) const {
  if (id != "tune") return nullptr;
  return std::make_unique<Tune>(*problem_, start_, runs_.all(), steps);
}

}  // namespace descent::race
