#include "attention/norm.h"

namespace descent {
namespace {

constexpr double kEpsilon = 1e-5;

enum Column { kInverse, kFirst, kSecond, kColumns };

}  // namespace

template <class T>
void Norm<T>::forward(const T* gamma, const T* beta, const Rows<T>& x, Rows<T>& y) {
  const int d = x.rows(), n = x.cols();
  const T share = T(1) / static_cast<T>(d);
  const bool centred = kind_ == NormKind::kLayer;
  normal_.resize(d, n);
  columns_.resize(kColumns, n);
  y.resize(d, n);
  auto mean = columns_.values(kFirst), inverse = columns_.values(kInverse);
  mean.setZero();
  if (centred) {
    for (int i = 0; i < d; ++i) mean += x.values(i);
    mean *= share;
  }
  inverse.setZero();
  for (int i = 0; i < d; ++i) inverse += (x.values(i) - mean).square();
  inverse = (share * inverse + T(kEpsilon)).sqrt().inverse();
  for (int i = 0; i < d; ++i) {
    normal_.values(i) = (x.values(i) - mean) * inverse;
    y.values(i) = gamma[i] * normal_.values(i) + (centred ? beta[i] : T(0));
  }
}

// With δ = γ dy: dx += (δ − mean δ − normal mean(δ normal))/deviation, without mean δ for rms.
template <class T>
void Norm<T>::backward(const T* gamma, const Rows<T>& dy, T* dGamma, T* dBeta, Rows<T>& dx) {
  const int d = dy.rows();
  const T share = T(1) / static_cast<T>(d);
  const bool centred = kind_ == NormKind::kLayer;
  const auto inverse = columns_.values(kInverse);
  auto mean = columns_.values(kFirst), moment = columns_.values(kSecond);
  mean.setZero();
  moment.setZero();
  for (int i = 0; i < d; ++i) {
    const auto normal = normal_.values(i);
    const auto dyi = dy.values(i);
    dGamma[i] += (dyi * normal).sum();
    moment += gamma[i] * share * dyi * normal;
    if (!centred) continue;
    dBeta[i] += dyi.sum();
    mean += gamma[i] * share * dyi;
  }
  for (int i = 0; i < d; ++i) {
    dx.values(i) += inverse * (gamma[i] * dy.values(i) - mean - normal_.values(i) * moment);
  }
}

template class Norm<float>;
template class Norm<double>;

}  // namespace descent
