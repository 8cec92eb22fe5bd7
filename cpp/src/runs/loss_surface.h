// The loss on a plane through the weights of trained networks.
#pragma once

#include "descent/lab.h"
#include "runs/plane.h"
#include "runs/rounds.h"

namespace descent::runs {

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
// was and where the plane shows it. Its channels, by runner: the surface in its window, and the
// path, slow and fast weights.
std::unique_ptr<Task> surface(std::vector<Trained> runners, PlaneKind kind, double zoom,
                              std::uint64_t seed);

}  // namespace descent::runs
