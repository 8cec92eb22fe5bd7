#include "numerics/inertia.h"

#include <cmath>
#include <limits>

namespace descent {

Inertia::Inertia(Matrix a) : a_(std::move(a)), offDiagonal_(Vector::Zero(a_.rows())) {
  if (a_.rows() == 2) offDiagonal_[0] = a_(1, 0);
}

void Inertia::reduce() {
  const Eigen::Index k = column_, n = a_.rows(), m = n - k - 1;
  // v with (I − β v vᵀ) a_k = ∓‖a_k‖ e₁.
  Vector v = a_.col(k).tail(m);
  const double length = v.norm();
  const double pivot = v[0] >= 0 ? -length : length;
  offDiagonal_[k] = pivot;
  v[0] -= pivot;
  if (const double squared = v.squaredNorm(); squared > 0) {
    const double beta = 2 / squared;
    // p = β A v by the lower triangle, then A ← A − v wᵀ − w vᵀ with w = p − ½β (pᵀv) v: plain
    // loops, since the page's module compiles a lab for size.
    Vector p = Vector::Zero(m);
    for (Eigen::Index j = 0; j < m; ++j) {
      const double* column = &a_(k + 1, k + 1 + j);
      double sum = column[j] * v[j];
      for (Eigen::Index i = j + 1; i < m; ++i) {
        sum += column[i] * v[i];
        p[i] += column[i] * v[j];
      }
      p[j] += sum;
    }
    p *= beta;
    const Vector w = p - beta / 2 * p.dot(v) * v;
    for (Eigen::Index j = 0; j < m; ++j) {
      double* column = &a_(k + 1, k + 1 + j);
      for (Eigen::Index i = j; i < m; ++i) column[i] -= w[j] * v[i] + v[j] * w[i];
    }
  }
  ++column_;
  if (isReady()) offDiagonal_[n - 2] = a_(n - 1, n - 2);
}

int Inertia::below(double x) const {
  int count = 0;
  double q = 1;
  for (Eigen::Index i = 0; i < a_.rows(); ++i) {
    const double e = i > 0 ? offDiagonal_[i - 1] : 0;
    q = a_(i, i) - x - (e == 0 ? 0 : e * e / q);
    if (q == 0) q = std::numeric_limits<double>::min();
    count += q < 0;
  }
  return count;
}

}  // namespace descent
