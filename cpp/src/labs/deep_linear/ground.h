// What a linear network is fitted to, and the starts that the closed form speaks of.
#pragma once

#include <cstdint>
#include <vector>

#include "descent/random.h"
#include "network/architecture.h"

namespace descent::deep_linear {

// How the n inputs of d numbers are drawn:
//   gaussian     N(0, 1/d), so that an input has about length 1
//   orthonormal  XᵀX = I where n ≤ d, else XXᵀ = I
//   whitened     the same times √n: XXᵀ/n = I on the span of the inputs
enum class Inputs { kGaussian, kOrthonormal, kWhitened };

// What they are to be mapped to:
//   random    signs ±1/√outputs, drawn anew for every input
//   spectrum  y = M x, with chosen singular values of M
enum class Labels { kRandom, kSpectrum };

struct GroundSetup {
  int points = 16;
  int inputs = 32;
  int outputs = 8;
  Inputs data = Inputs::kGaussian;
  Labels labels = Labels::kRandom;
  std::vector<double> spectrum;  // descending; at most min(points, inputs, outputs)
  std::uint64_t seed = 7;
};

// The map that YXᵀ/n stands for, U diag(values) Vᵀ with the values above zero only, descending.
struct Target {
  Matrix u, v;
  Vector values;
};

struct Ground {
  Matrix x, y;          // d × n, outputs × n
  Matrix heldX, heldY;  // the same for inputs that no step sees
  Target target;
};

// The same setup gives the same ground.
Ground drawGround(const GroundSetup& setup);

// c of XXᵀ/n = c I on the span of the inputs; 0 where it is no multiple of the identity.
double varianceOf(const GroundSetup& setup);

// W₁ = R₁ A Vᵀ, W_l = R_l A R_{l−1}ᵀ, W_L = U A R_{L−1}ᵀ: balanced, with A^L = `strength` in every
// mode of the target that the widths leave room for. The R have random orthonormal columns; where
// `turned`, so have U and V, which have nothing to do with the target then.
Vector balancedStart(const Architecture& architecture, const Target& target, double strength,
                     bool turned, Random& random);

// W_L … W₁.
Matrix productOf(const Layout& layout, const Vector& theta);

}  // namespace descent::deep_linear
