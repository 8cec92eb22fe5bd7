// What is known in closed form of a network without bends, f = W_L … W₁ x, on n examples X (d × n)
// with labels Y (outputs × n) under the loss ‖W_L … W₁ X − Y‖²/2n.
#pragma once

#include "descent/vector.h"

namespace descent::theory {

// The least loss of a product of rank at most r: with P the projection on the row space of X,
//
//   [Σ_{i>r} σᵢ(Y P)² + ‖Y (I − P)‖²] / 2n,
//
// what lies outside the span of the inputs, and what of the rest a matrix of rank r leaves out
// (Eckart & Young 1936). Exactly 0 where it is below rounding.
double lossFloor(const Matrix& x, const Matrix& y, int r);

// A mode of two layers that start balanced and aligned. With XXᵀ/n = c I on the span of the inputs
// and YXᵀ/n = U diag(c s) Vᵀ, let W₁ = R A Vᵀ and W₂ = U A Rᵀ for diagonal A, R with orthonormal
// columns: then these directions stay, and each strength a = A² moves on its own by
//
//   ȧ = 2 c a (s − a),   a(t) = s e^(2cst) / (e^(2cst) − 1 + s/a₀)
//
// under gradient flow, whose time t is the sum of the learning rates of all steps. In the paper,
// whose sums are not divided by n, the exponent is 2st/τ: τ = 1/(ηc) steps here.
// Saxe, McClelland & Ganguli 2014, "Exact solutions to the nonlinear dynamics of learning in deep
// linear neural networks", https://arxiv.org/abs/1312.6120.
struct Mode {
  double s;   // the strength at which it comes to rest, > 0
  double c;   // variance of the inputs along it, > 0
  double a0;  // the strength at the start, > 0

  double flow(double t) const;
  // What k steps of gradient descent at rate η have more than the flow at t = ηk, to first order
  // in η: −(η/2) ȧ ln(φ/φ₀), φ = √a (s − a). So long as φ grows, descent lags behind.
  double descentAhead(double t, double rate) const;
};

// One step of gradient descent on the L-th root α of a mode's strength, the same in all L layers:
//
//   α ← α + η c α^(L−1) (s − α^L),
//
// which is exact where the start is aligned and balanced.
double descend(double alpha, const Mode& mode, int layers, double rate);

}  // namespace descent::theory
