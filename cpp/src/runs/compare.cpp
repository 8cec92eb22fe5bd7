#include "runs/compare.h"

#include <algorithm>

#include "runs/conditions.h"

namespace descent::runs {

bool Observed::hasKeptRate(int from, int to) const {
  for (int t = from; t < to; ++t) {
    if (rate(t) != rate()) return false;
  }
  return true;
}

Observed observe(const Problem& problem, const Runner& runner, int subject, const Record& record,
                 const Series& series, int step, int total) {
  const bool diverged = runner.status == Status::kDiverged;
  const int last = std::min(step, diverged ? runner.last - 1 : runner.last);
  return {problem, runner, subject, record, series, total, last};
}

double departure(const Landscape& landscape, const Point& minimum, const Point& x) {
  const Eigen::Matrix2d h = landscape.hessianAt(minimum[0], minimum[1]);
  const Point slope = h * (x - minimum);
  return std::max((landscape.hessianAt(x[0], x[1]) - h).norm() / h.norm(),
                  (landscape.gradientAt(x[0], x[1]) - slope).norm() / slope.norm());
}

std::optional<Reading> riseReading(const Observed& run) {
  if (!run.runner.optimizer->predict().isMonotone) return {};
  double largest = 0;
  for (int t = 1; t <= run.last; ++t) largest = std::max(largest, run.loss(t) - run.loss(t - 1));
  const bool isWhole = seesWhole(run.problem, run.runner.start);
  return atMost(run.subject, "largest rise of f", isWhole ? 0 : kNaN, largest)
      .where("every step sees all of f")
      .unless(isWhole ? "" : "what a step sees, and does not let rise, is not f but a part of it");
}

std::optional<Reading> firstStepReading(const Observed& run) {
  const Runner& runner = run.runner;
  if (runner.turned > 0) return {};  // the first step had other knobs
  if (runner.status == Status::kDiverged && runner.last == 1) return {};  // or there was none
  Vector g;
  run.problem.at(1).gradient(runner.start, g);
  const auto said = firstStepOf(*runner.optimizer, runner.recipe, runner.start, g, run.rate(0));
  if (!said) return {};
  return equals(run.subject, "first step", said->length, runner.firstLength)
      .within(said->tolerance)
      .where("largest coordinate of the first step" + said->note)
      .unless(run.last == 0 && said->pending.empty() ? "judged after the first step"
                                                     : said->pending);
}

std::vector<Reading> compare(const Observed& run) {
  std::vector<Reading> readings;
  const auto add = [&readings](std::optional<Reading> r) {
    if (r) readings.push_back(std::move(*r));
  };
  const auto* landscape = dynamic_cast<const Landscape*>(&run.problem);
  if (landscape && !landscape->minima().empty()) {
    add(decayReading(run, *landscape));
    add(orderReading(run, *landscape));
  }
  add(riseReading(run));
  add(restReading(run));
  if (readings.empty()) add(firstStepReading(run));
  return readings;
}

}  // namespace descent::runs
