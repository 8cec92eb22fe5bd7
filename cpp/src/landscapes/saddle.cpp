// A saddle between two minima: the slope leads to the saddle, and only a trace of the other
// direction leads away from it.
//
//   f = ½x² + (y² − 4)²/16 = ½x² − ½y² + y⁴/16 + 1
//
// The quartic bounds it below; the minima are at (0, ±2), where f = 0.
#include "descent/catalogue.h"

namespace descent {
namespace {

class Saddle final : public Cloneable<Saddle, Landscape> {
 public:
  double f(double x, double y) const override { return x * x / 2 + (y * y - 4) * (y * y - 4) / 16; }
  Point gradientAt(double x, double y) const override { return {x, -y + y * y * y / 4}; }
  Eigen::Matrix2d hessianAt(double, double y) const override {
    Eigen::Matrix2d h;
    h << 1, 0, 0, -1 + 3 * y * y / 4;
    return h;
  }

  Window window() const override { return {-4, 4, -2.8, 2.8}; }
  std::vector<Point> starts() const override { return {{-3, 0.01}, {2.5, -0.001}, {3, 0.5}}; }
  std::vector<Point> minima() const override { return {{0, 2}, {0, -2}}; }
  SuggestedRates rates() const override { return {0.1, 0.1}; }
};

}  // namespace

void register_saddle(Catalogue& catalogue) {
  catalogue.add(
      Describe<Saddle>("saddle", "Saddle")
          .sentence("The slope leads to the saddle; only a trace leads away from it.")
          .formula(R"(f = \tfrac12 x^2 + \tfrac1{16} (y^2 - 4)^2)")
          .cites("Dauphin et al. 2014, Identifying and attacking the saddle point "
                 "problem in high-dimensional non-convex optimization",
                 "https://arxiv.org/abs/1406.2572")
          .variant("½x² − ½y² bounded below by a quartic, minima at (0, ±2), where f = 0."));
}

}  // namespace descent
