// Planes through parameter space on which a loss can be drawn, and what they leave out.
#pragma once

#include "runs/curvature.h"
#include "runs/trail.h"

namespace descent::runs {

// By which two directions a plane is laid through the weights θ:
//   random   Gaussian, each as long as θ
//   filter   Gaussian, each unit's weights as long as they are in θ; vectors (biases and what
//            normalises) stay (Li, Xu, Taylor, Studer & Goldstein 2018, Section 4,
//            https://arxiv.org/abs/1712.09913)
//   hessian  the two eigenvectors of the largest curvatures, of length 1
//   path     the two principal components of θ_t − θ, of length 1 (there, Section 7)
//   lookahead  through Lookahead's slow weights, its fast ones and the next fast ones: planeThrough
enum class PlaneKind { kRandom, kFilter, kHessian, kPath, kLookahead };
inline constexpr std::initializer_list<const char*> kPlaneKinds = {"random", "filter", "hessian",
                                                                   "path", "lookahead"};

struct Plane {
  Vector centre;
  Matrix directions;  // n × 2
  // Half-widths of what is worth looking at, and where its middle is, in units of the directions.
  double halfWidth[2] = {1, 1};
  double middle[2] = {0, 0};

  Vector at(double a, double b) const {
    return centre + a * directions.col(0) + b * directions.col(1);
  }
};

// By any of the directions but the last.
Plane layPlane(PlaneKind kind, const Net& net, const Vector& centre, const Trail& path,
               std::uint64_t seed);

// The plane through three points: a at (0, 0), b at (1, 0) and c, its directions at right angles
// and both as long as b − a, framed so that the three and the path's shadow are on it.
Plane planeThrough(const Vector& a, const Vector& b, const Vector& c, const Trail& path);

// A point of the plane nearest to x, and how far x is from it.
struct Shadow {
  double a, b;
  double off;
};
Shadow shadowOf(const Plane& plane, const Vector& x);

// The share of Σ‖θ_t − θ‖² of a path that its shadow on the plane has.
double explainedBy(const Plane& plane, const Trail& path);

}  // namespace descent::runs
