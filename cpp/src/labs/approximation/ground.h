// What the approximation lab approximates, and how the errors of the constructions fall: found once
// for a target, and shared by the checkpoints of a run.
#pragma once

#include <optional>

#include "approximation/bumps.h"
#include "approximation/polynomial.h"

namespace descent::approximation {

enum class TargetId { kSine, kCorner, kSquare, kStep, kRunge, kDrawn, kTyped, kHill, kWaves };
inline constexpr std::initializer_list<const char*> kTargets = {
    "sine", "corner", "square", "step", "runge", "drawn", "typed", "hill", "waves"};
inline constexpr double kCornerAt = 0.3;
// As it is written, and as it is typed.
const char* titleOf(TargetId id);
const char* formulaOf(TargetId id);

inline constexpr int kRunSamples = 2001;  // that a training network is measured on
inline constexpr int kSide = 41;          // the same along a side of the square

class Ground {
 public:
  explicit Ground(Target target);

  const Target target;
  const Sizes sizes;
  const Vector samples;     // f on [0, 1]; empty on the square
  const Polynomial series;  // of degree kMostDegree: lower ones are its beginnings

  // What the hats' and the bumps' errors with n pieces are at most, up to the rounding that is
  // added; NaN where f's derivatives are not known well enough to tell.
  double hatsBound(int n) const;
  double bumpsBound(int n, double steepness) const;
  // e, where e h² is the hats' error as h goes to 0: max |f″|/8, and on the square the largest
  // error that a quadratic with f's second derivatives leaves on a triangle.
  double hatsLeading() const;
  bool isPlanar() const { return target.inputs() == 2; }
  // Of degree p ≤ kMostDegree, by least squares.
  Polynomial polynomial(int p) const { return {series.c.head(p + 1)}; }
  // f at the points that runs are measured on: kRunSamples, or kSide² row by row.
  const Vector& runSamples() const { return runSamples_; }

  // Sup errors of the hats by N: of one input for N = 2 … 256, on the square for some N ≤ 64.
  struct Fall {
    Vector n, error;
    double order;                    // the slope fitted over N ≥ coarsest()
    double at(double pieces) const;  // the error; NaN where it is not known
  };
  const Fall& hats() const;
  int coarsest() const { return isPlanar() ? 8 : 64; }
  // Of bumps, at powers of two up to 256.
  const Fall& bumps(double steepness) const;
  // Of least squares by degree 1 … kMostDegree.
  const Fall& polynomials() const;
  // The best polynomial of degree q.
  const Best& best(int q) const;

 private:
  Vector runSamples_;
  mutable std::optional<Fall> hats_, polynomials_, bumps_;
  mutable double steepness_ = 0;  // that bumps_ is of
  mutable std::optional<double> leading_;
  mutable std::vector<std::optional<Best>> best_;
};

// The sup error of the hats on the square by 201 × 201 samples.
double squareHatsError(const Target& f, int n);
// Rounding error of evaluating the construction as a network: the largest difference at some points
// of the domain.
double networkDifference(const Target& f, int n);

}  // namespace descent::approximation
