// The matrix products of a layer. Hand-written because they are nearly all the time that
// training takes, and a library's dispatch costs more than a product of an 8 × 8 layer.
//
// A block of the result stands in registers while the inner dimension runs: kMr rows by kNv lanes
// of it. Everything is templated on the block, so that the rest at the edges is the same code, and
// sums are formed in the same order whatever the block.
#pragma once

#include <cstring>

#include "numerics/rows.h"

namespace descent {

// Entry (i, k) of a matrix of weights is data[i·down + k·right]: a column-major matrix or its
// transpose.
template <class T>
struct Weights {
  const T* data;
  std::ptrdiff_t down, right;
};

namespace kernels {

template <class T>
Lane<T> load(const T* p) {
  return *reinterpret_cast<const Lane<T>*>(p);
}
template <class T>
void store(T* p, Lane<T> v) {
  *reinterpret_cast<Lane<T>*>(p) = v;
}
template <class T>
Lane<T> spread(T value) {
  return value - Lane<T>{};  // x − 0 is x even of −0, so that nothing is subtracted
}
template <class T>
T sum(Lane<T> v) {
  if constexpr (kLanes<T> == 4) return (v[0] + v[2]) + (v[1] + v[3]);
  return v[0] + v[1];
}

// The lesser or greater of v and a bound, entry by entry; what is not a number stays so.
inline Lane<float> atMost(Lane<float> v, float bound) {
#ifdef __wasm_simd128__
  return __builtin_wasm_pmin_f32x4(v, spread(bound));  // what it makes of ?: takes ten instructions
#else
  return v > bound ? spread(bound) : v;
#endif
}
inline Lane<float> atLeast(Lane<float> v, float bound) {
#ifdef __wasm_simd128__
  return __builtin_wasm_pmax_f32x4(v, spread(bound));
#else
  return v < bound ? spread(bound) : v;
#endif
}

// f(0) … f(kN − 1) as so many statements, so that what is indexed by them can stand in registers.
template <int kN, class F>
inline void each(const F& f) {
#pragma GCC unroll 16
  for (int i = 0; i < kN; ++i) f(i);
}

enum class Onto { kZero, kBias, kItself };

// The widest block in lanes, and its rows; narrower ones have four. Of the sixteen registers of x86
// engines of WebAssembly keep one to themselves and need one for a product: what does not fit is
// kept in memory. Three lanes, of small batches, are faster by four rows all the same.
#ifdef __wasm__
inline constexpr int kWidest = 4, kRowsOfWidest = 2;
#else
inline constexpr int kWidest = 3, kRowsOfWidest = 4;
#endif

// c (kMr × kNv lanes) = what it begins with + w b, over `inner` rows of b.
template <class T, int kMr, int kNv, Onto kOnto>
inline void block(int inner, Weights<T> w, const T* b, int bStride, T* c, int cStride,
                  const T* bias) {
  Lane<T> acc[kMr][kNv];
  each<kMr>([&](int i) {
    each<kNv>([&](int j) {
      if constexpr (kOnto == Onto::kZero) acc[i][j] = Lane<T>{};
      if constexpr (kOnto == Onto::kBias) acc[i][j] = spread(bias[i]);
      if constexpr (kOnto == Onto::kItself) acc[i][j] = load(c + i * cStride + j * kLanes<T>);
    });
  });
  for (int k = 0; k < inner; ++k) {
    Lane<T> row[kNv];
    each<kNv>([&](int j) { row[j] = load(b + j * kLanes<T>); });
    each<kMr>([&](int i) {
      const Lane<T> weight = spread(w.data[i * w.down]);
      each<kNv>([&](int j) { acc[i][j] += weight * row[j]; });
    });
    w.data += w.right;
    b += bStride;
  }
  each<kMr>(
      [&](int i) { each<kNv>([&](int j) { store(c + i * cStride + j * kLanes<T>, acc[i][j]); }); });
}

template <class T, int kNv, Onto kOnto>
inline void panel(int rows, int inner, Weights<T> w, const T* b, int bStride, T* c, int cStride,
                  const T* bias) {
  constexpr int kMr = kNv == kWidest ? kRowsOfWidest : 4;
  int i = 0;
  const auto at = [&](int row) { return Weights<T>{w.data + row * w.down, w.down, w.right}; };
  for (; i + kMr <= rows; i += kMr) {
    block<T, kMr, kNv, kOnto>(inner, at(i), b, bStride, c + i * cStride, cStride, bias + i);
  }
  for (; i < rows; ++i) {
    block<T, 1, kNv, kOnto>(inner, at(i), b, bStride, c + i * cStride, cStride, bias + i);
  }
}

// c = (zero, bias 1ᵀ or c) + w b, with w of c.rows() × b.rows().
template <class T, Onto kOnto>
void multiply(Weights<T> w, const Rows<T>& b, Rows<T>& c, const T* bias) {
  const int lanes = (b.cols() + kLanes<T> - 1) / kLanes<T>;
  const auto run = [&](auto nv, int j) {
    panel<T, nv(), kOnto>(c.rows(), b.rows(), w, b.row(0) + j * kLanes<T>, b.stride(),
                          c.row(0) + j * kLanes<T>, c.stride(), bias);
  };
  int j = 0;
  for (; j + kWidest <= lanes; j += kWidest) run(std::integral_constant<int, kWidest>(), j);
  if (lanes - j == 3) run(std::integral_constant<int, 3>(), j);
  if (lanes - j == 2) run(std::integral_constant<int, 2>(), j);
  if (lanes - j == 1) run(std::integral_constant<int, 1>(), j);
}

// p = v, or p += v where it is added, entry by entry, wherever p points. Here a flag costs nothing,
// and as a template argument it would double the code that a page waits for.
template <class T>
void put(bool adds, T* p, Lane<T> v) {
  if (adds) {
    Lane<T> old;
    std::memcpy(&old, p, sizeof old);
    v += old;
  }
  std::memcpy(p, &v, sizeof v);
}
template <class T>
void put(bool adds, T* p, T value) {
  *p = adds ? *p + value : value;
}
// The sums of as many vectors as they have entries, in one vector.
inline Lane<float> sums(const Lane<float>* v) {
  const Lane<float> a = __builtin_shufflevector(v[0], v[1], 0, 4, 1, 5) +
                        __builtin_shufflevector(v[0], v[1], 2, 6, 3, 7);
  const Lane<float> b = __builtin_shufflevector(v[2], v[3], 0, 4, 1, 5) +
                        __builtin_shufflevector(v[2], v[3], 2, 6, 3, 7);
  return __builtin_shufflevector(a, b, 0, 1, 4, 5) + __builtin_shufflevector(a, b, 2, 3, 6, 7);
}
inline Lane<double> sums(const Lane<double>* v) {
  return __builtin_shufflevector(v[0], v[1], 0, 2) + __builtin_shufflevector(v[0], v[1], 1, 3);
}

// out[i] = the sum of v[i], or += where it is added.
template <class T, int kI>
inline void putSums(bool adds, T* out, const Lane<T>* v) {
  if constexpr (kI == kLanes<T>) {
    put(adds, out, sums(v));
  } else {
    each<kI>([&](int i) { put(adds, out + i, sum<T>(v[i])); });
  }
}

// out (kI × kK, column-major) = z (kI rows) bᵀ (kK rows) over n examples, or += where it is added.
template <class T, int kI, int kK>
inline void dots(bool adds, int n, const T* z, int zStride, const T* b, int bStride, T* out,
                 std::ptrdiff_t outStride) {
  Lane<T> acc[kK][kI] = {};
  for (int j = 0; j < n; j += kLanes<T>) {
    Lane<T> rows[kI];
    each<kI>([&](int i) { rows[i] = load(z + i * zStride + j); });
    each<kK>([&](int k) {
      const Lane<T> row = load(b + k * bStride + j);
      each<kI>([&](int i) { acc[k][i] += rows[i] * row; });
    });
  }
  each<kK>([&](int k) { putSums<T, kI>(adds, out + k * outStride, acc[k]); });
}

// dw (m × k, column-major) = z (m × n) bᵀ (n × k), or +=.
template <class T>
void outer(bool adds, const Rows<T>& z, const Rows<T>& b, T* dw) {
  constexpr int kI = kLanes<T>, kK = 2;
  const int m = z.rows();
  // A row stands in memory as a column does.
  if (m == 1 && b.rows() > 1) return outer(adds, b, z, dw);
  const auto columns = [&](auto wide, int k) {
    const auto run = [&](auto tall, int i) {
      dots<T, tall(), wide()>(adds, z.cols(), z.row(i), z.stride(), b.row(k), b.stride(),
                              dw + i + static_cast<std::ptrdiff_t>(k) * m, m);
    };
    int i = 0;
    for (; i + kI <= m; i += kI) run(std::integral_constant<int, kI>(), i);
    for (; i < m; ++i) run(std::integral_constant<int, 1>(), i);
  };
  int k = 0;
  for (; k + kK <= b.rows(); k += kK) columns(std::integral_constant<int, kK>(), k);
  if (k < b.rows()) columns(std::integral_constant<int, 1>(), k);
}

// sums = z 1, kI rows of it over n examples, or +=.
template <class T, int kI>
inline void rowSums(bool adds, int n, const T* z, int zStride, T* out) {
  Lane<T> acc[kI] = {};
  for (int j = 0; j < n; j += kLanes<T>) {
    each<kI>([&](int i) { acc[i] += load(z + i * zStride + j); });
  }
  putSums<T, kI>(adds, out, acc);
}

template <class T>
void rowSums(bool adds, const Rows<T>& z, T* out) {
  constexpr int kI = kLanes<T>;
  int i = 0;
  for (; i + kI <= z.rows(); i += kI) {
    rowSums<T, kI>(adds, z.cols(), z.row(i), z.stride(), out + i);
  }
  for (; i < z.rows(); ++i) rowSums<T, 1>(adds, z.cols(), z.row(i), z.stride(), out + i);
}

}  // namespace kernels

// c (m × n) = w (m × k) b (k × n) + bias 1ᵀ.
template <class T>
void affine(const T* w, const T* bias, const Rows<T>& b, Rows<T>& c) {
  const Weights<T> weights{w, 1, c.rows()};
  if (bias) {
    kernels::multiply<T, kernels::Onto::kBias>(weights, b, c, bias);
  } else {
    kernels::multiply<T, kernels::Onto::kZero>(weights, b, c, nullptr);
  }
}

// c (m × n) += w (m × k) b (k × n).
template <class T>
void addProduct(const T* w, const Rows<T>& b, Rows<T>& c) {
  kernels::multiply<T, kernels::Onto::kItself>({w, 1, c.rows()}, b, c, nullptr);
}

// c (k × n) = wᵀ b, or += where it is added, with w (m × k) and b (m × n).
template <class T>
void transposedProduct(const T* w, const Rows<T>& b, Rows<T>& c) {
  kernels::multiply<T, kernels::Onto::kZero>({w, b.rows(), 1}, b, c, nullptr);
}
template <class T>
void addTransposedProduct(const T* w, const Rows<T>& b, Rows<T>& c) {
  kernels::multiply<T, kernels::Onto::kItself>({w, b.rows(), 1}, b, c, nullptr);
}

// dw (m × k, column-major) = z (m × n) bᵀ (n × k), or += where it is added. The padding of z is
// zero.
template <class T>
void outer(const Rows<T>& z, const Rows<T>& b, T* dw) {
  kernels::outer(false, z, b, dw);
}
template <class T>
void addOuter(const Rows<T>& z, const Rows<T>& b, T* dw) {
  kernels::outer(true, z, b, dw);
}

// sums (m) = z (m × n) 1, or += where they are added. The padding of z is zero.
template <class T>
void rowSums(const Rows<T>& z, T* sums) {
  kernels::rowSums(false, z, sums);
}
template <class T>
void addRowSums(const Rows<T>& z, T* sums) {
  kernels::rowSums(true, z, sums);
}

}  // namespace descent
