// Products of matrices, each compiled once: Eigen makes a kernel for every kind of expression, and
// in the module that a page downloads these add up. For the hot path of large matrices Eigen's own
// product is faster.
#pragma once

#include "descent/vector.h"

namespace descent {

// Matrices, blocks, maps and vectors alike; another expression is evaluated first.
using AnyMatrix = const Eigen::Ref<const Matrix, 0, Eigen::OuterStride<>>&;

// A B, AᵀB and A Bᵀ.
Matrix times(AnyMatrix a, AnyMatrix b);
Matrix transposeTimes(AnyMatrix a, AnyMatrix b);
Matrix timesTranspose(AnyMatrix a, AnyMatrix b);

// Q · diag(values) · Qᵀ.
Matrix recompose(AnyMatrix q, const Vector& values);

}  // namespace descent
