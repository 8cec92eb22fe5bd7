// Schedules: the curves over a run, and the run that each drives from one start.
#pragma once

#include "runs/ground_lab.h"
#include "runs/series.h"

namespace descent::schedules {

using namespace runs;

class Schedules final : public Cloneable<Schedules, GroundLab> {
 public:
  std::vector<Recipe> scheduleRecipes =
      *parseRecipes("constant, cosine, step(every=30), warmup(cosine(floor=0.1), steps=10), wsd");
  Recipe optimizerRecipe = *parseRecipe("sgd(lr=0.18)");
  int steps = 100;

  Schedules() { landscapeRecipe = *parseRecipe("bowl"); }

  Result<void> start(Record& record) override;
  void advance(int t, Record& record) override;
  // The whole curve is seen from the start: another one is another run.
  bool turn(const std::string&) override { return false; }
  int total() const override { return steps; }
  std::string subtitle() const override {
    return print(optimizerRecipe) + " on " + print(groundRecipe());
  }
  std::vector<Subject> subjects() const override;

  std::vector<Channel> channels() const override;
  Result<Array> read(const Request& request, const Record& record, int step) const override;
  std::vector<Reading> readings(const Record& record, int step) const override;
  std::vector<Table> tables(const Record& record, int step) const override;

 private:
  Result<void> addRunner(const Recipe& schedule);
  // Largest curvature that step t sees at the solution.
  double curvatureAt(int t) const;
  bool isQuadratic(const Point& minimum, const Eigen::Matrix2d& h, const Record& record,
                   const Series& series, int last) const;
  std::optional<Reading> contraction(std::size_t i, const Record& record, int step) const;
  std::optional<Reading> growth(std::size_t i, const Record& record, int step) const;

  std::vector<Polymorphic<Schedule>> schedules_;
  std::vector<Series> series_;
  // The stability limit of the optimizer in ηL, where there is one and L is known.
  std::optional<double> bound_;
};

}  // namespace descent::schedules
