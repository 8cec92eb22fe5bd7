// msign(U), the orthogonal factor of a matrix's polar decomposition: exactly, and by the
// Newton–Schulz iterations that Muon uses in its place.
#pragma once

#include "descent/vector.h"

namespace descent {

// An odd polynomial of singular values, p(σ) = aσ + bσ³ + cσ⁵.
struct OddPolynomial {
  double a, b, c;

  double operator()(double sigma) const {
    const double s = sigma * sigma;
    return sigma * (a + s * (b + s * c));
  }
};

// Jordan et al. 2024: steep at zero, so small values grow fast; they end in a band, not at 1.
inline constexpr OddPolynomial kQuinticKj = {3.4445, -4.7750, 2.0315};
// The classical iterations, which converge to 1 from (0, 1].
inline constexpr OddPolynomial kQuintic = {15.0 / 8, -5.0 / 4, 3.0 / 8};
inline constexpr OddPolynomial kCubic = {3.0 / 2, -1.0 / 2, 0};
// p(1) = 1 and p′(1) = 0, so an error is squared: it finishes what kQuinticKj begins.
inline constexpr OddPolynomial kFinish = {2, -3.0 / 2, 1.0 / 2};

// Added to the norm before the first division, so that a zero matrix stays zero.
inline constexpr double kNormGuard = 1e-7;

// U / (‖U‖_F + 1e-7): singular values in [0, 1).
Matrix normalised(const Matrix& u);

// One step: every singular value σ of X becomes p(σ). X A with A = XᵀX or AX with A = XXᵀ,
// whichever is smaller.
void newtonSchulzStep(const OddPolynomial& p, Matrix& x);

// U Vᵀ over the singular values that are not zero to rounding.
Matrix polarFactor(const Matrix& u);

}  // namespace descent
