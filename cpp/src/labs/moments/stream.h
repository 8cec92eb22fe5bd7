// A stream of gradients of one parameter, shaped by hand: f(θ) = g_t θ in step t, whatever the
// point.
#pragma once

#include "core/expression.h"
#include "descent/catalogue.h"

namespace descent::moments {

enum class Stream { kConstant, kNoisy, kSpike, kSparse, kFlip, kFormula };
inline constexpr std::initializer_list<const char*> kStreams = {"constant", "noisy", "spike",
                                                                "sparse",   "flip",  "formula"};

struct Shape {
  Stream stream = Stream::kNoisy;
  double size = 1;
  double noise = 0.5;
  int period = 10;
  Expression formula = {};
  int seed = 7;

  // g_t; noise is drawn by step, so that every method and every replay sees the same.
  double at(int t) const;
};

// f_t(θ) = g θ
class Slope final : public Objective {
 public:
  explicit Slope(double g = 0) : g_(g) {}
  Eigen::Index dimension() const override { return 1; }
  double value(const Vector& x) const override { return g_ * x[0]; }
  void gradient(const Vector&, Vector& g) const override { g = Vector::Constant(1, g_); }
  bool hessian(const Vector&, Matrix& h) const override { return h = Matrix::Zero(1, 1), true; }

 private:
  double g_;
};

// What the methods run on. As a whole it says nothing of itself: its steps do.
class StreamProblem final : public Cloneable<StreamProblem, Problem> {
 public:
  StreamProblem() = default;
  explicit StreamProblem(Shape shape) : shape_(std::move(shape)) {}

  Eigen::Index dimension() const override { return 1; }
  double value(const Vector&) const override { return 0; }
  void gradient(const Vector&, Vector& g) const override { g = Vector::Zero(1); }
  Vector start() const override { return Vector::Zero(1); }
  SuggestedRates rates() const override { return {1, 1}; }
  const Objective& at(int t) const override { return seen_ = Slope(shape_.at(t)); }

 private:
  Shape shape_;
  mutable Slope seen_;
};

}  // namespace descent::moments
