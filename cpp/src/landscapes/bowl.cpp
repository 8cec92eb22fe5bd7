// A quadratic bowl with condition number κ, turned by an angle: the surface on which theory is
// exact.
//
//   f = ½ (u² + κv²),   (u, v) = (x, y) turned by −rotation
#include <cmath>
#include <numbers>

#include "descent/catalogue.h"

namespace descent {
namespace {

class Bowl final : public Cloneable<Bowl, Landscape> {
 public:
  double kappa = 10;
  double rotation = 0;  // degrees

  double f(double x, double y) const override {
    const Point p(x, y);
    return p.dot(h() * p) / 2;
  }
  Point gradientAt(double x, double y) const override { return h() * Point(x, y); }
  Eigen::Matrix2d hessianAt(double, double) const override { return h(); }

  Window window() const override { return {-4.5, 4.5, -3.2, 3.2}; }
  std::vector<Point> starts() const override { return {{-4, 2}, {4, -1}, {-4, -2.5}}; }
  std::vector<Point> minima() const override { return {{0, 0}}; }
  SuggestedRates rates() const override { return {1 / kappa, 0.2}; }

 private:
  Eigen::Matrix2d h() const {
    const double angle = rotation * std::numbers::pi / 180;
    const double c = std::cos(angle), s = std::sin(angle);
    Eigen::Matrix2d turned;
    turned << c * c + kappa * s * s, (1 - kappa) * c * s, (1 - kappa) * c * s,
        s * s + kappa * c * c;
    return turned;
  }
};

}  // namespace

void register_bowl(Catalogue& catalogue) {
  catalogue.add(
      Describe<Bowl>("bowl", "Bowl")
          .sentence("A quadratic of condition number κ: here theory is exact.")
          .formula(R"(f = \tfrac12\,(u^2 + \kappa v^2))")
          .cites("Boyd & Vandenberghe 2004, Convex Optimization, Section 9.3",
                 "https://web.stanford.edu/~boyd/cvxbook/")
          .variant("Axes turned counter-clockwise by `rotation` degrees.")
          .knob("kappa", &Bowl::kappa, 1, 1000, "Condition number: the ratio of the curvatures.")
          .as("Condition number", "κ")
          .usual(1, 1000, Scale::kLog)
          .knob("rotation", &Bowl::rotation, -180, 180, "Angle of the axes.")
          .as("Rotation")
          .unit("°")
          .usual(-90, 90));
}

}  // namespace descent
