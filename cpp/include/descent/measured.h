// What an optimizer costs and sees, counted on a run of the object itself.
#pragma once

#include "descent/catalogue.h"

namespace descent {

struct Measured {
  // Asked of the oracle per step, in the mean over a run.
  double gradients = 0;
  double values = 0;
  double products = 0;
  // Numbers remembered between steps, per parameter of an 8 × 6 matrix.
  double state = 0;
  // The path depends on how parameters are laid out in matrices.
  bool usesBlocks = false;
  // The path stays where it is, to 1e-3, when the loss is multiplied by 1000 and by 1/1000; guards
  // ε are set as low as they go.
  bool ignoresScale = false;
};

Measured measure(const Entry<Optimizer>& entry);

}  // namespace descent
