// How many eigenvalues of a symmetric matrix lie below a number, without the eigenvalues: the
// matrix is made tridiagonal by Householder's reflections, a column at a time so that the work can
// be sliced, and Sturm's sequence counts signs. Golub & Van Loan 2013, Sections 8.3.1 and 8.4.1.
#pragma once

#include "descent/vector.h"

namespace descent {

class Inertia {
 public:
  // Takes the lower triangle of a.
  explicit Inertia(Matrix a);

  bool isReady() const { return column_ >= a_.rows() - 2; }
  // Reflect one column more.
  void reduce();
  // Eigenvalues below x, once it is ready.
  int below(double x) const;

 private:
  Matrix a_;
  Vector offDiagonal_;
  Eigen::Index column_ = 0;
};

}  // namespace descent
