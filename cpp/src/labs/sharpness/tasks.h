// What the lab of sharpness does on demand: the loss on a plane through the trained weights, how
// flat it is there by several measures, and the loss between Lookahead's slow and fast weights.
#pragma once

#include "descent/lab.h"
#include "labs/sharpness/plane.h"

namespace descent::sharpness {

// A runner as it stands when a task is started.
struct Trained {
  int subject;
  std::string label;
  Vector x;  // where it is judged
  Path path;
};

// The loss on a grid over a plane through each runner's weights, and along its path both where it
// was and where the plane shows it.
std::unique_ptr<Task> surface(const Net& net, std::vector<Trained> runners, PlaneKind kind,
                              double zoom, std::uint64_t seed);

// Measures of flatness, a column a runner, with theory's second order beside them.
std::unique_ptr<Task> flatness(const Net& net, std::vector<Trained> runners, double radius,
                               std::uint64_t seed);

// The loss on the line from slow weights to the fast ones that are about to be followed.
struct Interval {
  int subject;
  std::string label;
  Vector slow, fast;
  double alpha;  // how far it is going to be followed
};
std::unique_ptr<Task> lookahead(const Net& net, std::vector<Interval> intervals);

// The next interval of a Lookahead runner that has come to update `t` of `total`; empty where it
// is none, or does not get there.
std::optional<Interval> intervalOf(const Net& net, race::Runner runner, int subject, int t,
                                   int total);

}  // namespace descent::sharpness
