// Newton's method without the Hessian: its system is solved by a few conjugate gradients, each of
// which needs one Hessian-vector product.
//
//   H p ≈ −g until ‖Hp + g‖ < min(½, √‖g‖) ‖g‖;   θ ← θ + ηp
//
// Dembo & Steihaug 1983, https://doi.org/10.1007/BF02592055; here as in Nocedal & Wright 2006,
// Algorithm 7.1 (line search Newton–CG).
// Variant: the rate η stands in the place of the line search. Where a direction of no or negative
// curvature is met the iteration ends with what it has, which is −g if it is the first. None is
// what rounding leaves of the largest curvature that was met.
#include <algorithm>
#include <cmath>

#include "descent/catalogue.h"
#include "numerics/rounding.h"

namespace descent {
namespace {

class NewtonCg final : public Cloneable<NewtonCg, Optimizer> {
 public:
  int iterations = 10;

  NewtonCg() { lr = 1; }
  void reset(const Layout&) override {}

  Step step(Oracle& oracle, Vector& x, double learningRate) override {
    const double value = oracle.gradient(x, g_);
    x += learningRate * direction(oracle, x);
    return finishStep(value, x);
  }

 private:
  // p of the algorithm. It is solved for g/‖g‖ and stretched, so that squares stay in range.
  Vector direction(Oracle& oracle, const Vector& x) const {
    const double length = g_.stableNorm();
    Vector z = Vector::Zero(x.size());
    if (length == 0) return z;
    const double tolerance = std::min(0.5, std::sqrt(length));
    Vector r = g_ / length, d = -r, hd;
    double largest = 0;
    for (int j = 0; j < iterations; ++j) {
      oracle.hessianVector(x, d, hd);
      const double curvature = d.dot(hd), rr = r.squaredNorm(), dd = d.squaredNorm();
      largest = std::max(largest, hd.stableNorm() / std::sqrt(dd));
      if (!(curvature > kRounding * largest * dd)) {
        if (j == 0) z = d;
        break;
      }
      z += rr / curvature * d;
      r += rr / curvature * hd;
      if (r.norm() < tolerance) break;
      d = r.squaredNorm() / rr * d - r;
    }
    return length * z;
  }

  Vector g_;
};

}  // namespace

void register_newton_cg(Catalogue& catalogue) {
  catalogue.add(
      Describe<NewtonCg>("newton-cg", "Newton-CG")
          .sentence("Solve Newton's system by a few conjugate gradients: products with the "
                    "Hessian suffice, so it works where no Hessian can be stored.")
          .formula(R"(H p \approx -g,\quad \lVert Hp + g \rVert < )"
                   R"(\min(\tfrac12, \sqrt{\lVert g \rVert})\,\lVert g \rVert,\quad )"
                   R"(\theta \leftarrow \theta + \eta p)")
          .cites("Dembo & Steihaug 1983, Truncated-Newton algorithms for large-scale unconstrained "
                 "optimization",
                 "https://doi.org/10.1007/BF02592055")
          .variant("Algorithm 7.1 of Nocedal & Wright, with a rate in the place of the line "
                   "search. It stops at curvature that is not positive, or under 2e-14 of the "
                   "largest met: with the step so far, or along −g if that is the first.")
          .card(R"(z, r, d, length, most = 0 * g, g, -g, np.linalg.norm(g), 0
for j in range(iterations):
    Hd = hess(x) @ d
    most = max(most, np.linalg.norm(Hd) / np.linalg.norm(d))
    if d @ Hd <= 2e-14 * most * (d @ d):
        z = z if j > 0 else d
        break
    z, new = z + (r @ r) / (d @ Hd) * d, r + (r @ r) / (d @ Hd) * Hd
    if np.linalg.norm(new) < min(0.5, np.sqrt(length)) * length: break
    d, r = (new @ new) / (r @ r) * d - new, new
x = x + eta * z)",
                "the Hessian's own, where it is positive definite",
                "For large smooth problems, and as the core of Hessian-free training.",
                "Where the curvature is negative it is little better than the slope, and noise in "
                "the "
                "gradient misleads it.")
          .style(6, 1)
          .rate()
          .knob("iterations", &NewtonCg::iterations, 1, 1000,
                "Most conjugate gradients, one Hessian-vector product each, of a step.")
          .as("Inner steps")
          .usual(1, 50));
}

}  // namespace descent
