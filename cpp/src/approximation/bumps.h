// Sums of sigmoid bumps, the shape of Cybenko's theorem: a step up and a step down to each.
//
//   bump_i(x) = s(k(x − i h)) − s(k(x − (i + 1) h)),   s(z) = 1/(1 + e⁻ᶻ),  i = 0 … N − 1
//
// with h = 1/N and k = κ/h. The outermost reach to infinity, so that the bumps add to 1 everywhere,
// and Σ f((i + ½) h) bump_i is a mean of values of f about x: if |f′| ≤ L it is within
//
//   L h (½ + 2 log 2/κ)
//
// of f on [0, 1]. Half a cell is how far a cell's middle is, 2 log 2/k the mean size of a logistic
// variable. Cybenko 1989, "Approximation by Superpositions of a Sigmoidal Function", Math. Control
// Signals Systems 2.
#pragma once

#include "approximation/hats.h"

namespace descent::approximation {

// f in the middle of each of n cells.
Vector middlesOf(const Target& f, int n);

double bump(int i, int n, double steepness, double x);
double bumpsAt(const Vector& middles, double steepness, double x);
// Two units to a bump.
ExactNetwork bumpNetwork(const Vector& middles, double steepness);

double bumpsBound(double steepest, int n, double steepness);

}  // namespace descent::approximation
