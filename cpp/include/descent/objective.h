// What is minimised: objectives, problems (an objective with its data, start and solution) and
// landscapes (a problem on the plane, which can be drawn).
#pragma once

#include <cmath>
#include <cstdint>
#include <memory>
#include <optional>
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
  // Both at once, which reverse mode has for the price of the gradient.
  virtual double valueAndGradient(const Vector& x, Vector& g) const {
    gradient(x, g);
    return value(x);
  }
  // Fills h (n × n, symmetric) and returns true where the Hessian is known.
  virtual bool hessian(const Vector& /*x*/, Matrix& /*h*/) const { return false; }
  // Fills out (n) with ∇²f(x) v and returns true where that is known exactly without the Hessian.
  virtual bool hessianVector(const Vector& /*x*/, const Vector& /*v*/, Vector& /*out*/) const {
    return false;
  }
};

// Learning rates at which optimizers behave on a landscape. `gradient` multiplies a gradient
// (1/curvature); `stride` is a length, for optimizers whose step has about the size of the rate.
struct SuggestedRates {
  double gradient;
  double stride;
};

// An objective that runs start on and end at. As an Objective it is the whole function, by which a
// run is judged; what a step sees may be a part of it (a mini-batch, a phase), a pure function of
// the step's number and the seed.
class Problem : public Objective {
 public:
  virtual std::unique_ptr<Problem> clone() const = 0;

  // Draw the data, once the knobs are set; the same seed gives the same problem.
  virtual void prepare(std::uint64_t /*seed*/) {}
  virtual Layout layout() const { return vectorLayout(dimension()); }
  virtual Vector start() const = 0;
  // The solution nearest to x, where solutions are known.
  virtual std::optional<Vector> nearestMinimum(const Vector& /*x*/) const { return {}; }
  // The largest curvature at the solution nearest to x, where it is known.
  virtual std::optional<double> largestCurvature(const Vector& /*x*/) const { return {}; }
  virtual SuggestedRates rates() const = 0;
  // The loss on data that no step sees, where there is such data.
  virtual std::optional<double> heldOut(const Vector& /*x*/) const { return {}; }

  // The function that step t = 1, 2, … sees; valid until the next call.
  virtual const Objective& at(int /*t*/) const { return *this; }
};

using Point = Eigen::Vector2d;

// The part of the plane that a landscape is best seen in.
struct Window {
  double x0, x1, y0, y1;
};

// Coordinates from outside stay within ±kPointLimit.
inline constexpr double kPointLimit = 1e6;

// A problem on the plane that knows its window, its starts and its minima. A landscape writes f,
// its gradient and its Hessian in x and y; tests compare them with central differences.
class Landscape : public Problem {
 public:
  virtual double f(double x, double y) const = 0;
  virtual Point gradientAt(double x, double y) const = 0;
  virtual Eigen::Matrix2d hessianAt(double x, double y) const = 0;

  virtual Window window() const = 0;
  // Suggested starts, the best first.
  virtual std::vector<Point> starts() const = 0;
  // All local minima in the window, a lowest one first; gradientAt vanishes at each to rounding.
  virtual std::vector<Point> minima() const = 0;
  // Has f two derivatives at this point? Where not, gradientAt and hessianAt say what they give.
  virtual bool isSmoothAt(const Point& /*p*/) const { return true; }

  Eigen::Index dimension() const final { return 2; }
  double value(const Vector& x) const final { return f(x[0], x[1]); }
  void gradient(const Vector& x, Vector& g) const final { g = gradientAt(x[0], x[1]); }
  bool hessian(const Vector& x, Matrix& h) const final {
    h = hessianAt(x[0], x[1]);
    return true;
  }
  Vector start() const final { return starts().front(); }
  std::optional<Vector> nearestMinimum(const Vector& x) const final {
    std::optional<Vector> nearest;
    for (const Point& minimum : minima()) {
      if (!nearest || (minimum - x).norm() < (*nearest - x).norm()) nearest = minimum;
    }
    return nearest;
  }
  std::optional<double> largestCurvature(const Vector& x) const final {
    const auto minimum = nearestMinimum(x);
    if (!minimum) return {};
    const Eigen::Matrix2d h = hessianAt((*minimum)[0], (*minimum)[1]);
    return (h(0, 0) + h(1, 1)) / 2 + std::hypot((h(0, 0) - h(1, 1)) / 2, h(0, 1));
  }
};

}  // namespace descent
