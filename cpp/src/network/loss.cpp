#include "network/loss.h"

#include <algorithm>
#include <cmath>

namespace descent {
namespace {

// 1/(1 + e⁻ᶻ), without overflow.
template <class T>
T logistic(T z) {
  if (z >= 0) return 1 / (1 + std::exp(-z));
  const T e = std::exp(z);
  return e / (1 + e);
}

// log Σ exp f of example j.
template <class T>
T logSumExp(const Rows<T>& f, int j) {
  T most = f(0, j);
  for (int i = 1; i < f.rows(); ++i) most = std::max(most, f(i, j));
  T sum = 0;
  for (int i = 0; i < f.rows(); ++i) sum += std::exp(f(i, j) - most);
  return most + std::log(sum);
}

// ℓ and dℓ/df of one output, for losses that treat outputs apart.
template <class T>
struct AtPoint {
  T value, slope;
};
template <class T>
AtPoint<T> at(Loss loss, T f, T y) {
  switch (loss) {
    case Loss::kSquared:
      return {(f - y) * (f - y) / 2, f - y};
    case Loss::kLogistic: {
      const T m = y * f, e = std::exp(-std::abs(m)), s = e / (1 + e);  // s = 1/(1 + exp |m|)
      return {std::max(-m, T(0)) + std::log1p(e), -y * (m > 0 ? s : 1 - s)};
    }
    default:
      return {std::max(1 - y * f, T(0)), y * f < 1 ? -y : T(0)};  // NaN where f is
  }
}

template <class T, bool kSlope>
double evaluate(Loss loss, const Rows<T>& f, const Rows<T>& y, Rows<T>* d) {
  const int n = f.cols();
  const T share = T(1) / static_cast<T>(n);
  double total = 0;
  if (loss == Loss::kSoftmax) {
    for (int j = 0; j < n; ++j) {
      const T all = logSumExp(f, j);
      for (int i = 0; i < f.rows(); ++i) {
        total += static_cast<double>(y(i, j) * (all - f(i, j)));
        if constexpr (kSlope) (*d)(i, j) = share * (std::exp(f(i, j) - all) - y(i, j));
      }
    }
    return total / n;
  }
  for (int i = 0; i < f.rows(); ++i) {
    const T *fi = f.row(i), *yi = y.row(i);
    for (int j = 0; j < n; ++j) {
      const AtPoint<T> p = at(loss, fi[j], yi[j]);
      total += static_cast<double>(p.value);
      if constexpr (kSlope) d->row(i)[j] = share * p.slope;
    }
  }
  return total / n;
}

}  // namespace

template <class T>
double lossOf(Loss loss, const Rows<T>& f, const Rows<T>& y) {
  return evaluate<T, false>(loss, f, y, nullptr);
}

template <class T>
double lossAndSlope(Loss loss, const Rows<T>& f, const Rows<T>& y, Rows<T>& d) {
  return evaluate<T, true>(loss, f, y, &d);
}

template <class T>
void lossCurvature(Loss loss, const Rows<T>& f, const Rows<T>& y, const Rows<T>& v, Rows<T>& out) {
  const int n = f.cols();
  const T share = T(1) / static_cast<T>(n);
  for (int j = 0; j < n; ++j) {
    if (loss == Loss::kSoftmax) {  // (diag p − p pᵀ) v
      const T all = logSumExp(f, j);
      T mean = 0;
      for (int i = 0; i < f.rows(); ++i) mean += std::exp(f(i, j) - all) * v(i, j);
      for (int i = 0; i < f.rows(); ++i) {
        out(i, j) = share * std::exp(f(i, j) - all) * (v(i, j) - mean);
      }
      continue;
    }
    for (int i = 0; i < f.rows(); ++i) {
      T second = 0;
      if (loss == Loss::kSquared) second = 1;
      if (loss == Loss::kLogistic) {
        const T s = logistic(-y(i, j) * f(i, j));
        second = s * (1 - s);
      }
      out(i, j) = share * second * v(i, j);
    }
  }
}

template double lossOf(Loss, const Rows<float>&, const Rows<float>&);
template double lossOf(Loss, const Rows<double>&, const Rows<double>&);
template double lossAndSlope(Loss, const Rows<float>&, const Rows<float>&, Rows<float>&);
template double lossAndSlope(Loss, const Rows<double>&, const Rows<double>&, Rows<double>&);
template void lossCurvature(Loss, const Rows<float>&, const Rows<float>&, const Rows<float>&,
                            Rows<float>&);
template void lossCurvature(Loss, const Rows<double>&, const Rows<double>&, const Rows<double>&,
                            Rows<double>&);

}  // namespace descent
