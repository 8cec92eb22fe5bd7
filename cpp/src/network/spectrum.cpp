#include "network/spectrum.h"

#include <algorithm>
#include <cmath>

#include "numerics/products.h"

namespace descent {
Krylov::Krylov(Product h, const Vector& start, int most)
    : h_(std::move(h)), basis_(start.size(), std::min<Eigen::Index>(most, start.size())) {
  alpha_ = beta_ = Vector::Zero(basis_.cols());
  basis_.col(0) = start.normalized();
}

bool Krylov::grow() {
  v_ = basis_.col(size_);
  h_(v_, w_);
  alpha_[size_] = v_.dot(w_);
  const double scale = w_.norm();
  ++size_;
  // Twice is enough (Parlett 1998, § 6.9).
  for (int pass = 0; pass < 2; ++pass) {
    for (int i = 0; i < size_; ++i) w_ -= basis_.col(i).dot(w_) * basis_.col(i);
  }
  const double beta = w_.norm();
  beta_[size_ - 1] = beta;
  if (size_ == basis_.cols() || !(beta > 1e-13 * scale)) return false;
  basis_.col(size_) = w_ / beta;
  return true;
}

SymmetricEigen Krylov::eigen() const {
  Matrix t = Matrix::Zero(size_, size_);
  for (int i = 0; i < size_; ++i) {
    t(i, i) = alpha_[i];
    if (i + 1 < size_) t(i, i + 1) = t(i + 1, i) = beta_[i];
  }
  return symmetricEigen(t);
}

double Krylov::shareBelow(double x) const {
  const SymmetricEigen small = eigen();
  double share = 0;
  for (int i = 0; i < size_ && small.values[i] < x; ++i) {
    share += small.vectors(0, i) * small.vectors(0, i);
  }
  return share;
}

Vector Krylov::lift(const Vector& s) const { return times(basis_.leftCols(size_), s); }

TopEigen Krylov::top() const {
  const SymmetricEigen small = eigen();
  const Vector s = small.vectors.col(size_ - 1);
  return {small.values[size_ - 1], lift(s), std::abs(beta_[size_ - 1] * s[size_ - 1]), size_};
}

TopEigen topEigenvalue(const Product& h, const Vector& start, double tolerance, int most) {
  Krylov krylov(h, start, most);
  // The small problem is solved when the basis has grown by a quarter.
  for (int next = 1;;) {
    const bool goesOn = krylov.grow();
    if (goesOn && krylov.size() < next) continue;
    next = krylov.size() + 1 + krylov.size() / 4;
    const TopEigen top = krylov.top();
    const bool isGood = top.residual <= tolerance * std::abs(top.value);
    if (!goesOn || !std::isfinite(top.value) || isGood) return top;
  }
}

Ritz lanczos(const Product& h, const Vector& start, int k) {
  Krylov krylov(h, start, k);
  while (krylov.grow()) {
  }
  const SymmetricEigen small = krylov.eigen();
  const int n = krylov.size();
  Ritz ritz{small.values.reverse(), Matrix(start.size(), n), Vector(n)};
  for (int i = 0; i < n; ++i) {
    const Vector s = small.vectors.col(n - 1 - i);
    ritz.vectors.col(i) = krylov.lift(s);
    ritz.residuals[i] = std::abs(krylov.lastBeta() * s[n - 1]);
  }
  return ritz;
}

Trace meanOf(const std::vector<double>& samples) {
  const auto n = static_cast<double>(samples.size());
  double sum = 0, squares = 0;
  for (const double sample : samples) sum += sample;
  const double mean = sum / n;
  for (const double sample : samples) squares += (sample - mean) * (sample - mean);
  return {mean, n > 1 ? std::sqrt(squares / (n - 1) / n) : 0};
}

Trace hutchinson(const Product& h, Eigen::Index n, int probes, Random& random) {
  std::vector<double> samples;
  Vector v(n), out;
  for (int i = 0; i < probes; ++i) {
    for (double& entry : v) entry = (random.next() & 1) != 0 ? 1 : -1;
    h(v, out);
    samples.push_back(v.dot(out));
  }
  return meanOf(samples);
}

}  // namespace descent
