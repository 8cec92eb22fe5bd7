// What is approximated: a function on [0, 1] or on the unit square, by a formula or by hand.
#pragma once

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <limits>
#include <string>

#include "core/expression.h"
#include "descent/vector.h"

namespace descent::approximation {

inline constexpr int kMostKnots = 256;
// The numbers of pieces of a side of the square by which errors there are shown.
inline constexpr std::initializer_list<int> kSquareKnots = {2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64};

class Target {
 public:
  static constexpr double kMostSize = 1e6;

  // A formula in x, or in x and y. It must be finite, and at most kMostSize, where it is
  // approximated: at all samples, knots, middles and Chebyshev nodes; on the square at the samples
  // and at the knots of kSquareKnots.
  static Result<Target> typed(const std::string& formula);
  // Straight from each of these values to the next, at places equally spaced on [0, 1], and flat
  // beyond; at least two.
  static Target drawn(Vector values);

  // 1, or 2 on the square.
  int inputs() const { return inputs_; }
  // An error that says where a formula is too large or no number.
  Result<void> check(double x, double y = 0) const;
  double operator()(double x, double y = 0) const;
  // f′(x) of one input; at a kink that of one side.
  double slope(double x) const { return jet(x).x; }
  // f with its derivatives.
  Jet jet(double x, double y = 0) const;

 private:
  Target() = default;

  int inputs_ = 1;
  Expression formula_;
  Vector values_;  // of what is drawn
};

// How large f and its derivatives become on its domain, by samples (20,001, or 201 × 201 on the
// square). `curved` is max |f″|, on the square of the Hessian's largest |eigenvalue|.
//
// Samples do not see what happens between them, so the steps from sample to sample, and to the
// knots and middles beside them, are compared with the derivatives: where values change by more
// than slopes explain, as by a jump, `steepest` is infinite; where values or slopes change by more
// than second derivatives explain, as by a kink, `curved` is.
struct Sizes {
  double most = 0;      // max |f|
  double steepest = 0;  // max |f′|, on the square of the gradient's length
  double curved = 0;
};
Sizes sizesOf(const Target& f);
// What some operations on values of f may err by.
inline double roundingOf(const Sizes& sizes) {
  return 16 * std::numeric_limits<double>::epsilon() * sizes.most;
}

// The zeros of T_1024 on [0, 1].
inline constexpr int kChebyshevNodes = 1024;
double chebyshevNode(int j);

// The samples that errors are measured on: i/20000, i = 0 … 20000.
inline constexpr int kSamples = 20001;
inline double sampleAt(int i, int samples = kSamples) {
  return static_cast<double>(i) / (samples - 1);
}
Vector sampled(const Target& f, int samples = kSamples);
// max |f − g| over as many samples of [0, 1] as f has entries.
template <class G>
double supError(const Vector& f, const G& g) {
  const int n = static_cast<int>(f.size());
  double most = 0;
  for (int i = 0; i < n; ++i) most = larger(most, std::abs(f[i] - g(sampleAt(i, n))));
  return most;
}

}  // namespace descent::approximation
