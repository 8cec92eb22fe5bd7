// A small transformer, decoder only, with pre-norm blocks, and its derivative by hand.
// Vaswani et al. 2017, https://arxiv.org/abs/1706.03762; norm before each branch: Xiong et al.
// 2020, https://arxiv.org/abs/2002.04745
#pragma once

#include <vector>

#include "attention/attention.h"
#include "attention/norm.h"
#include "attention/transformer_setup.h"
#include "network/activation.h"

namespace descent {

// With tokens as columns and N a norm,
//
//   X = E[token] + P[t]                                    (width × tokens)
//   X ← X + Attention(N(X))
//   X ← X + W₂ φ(W₁ N(X) + b₁) + b₂                        unless there is no MLP
//   logits = U N(X), U = Eᵀ where it is tied               (vocabulary × tokens)
//
// It keeps what the passes compute: a step allocates nothing once so many tokens have been seen.
template <class T>
class Transformer {
 public:
  explicit Transformer(const TransformerSetup& setup);

  const TransformerSetup& setup() const { return setup_; }

  // The logits (vocabulary × columns().total()) of sequences of at most setup().length tokens; a
  // token that is kPadding is seen by none.
  const Rows<T>& forward(const T* theta, const Tokens& tokens);
  // After forward: writes dLoss/dθ from d = dLoss/dlogits, which is zero between sequences.
  void backward(const T* theta, const Rows<T>& d, T* gradient);

  const Columns<T>& columns() const { return columns_; }
  const Rows<T>& logits() const { return logits_; }
  // Of block l = 0 … blocks − 1 in the last pass.
  const MultiHeadAttention<T>& attention(int l) const {
    return blocks_[static_cast<std::size_t>(l)].attention;
  }
  // The stream before block l; l = blocks: after the last.
  const Rows<T>& stream(int l) const {
    return l < setup_.blocks ? blocks_[static_cast<std::size_t>(l)].x : last_;
  }

 private:
  struct Block {
    Block(const TransformerSetup& setup, const TransformerBlockPlace& place);

    TransformerBlockPlace at;
    MultiHeadAttention<T> attention;
    Norm<T> attentionNorm, mlpNorm;
    Rows<T> x, normed, middle, mlpNormed, z, h, slope;
  };

  void embed(const T* theta, Rows<T>& x);
  void embedBack(T* gradient);
  void blockForward(const T* theta, Block& block, Rows<T>& next);
  void blockBack(const T* theta, Block& block, T* gradient);
  const T* at(const T* theta, Eigen::Index place) const {
    return place < 0 ? nullptr : theta + place;
  }

  TransformerSetup setup_;
  TransformerPlaces places_;
  Eigen::Index parameters_ = 0;
  Columns<T> columns_;
  Tokens tokens_;
  std::vector<char> hidden_;
  std::vector<T> sinusoids_;  // width × length, column-major
  std::vector<Block> blocks_;
  Norm<T> finalNorm_;
  Rows<T> last_, finalNormed_, logits_;
  Rows<T> dx_, dNormed_, dh_;  // backward: of the stream, of a branch's input, of the MLP's units
};

extern template class Transformer<float>;
extern template class Transformer<double>;

}  // namespace descent
