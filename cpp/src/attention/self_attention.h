// Self-attention of one short sequence with everything that it computes on the way, to look at.
#pragma once

#include <vector>

#include "descent/vector.h"

namespace descent {

// Of m × d each for tokens of d numbers; head h of H has rows h·m/H … of query, key and value, and
// those columns of output, which is r × m.
struct Projections {
  Matrix query, key, value, output;
};

struct SelfAttentionOptions {
  int heads = 1;  // divides m
  bool scaled = true;
  double temperature = 1;
  bool causal = false;
  std::vector<char> hidden;  // of each token whether it is padding, which none sees; or empty
};

struct SelfAttention {
  Matrix queries, keys, values;         // m × n
  std::vector<Matrix> scores, weights;  // of each head, n × n: row i is query i, column j is key j;
                                        // scores are scaled, −∞ where i does not see j
  Matrix heads;    // m × n: Σⱼ Aᵢⱼ vⱼ of all heads one below another
  Matrix outputs;  // r × n
};

// By the formulas of attention.h, of queries, keys and values that are there already.
SelfAttention attend(Matrix queries, Matrix keys, Matrix values, const Matrix& output,
                     const SelfAttentionOptions& options);
// Of tokens X (d × n, one a column).
SelfAttention selfAttention(const Matrix& x, const Projections& w,
                            const SelfAttentionOptions& options);

// Row by row −Σⱼ Aᵢⱼ log Aᵢⱼ, in nats; log n for n equal weights.
Vector entropies(const Matrix& weights);

// max |A(XP) − A(X)P|, where column i of XP is column order[i] of X: zero but for rounding if
// attention sees no positions and no mask.
double equivarianceResidual(const Matrix& x, const Projections& w,
                            const SelfAttentionOptions& options, const std::vector<int>& order);

}  // namespace descent
