// A problem with its loss multiplied by a number, and with it every gradient.
#pragma once

#include "descent/catalogue.h"

namespace descent::decay {

// c·f
class Scaled final : public Objective {
 public:
  Scaled() = default;
  Scaled(const Objective& f, double c) : f_(&f), c_(c) {}

  Eigen::Index dimension() const override { return f_->dimension(); }
  double value(const Vector& x) const override { return c_ * f_->value(x); }
  void gradient(const Vector& x, Vector& g) const override {
    f_->gradient(x, g);
    g *= c_;
  }
  bool hessian(const Vector& x, Matrix& h) const override {
    const bool known = f_->hessian(x, h);
    h *= c_;
    return known;
  }

 private:
  const Objective* f_ = nullptr;
  double c_ = 1;
};

class Rescaled final : public Cloneable<Rescaled, Problem> {
 public:
  Rescaled(const Problem& problem, double c) : problem_(problem.clone()), c_(c) {}

  Eigen::Index dimension() const override { return problem_->dimension(); }
  Layout layout() const override { return problem_->layout(); }
  Vector start() const override { return problem_->start(); }
  SuggestedRates rates() const override { return problem_->rates(); }
  double value(const Vector& x) const override { return whole().value(x); }
  void gradient(const Vector& x, Vector& g) const override { whole().gradient(x, g); }
  bool hessian(const Vector& x, Matrix& h) const override { return whole().hessian(x, h); }
  const Objective& at(int t) const override { return seen_ = {problem_->at(t), c_}; }

 private:
  Scaled whole() const { return {*problem_, c_}; }

  Polymorphic<Problem> problem_;
  double c_;
  mutable Scaled seen_;
};

}  // namespace descent::decay
