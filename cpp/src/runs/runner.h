// A runner of the race: an optimizer on a problem, with what the read-out says of it.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "descent/catalogue.h"

namespace descent::runs {

struct Runner {
  Recipe recipe;
  std::string label;
  Style style;
  Polymorphic<Optimizer> optimizer;
  Vector start;
  Vector x;
  double firstLength = kNaN;  // largest coordinate of the first step
  Counts counts;
  Status status = Status::kRunning;
  int last = 0;        // the last step it took
  int turned = 0;      // the step after which its knobs were last turned
  std::string reason;  // why it stopped

  // One step, the t-th of `total`, unless it has stopped; it has diverged where what it sees leaves
  // the finite numbers, or stands still because what its optimizer remembers does. Returns the
  // value that the step saw, NaN where none was taken.
  double update(const Problem& problem, int t, int total);
  // The same, looking at the whole function and at every memory afterwards: it has diverged, too,
  // where one leaves the finite numbers, or where a coordinate passes `farAway` while it rises or
  // falls without end.
  void step(const Problem& problem, int t, int total, double farAway);

 private:
  void sayOverflow();
};

// A runner at the start of a run, its optimizer built from a recipe.
Result<Runner> makeRunner(const Recipe& recipe, const Problem& problem, const Vector& start);

// Past this in any coordinate, and rising, a run has diverged: a million times the problem's size.
double farAway(const Problem& problem, const Vector& start);

// Labels that tell recipes apart: the names, and where one stands twice the arguments that differ.
std::vector<std::string> labelsOf(const std::vector<Recipe>& recipes,
                                  const std::vector<std::string>& names);

// Labels and styles that tell the runners apart: a second copy of an optimizer is hollow, a further
// one has the next dash besides.
void label(std::vector<Runner>& runners);

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

// Series of a runner in the record; the path is that of a landscape.
struct Series {
  int path, loss, distance, gradient, step, evaluations;
};
Series declareSeries(Record& record, const std::string& subject, bool withPath);

// Record row t of a runner whose last step had this length. The loss is judged at the evaluation
// point, the path is the iterate's own. A runner that has stopped leaves no more numbers.
void putRow(const Problem& problem, const Runner& runner, const Series& series, int t,
            double stepLength, Record& record);

// On a quadratic, does one value of a distance tell the next?
bool isMemoryless(const Optimizer& optimizer);

// Does a step see all of f? Not where it sees a mini-batch, noise or a phase.
bool seesWhole(const Problem& problem, const Vector& x);

// Predictions::stabilityLimit where L is the curvature at the minimum nearest to the runner and
// some step of the run, its first or its last, has that curvature: noise that is added to the slope
// leaves it as it is, a mini-batch has another, and another limit.
std::optional<Limit> stabilityOf(const Problem& problem, const Runner& runner, int total);

// Predictions::firstStep, which leaves out ε: no number where that is not small beside the
// gradient.
struct FirstStep {
  double length;
  std::string note;  // to be added to the assumption
};
std::optional<FirstStep> firstStepOf(const Optimizer& optimizer, const Recipe& recipe,
                                     const Vector& x, const Vector& g, double rate);

// What theory says of a runner's rows 0 … step, beside what they measure.
std::vector<Reading> compare(const Problem& problem, const Runner& runner, int subject,
                             const Record& record, const Series& series, int step, int total);

}  // namespace descent::runs
