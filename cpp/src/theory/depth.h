// How strongly a random network passes signals on, forward and backward, as its width grows: the
// recursions that initialisers, residual branches and batch normalisation are understood by.
//
// A layer's weights have k entries a row, of mean 0 and variance v; w = k v. Of an example write
// q = E a² and μ = E a over the units of a layer, and δ² = E (∂L/∂a)². With z ~ N(0, w q):
//
//   plain     q ← E φ(z)²                        δ² ← w E φ'(z)² δ²        (backwards)
//   residual  q ← q + 2 s μ E φ(z) + s² E φ(z)²  δ² ← (1 + s² w E φ'(z)²) δ²
//             μ ← μ + s E φ(z)
//
// For ReLU the plain factors are both w/2: 1 with w = 2 (He et al. 2015,
// https://arxiv.org/abs/1502.01852), 1/2 with w = 1 (Glorot & Bengio 2010). For other φ they depend
// on q (Poole et al. 2016, https://arxiv.org/abs/1606.05340; Schoenholz et al. 2017,
// https://arxiv.org/abs/1611.01232); with shortcuts: Yang & Schoenholz 2017,
// https://arxiv.org/abs/1712.08969.
//
// Batch normalisation makes every z ~ N(0, 1) over the batch, whatever w is. With c the variance of
// a over the batch, which is Var φ(z) in a plain network and grows by s² Var φ(z) a block in a
// residual one, the backward factors are
//
//   plain     E φ'(z)²/c            above 1, for ReLU π/(π − 1): gradients explode with depth
//   residual  1 + s² E φ'(z)²/c     falls like 1 + 1/l: they only grow like a power of depth
//
// (Yang et al. 2019, https://arxiv.org/abs/1902.08129; De & Smith 2020,
// https://arxiv.org/abs/2002.10444). All this holds on average over first weights, as the width
// grows, with what runs backward taken as independent of what ran forward.
//
// The backward factors of batch normalisation ask for more: that a unit's variance over the batch,
// uᵀCu for its weights u and the covariance C of the layer below, be the same for all units, as if
// the examples no longer resembled each other. It scatters by 2/r of its square, r = (tr C)²/tr C²,
// and 1/uᵀCu is larger on average than 1/E uᵀCu: where the examples differ in few directions
// gradients explode faster, at any width, and only a very deep network forgets it.
#pragma once

#include <functional>

#include "descent/vector.h"

namespace descent::theory {

// Directions r from which on the scatter of the variances counts as none: at 12 tanh's gradients
// still explode faster by a twentieth.
inline constexpr double kManyDirections = 25;

// Fills value = φ(z) and slope = φ'(z), both of z's size.
using Unit = std::function<void(const Vector& z, Vector& value, Vector& slope)>;

// E φ(z), E φ(z)² and E φ'(z)² for z ~ N(0, variance), by Gauss–Legendre quadrature on either side
// of 0, where φ may have a kink.
struct Moments {
  double mean, square, slope;
};
Moments momentsOf(const Unit& unit, double variance);

// How one network of m units a layer scatters: a plain layer multiplies an example's square by a
// variable of mean 1 and variance `forward`/m, its gradient's by one of `backward`/m.
struct Scatter {
  double forward;   // E φ(z)⁴/(E φ(z)²)² − 1, for ReLU 5
  double backward;  // 3 E φ'(z)⁴/(E φ'(z)²)² − 1, for ReLU 5
  // √w E φ'(z)z/√(E z²), for ReLU with w = 2 about 0.56: what runs backward is not independent of
  // what ran forward where slopes lean towards one sign. Of a gradient the part along the mean of
  // the units, a share 1/m, then grows by up to 1 + s · lean a residual block, and not by chance.
  double lean;
};
Scatter scatterOf(const Unit& unit, double w, double variance);

// A network of `depth` hidden layers of equal width.
struct Stack {
  int depth = 2;
  double first = 1;  // w of the first layer
  double w = 1;      // of all others
  bool residual = false;
  bool batchNorm = false;
  bool projected = true;  // the first shortcut is drawn like the first weights, else the identity
  double branch = 1;      // s
};

// By layer l = 1 … depth, averaged over the examples.
struct Passage {
  Vector signal;    // E a²
  Vector branch;    // of a residual network, s² E φ(z)² over E of the squared shortcut
  Vector backward;  // δ² over that of the last layer
};
// Of examples x (inputs × n); where there are many, as many as represent their lengths.
Passage passageOf(const Stack& stack, const Unit& unit, const Matrix& examples);

}  // namespace descent::theory
