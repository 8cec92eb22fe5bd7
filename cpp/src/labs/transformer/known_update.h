// An update's batch as a problem whose gradient is known at one point: it has been summed up, some
// sequences at a time, before the optimizer asks for it.
#pragma once

#include "attention/language.h"

namespace descent::transformer {

// Where an optimizer asks elsewhere, as sam does for its second gradient, it is computed at once.
class KnownUpdate final : public Problem {
 public:
  // `x` and `g` stay where they are; x is where the optimizer begins its step.
  KnownUpdate(const Language<float>& language, int update, Vector x, double value, const Vector& g)
      : language_(language), seen_(language.at(update)), x_(std::move(x)), value_(value), g_(g) {}

  std::unique_ptr<Problem> clone() const override { return std::make_unique<KnownUpdate>(*this); }
  Eigen::Index dimension() const override { return language_.dimension(); }
  Layout layout() const override { return language_.layout(); }
  Vector start() const override { return language_.start(); }
  SuggestedRates rates() const override { return language_.rates(); }

  double value(const Vector& x) const override { return x == x_ ? value_ : seen_.value(x); }
  void gradient(const Vector& x, Vector& g) const override { valueAndGradient(x, g); }
  double valueAndGradient(const Vector& x, Vector& g) const override {
    if (x != x_) return seen_.valueAndGradient(x, g);
    return g = g_, value_;
  }

 private:
  const Language<float>& language_;
  const Objective& seen_;
  Vector x_;
  double value_;
  const Vector& g_;
};

}  // namespace descent::transformer
