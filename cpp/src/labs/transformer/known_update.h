// An update's batch as a problem whose gradient is known at one point: it has been summed up, some
// sequences at a time, before the optimizer asks for it.
#pragma once

#include "attention/language.h"

namespace descent::transformer {

// Where an optimizer asks elsewhere, as sam does for its second gradient, it is computed at once.
class KnownUpdate final : public Problem {
 public:
  // `x` and `g` stay where they are; x is where the optimizer begins its step.
  KnownUpdate(const Language<float>& language, Vector x, double value, const Vector& g)
      : language_(language), x_(std::move(x)), value_(value), g_(g) {}

  std::unique_ptr<Problem> clone() const override { return std::make_unique<KnownUpdate>(*this); }
  Eigen::Index dimension() const override { return language_.dimension(); }
  Layout layout() const override { return language_.layout(); }
  Vector start() const override { return language_.start(); }
  SuggestedRates rates() const override { return language_.rates(); }
  double value(const Vector& x) const override { return language_.value(x); }
  void gradient(const Vector& x, Vector& g) const override { language_.gradient(x, g); }

  double stepValue(int t, const Vector& x) const override {
    return x == x_ ? value_ : language_.stepValue(t, x);
  }
  void stepGradient(int t, const Vector& x, Vector& g) const override {
    stepValueAndGradient(t, x, g);
  }
  double stepValueAndGradient(int t, const Vector& x, Vector& g) const override {
    if (x != x_) return language_.stepValueAndGradient(t, x, g);
    return g = g_, value_;
  }

 private:
  const Language<float>& language_;
  Vector x_;
  double value_;
  const Vector& g_;
};

}  // namespace descent::transformer
