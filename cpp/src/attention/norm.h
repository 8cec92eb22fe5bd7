// The norm of each token's features.
#pragma once

#include <initializer_list>
#include <vector>

#include "numerics/rows.h"

namespace descent {

// What x (a column of d numbers) is divided by, and whether it is centred:
//
//   layer  y = γ (x − mean)/√(variance + ε) + β
//   rms    y = γ x/√(mean x² + ε)
//
// with the biased variance and ε = 1e-5 for both. Ba et al. 2016, https://arxiv.org/abs/1607.06450;
// Zhang & Sennrich 2019, https://arxiv.org/abs/1910.07467
enum class NormKind { kLayer, kRms };
inline constexpr std::initializer_list<const char*> kNorms = {"layer", "rms"};

template <class T>
class Norm {
 public:
  explicit Norm(NormKind kind) : kind_(kind) {}

  // y (d × n) of x (d × n); beta is not read by rms.
  void forward(const T* gamma, const T* beta, const Rows<T>& x, Rows<T>& y);
  // After forward: dγ and dβ (not by rms) are added to, and so is dx.
  void backward(const T* gamma, const Rows<T>& dy, T* dGamma, T* dBeta, Rows<T>& dx);

 private:
  NormKind kind_;
  Rows<T> normal_;   // (x − mean)/deviation
  Rows<T> columns_;  // one number a token in each row: 1/deviation and sums
};

extern template class Norm<float>;
extern template class Norm<double>;

}  // namespace descent
