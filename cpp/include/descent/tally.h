// What the core has done in this thread, for tests of what a knob's turn costs.
#pragma once

namespace descent {

struct Tally {
  long parses = 0;  // texts read as values
  long builds = 0;  // optimizers made, those inside others among them
};

inline Tally& tally() {
  static thread_local Tally all;
  return all;
}

}  // namespace descent
