// Piecewise linear functions written down as ReLU networks, weight by weight: no training.
//
//   hat_i(x) = σ(Nx − i + 1) − 2σ(Nx − i) + σ(Nx − i − 1),   σ(z) = max(z, 0),  i = 0 … N
//
// is 1 at x = i/N and 0 at every other knot, so that Σ f(i/N) hat_i is the straight line from knot
// to knot. With h = 1/N it is within h²/8 · max |f″| of f on [0, 1].
//
// On the square the hats of the mesh of right triangles take a second layer,
//
//   hat_ij(x, y) = σ(1 − (|u| + |v| + |u − v|)/2),   u = Nx − i,  v = Ny − j,  |t| = σ(t) + σ(−t)
//
// since of three numbers that sum to 0 half the sum of the sizes is the largest size. Their sum is
// within h²/4 · max ‖∇²f‖ (Waldron 1998, "The error in linear interpolation at the vertices of a
// simplex", SIAM J. Numer. Anal. 35). He, Li, Xu & Zheng 2020, "ReLU Deep Neural Networks and
// Linear Finite Elements", https://arxiv.org/abs/1807.03973.
#pragma once

#include "approximation/target.h"
#include "network/architecture.h"

namespace descent::approximation {

// A network with its weights, in the order of layoutOf().
struct ExactNetwork {
  Architecture architecture;
  Vector parameters;
};

// f(i/N), i = 0 … N.
Vector knotsOf(const Target& f, int n);

inline double hat(double t) { return std::max(0.0, 1 - std::abs(t)); }
// The sum of the first `count` hats; of all where it is left out.
double hatsAt(const Vector& knots, double x, int count);
inline double hatsAt(const Vector& knots, double x) {
  return hatsAt(knots, x, static_cast<int>(knots.size()));
}

// Three units to a hat, 3(N + 1) in all; 0 beyond [−h, 1 + h].
ExactNetwork hatNetwork(const Vector& knots);
// The same function on [0, 1] with N units, one where each piece begins; beyond, its first value
// and its last piece go on.
ExactNetwork kinkNetwork(const Vector& knots);

// max |f − Σ f(i/N) hat_i| over [0, 1] to rounding: on each piece where f′ is the piece's slope, or
// where f has a kink. Exact where f′ − slope changes its sign at most once in 1/32 of a piece.
double hatsError(const Target& f, const Vector& knots);
// The same over as many samples of [0, 1] as f has entries.
double sampledHatsError(const Vector& f, const Vector& knots);
// h²/8 · max |f″|.
inline double hatsBound(double curved, int n) { return curved / (8.0 * n * n); }
// The error for |x − corner|: 2a(h − a)/h, with a how far the corner is from the knot on its left.
double cornerError(double corner, int n);

// The slope of log error over log N by least squares.
double fittedOrder(const Vector& n, const Vector& error);

// f(i/N, j/N) at (i, j).
Matrix squareKnotsOf(const Target& f, int n);
double squareHatsAt(const Matrix& knots, double x, double y);
// Hidden layers of 8N + 6 and (N + 1)² units.
ExactNetwork squareHatNetwork(const Matrix& knots);
inline double squareHatsBound(double curved, int n) { return curved / (4.0 * n * n); }

}  // namespace descent::approximation
