// The race as a lab: its knobs, its state and one step of it.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>

#include "descent/catalogue.h"
#include "descent/random.h"
#include "labs/race/runner.h"

namespace descent::race {

// In windows: past this, and rising, a runner has diverged.
inline constexpr double kFarAway = 1e6;

class Race final : public Cloneable<Race, Lab> {
 public:
  Recipe landscapeRecipe = *parseRecipe("himmelblau");
  std::vector<Recipe> runnerRecipes =
      *parseRecipes("sgd(lr=0.005), momentum(lr=0.004), muon(lr=0.15), adam(lr=0.2)");
  std::string startText = "auto";
  int steps = 100;
  double tolerance = 1e-3;
  int seed = 7;

  Result<void> start(Record& record) override {
    auto landscape = catalogue().build<Landscape>(landscapeRecipe);
    if (!landscape) return landscape.error();
    landscape_ = std::move(*landscape);
    start_ = startPoint();
    const Window w = landscape_->window();
    farAway_ = kFarAway * std::max({std::abs(w.x0), std::abs(w.x1), std::abs(w.y0), std::abs(w.y1),
                                    start_.lpNorm<Eigen::Infinity>()});
    const auto built = buildRunners();
    if (!built) return built.error();
    for (Runner& runner : runners_) {
      runner.x = start_;
      runner.optimizer->reset(vectorLayout(2));
    }
    stepTimes_ = std::make_shared<std::vector<double>>(runners_.size(), 0.0);
    declare(record);
    for (std::size_t i = 0; i < runners_.size(); ++i) put(record, i, 0, 0);
    return {};
  }

  void advance(int t, Record& record) override {
    for (std::size_t i = 0; i < runners_.size(); ++i) {
      Runner& runner = runners_[i];
      const Vector before = runner.x;
      runner.step(*landscape_, t, steps, farAway_);
      put(record, i, t, (runner.x - before).norm());
    }
  }

  // Knobs of the runners may be turned; other runners are another race.
  bool turn(const std::string& knob) override {
    if (knob != "runners") return true;
    if (runnerRecipes.size() != runners_.size()) return false;
    for (std::size_t i = 0; i < runners_.size(); ++i) {
      const auto fresh = catalogue().build<Optimizer>(runnerRecipes[i]);
      if (!fresh || chain(**fresh) != chain(*runners_[i].optimizer)) return false;
      if (!catalogue().configure(*runners_[i].optimizer, runnerRecipes[i])) return false;
      if (runners_[i].recipe == runnerRecipes[i]) continue;
      runners_[i].recipe = runnerRecipes[i];
      runners_[i].turned = runners_[i].last;
    }
    label(runners_);
    return true;
  }

  int total() const override { return steps; }
  std::string subtitle() const override {
    constexpr std::array kWords = {"no",   "one", "two",   "three", "four",
                                   "five", "six", "seven", "eight"};
    return print(landscapeRecipe) + ", one start, " + kWords[runners_.size()] +
           (runners_.size() == 1 ? " runner" : " runners");
  }
  std::vector<Subject> subjects() const override {
    std::vector<Subject> subjects;
    for (const Runner& r : runners_) subjects.push_back({r.label, print(r.recipe), r.style});
    return subjects;
  }
  std::vector<SubjectState> states() const override;
  std::vector<Channel> channels() const override;
  std::vector<Mark> marks() const override;
  Result<Array> read(const Recipe& channel, const Record& record, int step) const override;
  std::vector<Reading> readings(const Record& record, int step) const override;
  std::vector<Table> tables(const Record& record, int step) const override;

 private:
  Point startPoint() const {
    if (startText == "auto") return landscape_->starts().front();
    if (startText == "random") {
      Random random(static_cast<std::uint64_t>(seed));
      const Window w = landscape_->window();
      const double x = random.uniform(w.x0, w.x1);
      return {x, random.uniform(w.y0, w.y1)};
    }
    return **readPoint({}, startText);
  }

  Result<void> buildRunners() {
    runners_.clear();
    for (const Recipe& recipe : runnerRecipes) {
      auto optimizer = catalogue().build<Optimizer>(recipe);
      if (!optimizer) return optimizer.error();
      Runner runner;
      runner.recipe = recipe;
      const Optimizer* innermost = optimizer->get();
      while (const auto* decorator = dynamic_cast<const Decorator*>(innermost)) {
        innermost = &*decorator->inner;
        runner.style.ring = true;
      }
      const Style& style = (*catalogue().find<Optimizer>(innermost->id))->style;
      runner.style.hue = style.hue;
      runner.style.slot = style.slot;
      runner.optimizer = std::move(*optimizer);
      runners_.push_back(std::move(runner));
    }
    label(runners_);
    return {};
  }

  void declare(Record& record) {
    series_.clear();
    for (std::size_t i = 0; i < runners_.size(); ++i) {
      const std::string at = "/" + std::to_string(i);
      series_.push_back({record.add("path" + at, 2), record.add("loss" + at),
                         record.add("distance" + at), record.add("gradient" + at),
                         record.add("step" + at), record.add("evaluations" + at)});
    }
  }

  // The loss is judged at the evaluation point, the path is the iterate's own. A runner that has
  // stopped leaves no more numbers.
  void put(Record& record, std::size_t i, int t, double stepLength) const {
    const Runner& r = runners_[i];
    const Series& s = series_[i];
    if (t > r.last) {
      const bool holds = r.status == Status::kConverged;
      for (const int series : {s.loss, s.distance, s.gradient, s.evaluations}) {
        record.put(series, t, {holds ? record.at(series, t - 1) : kNaN});
      }
      record.put(s.step, t, {holds ? 0 : kNaN});
      record.put(s.path, t, {holds ? r.x[0] : kNaN, holds ? r.x[1] : kNaN});
      return;
    }
    const Point x = r.optimizer->evaluationPoint(r.x);
    record.put(s.path, t, {r.x[0], r.x[1]});
    record.put(s.loss, t, {landscape_->f(x[0], x[1])});
    record.put(s.distance, t, {(x - nearestMinimum(*landscape_, x)).norm()});
    record.put(s.gradient, t, {landscape_->gradientAt(x[0], x[1]).norm()});
    record.put(s.step, t, {t == 0 ? kNaN : stepLength});
    record.put(s.evaluations, t, {static_cast<double>(r.counts.gradientEvaluations())});
  }

  Result<Array> readField(const Recipe& call) const;
  double microsecondsPerStep(std::size_t i) const;
  Array readArrow(const Runner& runner, const Vector& direction) const;
  Array readModel(std::size_t i, const Record& record, int step) const;

  Polymorphic<Landscape> landscape_;
  Point start_;
  double farAway_ = 0;
  std::vector<Runner> runners_;
  std::vector<Series> series_;
  // Shared with the checkpoints of the run, so that a seek does not measure again.
  std::shared_ptr<std::vector<double>> stepTimes_;
};

}  // namespace descent::race
