#include "descent/oracle.h"

#include <cmath>
#include <limits>

namespace descent {

void Oracle::hessianVector(const Vector& x, const Vector& v, Vector& out) {
  const double length = v.norm();
  if (length == 0) {
    out = Vector::Zero(v.size());
    return;
  }
  const double h = std::cbrt(std::numeric_limits<double>::epsilon()) * (1 + x.norm()) / length;
  Vector ahead, behind;
  gradient(x + h * v, ahead);
  gradient(x - h * v, behind);
  out = (ahead - behind) / (2 * h);
}

void Oracle::hessian(const Vector& x, Matrix& h) {
  const Eigen::Index n = x.size();
  Matrix columns(n, n);
  Vector product;
  for (Eigen::Index i = 0; i < n; ++i) {
    hessianVector(x, Vector::Unit(n, i), product);
    columns.col(i) = product;
  }
  h = (columns + columns.transpose()) / 2;
}

double ObjectiveOracle::value(const Vector& x) {
  ++counts_.values;
  return objective_.value(x);
}

double ObjectiveOracle::gradient(const Vector& x, Vector& g) {
  ++counts_.gradients;
  return objective_.valueAndGradient(x, g);
}

void ObjectiveOracle::hessianVector(const Vector& x, const Vector& v, Vector& out) {
  ++counts_.products;
  if (objective_.hessianVector(x, v, out)) return;
  if (objective_.hessian(x, h_)) {
    out = h_ * v;
    return;
  }
  const long gradients = counts_.gradients;  // those of the difference are the product's
  Oracle::hessianVector(x, v, out);
  counts_.gradients = gradients;
}

void ObjectiveOracle::hessian(const Vector& x, Matrix& h) {
  if (!objective_.hessian(x, h)) return Oracle::hessian(x, h);
  counts_.products += x.size();
}

}  // namespace descent
