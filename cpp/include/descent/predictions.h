// What theory says of an optimizer: laws, each a function of what it depends on and empty where
// theory is silent. A new prediction is a field here, which the optimizers it is known of fill.
#pragma once

#include <optional>
#include <string>

#include "descent/law.h"
#include "descent/vector.h"

namespace descent {

// On a quadratic of curvature λ the distance along an eigenvector obeys a linear recursion with
// characteristic polynomial z² − b z + c; c = 0 where one past value suffices.
struct Characteristic {
  double b;
  double c;
  std::string formula;   // of the spectral radius, as the read-out names it
  std::string equation;  // of which z is the larger root; "" where the formula says it all

  // The factor by which the distance shrinks (or grows) a step in the long run: max |z|.
  double radius() const;
};

// The largest ηL at which a run is stable, L being the largest curvature, and how it is written.
struct Limit {
  double value;
  std::string formula;  // "2(1+β)"
};

// A step that moves by −η P⁻¹ times a mean of gradients: the diagonal of P as the last step had it,
// and the limit for the largest curvature of P^(−½) H P^(−½) in the place of H.
struct Preconditioner {
  Vector diagonal;
  Limit limit;
};

// The quadratic q(u) = ½ (u − centre)ᵀ hessian (u − centre) + const that a step minimised.
struct QuadraticModel {
  Vector centre;
  Matrix hessian;
};

// To be asked of an optimizer anew whenever they are needed: they speak of its knobs and its memory
// as these stand, and no longer than it lives.
struct Predictions {
  // Largest coordinate of the first step |Δθ|, from x with gradient g.
  Law<double(const Vector& x, const Vector& g, double learningRate)> firstStep = {};

  // On a quadratic.
  Law<Characteristic(double curvature, double learningRate)> characteristic = {};
  std::optional<Limit> stabilityLimit = {};
  // A vector as long as θ is made for it.
  Law<Preconditioner()> preconditioner = {};
  // Of the last step.
  const QuadraticModel* model = nullptr;

  // Order of convergence at a minimum whose Hessian has eigenvalues of at least leastCurvature > 0.
  Law<double(double leastCurvature, double learningRate)> convergenceOrder = {};
  // f never rises from one step to the next.
  bool isMonotone = false;

  // Where a coordinate's gradients cancel in the mean and have this root mean square, much larger
  // than a small mean that is added to them: how far that mean moves it a step, in the long run.
  Law<double(double rootMeanSquare, double learningRate)> gain = {};
  // The factor by which weight decay alone then shrinks it a step.
  Law<double(double rootMeanSquare, double learningRate)> shrinkage = {};
  // λ where a run that comes to rest does so at a minimum of f + ½λ‖θ‖².
  std::optional<double> penalty = {};
};

}  // namespace descent
