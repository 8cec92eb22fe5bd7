// A runner of the race: an optimizer on a landscape, with what the read-out says of it.
#pragma once

#include <limits>
#include <string>
#include <vector>

#include "descent/catalogue.h"

namespace descent::race {

inline constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

struct Runner {
  Recipe recipe;
  std::string label;
  Style style;
  Polymorphic<Optimizer> optimizer;
  Vector x;
  Counts counts;
  Status status = Status::kRunning;
  int last = 0;        // the last step it took
  int turned = 0;      // the step after which its knobs were last turned
  std::string reason;  // why it stopped

  // One step, the t-th of `total`, unless it has stopped. It has diverged where f leaves the finite
  // numbers, or where a coordinate passes `farAway` while f rises.
  void step(const Landscape& landscape, int t, int total, double farAway);
};

// Labels and styles that tell the runners apart: the ids, and where an optimizer runs twice the
// knobs that differ.
void label(std::vector<Runner>& runners);

// The minimum nearest to a point.
Point nearestMinimum(const Landscape& landscape, const Point& x);

// Eigenvalues of the Hessian at a point, ascending, and its eigenvectors as columns.
struct Curvatures {
  Point values;
  Eigen::Matrix2d vectors;
};
Curvatures curvaturesAt(const Landscape& landscape, const Point& x);

// Series of a runner in the record.
struct Series {
  int path, loss, distance, gradient, step, evaluations;
};

// What theory says of a runner's rows 0 … step, beside what they measure.
std::vector<Reading> compare(const Landscape& landscape, const Runner& runner, int subject,
                             const Record& record, const Series& series, int step, int total);

}  // namespace descent::race
