// Eigenvalues of a symmetric operator that is known by its products with vectors: of a Hessian.
#pragma once

#include <functional>
#include <vector>

#include "descent/random.h"
#include "descent/vector.h"
#include "numerics/jacobi.h"

namespace descent {

// out = H v.
using Product = std::function<void(const Vector& v, Vector& out)>;

struct TopEigen {
  double value = 0;
  Vector vector;        // of length 1
  double residual = 0;  // ‖H v − λ v‖
  int products = 0;     // that it took
};

// An orthonormal basis q of the Krylov space of H from `start`, and the tridiagonal qᵀ H q, grown a
// product at a time up to `most` of them (Lanczos' method with full reorthogonalisation).
class Krylov {
 public:
  Krylov(Product h, const Vector& start, int most);

  // Take one product more; false where it was the last, or the space is exhausted.
  bool grow();
  int size() const { return size_; }
  // Of the tridiagonal matrix, ascending.
  SymmetricEigen eigen() const;
  // The vector q s.
  Vector lift(const Vector& s) const;
  double lastBeta() const { return beta_[size_ - 1]; }
  // How much of the start lies along eigenvectors of eigenvalues below x (a share of its squared
  // length), by Gauss quadrature: Σ τᵢ over the Ritz values below x, τᵢ the square of the first
  // entry of the tridiagonal's i-th eigenvector (Golub & Welsch 1969). Its mean over Gaussian
  // starts is the share of eigenvalues below x: stochastic Lanczos quadrature (Ghorbani, Krishnan &
  // Xiao 2019, https://arxiv.org/abs/1901.10159). Clusters that the basis does not resolve count
  // on the side where their Ritz value is.
  double shareBelow(double x) const;
  TopEigen top() const;

 private:
  Product h_;
  Matrix basis_;
  Vector alpha_, beta_, v_, w_;
  int size_ = 0;
};

// The algebraically largest eigenvalue of an n × n operator by Lanczos' method with full
// reorthogonalisation, from `start` (a former eigenvector, or random), until the residual is below
// tolerance · |λ| or `most` products have been taken (Golub & Van Loan 2013, ch. 10).
TopEigen topEigenvalue(const Product& h, const Vector& start, double tolerance = 1e-3,
                       int most = 100);

// The Ritz values and vectors after k Lanczos steps from `start`, in descending order: the ends of
// the spectrum converge first. At most k, fewer where the space is exhausted.
struct Ritz {
  Vector values;
  Matrix vectors;    // n × k, columns
  Vector residuals;  // ‖H v − λ v‖ of each
};
Ritz lanczos(const Product& h, const Vector& start, int k);

// Estimates the trace: the mean of vᵀ H v over `probes` vectors of random signs (Hutchinson 1990),
// with the standard error of that mean.
struct Trace {
  double value;
  double error;
};
Trace meanOf(const std::vector<double>& samples);
Trace hutchinson(const Product& h, Eigen::Index n, int probes, Random& random);

}  // namespace descent
