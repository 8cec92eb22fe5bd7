// The loss on a plane through the weights of trained networks.
#pragma once

#include "descent/lab.h"
#include "runs/plane.h"

namespace descent::runs {

// Rounds of Lookahead: from slow weights fast ones run k steps, then the slow ones follow by α.
struct Round {
  Vector slow, fast;  // fast: as they are when they are followed
};
struct Rounds {
  double alpha = 0;
  std::vector<Round> all;
  Trail path;  // of the fast weights, from where they are now
};

// The next `count` rounds of a runner that has come to update `t` of `total`: none where it does
// not look ahead, or does not get there.
Rounds roundsOf(const Problem& problem, Runner runner, int t, int total, int count);

// A network as it stands when a task is started.
struct Trained {
  int subject;
  std::string label;
  Net net;
  Vector x;  // where it is judged
  Trail path;
  Rounds rounds;  // two where a plane is laid through them, else none
};

// The loss on a grid over a plane through each network's weights, and along its path both where it
// was and where the plane shows it.
std::unique_ptr<Task> surface(std::vector<Trained> runners, PlaneKind kind, double zoom,
                              std::uint64_t seed);

}  // namespace descent::runs
