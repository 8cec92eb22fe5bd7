// A runner: an optimizer on a problem, with how its run stands.
#pragma once

#include <string>

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

// What is within all decorators.
const Optimizer& innermost(const Optimizer& optimizer);

}  // namespace descent::runs
