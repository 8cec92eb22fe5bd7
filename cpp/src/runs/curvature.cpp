#include "runs/curvature.h"

namespace descent::runs {

Product hessianAt(const Net& net, const Vector& x) {
  return [net, x](const Vector& v, Vector& out) { net->hessianVector(x, v, out); };
}

Product scaledHessianAt(const Net& net, const Vector& x, const Vector& scale) {
  return [net, x, scale](const Vector& v, Vector& out) {
    net->hessianVector(x, scale.cwiseProduct(v), out);
    out = out.cwiseProduct(scale).eval();
  };
}

double largest(const Product& h, Vector& warm, Eigen::Index n, Random random) {
  bool isFinite = true;
  const Product guarded = [&](const Vector& v, Vector& out) {
    if (isFinite) h(v, out);
    isFinite = isFinite && out.allFinite();
    if (!isFinite) out = Vector::Zero(n);
  };
  constexpr double kMixed = 0.1;
  const Vector fresh = random.normalVector(n);
  const Vector start = warm.size() == n ? Vector(warm + kMixed * fresh.normalized()) : fresh;
  TopEigen top = topEigenvalue(guarded, start, 1e-3, 100);
  if (!isFinite) return kNaN;
  warm = std::move(top.vector);
  return top.value;
}

bool isAdaptive(const Runner& runner) {
  return static_cast<bool>(runner.optimizer->predict().preconditioner);
}

std::optional<Vector> inverseRootOf(const Runner& runner) {
  const auto preconditioner = runner.optimizer->predict().preconditioner;
  if (!preconditioner || runner.last == 0) return {};
  const Vector p = preconditioner().diagonal;
  // A weight that never had a gradient does not move.
  return Vector((p.array() > 0).select(p.array().rsqrt(), 0));
}

std::optional<Limit> limitOf(const Runner& runner) {
  const Predictions said = runner.optimizer->predict();
  return said.preconditioner ? said.preconditioner().limit : said.stabilityLimit;
}

}  // namespace descent::runs
