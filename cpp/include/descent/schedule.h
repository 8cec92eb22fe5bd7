// Learning-rate schedules: pure factors of (step, total), which multiply a base rate.
#pragma once

#include <memory>

namespace descent {

class Schedule {
 public:
  virtual ~Schedule() = default;
  virtual std::unique_ptr<Schedule> clone() const = 0;

  // Factor of step t = 0, 1, …; a run has `total` ≥ 1 steps. t may pass total: a schedule then
  // holds what its own comment says.
  virtual double factor(double t, double total) const = 0;
};

}  // namespace descent
