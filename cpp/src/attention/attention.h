// Multi-head self-attention on many short sequences at once, and its derivative by hand.
// Vaswani et al. 2017, "Attention Is All You Need", https://arxiv.org/abs/1706.03762
#pragma once

#include <vector>

#include "attention/sequences.h"
#include "descent/vector.h"

namespace descent {

struct AttentionSetup {
  int width = 32;
  int heads = 4;  // divides the width
  bool bias = false;
  bool causal = true;      // a token sees itself and what stands before it
  bool scaled = true;      // scores are divided by √(width/heads)
  double temperature = 1;  // and by this
};

// Where the parameters stand in the vector, −1 for those that it has not. Matrices are
// width × width, column-major; head h has rows h·width/heads … of query, key and value, and the
// columns of output.
struct AttentionPlace {
  Eigen::Index query = -1, key = -1, value = -1, output = -1;
  Eigen::Index queryBias = -1, keyBias = -1, valueBias = -1, outputBias = -1;
};

// With X (width × tokens), in every head and sequence
//
//   Q = Wq X + bq   K = Wk X + bk   V = Wv X + bv      (width/heads × length)
//   Sᵢⱼ = qᵢ·kⱼ/(√(width/heads) · temperature)         query i, key j
//   Aᵢⱼ = exp Sᵢⱼ / Σⱼ exp Sᵢⱼ over the keys that i sees, 0 for the others
//   oᵢ = Σⱼ Aᵢⱼ vⱼ
//
// and Y = Wo O + bo of all heads one below another. A query that sees no key has A = 0 and o = 0.
// Nothing is allocated once so many tokens have been seen.
template <class T>
class MultiHeadAttention {
 public:
  MultiHeadAttention(const AttentionSetup& setup, const AttentionPlace& place);

  const AttentionSetup& setup() const { return setup_; }

  // Y for X (both width × columns.total()). hidden says of each column whether it is padding, which
  // no query sees; empty where there is none.
  const Rows<T>& forward(const T* theta, const Rows<T>& x, const Columns<T>& columns,
                         const std::vector<char>& hidden = {});
  // After forward, from dY, which is zero between sequences: adds to the gradient at its places and
  // writes dX.
  void backward(const T* theta, const Rows<T>& x, const Rows<T>& dy, T* gradient, Rows<T>& dx);

  // Aᵢⱼ of the last forward pass: how much of key j's value query i takes.
  T weight(int sequence, int head, int query, int key) const {
    return weights_.row(firstKey(sequence, head) + key)[query];
  }
  // Q, K, V and O of the last pass, width × columns.total().
  const Rows<T>& queries() const { return q_; }
  const Rows<T>& keys() const { return k_; }
  const Rows<T>& values() const { return v_; }
  const Rows<T>& outputs() const { return o_; }

 private:
  int firstKey(int sequence, int head) const {
    return (sequence * setup_.heads + head) * columns_.stride();
  }
  void weigh(int sequence, int head, const std::vector<char>& hidden);
  void weighBack(int sequence, int head);

  AttentionSetup setup_;
  AttentionPlace place_;
  Columns<T> columns_;
  T scale_;
  Rows<T> q_, k_, v_, o_, y_;
  Rows<T> dq_, dk_, dv_, do_;
  // Keys down, queries right, so that lanes hold queries; of every head of every sequence.
  Rows<T> weights_;
  Rows<T> dWeights_;  // of one head
};

extern template class MultiHeadAttention<float>;
extern template class MultiHeadAttention<double>;

}  // namespace descent
