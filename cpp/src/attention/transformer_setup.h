// The shape of a small transformer, its parameters in one flat vector, and their start.
#pragma once

#include <initializer_list>
#include <string>
#include <vector>

#include "attention/attention.h"
#include "attention/norm.h"
#include "descent/random.h"
#include "descent/result.h"
#include "network/activation.h"

namespace descent {

// How a token's place is told: a learned vector for each place, sines and cosines, or not at all.
enum class Positions { kLearned, kSinusoidal, kNone };
inline constexpr std::initializer_list<const char*> kPositions = {"learned", "sinusoidal", "none"};

struct TransformerSetup {
  int vocabulary = 16;
  int length = 32;  // the longest sequence
  int width = 32;
  int heads = 4;  // divides the width
  int blocks = 2;
  int mlp = 128;  // units of each block's MLP; 0 for blocks of attention only
  Activation activation = Activation::kRelu;
  NormKind norm = NormKind::kRms;
  Positions positions = Positions::kLearned;
  bool tied = false;  // the head is the embedding
  bool bias = false;  // of projections and MLP
  bool causal = true;
};

// Is there such a transformer? The message names what there is not.
Result<void> check(const TransformerSetup& setup);

// Where the parameters of a block stand, −1 for those that it has not.
struct TransformerBlockPlace {
  Eigen::Index attentionGamma = -1, attentionBeta = -1;
  AttentionPlace attention;
  Eigen::Index mlpGamma = -1, mlpBeta = -1, up = -1, upBias = -1, down = -1, downBias = -1;
};
struct TransformerPlaces {
  Eigen::Index embedding = -1, positions = -1, gamma = -1, beta = -1, head = -1;
  std::vector<TransformerBlockPlace> blocks;
};

// Blocks in this order, matrices column-major: "embedding" (width × vocabulary), "positions"
// (width × length, if learned); of each block l = 1, 2, … "attention1.gamma", "attention1.beta"
// (layer norm only), "attention1.query", ".key", ".value", ".output" (width × width), each with a
// "…-bias" after it where there are biases, "mlp1.gamma", "mlp1.beta", "mlp1.up" (mlp × width),
// "mlp1.down" (width × mlp); then "final.gamma", "final.beta" and, unless tied, "head" (vocabulary
// × width). Embedding and positions are embeddings, the head is the head, other matrices hidden
// ones.
Layout layoutOf(const TransformerSetup& setup);
TransformerPlaces placesOf(const TransformerSetup& setup);

// Normal numbers of mean 0 and deviation
//   embedding, positions  1/√width, so that a token is about as long as what a branch adds
//   hidden matrices       kHiddenGain/√(numbers that a unit reads); output and down, which write to
//                         the stream, over √(number of branches), too (Radford et al. 2019)
//   head                  kHeadDeviation
// Scales are 1, biases and shifts 0.
inline constexpr double kHiddenGain = 0.5, kHeadDeviation = 0.02;
Vector initialParameters(const TransformerSetup& setup, Random& random);

}  // namespace descent
