// What the core has done since it was started, for tests of what a knob's turn costs.
#pragma once

namespace descent {

struct Tally {
  long parses = 0;  // texts read as values
  long builds = 0;  // optimizers made, those inside others among them
};

inline Tally& tally() {
  static Tally all;
  return all;
}

}  // namespace descent
