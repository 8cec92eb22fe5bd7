// Where the largest curvature of a loss settles while a network is trained by full batches: it
// rises until the optimizer is about to be unstable, and then hovers there. The limit on λₘₐₓ is
//
//   gradient descent 2/η;  heavy ball 2(1 + β)/η;  Adam 2(1 + β₁)/((1 − β₁)η), 38/η at β₁ = 0.9
//
// for Adam of the preconditioned Hessian P^(−½) H P^(−½), P = (1 − β₁ᵗ) diag(√v̂ + ε).
// Cohen, Kaur, Li, Kolter & Talwalkar 2021, https://arxiv.org/abs/2103.00065; Adam: Cohen,
// Ghorbani, Krishnan et al. 2022, https://arxiv.org/abs/2207.14484.
#pragma once

#include <cmath>
#include <limits>
#include <span>

namespace descent::theory {

// From where on a curvature counts as having reached its limit, and how far about it is near.
inline constexpr double kReached = 0.9, kNear = 0.15;

struct Hovering {
  int first = -1;   // the sample that first reached the limit; −1 if none has
  int samples = 0;  // from then on
  int near = 0;     // of these within kNear of the limit
  double mean = std::numeric_limits<double>::quiet_NaN();  // of them all

  double share() const { return samples > 0 ? static_cast<double>(near) / samples : std::nan(""); }
};

// How λₘₐₓ over its limit behaves, sample by sample; what is no number is left out.
inline Hovering hovering(std::span<const double> ratios) {
  Hovering h;
  double sum = 0;
  for (int i = 0; i < static_cast<int>(ratios.size()); ++i) {
    const double ratio = ratios[static_cast<std::size_t>(i)];
    if (!std::isfinite(ratio)) continue;
    if (h.first < 0 && ratio >= kReached) h.first = i;
    if (h.first < 0) continue;
    ++h.samples;
    h.near += std::abs(ratio - 1) <= kNear;
    sum += ratio;
  }
  if (h.samples > 0) h.mean = sum / h.samples;
  return h;
}

}  // namespace descent::theory
