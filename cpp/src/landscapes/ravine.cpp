// A winding ravine: its floor falls gently along y = sin x between walls 800 times as steep, so
// that the steepest direction hardly ever points along the way.
//
//   f = x²/20 + 10 (y − sin x)²
//
// Ravines are why Gelfand and Tsetlin (1961) first extrapolated along the path. The only level
// point is the origin: there the curvatures are 40.05 and 0.05.
#include <cmath>

#include "descent/catalogue.h"

namespace descent {
namespace {

class Ravine final : public Cloneable<Ravine, Landscape> {
 public:
  double f(double x, double y) const override {
    const double wall = y - std::sin(x);
    return x * x / 20 + 10 * wall * wall;
  }
  Point gradientAt(double x, double y) const override {
    const double wall = y - std::sin(x);
    return {x / 10 - 20 * wall * std::cos(x), 20 * wall};
  }
  Eigen::Matrix2d hessianAt(double x, double y) const override {
    const double s = std::sin(x), c = std::cos(x);
    Eigen::Matrix2d h;
    h << 0.1 + 20 * (c * c + (y - s) * s), -20 * c, -20 * c, 20;
    return h;
  }

  Window window() const override { return {-5, 5, -3, 3}; }
  std::vector<Point> starts() const override { return {{-4.5, -1.5}, {4, -2}, {-3, 2}}; }
  std::vector<Point> minima() const override { return {{0, 0}}; }
  SuggestedRates rates() const override { return {0.02, 0.1}; }
};

}  // namespace

void register_ravine(Catalogue& catalogue) {
  catalogue.add(Describe<Ravine>("ravine", "Ravine")
                    .sentence("A winding floor that falls gently between steep walls: the gradient "
                              "points across, the way leads along.")
                    .formula(R"(f = \tfrac1{20} x^2 + 10\,(y - \sin x)^2)")
                    .cites("Attouch & Fadili 2022, From the Ravine method to the Nesterov method "
                           "and vice versa",
                           "https://arxiv.org/abs/2201.11643")
                    .variant("Our own surface, after the ravines of Gelfand & Tsetlin 1961; the "
                             "minimum is at the origin, with condition number 802."));
}

}  // namespace descent
