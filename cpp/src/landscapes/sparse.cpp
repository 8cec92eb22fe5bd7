// One coordinate rarely gets a gradient: y only in narrow stripes around even x, as the weight of a
// rare feature does.
//
//   f = ½x² + ((y² − 4) w(x) + 4)/16,   w = exp(6 (cos πx − 1))
//
// Between stripes w falls to e⁻¹². With −4 a stripe is no wall for |y| ≤ 2, where runs start. The
// only level point is the origin: ∂f/∂y = y w/8 vanishes for y = 0 only, and there x outweighs the
// stripes' slope, which is at most 1.15.
#include <cmath>
#include <numbers>

#include "descent/catalogue.h"

namespace descent {
namespace {

using std::numbers::pi;

class Sparse final : public Cloneable<Sparse, Landscape> {
 public:
  double f(double x, double y) const override {
    return x * x / 2 + ((y * y - 4) * stripe(x) + 4) / 16;
  }
  Point gradientAt(double x, double y) const override {
    return {x + (y * y - 4) * stripeSlope(x) / 16, y * stripe(x) / 8};
  }
  Eigen::Matrix2d hessianAt(double x, double y) const override {
    const double s = std::sin(pi * x), c = std::cos(pi * x);
    const double bend = 6 * pi * pi * (6 * s * s - c) * stripe(x);
    const double xy = y * stripeSlope(x) / 8;
    Eigen::Matrix2d h;
    h << 1 + (y * y - 4) * bend / 16, xy, xy, stripe(x) / 8;
    return h;
  }

  Window window() const override { return {-5, 5, -3, 3}; }
  std::vector<Point> starts() const override { return {{-4.8, 2}, {3.3, -2}, {-2.8, -1}}; }
  std::vector<Point> minima() const override { return {{0, 0}}; }
  SuggestedRates rates() const override { return {0.05, 0.1}; }

 private:
  static double stripe(double x) { return std::exp(6 * (std::cos(pi * x) - 1)); }
  static double stripeSlope(double x) { return -6 * pi * std::sin(pi * x) * stripe(x); }
};

}  // namespace

void register_sparse(Catalogue& catalogue) {
  catalogue.add(Describe<Sparse>("sparse", "Sparse")
                    .sentence("y has a gradient in narrow stripes only: a rate of its own lets it "
                              "use them.")
                    .formula(R"(f = \tfrac12 x^2 + \tfrac1{16} \big((y^2-4)\,w + 4\big),\quad )"
                             R"(w = e^{6 (\cos \pi x - 1)})")
                    .cites("Duchi, Hazan & Singer 2011, Adaptive Subgradient Methods for Online "
                           "Learning and Stochastic Optimization",
                           "https://jmlr.org/papers/v12/duchi11a.html")
                    .variant("Our own surface for the rare features of that paper; stripes around "
                             "even x, minimum at the origin."));
}

}  // namespace descent
