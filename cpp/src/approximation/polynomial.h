// Polynomials on [0, 1]: by least squares, and the best in the sup norm.
#pragma once

#include "approximation/target.h"

namespace descent::approximation {

// Σ c_k T_k(2x − 1), T_k Chebyshev's polynomials, by Clenshaw's recurrence.
struct Polynomial {
  Vector c;

  int degree() const { return static_cast<int>(c.size()) - 1; }
  double operator()(double x) const;
};

inline constexpr int kMostDegree = 32;

// The least sum of squares at the 1024 zeros of T_1024, where Chebyshev's polynomials are
// orthogonal: every coefficient is a mean of its own, so that a lower degree is a part of a higher.
// The sum of squares is one with the weight 1/√(x(1 − x)), which keeps the ends from swinging.
Polynomial leastSquares(const Target& f, int degree);

// The polynomial whose largest error is the least. By de la Vallée-Poussin no polynomial of the
// degree comes closer to f than `level` everywhere on `reference`, degree + 2 points at which the
// errors of `polynomial` are ±level by turns; `error` is its largest on the 2,001 points i/2000.
// By Remez's exchange with barycentric formulas: Pachón & Trefethen 2009, "Barycentric-Remez
// algorithms for best polynomial approximation in the chebfun system", BIT 49.
struct Best {
  Polynomial polynomial;
  Vector reference;
  double level = 0;
  double error = 0;
};
inline constexpr int kExchangeSamples = 2001;
Best bestPolynomial(const Target& f, int degree);

// max |Δᵏ v|, the differences of order k of equally spaced values, over 2ᵏ max |v|: 0 to rounding
// for a polynomial of a degree below k, at most 1.
double differences(Vector values, int order);

}  // namespace descent::approximation
