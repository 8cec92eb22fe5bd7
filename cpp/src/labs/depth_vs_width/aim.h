// What is built in the lab of depth against width, and what networks are trained to be.
#pragma once

#include <cstdint>

#include "approximation/sawtooth.h"
#include "network/training.h"

namespace descent::depth_vs_width {

// The tent composed with itself, the square from sawtooths, or a network with drawn weights.
enum class Built { kSawtooth, kSquare, kRandom };

struct Plan {
  Built built;
  int layers;
  int width;    // of a layer drawn at random
  double bias;  // deviation of its biases
  std::uint64_t seed;
};

// With the first `layers` of the plan's layers: a whole one of its kind, or a drawn network cut
// after that layer, whose units the head reads.
Construction build(const Plan& plan, int layers);
// The draw-th network of a plan; number 0 is the one that is built.
Construction drawNetwork(const Plan& plan, int draw);

// The function that a construction is for: the sawtooth itself, x², or the drawn network's own.
class Aim {
 public:
  Aim(const Plan& plan, const PiecewiseLinear& own);

  bool isSquare() const { return isSquare_; }
  // Its pieces; of the square, chords fine enough to look like it.
  const PiecewiseLinear& drawn() const { return function_; }
  double operator()(double x) const { return isSquare_ ? x * x : function_(x); }
  // max |f − aim| and the mean of (f − aim)² over [0, 1], to rounding.
  double largestGap(const PiecewiseLinear& f) const {
    return isSquare_ ? largestGapFromSquare(f) : descent::largestGap(f, function_);
  }
  double meanSquareGap(const PiecewiseLinear& f) const {
    return isSquare_ ? meanSquareGapFromSquare(f) : descent::meanSquareGap(f, function_);
  }
  // Examples at the middles of equal cells of [0, 1], eight to a piece of the sawtooth where there
  // is room.
  Split examples(int layers) const;

 private:
  bool isSquare_;
  PiecewiseLinear function_;
};

}  // namespace descent::depth_vs_width
