#include "core/orthogonalise.h"

namespace descent {

Matrix normalised(const Matrix& u) { return u / (u.norm() + kNormGuard); }

void newtonSchulzStep(const OddPolynomial& p, Matrix& x) {
  if (x.rows() > x.cols()) {
    const Matrix s = x.transpose() * x;
    x = p.a * x + x * (p.b * s + p.c * s * s);
  } else {
    const Matrix s = x * x.transpose();
    x = p.a * x + (p.b * s + p.c * s * s) * x;
  }
}

Matrix polarFactor(const Matrix& u) {
  const double largest = u.cwiseAbs().maxCoeff();
  if (!(largest > 0) || !u.allFinite()) return u;
  // Scaled, so that the squares of a huge or tiny matrix stay in range.
  const Eigen::JacobiSVD<Matrix> svd(u / largest, Eigen::ComputeThinU | Eigen::ComputeThinV);
  const Eigen::Index rank = svd.rank();
  return svd.matrixU().leftCols(rank) * svd.matrixV().leftCols(rank).transpose();
}

}  // namespace descent
