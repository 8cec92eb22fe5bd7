// What the record of a run on a landscape or a problem holds of each runner.
#pragma once

#include "descent/record.h"
#include "runs/runner.h"

namespace descent::runs {

// Indices in the record; −1 where a series is not recorded.
struct Series {
  int path, loss, distance, gradient, step, evaluations;
};

// Series that not every lab has: the path is that of a surface, evaluations are the work done.
struct Recorded {
  bool path = false;
  bool evaluations = false;
};
Series declareSeries(Record& record, int subject, const Recorded& recorded);

// Record row t of a runner whose last step had this length. The loss is judged at the evaluation
// point, the path is the iterate's own. A runner that has stopped leaves no more numbers.
void putRow(const Problem& problem, const Runner& runner, const Series& series, int t,
            double stepLength, Record& record);

}  // namespace descent::runs
