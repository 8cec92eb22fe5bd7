// Optimizers: one step at a time, stating what they remember and what theory says of them.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "descent/oracle.h"
#include "descent/polymorphic.h"
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

// On a quadratic of curvature λ the distance along an eigenvector obeys a linear recursion with
// characteristic polynomial z² − b z + c; c = 0 where one past value suffices.
struct Characteristic {
  double b;
  double c;
  std::string formula;   // of the spectral radius, as the read-out names it
  std::string equation;  // of which z is the larger root; "" where the formula says it all

  // The factor by which the distance shrinks (or grows) a step in the long run: max |z|.
  double radius() const;
};

// The largest ηL at which a run is stable, L being the largest curvature, and how it is written.
struct Limit {
  double value;
  std::string formula;  // "2(1+β)"
};

// A step that moves by −η P⁻¹ times a mean of gradients: the diagonal of P as the last step had it,
// and the limit for the largest curvature of P^(−½) H P^(−½) in the place of H.
struct Preconditioner {
  Vector diagonal;
  Limit limit;
};

// The quadratic q(u) = ½ (u − centre)ᵀ hessian (u − centre) + const that a step minimised.
struct QuadraticModel {
  Vector centre;
  Matrix hessian;
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

  // What theory predicts, each empty where it is silent.
  virtual std::optional<Characteristic> characteristic(double /*curvature*/,
                                                       double /*learningRate*/) const {
    return {};
  }
  // On a quadratic.
  virtual std::optional<Limit> stabilityLimit() const { return {}; }
  virtual std::optional<Preconditioner> preconditioner() const { return {}; }
  // Largest coordinate of the first step |Δθ|, from x with gradient g.
  virtual std::optional<double> firstStep(const Vector& /*x*/, const Vector& /*g*/,
                                          double /*learningRate*/) const {
    return {};
  }
  // Order of convergence at a minimum whose Hessian has eigenvalues of at least leastCurvature > 0.
  virtual std::optional<double> convergenceOrder(double /*leastCurvature*/,
                                                 double /*learningRate*/) const {
    return {};
  }
  // Where a coordinate's gradients cancel in the mean and have this root mean square, much larger
  // than a small mean that is added to them: how far that mean moves it a step, in the long run.
  virtual std::optional<double> gain(double /*rootMeanSquare*/, double /*learningRate*/) const {
    return {};
  }
  // The factor by which weight decay alone then shrinks it a step.
  virtual std::optional<double> shrinkage(double /*rootMeanSquare*/,
                                          double /*learningRate*/) const {
    return {};
  }
  // λ where a run that comes to rest does so at a minimum of f + ½λ‖θ‖².
  virtual std::optional<double> penalty() const { return {}; }
  // f never rises from one step to the next.
  virtual bool isMonotone() const { return false; }
  virtual std::optional<QuadraticModel> model() const { return {}; }
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
