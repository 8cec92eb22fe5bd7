// What the lab of sharpness does on demand: the loss on a plane through the trained weights, how
// flat it is there by several measures, what noise on the inputs does, and the loss between
// Lookahead's slow and fast weights.
#pragma once

#include "descent/lab.h"
#include "labs/sharpness/plane.h"

namespace descent::sharpness {

// Rounds of Lookahead: from slow weights fast ones run k steps, then the slow ones follow by α.
struct Round {
  Vector slow, fast;  // fast: as they are when they are followed
};
struct Rounds {
  double alpha = 0;
  std::vector<Round> all;
  Path path;  // of the fast weights, from where they are now
};

// The next `count` rounds of a runner that has come to update `t` of `total`: none where it does
// not look ahead, or does not get there.
Rounds roundsOf(const Problem& problem, race::Runner runner, int t, int total, int count);

// A network as it stands when a task is started.
struct Trained {
  int subject;
  std::string label;
  Net net;
  Vector x;  // where it is judged
  Path path;
  Rounds rounds;  // two where a plane is laid through them, else none
};

// The loss on a grid over a plane through each network's weights, and along its path both where it
// was and where the plane shows it.
std::unique_ptr<Task> surface(std::vector<Trained> runners, PlaneKind kind, double zoom,
                              std::uint64_t seed);

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
