// A function and a slope that a step sees on top of its own.
#pragma once

#include "descent/objective.h"

namespace descent {

// f(θ) + tilt·θ
class Tilted final : public Objective {
 public:
  Tilted() = default;
  Tilted(const Objective& f, Vector tilt) : f_(&f), tilt_(std::move(tilt)) {}

  Eigen::Index dimension() const override { return tilt_.size(); }
  double value(const Vector& x) const override { return f_->value(x) + tilt_.dot(x); }
  void gradient(const Vector& x, Vector& g) const override {
    f_->gradient(x, g);
    g += tilt_;
  }
  bool hessian(const Vector& x, Matrix& h) const override { return f_->hessian(x, h); }

 private:
  const Objective* f_ = nullptr;
  Vector tilt_;
};

}  // namespace descent
