#include "numerics/products.h"

namespace descent {

Matrix times(AnyMatrix a, AnyMatrix b) {
  Matrix c = Matrix::Zero(a.rows(), b.cols());
  for (Eigen::Index j = 0; j < b.cols(); ++j) {
    for (Eigen::Index k = 0; k < a.cols(); ++k) c.col(j) += b(k, j) * a.col(k);
  }
  return c;
}

Matrix transposeTimes(AnyMatrix a, AnyMatrix b) {
  Matrix c(a.cols(), b.cols());
  for (Eigen::Index j = 0; j < b.cols(); ++j) {
    for (Eigen::Index i = 0; i < a.cols(); ++i) c(i, j) = a.col(i).dot(b.col(j));
  }
  return c;
}

Matrix timesTranspose(AnyMatrix a, AnyMatrix b) {
  Matrix c = Matrix::Zero(a.rows(), b.rows());
  for (Eigen::Index j = 0; j < b.rows(); ++j) {
    for (Eigen::Index k = 0; k < a.cols(); ++k) c.col(j) += b(j, k) * a.col(k);
  }
  return c;
}

Matrix recompose(AnyMatrix q, const Vector& values) {
  Matrix scaled = q;
  for (Eigen::Index j = 0; j < q.cols(); ++j) scaled.col(j) *= values[j];
  return timesTranspose(scaled, q);
}

}  // namespace descent
