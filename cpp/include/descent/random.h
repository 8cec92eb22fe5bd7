// Random numbers that are the same natively and in WebAssembly: the standard library's
// distributions differ between implementations, so these are our own.
#pragma once

#include <cstdint>
#include <string_view>
#include <utility>

#include "descent/vector.h"

namespace descent {

// PCG32 (O'Neill 2014, "PCG: A Family of Simple Fast Space-Efficient Statistically Good
// Algorithms for Random Number Generation", variant XSH-RR with 64 bits of state).
class Random {
 public:
  // The numbers of one purpose: what is drawn, in words that stand at one place of the sources
  // alone. A run has one seed for its data, first weights, batches and masks, and no two of them
  // may share a number; nor may what is drawn for step 8, or draw 8, hang together with that for 7.
  // So seed, FNV-1a (Fowler, Noll & Vo) of the purpose and index are mixed by SplitMix64 (Steele,
  // Lea & Flood 2014, "Fast Splittable Pseudorandom Number Generators") one upon the other,
  //   key = mix(mix(mix(seed) + hash(purpose)) + index),
  // and its next two numbers from there are the generator's state and increment: with PCG's own
  // seeding the first numbers of streams t and t + 1 are correlated.
  Random(std::uint64_t seed, std::string_view purpose, std::int64_t index = 0);
  // PCG as published. Of it tests draw their examples; nothing in a run does.
  explicit Random(std::uint64_t seed, std::uint64_t stream = 54);

  std::uint32_t next();
  // In [0, 1), with 53 random bits.
  double uniform();
  double uniform(double low, double high) { return low + (high - low) * uniform(); }
  // In {0, …, n − 1}, without modulo bias; n ≥ 1.
  std::uint32_t below(std::uint32_t n);
  // Standard normal, by Marsaglia's polar method.
  double normal();
  Vector normalVector(Eigen::Index n);

  // Fisher–Yates.
  template <class Range>
  void shuffle(Range& items) {
    for (auto i = static_cast<std::uint32_t>(items.size()); i > 1; --i) {
      std::swap(items[i - 1], items[below(i)]);
    }
  }

 private:
  std::uint64_t state_ = 0;
  std::uint64_t increment_;
  double spare_ = 0;
  bool hasSpare_ = false;
};

}  // namespace descent
