// What depth buys: constructions as ordinary ReLU networks, and what no network of fewer pieces can
// do.
//
// The tent t(x) = 2 relu(x) − 4 relu(x − ½) takes [0, 1] to [0, 1] and back. Composed s times it is
// the sawtooth g_s, with 2^s pieces on [0, 1] from 2s units (Telgarsky 2016, "Benefits of depth in
// neural networks", https://arxiv.org/abs/1602.04485). Sums of sawtooths are the interpolation of
// x² at the multiples of 2^−m (Yarotsky 2017, "Error bounds for approximations with deep ReLU
// networks", https://arxiv.org/abs/1610.01145):
//
//   f_m(x) = x − Σ_{s=1}^m g_s(x)/4^s,        max |f_m(x) − x²| = 2^(−2m−2) on [0, 1]
#pragma once

#include "approximation/pieces.h"

namespace descent {

// A network with its parameters.
struct Construction {
  Architecture architecture;
  Vector theta;
};

// g_k: k layers of two units, 6k + 1 parameters. On [0, 1].
Construction sawtoothNetwork(int k);
// f_m: a layer of two units, then m − 1 of three, the third of which carries the sum so far (which
// is above x² and so passes the ReLU). On [0, 1].
Construction squareNetwork(int m);

int unitsOf(const Architecture& architecture);
// The network of one hidden layer with as many parameters, or up to two fewer: N units have 3N + 1.
Architecture shallowOf(const Architecture& architecture);

// A function f with n pieces crosses ½ at most n times, the sawtooth g_k crosses it 2^k times. So
//
// - some i has f(i/2^k) on the wrong side of ½ where n < 2^k, and then max |f − g_k| ≥ ½, which the
//   constant ½ reaches;
// - of the 2^k + 1 extremes i/2^k at least (2^k − n)/2 are missed, being on the wrong side: between
//   crossings the side stays, and of two neighbours one is wrong;
// - the mean of (f − g_k)² is at least (½ − (n + 1)/2^k)/12: of the 2^k − 1 whole teeth at least
//   2^k − 1 − n hold no crossing, at most n + 1 runs of them, in each of which every second is
//   missed whole; the square of a missed tooth over ½ is 2^−k/12.
double leastGapFromSawtooth(int k, int pieces);
double leastMissed(int k, int pieces);
double leastMeanSquareFromSawtooth(int k, int pieces);
// The extremes that f misses. One at ½ is missed.
int missedExtremes(const PiecewiseLinear& f, int k);

// 2^(−2m−2), f_m's distance from x².
double squareError(int m);
// No function with n pieces comes closer to x² on [0, 1] than 1/(8 n²): some piece is at least 1/n
// long, and a line leaves h²/8 of x² over a length h.
double leastGapFromSquare(int pieces);

// max |f(x) − x²| and the mean of (f(x) − x²)² over f's interval, to rounding.
double largestGapFromSquare(const PiecewiseLinear& f);
double meanSquareGapFromSquare(const PiecewiseLinear& f);

// Each parameter times 1 + σ ξ, ξ ~ N(0, 1). Rounding to p significant bits errs by at most 2^−p of
// a number, in the root mean square by about 0.41 · 2^−p where logarithms are spread evenly. The
// sawtooth's own weights 1, 2, −4 and −½ are powers of two, which no rounding moves.
Vector jittered(const Vector& theta, double deviation, Random& random);

// max over [low, high] of how much the output changes to first order when θ moves along δ, where
// `at` holds knots between which no unit bends: R{f} is linear there, and taken just within each
// end.
double firstOrderGap(const Construction& network, const Vector& direction,
                     const std::vector<double>& at);

}  // namespace descent
