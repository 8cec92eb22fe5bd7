#include "attention/transformer.h"

#include "attention/positions.h"
#include "numerics/kernels.h"

namespace descent {
namespace {

AttentionSetup attentionOf(const TransformerSetup& setup) {
  AttentionSetup attention;
  attention.width = setup.width;
  attention.heads = setup.heads;
  attention.bias = setup.bias;
  attention.causal = setup.causal;
  return attention;
}

}  // namespace

template <class T>
Transformer<T>::Block::Block(const TransformerSetup& setup, const TransformerBlockPlace& place)
    : at(place),
      attention(attentionOf(setup), place.attention),
      attentionNorm(setup.norm),
      mlpNorm(setup.norm) {}

template <class T>
Transformer<T>::Transformer(const TransformerSetup& setup)
    : setup_(setup),
      places_(placesOf(setup)),
      parameters_(parameterCount(layoutOf(setup))),
      finalNorm_(setup.norm) {
  for (const TransformerBlockPlace& place : places_.blocks) blocks_.emplace_back(setup, place);
  if (setup.positions == Positions::kSinusoidal) {
    const Matrix sinusoids = sinusoidalPositions(setup.width, setup.length);
    for (const double entry : sinusoids.reshaped()) sinusoids_.push_back(static_cast<T>(entry));
  }
}

template <class T>
const Rows<T>& Transformer<T>::forward(const T* theta, const Tokens& tokens) {
  tokens_ = tokens;
  columns_ = {tokens.count, tokens.length};
  embed(theta, blocks_.empty() ? last_ : blocks_.front().x);
  for (std::size_t l = 0; l < blocks_.size(); ++l) {
    blockForward(theta, blocks_[l], l + 1 < blocks_.size() ? blocks_[l + 1].x : last_);
  }
  finalNorm_.forward(theta + places_.gamma, at(theta, places_.beta), last_, finalNormed_);
  logits_.resize(setup_.vocabulary, columns_.total());
  if (setup_.tied) {
    transposedProduct(theta + places_.embedding, finalNormed_, logits_);
  } else {
    affine(theta + places_.head, static_cast<const T*>(nullptr), finalNormed_, logits_);
  }
  return logits_;
}

template <class T>
void Transformer<T>::backward(const T* theta, const Rows<T>& d, T* gradient) {
  Eigen::Map<Eigen::Array<T, Eigen::Dynamic, 1>>(gradient, parameters_).setZero();
  dNormed_.resize(setup_.width, columns_.total());
  dx_.resize(setup_.width, columns_.total());
  if (setup_.tied) {
    addOuter(finalNormed_, d, gradient + places_.embedding);  // dE = N(X) dᵀ
    affine(theta + places_.embedding, static_cast<const T*>(nullptr), d, dNormed_);
  } else {
    addOuter(d, finalNormed_, gradient + places_.head);  // dU = d N(X)ᵀ
    transposedProduct(theta + places_.head, d, dNormed_);
  }
  dx_.flat().setZero();
  finalNorm_.backward(theta + places_.gamma, dNormed_, gradient + places_.gamma,
                      gradient + places_.beta, dx_);
  for (std::size_t l = blocks_.size(); l-- > 0;) blockBack(theta, blocks_[l], gradient);
  embedBack(gradient);
}

template <class T>
void Transformer<T>::blockForward(const T* theta, Block& block, Rows<T>& next) {
  const TransformerBlockPlace& place = block.at;
  const int n = columns_.total();
  block.attentionNorm.forward(theta + place.attentionGamma, at(theta, place.attentionBeta), block.x,
                              block.normed);
  const Rows<T>& y = block.attention.forward(theta, block.normed, columns_, hidden_);
  Rows<T>& middle = setup_.mlp > 0 ? block.middle : next;
  middle.resize(setup_.width, n);
  middle.flat() = block.x.flat() + y.flat();
  if (setup_.mlp == 0) return;
  block.mlpNorm.forward(theta + place.mlpGamma, at(theta, place.mlpBeta), middle, block.mlpNormed);
  block.z.resize(setup_.mlp, n);
  block.h.resize(setup_.mlp, n);
  next.resize(setup_.width, n);
  affine(theta + place.up, at(theta, place.upBias), block.mlpNormed, block.z);
  activate(setup_.activation, block.z, block.h);
  affine(theta + place.down, at(theta, place.downBias), block.h, next);
  next.flat() += middle.flat();
}

template <class T>
void Transformer<T>::blockBack(const T* theta, Block& block, T* gradient) {
  const TransformerBlockPlace& place = block.at;
  const int n = columns_.total();
  if (setup_.mlp > 0) {
    dh_.resize(setup_.mlp, n);
    addOuter(dx_, block.h, gradient + place.down);  // dW₂ = dX hᵀ
    if (place.downBias >= 0) addRowSums(dx_, gradient + place.downBias);
    transposedProduct(theta + place.down, dx_, dh_);  // dz = W₂ᵀ dX φ'(z)
    if (setup_.activation == Activation::kRelu) {
      dh_.flat() = (block.z.flat() > T(0)).select(dh_.flat(), T(0));
    } else {
      block.slope.resize(setup_.mlp, n);
      slope(setup_.activation, block.z, block.h, block.slope);
      dh_.flat() *= block.slope.flat();
    }
    addOuter(dh_, block.mlpNormed, gradient + place.up);  // dW₁ = dz N(X)ᵀ
    if (place.upBias >= 0) addRowSums(dh_, gradient + place.upBias);
    transposedProduct(theta + place.up, dh_, dNormed_);
    block.mlpNorm.backward(theta + place.mlpGamma, dNormed_, gradient + place.mlpGamma,
                           gradient + place.mlpBeta, dx_);
  }
  block.attention.backward(theta, block.normed, dx_, gradient, dNormed_);
  block.attentionNorm.backward(theta + place.attentionGamma, dNormed_,
                               gradient + place.attentionGamma, gradient + place.attentionBeta,
                               dx_);
}

template <class T>
void Transformer<T>::embed(const T* theta, Rows<T>& x) {
  x.resize(setup_.width, columns_.total());
  x.flat().setZero();
  const T* positions = setup_.positions == Positions::kLearned      ? theta + places_.positions
                       : setup_.positions == Positions::kSinusoidal ? sinusoids_.data()
                                                                    : nullptr;
  bool anyHidden = false;
  hidden_.assign(static_cast<std::size_t>(columns_.total()), 0);
  for (int s = 0; s < columns_.count; ++s) {
    for (int t = 0; t < columns_.length; ++t) {
      const int column = columns_(s, t), id = tokens_(s, t);
      if (id == kPadding) {
        hidden_[static_cast<std::size_t>(column)] = anyHidden = true;
        continue;
      }
      const T* token = theta + places_.embedding + static_cast<std::ptrdiff_t>(id) * setup_.width;
      const T* place =
          positions ? positions + static_cast<std::ptrdiff_t>(t) * setup_.width : nullptr;
      for (int i = 0; i < setup_.width; ++i) x(i, column) = token[i] + (place ? place[i] : T(0));
    }
  }
  if (!anyHidden) hidden_.clear();
}

template <class T>
void Transformer<T>::embedBack(T* gradient) {
  const bool learned = setup_.positions == Positions::kLearned;
  for (int s = 0; s < columns_.count; ++s) {
    for (int t = 0; t < columns_.length; ++t) {
      const int column = columns_(s, t), id = tokens_(s, t);
      if (id == kPadding) continue;
      T* token = gradient + places_.embedding + static_cast<std::ptrdiff_t>(id) * setup_.width;
      T* place = gradient + places_.positions + static_cast<std::ptrdiff_t>(t) * setup_.width;
      for (int i = 0; i < setup_.width; ++i) {
        token[i] += dx_(i, column);
        if (learned) place[i] += dx_(i, column);
      }
    }
  }
}

template class Transformer<float>;
template class Transformer<double>;

}  // namespace descent
