// Rounds of Lookahead: from slow weights fast ones run k steps, then the slow ones follow by α.
#pragma once

#include "runs/runner.h"
#include "runs/trail.h"

namespace descent::runs {

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

}  // namespace descent::runs
