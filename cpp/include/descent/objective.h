// What is minimised: a deterministic function of a parameter vector.
#pragma once

#include <memory>
#include <vector>

#include "descent/vector.h"

namespace descent {

class Objective {
 public:
  virtual ~Objective() = default;
  virtual Eigen::Index dimension() const = 0;
  virtual double value(const Vector& x) const = 0;
  // g is resized to dimension().
  virtual void gradient(const Vector& x, Vector& g) const = 0;
  // Fills h (n × n, symmetric) and returns true where the Hessian is known.
  virtual bool hessian(const Vector& /*x*/, Matrix& /*h*/) const { return false; }
};

// The part of the plane that a landscape is best seen in.
struct Window {
  double x0, x1, y0, y1;
};

// Learning rates at which optimizers behave on a landscape. `gradient` multiplies a gradient
// (1/curvature); `stride` is a length, for optimizers whose step has about the size of the rate.
struct SuggestedRates {
  double gradient;
  double stride;
};

using Point = Eigen::Vector2d;

// Coordinates from outside stay within ±kPointLimit.
inline constexpr double kPointLimit = 1e6;

// An objective on the plane that knows its window, its starts and its minima. A landscape writes
// f, its gradient and its Hessian in x and y; tests compare them with central differences.
class Landscape : public Objective {
 public:
  virtual std::unique_ptr<Landscape> clone() const = 0;

  virtual double f(double x, double y) const = 0;
  virtual Point gradientAt(double x, double y) const = 0;
  virtual Eigen::Matrix2d hessianAt(double x, double y) const = 0;

  virtual Window window() const = 0;
  // Suggested starts, the best first.
  virtual std::vector<Point> starts() const = 0;
  // All local minima, a lowest one first; gradientAt vanishes at each to rounding.
  virtual std::vector<Point> minima() const = 0;
  virtual SuggestedRates rates() const = 0;

  Eigen::Index dimension() const final { return 2; }
  double value(const Vector& x) const final { return f(x[0], x[1]); }
  void gradient(const Vector& x, Vector& g) const final { g = gradientAt(x[0], x[1]); }
  bool hessian(const Vector& x, Matrix& h) const final {
    h = hessianAt(x[0], x[1]);
    return true;
  }
};

}  // namespace descent
