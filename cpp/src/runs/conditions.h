// Where what theory says of an optimizer holds: predictions that test their own condition.
#pragma once

#include <optional>
#include <string>

#include "runs/runner.h"

namespace descent::runs {

// On a quadratic, does one value of a distance tell the next?
bool isMemoryless(const Optimizer& optimizer);

// Does a step see all of f? Not where it sees a mini-batch, noise or a phase.
bool seesWhole(const Problem& problem, const Vector& x);

// Predictions::stabilityLimit where L is the curvature at the minimum nearest to the runner and
// some step of the run, its first or its last, has that curvature: noise that is added to the slope
// leaves it as it is, a mini-batch has another, and another limit.
std::optional<Limit> stabilityOf(const Problem& problem, const Runner& runner, int total);

// Predictions::firstStep, which leaves out ε: pending where that is not small beside the gradient.
struct FirstStep {
  double length = kNaN;
  double tolerance = 0;   // what ε and rounding change
  std::string note = {};  // caveat to print beside the prediction
  std::string pending = {};
};
std::optional<FirstStep> firstStepOf(const Optimizer& optimizer, const Recipe& recipe,
                                     const Vector& x, const Vector& g, double rate);

}  // namespace descent::runs
