#include "numerics/orthogonalise.h"

#include <algorithm>
#include <limits>

#include "numerics/jacobi.h"
#include "numerics/products.h"

namespace descent {

Matrix normalised(const Matrix& u) { return u / (u.stableNorm() + kNormGuard); }

void newtonSchulzStep(const OddPolynomial& p, Matrix& x) {
  const bool tall = x.rows() > x.cols();
  const Matrix s = tall ? Matrix(x.transpose() * x) : Matrix(x * x.transpose());
  // p(X) = X q(S) or q(S) X with q(S) = aI + bS + cS².
  Matrix q = p.b * s;
  q.noalias() += p.c * (s * s);
  q.diagonal().array() += p.a;
  x = tall ? Matrix(x * q) : Matrix(q * x);
}

Matrix polarFactor(const Matrix& u) {
  const double largest = u.cwiseAbs().maxCoeff();
  if (!(largest > 0) || !u.allFinite()) return u;
  // Scaled, so that the squares of a huge or tiny matrix stay in range.
  const SingularValues svd = singularValues(u / largest);
  const double negligible = std::numeric_limits<double>::epsilon() *
                            static_cast<double>(std::max(u.rows(), u.cols())) * svd.values[0];
  const Eigen::Index rank = (svd.values.array() > negligible).count();
  return timesTranspose(svd.u.leftCols(rank), svd.v.leftCols(rank));
}

}  // namespace descent
