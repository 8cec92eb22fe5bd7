// Between the double of the optimizers and what a network computes in.
#pragma once

#include <cstring>
#include <type_traits>
#include <vector>

#include "descent/vector.h"
#include "numerics/rows.h"

namespace descent {

// to[i] = from[i], rounded to the nearest float.
inline void convert(const double* from, Eigen::Index n, float* to) {
  typedef double Four __attribute__((vector_size(32)));
  Eigen::Index i = 0;
  for (; i + 2 <= n; i += 2) {
    Lane<double> pair;
    std::memcpy(&pair, from + i, sizeof pair);
    const Four padded = __builtin_shufflevector(pair, Lane<double>{}, 0, 1, 2, 3);
    const Lane<float> rounded = __builtin_convertvector(padded, Lane<float>);
    std::memcpy(to + i, &rounded, 2 * sizeof(float));
  }
  for (; i < n; ++i) to[i] = static_cast<float>(from[i]);
}
inline void convert(const float* from, Eigen::Index n, double* to) {
  typedef float Two __attribute__((vector_size(8)));
  Eigen::Index i = 0;
  for (; i + 2 <= n; i += 2) {
    Two pair;
    std::memcpy(&pair, from + i, sizeof pair);
    const auto wide = __builtin_convertvector(pair, Lane<double>);
    std::memcpy(to + i, &wide, sizeof wide);
  }
  for (; i < n; ++i) to[i] = from[i];
}

// x in T: itself, or converted into `memory`.
template <class T>
const T* inScalar(const Vector& x, std::vector<T>& memory) {
  if constexpr (std::is_same_v<T, double>) {
    return x.data();
  } else {
    memory.resize(static_cast<std::size_t>(x.size()));
    convert(x.data(), x.size(), memory.data());
    return memory.data();
  }
}

// Let `write` fill n numbers of T, and bring them home to v, if need be through `memory`.
template <class T, class Write>
void fromScalar(Eigen::Index n, Vector& v, std::vector<T>& memory, const Write& write) {
  v.resize(n);
  if constexpr (std::is_same_v<T, double>) {
    write(v.data());
  } else {
    memory.resize(static_cast<std::size_t>(n));
    write(memory.data());
    convert(memory.data(), n, v.data());
  }
}

}  // namespace descent
