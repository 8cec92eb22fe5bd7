// Sequences of tokens as the columns of a matrix of features × tokens.
#pragma once

#include <vector>

#include "numerics/rows.h"

namespace descent {

// No token: what fills a sequence that is shorter than the others. No query sees it.
inline constexpr int kPadding = -1;

// `count` sequences of `length` tokens each, one after another.
struct Tokens {
  int count = 0, length = 0;
  std::vector<int> ids;  // count · length

  int operator()(int sequence, int t) const {
    return ids[static_cast<std::size_t>(sequence * length + t)];
  }
};

// Where tokens stand: each sequence begins at a whole lane, so that heads can compute in lanes. In
// the columns between sequences numbers are finite and gradients zero.
template <class T>
struct Columns {
  int count = 0, length = 0;

  int stride() const { return (length + kLanes<T> - 1) / kLanes<T> * kLanes<T>; }
  int total() const { return count * stride(); }
  int operator()(int sequence, int t) const { return sequence * stride() + t; }
};

}  // namespace descent
