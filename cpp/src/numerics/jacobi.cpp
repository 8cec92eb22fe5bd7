#include "numerics/jacobi.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

namespace descent {
namespace {

constexpr double kEpsilon = std::numeric_limits<double>::epsilon();
constexpr int kMaxSweeps = 60;  // quadratic convergence needs about ten

struct Rotation {
  double c, s;
};

// The rotation that makes [[app, apq], [apq, aqq]] diagonal, by the smaller of the two angles.
Rotation annihilate(double app, double apq, double aqq) {
  const double tau = (aqq - app) / (2 * apq);
  const double t = (tau >= 0 ? 1 : -1) / (std::abs(tau) + std::hypot(1, tau));
  const double c = 1 / std::hypot(1, t);
  return {c, t * c};
}

void rotateColumns(Matrix& a, Eigen::Index p, Eigen::Index q, Rotation r) {
  for (Eigen::Index i = 0; i < a.rows(); ++i) {
    const double x = a(i, p), y = a(i, q);
    a(i, p) = r.c * x - r.s * y;
    a(i, q) = r.s * x + r.c * y;
  }
}

void rotateRows(Matrix& a, Eigen::Index p, Eigen::Index q, Rotation r) {
  for (Eigen::Index i = 0; i < a.cols(); ++i) {
    const double x = a(p, i), y = a(q, i);
    a(p, i) = r.c * x - r.s * y;
    a(q, i) = r.s * x + r.c * y;
  }
}

// Indices that put values in order.
template <class Before>
std::vector<Eigen::Index> sorted(const Vector& values, Before before) {
  std::vector<Eigen::Index> order(static_cast<std::size_t>(values.size()));
  std::iota(order.begin(), order.end(), 0);
  std::sort(order.begin(), order.end(),
            [&](Eigen::Index i, Eigen::Index j) { return before(values[i], values[j]); });
  return order;
}

}  // namespace

SymmetricEigen symmetricEigen(const Matrix& symmetric) {
  assert(symmetric.allFinite());
  const Eigen::Index n = symmetric.rows();
  Matrix a = symmetric;
  Matrix vectors = Matrix::Identity(n, n);
  // Convergence is quadratic at the end, so the last sweep falls far below rounding.
  const double negligible = kEpsilon * kEpsilon * a.stableNorm();
  bool rotated = true;
  for (int sweep = 0; rotated && sweep < kMaxSweeps; ++sweep) {
    rotated = false;
    for (Eigen::Index p = 0; p < n; ++p) {
      for (Eigen::Index q = p + 1; q < n; ++q) {
        if (std::abs(a(p, q)) <= negligible) continue;
        rotated = true;
        const Rotation r = annihilate(a(p, p), a(p, q), a(q, q));
        rotateColumns(a, p, q, r);
        rotateRows(a, p, q, r);
        a(p, q) = a(q, p) = 0;
        rotateColumns(vectors, p, q, r);
      }
    }
  }
  SymmetricEigen eigen{Vector(n), Matrix(n, n)};
  Eigen::Index k = 0;
  for (const Eigen::Index i : sorted(a.diagonal(), std::less<>())) {
    eigen.values[k] = a(i, i);
    eigen.vectors.col(k++) = vectors.col(i);
  }
  return eigen;
}

// One-sided: rotate the columns of A until they are orthogonal; their lengths are the values.
SingularValues singularValues(const Matrix& matrix) {
  if (matrix.rows() < matrix.cols()) {
    SingularValues transposed = singularValues(matrix.transpose());
    std::swap(transposed.u, transposed.v);
    return transposed;
  }
  assert(matrix.allFinite());
  const Eigen::Index n = matrix.cols();
  Matrix a = matrix;
  Matrix v = Matrix::Identity(n, n);
  bool rotated = true;
  for (int sweep = 0; rotated && sweep < kMaxSweeps; ++sweep) {
    rotated = false;
    for (Eigen::Index p = 0; p < n; ++p) {
      for (Eigen::Index q = p + 1; q < n; ++q) {
        const double app = a.col(p).squaredNorm(), aqq = a.col(q).squaredNorm();
        const double apq = a.col(p).dot(a.col(q));
        if (std::abs(apq) <= kEpsilon * std::sqrt(app) * std::sqrt(aqq)) continue;
        rotated = true;
        const Rotation r = annihilate(app, apq, aqq);
        rotateColumns(a, p, q, r);
        rotateColumns(v, p, q, r);
      }
    }
  }
  const Vector lengths = a.colwise().norm();
  SingularValues svd{Matrix::Zero(a.rows(), n), Vector(n), Matrix(n, n)};
  Eigen::Index k = 0;
  for (const Eigen::Index i : sorted(lengths, std::greater<>())) {
    svd.values[k] = lengths[i];
    if (lengths[i] > 0) svd.u.col(k) = a.col(i) / lengths[i];
    svd.v.col(k++) = v.col(i);
  }
  return svd;
}

}  // namespace descent
