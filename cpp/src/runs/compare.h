// What theory says of a runner, beside what its run measures. A file for each prediction.
#pragma once

#include "descent/reading.h"
#include "runs/series.h"

namespace descent::runs {

// A run up to a step: its runner, and what the record holds of it.
struct Observed {
  const Problem& problem;
  const Runner& runner;
  int subject;
  const Record& record;
  const Series& series;
  int total;
  int last;  // the last step with numbers

  Point at(int t) const { return {record.at(series.path, t, 0), record.at(series.path, t, 1)}; }
  double loss(int t) const { return record.at(series.loss, t); }
  // Of the step that follows t others, and of the last one.
  double rate(int t) const { return runner.optimizer->rate(t, total); }
  double rate() const { return rate(last > 0 ? last - 1 : 0); }
  // Whether it was the same from the step after `from` others to the one after `to` − 1.
  bool hasKeptRate(int from, int to) const;
};
Observed observe(const Problem& problem, const Runner& runner, int subject, const Record& record,
                 const Series& series, int step, int total);

// All that is known of its rows 0 … last; its first step where nothing else is.
std::vector<Reading> compare(const Observed& run);

// The factor by which the distance to the minimum shrinks a step, along the eigenvector on which
// it shrinks most slowly.
std::optional<Reading> decayReading(const Observed& run, const Landscape& landscape);
// The order of convergence.
std::optional<Reading> orderReading(const Observed& run, const Landscape& landscape);
// How much f rises in a step at most.
std::optional<Reading> riseReading(const Observed& run);
// The loss about which it comes to rest, with noise in every slope.
std::optional<Reading> restReading(const Observed& run);
// The largest coordinate of the first step.
std::optional<Reading> firstStepReading(const Observed& run);

// How far f is from the quadratic of its minimum at x, in its slope and its Hessian. The slope's
// change is the Hessian's on the whole way, which on periodic ground tells a place from its like.
double departure(const Landscape& landscape, const Point& minimum, const Point& x);
// Below this a run is near the minimum.
inline constexpr double kNearMinimum = 0.1;
inline constexpr const char* kNoCurvature = "f has no second derivatives at the minimum";

}  // namespace descent::runs
