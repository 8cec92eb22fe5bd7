// What an optimizer may ask, with every call counted.
#pragma once

#include "descent/objective.h"

namespace descent {

// Calls so far. A Hessian-vector product is counted as such, whether exact or by differences; a
// full Hessian counts as one product for each column.
struct Counts {
  long values = 0;
  long gradients = 0;
  long products = 0;

  // Work in gradient evaluations, the axis on which optimizers of different kinds compare: a
  // product costs about two gradients. Bare values are counted apart.
  long gradientEvaluations() const { return gradients + 2 * products; }
};

// A mini-batch is fixed within one step, so a second gradient or a line search sees the same
// function; drawing the next batch is the lab's act.
class Oracle {
 public:
  virtual ~Oracle() = default;

  virtual double value(const Vector& x) = 0;
  // Fills g and returns the value at x: reverse mode has both, so this counts as one gradient.
  virtual double gradient(const Vector& x, Vector& g) = 0;
  // out = ∇²f(x) v. A central difference of gradients of step cbrt(eps)·(1 + |x|)/|v| unless
  // overridden.
  virtual void hessianVector(const Vector& x, const Vector& v, Vector& out);
  // h = ∇²f(x), n × n, from n products unless overridden; symmetric.
  virtual void hessian(const Vector& x, Matrix& h);
  virtual const Counts& counts() const = 0;
};

// The oracle of an objective. Products are exact where the objective knows its Hessian.
class ObjectiveOracle final : public Oracle {
 public:
  explicit ObjectiveOracle(const Objective& objective, Counts counts = {})
      : objective_(objective), counts_(counts) {}

  double value(const Vector& x) override;
  double gradient(const Vector& x, Vector& g) override;
  void hessianVector(const Vector& x, const Vector& v, Vector& out) override;
  void hessian(const Vector& x, Matrix& h) override;
  const Counts& counts() const override { return counts_; }

 private:
  const Objective& objective_;
  Counts counts_;
  Matrix h_;
};

}  // namespace descent
