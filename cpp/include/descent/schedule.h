// Learning-rate schedules: pure factors of (step, total), which multiply a base rate.
#pragma once

#include <memory>
#include <string>

namespace descent {

class Schedule {
 public:
  virtual ~Schedule() = default;
  virtual std::unique_ptr<Schedule> clone() const = 0;

  // Factor of step t = 0, 1, …; a run has `total` ≥ 1 steps. t may pass total: a schedule then
  // holds what its own comment says.
  virtual double factor(double t, double total) const = 0;

  // The factor of whole step t as an expression in Python's `math`, for a run of `total` steps.
  virtual std::string python(double total) const = 0;
  // The line of PyTorch whose scheduler multiplies the rate by the same factors.
  virtual std::string pytorch(double total) const {
    return "LambdaLR(optimizer, lambda t: " + python(total) + ")";
  }
};

}  // namespace descent
