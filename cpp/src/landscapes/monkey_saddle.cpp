// A monkey saddle, with a way down for the tail as well: level and without curvature at the centre,
// between three minima.
//
//   f = ½ (x³ − 3xy²) + 3/16 (x² + y²)² + 1
//     = 3/16 (x² + y² − 4)² + ½ (x − 1)((x + 2)² − 3y²)
//
// The quartic bounds it below. The second form shows the minima, where f = 0: the circle of radius
// 2 passes the corners of the triangle whose sides are the three lines.
#include <numbers>

#include "descent/catalogue.h"

namespace descent {
namespace {

class MonkeySaddle final : public Cloneable<MonkeySaddle, Landscape> {
 public:
  double f(double x, double y) const override {
    const double circle = x * x + y * y - 4;
    const double sides = (x - 1) * ((x + 2) * (x + 2) - 3 * y * y);
    return 3 * circle * circle / 16 + sides / 2;
  }
  Point gradientAt(double x, double y) const override {
    const double r2 = x * x + y * y;
    return {1.5 * (x * x - y * y) + 0.75 * r2 * x, -3 * x * y + 0.75 * r2 * y};
  }
  Eigen::Matrix2d hessianAt(double x, double y) const override {
    const double xx = x * x, yy = y * y, xy = 1.5 * x * y - 3 * y;
    Eigen::Matrix2d h;
    h << 3 * x + 0.75 * (3 * xx + yy), xy, xy, -3 * x + 0.75 * (xx + 3 * yy);
    return h;
  }

  Window window() const override { return {-3.5, 3.5, -2.5, 2.5}; }
  std::vector<Point> starts() const override { return {{2.8, 0.01}, {-1.5, 2.2}, {-1.3, -2.2}}; }
  std::vector<Point> minima() const override {
    return {{-2, 0}, {1, std::numbers::sqrt3}, {1, -std::numbers::sqrt3}};
  }
  SuggestedRates rates() const override { return {0.05, 0.1}; }
};

}  // namespace

void register_monkey_saddle(Catalogue& catalogue) {
  catalogue.add(
      Describe<MonkeySaddle>("monkey-saddle", "Monkey saddle")
          .sentence("Three ways down from a level centre whose curvature vanishes: there Newton's "
                    "matrix is zero.")
          .formula(R"(f = \tfrac12 (x^3 - 3xy^2) + \tfrac3{16} (x^2+y^2)^2 + 1)")
          .cites("Anandkumar & Ge 2016, Efficient approaches for escaping higher order saddle "
                 "points in non-convex optimization",
                 "https://arxiv.org/abs/1602.05908")
          .variant("Bounded below by a quartic, minima at (−2, 0) and (1, ±√3), where f = 0."));
}

}  // namespace descent
