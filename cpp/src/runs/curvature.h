// The curvature that a runner meets: the Hessian of the loss on all training examples, and what the
// runner's own preconditioner makes of it.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "network/spectrum.h"
#include "network/training.h"
#include "runs/runner.h"

namespace descent::runs {

// Network and data, shared by all that looks at them: a pass changes its working memory only.
using Net = std::shared_ptr<const Training<double>>;

// v ↦ ∇²L(x) v.
Product hessianAt(const Net& net, const Vector& x);
// v ↦ S ∇²L(x) S v, S = diag(scale).
Product scaledHessianAt(const Net& net, const Vector& x, const Vector& scale);

// The largest eigenvalue, NaN where products leave the finite numbers. The search starts at
// `warm`, the eigenvector found last, which it replaces; a little of `random` is mixed in, so that
// an eigenvector that has been overtaken is left.
double largest(const Product& h, Vector& warm, Eigen::Index n, Random random);

// True if the optimizer is preconditioned; its own λₘₐₓ then decides stability.
bool isAdaptive(const Runner& runner);
// 1/√P of an adaptive optimizer that has taken a step.
std::optional<Vector> inverseRootOf(const Runner& runner);
// η λₘₐₓ at which the runner is about to be unstable: of the preconditioned λₘₐₓ where it is
// adaptive. Empty where theory is silent.
std::optional<Limit> limitOf(const Runner& runner);

}  // namespace descent::runs
