// What theory says beside what was measured, and whether it holds.
#pragma once

#include <cmath>
#include <string>
#include <utility>

#include "descent/vector.h"

namespace descent {

// How the two numbers of a reading are related.
enum class Relation {
  kEquals,    // measured = predicted, within a tolerance
  kAtMost,    // a bound: measured ≤ predicted
  kAtLeast,   // a bound: measured ≥ predicted
  kBaseline,  // what something without the effect gives: nothing to hold or to break
};
std::string name(Relation relation);

enum class Verdict { kHolds, kBroken, kPending, kBaseline };
std::string name(Verdict verdict);

// A row of theory beside measurement. Whoever predicts tests the condition of the prediction: where
// it is not met (yet), the reading is pending and says why.
//
//   equals(i, "decay ρ", rho, measured).within(1e-6).where("for small steps")
//   atMost(-1, "error of 8 hats", bound, error).where("h² max|f″|/8; a parabola reaches it")
//   baseline(i, "accuracy", "by chance", 0.1, accuracy).where("every class is as frequent")
struct Reading {
  int subject = -1;  // −1 where it belongs to none
  std::string quantity;
  Relation relation = Relation::kEquals;
  double predicted = kNaN;
  double measured = kNaN;
  // equals: largest |measured − predicted| that holds. A bound may be passed by so much.
  double tolerance = 0;
  std::string assumption;  // under which the prediction holds
  std::string pending;     // why it is not judged; "" where it is
  std::string source;      // of a baseline: "by chance"

  Reading&& within(double absolute) && { return tolerance = absolute, std::move(*this); }
  // A share of the predicted value.
  Reading&& withinShare(double share) && {
    return tolerance = share * std::abs(predicted), std::move(*this);
  }
  Reading&& where(std::string text) && { return assumption = std::move(text), std::move(*this); }
  // Not judged, for this reason; "" leaves it judged.
  Reading&& unless(std::string reason) && { return pending = std::move(reason), std::move(*this); }

  Verdict verdict() const;
  // measured − predicted; NaN where it is no equation.
  double residual() const;
  // The share of a bound that is used; NaN where it is none.
  double used() const;
  // The verdict in words: "holds, 91 % of it", "broken, 13 % short", "× 4.5", "not judged: …".
  std::string judged() const;
};

// An equation is within rounding of its numbers unless its tolerance is said.
Reading equals(int subject, std::string quantity, double predicted, double measured);
Reading atMost(int subject, std::string quantity, double bound, double measured);
Reading atLeast(int subject, std::string quantity, double bound, double measured);
Reading baseline(int subject, std::string quantity, std::string source, double value,
                 double measured);

}  // namespace descent
