#include "attention/attention.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "numerics/kernels.h"

namespace descent {
namespace {

// A head of a sequence: some rows and columns of a matrix.
template <class T>
struct Slice {
  T* data;
  int stride;

  T* row(int i) const { return data + static_cast<std::ptrdiff_t>(i) * stride; }
  auto values(int i, int from, int to) const {
    return Eigen::Map<Eigen::Array<T, Eigen::Dynamic, 1>, Eigen::Aligned16>(row(i) + from,
                                                                            to - from);
  }
};

// c (rows × n) = w b, w having `inner` columns. Of a causal head only what is needed: where
// triangle is kRows, the rows of c up to the column, where kInner, those of b.
enum class Triangle { kNone, kRows, kInner };
template <class T>
void multiplyHead(int rows, int inner, int n, Weights<T> w, Slice<T> b, Slice<T> c,
                  Triangle triangle) {
  const auto run = [&](auto nv, int j) {
    const int end = j + nv() * kLanes<T>;
    kernels::panel<T, nv(), kernels::Onto::kZero>(
        triangle == Triangle::kRows ? std::min(rows, end) : rows,
        triangle == Triangle::kInner ? std::min(inner, end) : inner, w, b.data + j, b.stride,
        c.data + j, c.stride, nullptr);
  };
  constexpr int kNv = 2;
  int j = 0;
  for (; j + kNv * kLanes<T> <= n; j += kNv * kLanes<T>) run(std::integral_constant<int, kNv>(), j);
  if (j < n) run(std::integral_constant<int, 1>(), j);
}

// out (rows × n) += b aᵀ with a (n × n) and b (rows × n), where a's rows begin at the lane of the
// diagonal if it is causal.
template <class T>
void addOuterHead(int rows, int n, Slice<T> a, Slice<T> b, Slice<T> out, bool causal) {
  constexpr int kI = kLanes<T>, kK = 2;
  const auto run = [&](auto wide, int f, int j) {
    const int from = causal ? j : 0;
    kernels::dots<T, kI, wide()>(true, n - from, a.row(j) + from, a.stride, b.row(f) + from,
                                 b.stride, out.row(f) + j, out.stride);
  };
  int f = 0;
  for (; f + kK <= rows; f += kK) {
    for (int j = 0; j < n; j += kI) run(std::integral_constant<int, kK>(), f, j);
  }
  for (; f < rows; ++f) {
    for (int j = 0; j < n; j += kI) run(std::integral_constant<int, 1>(), f, j);
  }
}

template <class T>
using Some = Eigen::Array<T, kLanes<T>, 1>;

// Queries from a whole lane on, as key j has them.
template <class T>
auto someAt(Slice<T> a, int j, int query) {
  return Eigen::Map<Some<T>, Eigen::Aligned16>(a.row(j) + query);
}

}  // namespace

template <class T>
MultiHeadAttention<T>::MultiHeadAttention(const AttentionSetup& setup, const AttentionPlace& place)
    : setup_(setup), place_(place) {
  const double features = static_cast<double>(setup.width) / setup.heads;
  scale_ = static_cast<T>(1 / ((setup.scaled ? std::sqrt(features) : 1) * setup.temperature));
}

template <class T>
const Rows<T>& MultiHeadAttention<T>::forward(const T* theta, const Rows<T>& x,
                                              const Columns<T>& columns,
                                              const std::vector<char>& hidden) {
  const bool isNew = columns.length != columns_.length;
  columns_ = columns;
  const int n = columns.total();
  for (auto* all : {&q_, &k_, &v_, &o_, &y_}) all->resize(setup_.width, n);
  weights_.resize(columns.count * setup_.heads * columns.stride(), columns.stride());
  if (isNew) weights_.flat().setZero();  // as it stays where a causal head sees nothing
  const auto project = [&](Eigen::Index weight, Eigen::Index bias, const Rows<T>& a, Rows<T>& b) {
    affine(theta + weight, bias < 0 ? nullptr : theta + bias, a, b);
  };
  project(place_.query, place_.queryBias, x, q_);
  project(place_.key, place_.keyBias, x, k_);
  project(place_.value, place_.valueBias, x, v_);
  for (int s = 0; s < columns.count; ++s) {
    for (int h = 0; h < setup_.heads; ++h) weigh(s, h, hidden);
  }
  project(place_.output, place_.outputBias, o_, y_);
  return y_;
}

// Aᵀ (keys × queries) = softmax of Kᵀ Q over the keys, and O = V Aᵀ.
template <class T>
void MultiHeadAttention<T>::weigh(int sequence, int head, const std::vector<char>& hidden) {
  const int n = columns_.stride(), features = setup_.width / setup_.heads;
  const int from = head * features, first = columns_(sequence, 0);
  const bool causal = setup_.causal;
  const auto sliceOf = [&](Rows<T>& all) { return Slice<T>{all.row(from) + first, all.stride()}; };
  const Slice<T> q = sliceOf(q_), k = sliceOf(k_), v = sliceOf(v_), o = sliceOf(o_);
  const Slice<T> a{weights_.row(firstKey(sequence, head)), weights_.stride()};
  // Which of the queries from key 0 on see key j.
  Eigen::Array<T, kLanes<T>, kLanes<T>> diagonal;
  for (int j = 0; j < kLanes<T>; ++j) {
    for (int i = 0; i < kLanes<T>; ++i) diagonal(i, j) = i >= j ? T(1) : T(0);
  }
  const bool masks = !hidden.empty() || columns_.length < n;
  const auto isSeen = [&](int key) {
    return key < columns_.length &&
           (hidden.empty() || !hidden[static_cast<std::size_t>(first + key)]);
  };

  multiplyHead<T>(n, features, n, {k.data, 1, k.stride}, q, a,
                  causal ? Triangle::kRows : Triangle::kNone);
  constexpr T kLeast = std::numeric_limits<T>::lowest();
  for (int i = 0; i < n; i += kLanes<T>) {
    const int end = causal ? i + kLanes<T> : n;  // of the keys that any of these queries sees
    const auto forMasked = [&](auto f) {
      for (int j = causal ? i + 1 : end; j < end; ++j) f(j, diagonal.col(j - i));
      if (masks) {
        for (int j = 0; j < end; ++j) {
          if (!isSeen(j)) f(j, Some<T>::Zero().eval());
        }
      }
    };
    forMasked([&](int j, const Some<T>& seen) {
      someAt(a, j, i) = seen * someAt(a, j, i) + (T(1) - seen) * kLeast;
    });
    Some<T> largest = Some<T>::Constant(kLeast), sum = Some<T>::Zero();
    for (int j = 0; j < end; ++j) largest = largest.max(someAt(a, j, i));
    for (int j = 0; j < end; ++j) {
      auto s = someAt(a, j, i);
      s = (scale_ * (s - largest)).exp();
    }
    forMasked([&](int j, const Some<T>& seen) { someAt(a, j, i) *= seen; });
    for (int j = 0; j < end; ++j) sum += someAt(a, j, i);
    sum = (sum == T(0)).select(sum, sum.inverse());
    for (int j = 0; j < end; ++j) someAt(a, j, i) *= sum;
    // Products take two lanes of queries at once, of which the second sees more keys.
    for (int j = end; j < std::min(n, i + 2 * kLanes<T>); ++j) someAt(a, j, i).setZero();
  }
  multiplyHead<T>(features, n, n, {v.data, v.stride, 1}, a, o,
                  causal ? Triangle::kInner : Triangle::kNone);
}

// dA = dOᵀ V, dS = scale · A (dA − Σⱼ A dA) of each query, dQ = K dSᵀ, dK = Q dS, dV = dO A.
template <class T>
void MultiHeadAttention<T>::weighBack(int sequence, int head) {
  const int n = columns_.stride(), features = setup_.width / setup_.heads;
  const int from = head * features, first = columns_(sequence, 0);
  const bool causal = setup_.causal;
  const auto sliceOf = [&](Rows<T>& all) { return Slice<T>{all.row(from) + first, all.stride()}; };
  const Slice<T> q = sliceOf(q_), k = sliceOf(k_), v = sliceOf(v_), dO = sliceOf(do_);
  const Slice<T> dq = sliceOf(dq_), dk = sliceOf(dk_), dv = sliceOf(dv_);
  const Slice<T> a{weights_.row(firstKey(sequence, head)), weights_.stride()};
  const Slice<T> d{dWeights_.row(0), dWeights_.stride()};

  multiplyHead<T>(n, features, n, {v.data, 1, v.stride}, dO, d,
                  causal ? Triangle::kRows : Triangle::kNone);
  for (int i = 0; i < n; i += kLanes<T>) {
    const int end = causal ? i + kLanes<T> : n;
    Some<T> sum = Some<T>::Zero();
    for (int j = 0; j < end; ++j) sum += someAt(a, j, i) * someAt(d, j, i);
    for (int j = 0; j < end; ++j) {
      auto s = someAt(d, j, i);
      s = scale_ * someAt(a, j, i) * (s - sum);
    }
    for (int j = end; j < std::min(n, i + 2 * kLanes<T>); ++j) someAt(d, j, i).setZero();
  }
  multiplyHead<T>(features, n, n, {k.data, k.stride, 1}, d, dq,
                  causal ? Triangle::kInner : Triangle::kNone);
  addOuterHead(features, n, d, q, dk, causal);
  addOuterHead(features, n, a, dO, dv, causal);
}

template <class T>
void MultiHeadAttention<T>::backward(const T* theta, const Rows<T>& x, const Rows<T>& dy,
                                     T* gradient, Rows<T>& dx) {
  const int n = columns_.total();
  for (auto* all : {&dq_, &dk_, &dv_, &do_, &dx}) all->resize(setup_.width, n);
  dWeights_.resize(columns_.stride(), columns_.stride());
  dk_.flat().setZero();
  dv_.flat().setZero();
  transposedProduct(theta + place_.output, dy, do_);  // dO = Woᵀ dY
  addOuter(dy, o_, gradient + place_.output);         // dWo = dY Oᵀ
  if (place_.outputBias >= 0) addRowSums(dy, gradient + place_.outputBias);
  for (int s = 0; s < columns_.count; ++s) {
    for (int h = 0; h < setup_.heads; ++h) weighBack(s, h);
  }
  const auto project = [&](Eigen::Index weight, Eigen::Index bias, const Rows<T>& d) {
    addOuter(d, x, gradient + weight);  // dW = dQ Xᵀ
    if (bias >= 0) addRowSums(d, gradient + bias);
  };
  project(place_.query, place_.queryBias, dq_);
  project(place_.key, place_.keyBias, dk_);
  project(place_.value, place_.valueBias, dv_);
  transposedProduct(theta + place_.query, dq_, dx);  // dX = Wqᵀ dQ + Wkᵀ dK + Wvᵀ dV
  addTransposedProduct(theta + place_.key, dk_, dx);
  addTransposedProduct(theta + place_.value, dv_, dx);
}

template class MultiHeadAttention<float>;
template class MultiHeadAttention<double>;

}  // namespace descent
