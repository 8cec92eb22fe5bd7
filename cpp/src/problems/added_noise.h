// Problems whose steps see the whole function and, on top of its slope, noise of a known size.
#pragma once

#include "descent/objective.h"

namespace descent {

class AddedNoise : public Problem {
 public:
  // Of every coordinate of a step's slope, independent of θ and of all other steps.
  virtual double noiseVariance() const = 0;
};

}  // namespace descent
