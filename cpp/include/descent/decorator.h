// Decorators wrap any optimizer. What changes the gradient that is seen wraps the oracle (SAM,
// clipping, noise); what changes the iterate wraps the step (Lookahead, averaging). The rest of
// an optimizer's contract is the inner one's.
#pragma once

#include "descent/optimizer.h"

namespace descent {

class Decorator : public Optimizer {
 public:
  Polymorphic<Optimizer> inner;

  void reset(const Layout& layout) override { inner->reset(layout); }
  double rate(double t, double total) const override { return inner->rate(t, total); }
  Vector evaluationPoint(const Vector& x) const override { return inner->evaluationPoint(x); }
  std::vector<Memory> memory() const override { return inner->memory(); }
  std::vector<Probe> probes() const override { return inner->probes(); }
};

// The inner optimizer sees another function than the oracle's.
class GradientDecorator : public Decorator {
 public:
  Step step(Oracle& oracle, Vector& x, double learningRate) override;

 protected:
  // Fills g with the gradient to be seen at x and returns the value to be seen.
  virtual double seenGradient(Oracle& oracle, const Vector& x, Vector& g) = 0;
  // What a line search and Newton's method see, where that is not the oracle's own.
  virtual double seenValue(Oracle& oracle, const Vector& x) { return oracle.value(x); }
  // Added to the Hessian that is seen: shift · I.
  virtual double seenCurvature() const { return 0; }

 private:
  class SeenOracle;
};

// The iterate is changed after each inner step.
class IterateDecorator : public Decorator {
 public:
  Step step(Oracle& oracle, Vector& x, double learningRate) final;

 protected:
  // Called once before the first step of a run, with its start.
  virtual void begin(const Vector& x) = 0;
  virtual void afterStep(Vector& x, double learningRate) = 0;

  void reset(const Layout& layout) override;

 private:
  bool begun_ = false;
};

}  // namespace descent
