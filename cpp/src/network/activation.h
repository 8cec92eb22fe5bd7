// What a unit does with its sum.
#pragma once

#include <cmath>
#include <initializer_list>

#include "numerics/rows.h"

namespace descent {

// φ(z): identity z; relu max(z, 0); leaky relu max(z, z/100) (Maas et al. 2013); tanh; sigmoid
// 1/(1 + e⁻ᶻ); gelu z Φ(z) with the exact normal distribution (Hendrycks & Gimpel 2016); silu
// z/(1 + e⁻ᶻ) (Elfwing et al. 2018); softplus log(1 + eᶻ); sin; square z² and cube z³, with which a
// network is a polynomial.
enum class Activation {
  kIdentity,
  kRelu,
  kLeakyRelu,
  kTanh,
  kSigmoid,
  kGelu,
  kSilu,
  kSoftplus,
  kSin,
  kSquare,
  kCube
};
inline constexpr std::initializer_list<const char*> kActivations = {
    "identity", "relu",     "leaky-relu", "tanh",   "sigmoid", "gelu",
    "silu",     "softplus", "sin",        "square", "cube"};
inline const char* nameOf(Activation a) { return kActivations.begin()[static_cast<int>(a)]; }

// Has it two derivatives everywhere?
inline bool isSmooth(Activation a) { return a != Activation::kRelu && a != Activation::kLeakyRelu; }

// h = φ(z), entry by entry.
template <class T>
void activate(Activation a, const Rows<T>& z, Rows<T>& h);
// d = φ'(z), where h = φ(z) is known. At a kink the derivative from the left.
template <class T>
void slope(Activation a, const Rows<T>& z, const Rows<T>& h, Rows<T>& d);
// d = φ''(z).
template <class T>
void curvature(Activation a, const Rows<T>& z, const Rows<T>& h, Rows<T>& d);

}  // namespace descent
