// What an optimizer does: one step at a time, stating what it remembers.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "descent/oracle.h"
#include "descent/polymorphic.h"
#include "descent/predictions.h"
#include "descent/schedule.h"
#include "descent/vector.h"

namespace descent {

// Divergence is a result: a step that leaves the finite numbers says so and is not clamped. A
// search that finds no lower point has converged where the gradient is small, and else stopped.
enum class Status { kRunning, kConverged, kStopped, kDiverged };
std::string nameOf(Status status);
// It stays where it is, and so do its numbers.
inline bool stays(Status status) {
  return status == Status::kConverged || status == Status::kStopped;
}

// What a step returns: the value of f where the step first asked, and how the run stands.
struct Step {
  double value;
  Status status;
  double gradient = kNaN;  // |g| where no lower point was found
  std::string why = {};    // it has converged there, as the end of a sentence
};

// An internal vector worth drawing after a step: a direction at the current point, or points of
// parameter space, one a column.
struct Probe {
  enum class Kind { kDirection, kPoints };
  std::string name;
  Kind kind;
  Matrix values;
};

// A vector that an optimizer remembers between steps; state per parameter is counted from these.
struct Memory {
  std::string name;
  const Vector* values;
};

class Optimizer {
 public:
  std::string id;                  // of the catalogue, set when it is built from a recipe
  double lr = 0.01;                // base learning rate η, > 0
  Polymorphic<Schedule> schedule;  // factor of lr; empty is constant

  virtual ~Optimizer() = default;
  virtual std::unique_ptr<Optimizer> clone() const = 0;

  // Forget everything and prepare for parameters of this layout. A rerun is then bit-identical.
  virtual void reset(const Layout& layout) = 0;

  // Move x (n, in place) by one step at learning rate η = learningRate.
  virtual Step step(Oracle& oracle, Vector& x, double learningRate) = 0;

  // η of step t = 0, 1, … in a run of `total` steps: lr times the schedule's factor.
  virtual double rate(double t, double total) const;

  // Where the run is to be judged: x unless an optimizer keeps slow weights.
  virtual Vector evaluationPoint(const Vector& x) const { return x; }

  virtual std::vector<Memory> memory() const { return {}; }
  virtual std::vector<Probe> probes() const;

  // What theory says of it, as it stands.
  virtual Predictions predict() const { return {}; }
};

// Whatever needs one gradient at the current point.
class GradientOptimizer : public Optimizer {
 public:
  Step step(Oracle& oracle, Vector& x, double learningRate) final;

 protected:
  virtual void update(const Vector& g, Vector& x, double learningRate) = 0;

 private:
  Vector g_;
};

// Running while x is finite, diverged otherwise; what a step ends with.
Step finishStep(double value, const Vector& x);

}  // namespace descent
