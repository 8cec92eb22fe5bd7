// What the lab of sharpness does on demand besides the loss on a plane: how flat it is by several
// measures, what noise on the inputs does, and the loss between Lookahead's slow and fast weights.
#pragma once

#include "runs/loss_surface.h"

namespace descent::sharpness {

using namespace runs;

// Measures of flatness of runners of one network, a column each, with theory's second order beside
// them. There is at least one runner.
std::unique_ptr<Task> flatness(std::vector<Trained> runners, double radius, std::uint64_t seed);

// The error on validation examples whose inputs have noise on them, by its size.
std::unique_ptr<Task> corruption(std::vector<Trained> runners, std::uint64_t seed);

// The loss on the line from slow weights to the fast ones that are about to be followed.
struct Interval {
  int subject;
  std::string label;
  Vector slow, fast;
  double alpha;  // how far it is going to be followed
};
std::unique_ptr<Task> lookahead(const Net& net, std::vector<Interval> intervals);

}  // namespace descent::sharpness
