// On a quadratic, coupled decay λ leads to the ridge solution −(H + λI)⁻¹∇f(0).
#include <algorithm>

#include "labs/decay/lab.h"
#include "numerics/jacobi.h"
#include "numerics/products.h"
#include "runs/conditions.h"

namespace descent::decay {
namespace {

// −Δθ/η of a further step at this rate: 0 where the run is at rest, for whatever reason.
Vector pullOn(const Runner& runner, const Problem& problem, double rate) {
  const auto optimizer = runner.optimizer->clone();
  Vector x = runner.x;
  const Vector before = optimizer->evaluationPoint(x);
  ObjectiveOracle oracle(problem);
  optimizer->step(oracle, x, rate);
  return (before - optimizer->evaluationPoint(x)) / rate;
}

}  // namespace

void Decay::addRidge(std::vector<Reading>& all, std::size_t i, const Record& record,
                     int step) const {
  const Runner& runner = runs_[i];
  const auto lambda = runner.optimizer->predict().penalty;
  const Eigen::Index n = problem_->dimension();
  Matrix h, elsewhere;
  if (!lambda || n > 64 || isTwoScales() || !problem_->hessian(Vector::Zero(n), h) ||
      !problem_->hessian(Vector::Ones(n), elsewhere) || (h - elsewhere).norm() > 1e-12 * h.norm()) {
    return;
  }
  Vector g;
  problem_->gradient(Vector::Zero(n), g);
  const SymmetricEigen eigen = symmetricEigen(h);
  const Vector shifted = (eigen.values.array() + *lambda).matrix();
  if (shifted[0] <= 1e-12 * shifted[n - 1]) return;
  const Vector solution =
      times(eigen.vectors, -transposeTimes(eigen.vectors, g).cwiseQuotient(shifted));

  // At rest a step asks for nothing more beside the solution, along flat directions either, where
  // a little is a long way.
  constexpr double kRest = 1e-3;
  const bool isWhole = seesWhole(*problem_, start_);
  const double left =
      transposeTimes(eigen.vectors, pullOn(runner, *problem_, runner.optimizer->rate(0, steps)))
          .cwiseQuotient(shifted)
          .norm() /
      solution.norm();
  const std::string why =
      !isWhole ? "steps that see a part of f never rest"
      : left <= kRest
          ? ""
          : "not at rest yet: by its next step and the curvatures, along flat directions too, it "
            "has " +
                printShort(left, 2) + " of ‖θ‖ to go";
  const auto add = [&](const char* quantity, double predicted, int series, double share,
                       std::string what) {
    all.push_back(equals(static_cast<int>(i), quantity, isWhole ? predicted : kNaN,
                         record.at(series, std::min(step, runner.last)))
                      .withinShare(share)
                      .where(std::move(what))
                      .unless(why));
  };
  add("‖θ‖ at rest", solution.norm(), series_[i].norm, kRest,
      "the minimum of f + ½λ‖θ‖², λ = " + printShort(*lambda) +
          ", in closed form; at rest to a thousandth");
  if (const auto heldOut = plain_->heldOut(solution)) {
    add("held-out loss at rest", *heldOut, series_[i].heldOut, 10 * kRest,
        "that of the same solution, to a hundredth");
  }
}

}  // namespace descent::decay
