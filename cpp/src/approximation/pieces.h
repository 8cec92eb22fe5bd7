// Networks of one input whose units are piecewise linear (relu, leaky relu, identity): which
// function they are, exactly, and how many pieces it has. Residual networks and those with batch
// normalisation or dropout are not covered: isPiecewiseLinear() tells.
//
// On an interval on which all units of a layer are linear, a sum of the next layer is linear and
// crosses zero at most once. So knots are carried from layer to layer: the sums at all knots, a new
// knot by interpolation where a sum changes its sign, and slopes by the chain rule, piece by piece.
// With p pieces in the end that is O(p Σ n_l n_{l−1}), and p ≤ Π (n_l + 1) = mostPieces().
//
// What is counted: maximal intervals on which the output is one line. A knot that the output does
// not show is none, and neither is one at the interval's ends.
//
// Rounding: a sum within kRoundingOfSums of its terms (or that close to zero in x, by the length of
// the interval's larger end) is zero at that knot, so that crossings closer than that are one.
// Pieces whose slopes differ by less than kRoundingOfSlopes of the terms of these are one.
#pragma once

#include <algorithm>
#include <vector>

#include "network/architecture.h"

namespace descent {

inline constexpr double kRoundingOfSums = 1e-12;
inline constexpr double kRoundingOfSlopes = 1e-10;

// A continuous function that is linear between knots x₀ < x₁ < … < x_n, where it is y.
struct PiecewiseLinear {
  std::vector<double> x, y;

  int pieces() const { return static_cast<int>(x.size()) - 1; }
  // Beyond the ends the first and last lines go on.
  double operator()(double at) const;
};

struct Pieces {
  PiecewiseLinear function;  // its pieces are maximal
  int regions = 0;           // intervals between knots of any unit, seen in the output or not
};

bool isPiecewiseLinear(const Architecture& architecture);

// The only output of such a network on [low, high], with finite parameters θ.
Pieces piecesOf(const Architecture& architecture, const Vector& theta, double low = 0,
                double high = 1);

// Π (n_l + 1) over the hidden layers: no network of one input has more pieces. For one layer N + 1.
// Of the order of what Montúfar et al. 2014 (https://arxiv.org/abs/1402.1869) reach by folding.
double mostPieces(const Architecture& architecture);

// The number of times that f passes from above a level to below it, or back.
int crossingsOf(const PiecewiseLinear& f, double level);

// max |f − g| and the mean of (f − g)² over the interval that both are known on, to rounding.
double largestGap(const PiecewiseLinear& f, const PiecewiseLinear& g);
double meanSquareGap(const PiecewiseLinear& f, const PiecewiseLinear& g);

// A ReLU network of one input and one output with weights from N(0, 2/fan-in), as He et al. 2015
// have them, and hidden biases from N(0, bias²). It is written for an input on [0, 1] that stands
// for one on [−1, 1].
Vector drawWeights(const Architecture& architecture, double bias, Random& random);

// How many pieces it has on average as the layers grow wide:
//
//   1 + Σ_l n_l (2/π) arctan(√(2/l) / bias)
//
// A sum of layer l, given the layer below, is a Gaussian process over its own weights. As the
// widths grow E z² → l bias² + 2x², E z z' → 2x and E z'² → 2, and Rice's formula counts its zeros:
// ∫ √(E z² E z'² − (E z z')²) / (π E z²) over [−1, 1]. So at most about as many pieces as units,
// fewer the deeper the layers and the larger the biases: the order that Hanin & Rolnick 2019 prove
// (https://arxiv.org/abs/1901.09021). For wide layers only: narrow and deep networks have fewer.
double expectedPieces(const Architecture& architecture, double bias);

}  // namespace descent
