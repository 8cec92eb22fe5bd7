#include <algorithm>
#include <cmath>

#include "numerics/jacobi.h"
#include "numerics/products.h"
#include "runs/compare.h"

namespace descent::runs {
namespace {

// ½ xᵀHx
class OwnQuadratic final : public Objective {
 public:
  explicit OwnQuadratic(Matrix hessian) : h_(std::move(hessian)) {}
  Eigen::Index dimension() const override { return h_.rows(); }
  double value(const Vector& x) const override {
    const Vector slope = times(h_, x);
    return x.dot(slope) / 2;
  }
  void gradient(const Vector& x, Vector& g) const override { g = times(h_, x); }
  bool hessian(const Vector&, Matrix& h) const override { return h = h_, true; }

 private:
  Matrix h_;
};

// Does one step lead to the minimum of a quadratic with this Hessian? Where it does, near a minimum
// of f what is left of an error is of second order: so with Newton's step, and with the curvatures
// along the axes where these are the Hessian's own.
bool landsOnMinimum(const Optimizer& optimizer, const Matrix& hessian, double rate) {
  const OwnQuadratic f(hessian);
  ObjectiveOracle oracle(f);
  const auto fresh = optimizer.clone();
  fresh->reset(vectorLayout(f.dimension()));
  Vector x = Point(1, 0.5);
  fresh->step(oracle, x, rate);
  return x.norm() < 1e-9;
}

}  // namespace

std::optional<Reading> orderReading(const Observed& run, const Landscape& landscape) {
  const Optimizer& optimizer = *run.runner.optimizer;
  const auto convergenceOrder = optimizer.predict().convergenceOrder;
  if (!convergenceOrder) return {};
  const Point minimum = *landscape.nearestMinimum(run.at(run.last));
  const Eigen::Matrix2d hessian = landscape.hessianAt(minimum[0], minimum[1]);
  const auto reading = [&](double predicted, double measured, const std::string& errors) {
    constexpr double kShare = 0.1;  // of what errors leave that are small and not nothing
    return atLeast(run.subject, "order", predicted, measured)
        .withinShare(kShare)
        .where("near a minimum with positive definite Hessian, up to a tenth; from " + errors +
               " that are small and fall, at a constant rate");
  };
  if (!landscape.isSmoothAt(minimum)) return reading(kNaN, kNaN, "errors").unless(kNoCurvature);
  const double least = symmetricEigen(hessian).values[0];
  if (!(least > 0)) {
    return reading(kNaN, kNaN, "errors").unless("the Hessian at the minimum is singular");
  }
  const double rate = run.rate(), said = convergenceOrder(least, rate);
  const double predicted = landsOnMinimum(optimizer, hessian, rate) ? std::max(2.0, said) : said;

  // Steps that leave a share of the error may take it from one direction to another and back, and
  // leave now a larger and now a smaller one: every other error has the same.
  const int stride = predicted > 1 ? 1 : 2;
  const auto error = [&](int t) { return (run.at(t) - minimum).norm(); };
  const double floor = 1e-13 * (1 + minimum.norm());  // of what rounding leaves
  int t = run.last;
  while (t > 2 * stride && error(t) < floor) --t;
  const int before = t - stride, first = t - 2 * stride;
  const std::string three = stride == 1 ? "three errors in a row" : "three errors, every other one";
  const auto pending = [&](const char* why) { return reading(predicted, kNaN, three).unless(why); };
  if (first < run.runner.turned) return pending("too few steps yet");
  if (error(t) < floor) return pending("the errors are not above rounding");
  if (!run.hasKeptRate(first, t)) return pending("the rate is not constant");
  if (!(error(t) < error(before) && error(before) < error(first))) {
    return pending("the errors do not fall");
  }
  if (!(departure(landscape, minimum, run.at(first)) <= kNearMinimum)) {
    return pending("the errors are not small: f is not its quadratic there");
  }
  const double exponent =
      std::log(error(t) / error(before)) / std::log(error(before) / error(first));
  return reading(predicted, std::pow(exponent, 1.0 / stride),
                 three + " up to step " + std::to_string(t));
}

}  // namespace descent::runs
