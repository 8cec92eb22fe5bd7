// The shape of a multilayer perceptron, its parameters in one flat vector, and their start.
#pragma once

#include <initializer_list>
#include <vector>

#include "descent/random.h"
#include "network/activation.h"

namespace descent {

// Hidden layer l takes a (k × n) to
//
//   z = W a + b             (m × n)
//   u = z, or with batch normalisation  γ (z − mean)/√(variance + ε) + β, then without b
//   h = dropout(φ(u))
//   a ← h, or in a residual network  S a + branchScale · h
//
// with S the identity where m = k and a learned projection (m × k) where not. The output layer is
// f = W a + b. Batch normalisation: Ioffe & Szegedy 2015, https://arxiv.org/abs/1502.03167;
// residual blocks of one layer with projected shortcut (option B): He et al. 2015,
// https://arxiv.org/abs/1512.03385; dropout, inverted (kept units are divided by the share kept):
// Srivastava et al. 2014.
struct Architecture {
  int inputs = 2;
  int outputs = 1;
  std::vector<int> hidden = {8, 8};
  Activation activation = Activation::kTanh;
  bool bias = true;
  bool batchNorm = false;
  bool residual = false;
  double branchScale = 1;
  double dropout = 0;  // share of units that are dropped, in [0, 1)

  // Layers with weights: the hidden ones and the output's.
  int depth() const { return static_cast<int>(hidden.size()) + 1; }
  // Units that layer l = 0 … depth() gives; 0 is the input.
  int width(int l) const {
    return l == 0 ? inputs : l == depth() ? outputs : hidden[static_cast<std::size_t>(l - 1)];
  }
};

// Where the parameters of a layer stand in the vector, −1 for those that it has not.
struct LayerPlace {
  Eigen::Index weight = -1, bias = -1, scale = -1, shift = -1, shortcut = -1;
};

// Blocks in the order of the layers l = 1, 2, …: "W1" (m × k, column-major), then "b1" (m), or
// "gamma1" and "beta1" (m each), then "S1" (m × k). W1 is an embedding (it reads the input), the
// last W the head, all others and every S hidden matrices.
Layout layoutOf(const Architecture& architecture);
std::vector<LayerPlace> placesOf(const Architecture& architecture);

// What weights are drawn from, entry by entry with mean 0 and, for a matrix of m × k, the variance
//   zeros 0; normal 0.01; lecun 1/k (LeCun et al. 1998); xavier 2/(m + k) (Glorot & Bengio 2010);
//   he 2/k (He et al. 2015)
// times gain². Biases and shifts are 0 (the first layer's biases firstBias · N(0, 1)), scales 1.
enum class Initialiser { kZeros, kNormal, kLecun, kXavier, kHe };
inline constexpr std::initializer_list<const char*> kInitialisers = {"zeros", "normal", "lecun",
                                                                     "xavier", "he"};

// That variance, without the gain.
double weightVariance(Initialiser kind, double m, double k);

struct Initialisation {
  Initialiser kind = Initialiser::kXavier;
  double gain = 1;
  double firstBias = 0;
};

Vector initialParameters(const Architecture& architecture, const Initialisation& how,
                         Random& random);

}  // namespace descent
