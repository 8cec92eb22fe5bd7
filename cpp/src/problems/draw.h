// What problems are drawn from.
#pragma once

#include <cmath>

#include "descent/random.h"
#include "numerics/jacobi.h"
#include "numerics/products.h"

namespace descent {

// k numbers in equal ratios from 1 down to 1/κ.
inline Vector spectrum(Eigen::Index k, double kappa) {
  Vector values(k);
  for (Eigen::Index i = 0; i < k; ++i) {
    values[i] = k == 1 ? 1 : std::pow(kappa, -static_cast<double>(i) / static_cast<double>(k - 1));
  }
  return values;
}

inline Matrix normalMatrix(Random& random, Eigen::Index rows, Eigen::Index cols) {
  Matrix a(rows, cols);
  for (double& entry : a.reshaped()) entry = random.normal();
  return a;
}

// Orthonormal columns that span what those of `q`, which are independent, do: Gram–Schmidt, twice.
inline Matrix orthonormalised(Matrix q) {
  for (Eigen::Index j = 0; j < q.cols(); ++j) {
    Vector v = q.col(j);
    for (int pass = 0; pass < 2; ++pass) {
      v -= times(q.leftCols(j), transposeTimes(q.leftCols(j), v));
      v.normalize();
    }
    q.col(j) = v;
  }
  return q;
}

// n × k with orthonormal columns in directions drawn at random, k ≤ n.
inline Matrix orthonormal(Random& random, Eigen::Index n, Eigen::Index k) {
  return orthonormalised(normalMatrix(random, n, k));
}

// n × d with singular values √n · √spectrum, so that AᵀA/n has this spectrum (and zeros where
// n < d), in directions drawn at random.
inline Matrix designMatrix(Random& random, Eigen::Index n, Eigen::Index d, double kappa) {
  const Eigen::Index k = std::min(n, d);
  const Vector root = spectrum(k, kappa).cwiseSqrt();
  const Matrix left = orthonormal(random, n, k);
  return std::sqrt(static_cast<double>(n)) *
         timesTranspose(left * root.asDiagonal(), orthonormal(random, d, k));
}

// Of a symmetric positive semidefinite matrix.
inline Matrix pseudoInverse(const Matrix& h) {
  const SymmetricEigen eigen = symmetricEigen(h);
  const double tiny = 1e-12 * eigen.values.cwiseAbs().maxCoeff();
  const Vector inverse =
      (eigen.values.array() > tiny).select(eigen.values.cwiseInverse(), Vector::Zero(h.rows()));
  return recompose(eigen.vectors, inverse);
}

}  // namespace descent
