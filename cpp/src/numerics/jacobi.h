// Eigenvalues and singular values by Jacobi's rotations: short, accurate to the last digits also
// for small values, and fast enough for the sizes that are looked at here (up to some hundreds).
// Eigen's solvers would make up a fifth of the module that a page downloads. Entries must be
// finite.
// Golub & Van Loan 2013, Matrix Computations, Sections 8.5 and 8.6.
#pragma once

#include "descent/vector.h"

namespace descent {

// A = vectors · diag(values) · vectorsᵀ of a symmetric n × n matrix; values ascend.
struct SymmetricEigen {
  Vector values;
  Matrix vectors;
};
SymmetricEigen symmetricEigen(const Matrix& a);

// A = u · diag(values) · vᵀ of an m × n matrix with k = min(m, n): u is m × k, v is n × k, values
// descend. Columns of u that belong to a value of zero are zero.
struct SingularValues {
  Matrix u;
  Vector values;
  Matrix v;
};
SingularValues singularValues(const Matrix& a);

}  // namespace descent
