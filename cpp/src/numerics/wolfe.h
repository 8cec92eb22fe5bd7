// A step length at which a function has fallen enough and its slope has flattened enough.
//
//   φ(α) ≤ φ(0) + c₁αφ′(0)   and   |φ′(α)| ≤ c₂|φ′(0)|   (strong Wolfe)
//
// Nocedal & Wright 2006, Algorithms 3.5 (bracketing, here by doubling) and 3.6 (zoom, by
// bisection).
#pragma once

#include <functional>

namespace descent {

// φ and φ′ at some α.
struct LinePoint {
  double value;
  double slope;
};

struct Wolfe {
  double c1 = 1e-4;
  double c2 = 0.9;
  int trials = 60;  // bisected 60 times, an interval is below the resolution of its ends
};

// Searches from α = 1. `start` is φ at 0, its slope negative. Where no trial meets both conditions
// the answer is the lowest that met the first; 0 where none did. It is never above start.value.
double wolfeSearch(const LinePoint& start, const std::function<LinePoint(double)>& phi,
                   const Wolfe& wolfe = {});

}  // namespace descent
