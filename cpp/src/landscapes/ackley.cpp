// Ackley's function: a nearly flat, dimpled outskirt around a funnel that ends in a point.
//
//   f = −20 exp(−ρ/5) − exp(½ (cos 2πx + cos 2πy)) + e + 20,   ρ² = ½ (x² + y²)
//
// Ackley 1987. The lowest minimum is the tip of a cone, of slope 2√2: f has no gradient at the
// origin. There gradientAt gives 0, so that a run that hits it ends, and hessianAt the Hessian of
// the cosines alone.
#include <cmath>
#include <numbers>
#include <vector>

#include "descent/catalogue.h"

namespace descent {
namespace {

using std::numbers::pi;

double radius(double x, double y) { return std::hypot(x, y) / std::numbers::sqrt2; }

// The logarithm of the cosines' term, less the 1 that makes it e.
double dimples(double x, double y) {
  const double a = std::sin(pi * x), b = std::sin(pi * y);
  return -a * a - b * b;
}

class Ackley final : public Cloneable<Ackley, Landscape> {
 public:
  double f(double x, double y) const override {
    return -20 * std::expm1(-radius(x, y) / 5) - std::numbers::e * std::expm1(dimples(x, y));
  }
  Point gradientAt(double x, double y) const override {
    if (!isSmoothAt({x, y})) return {0, 0};
    const double rho = radius(x, y);
    const Point outwards = Point(x, y) / (2 * rho);
    return 4 * std::exp(-rho / 5) * outwards + wave(x, y) * sines(x, y);
  }
  Eigen::Matrix2d hessianAt(double x, double y) const override {
    const Point s = sines(x, y);
    Eigen::Matrix2d h = -s * s.transpose();
    h(0, 0) += 2 * pi * pi * std::cos(2 * pi * x);
    h(1, 1) += 2 * pi * pi * std::cos(2 * pi * y);
    h *= wave(x, y);
    if (!isSmoothAt({x, y})) return h;
    const double rho = radius(x, y);
    const Point outwards = Point(x, y) / (2 * rho);
    const Eigen::Matrix2d out = outwards * outwards.transpose();
    const Eigen::Matrix2d bend = (Eigen::Matrix2d::Identity() / 2 - out) / rho - out / 5;
    return h + 4 * std::exp(-rho / 5) * bend;
  }
  bool isSmoothAt(const Point& p) const override { return p != Point(0, 0); }

  Window window() const override { return {-2.5, 2.5, -2.5, 2.5}; }
  std::vector<Point> starts() const override { return {{-2.3, 1.6}, {1.4, 1.3}, {-0.6, 0.3}}; }
  // One beside each whole point, by Newton's method to rounding.
  std::vector<Point> minima() const override {
    static const std::vector<Point> known = [this] {
      std::vector<Point> all;
      for (const double i : {0, 1, -1, 2, -2}) {
        for (const double j : {0, 1, -1, 2, -2}) {
          Point p(i, j);
          for (int n = 0; n < 10; ++n) {
            p -= hessianAt(p[0], p[1]).inverse() * gradientAt(p[0], p[1]);
          }
          all.push_back(p);
        }
      }
      return all;
    }();
    return known;
  }
  SuggestedRates rates() const override { return {0.02, 0.05}; }

 private:
  static double wave(double x, double y) { return std::numbers::e * std::exp(dimples(x, y)); }
  static Point sines(double x, double y) {
    return pi * Point(std::sin(2 * pi * x), std::sin(2 * pi * y));
  }
};

}  // namespace

void register_ackley(Catalogue& catalogue) {
  catalogue.add(
      Describe<Ackley>("ackley", "Ackley")
          .sentence(
              "Dimpled outskirts around a funnel whose tip has no gradient: steps that do not "
              "shrink never settle there.")
          .formula(R"(f = -20\,e^{-\rho/5} - e^{(\cos 2\pi x + \cos 2\pi y)/2} + e + 20,\quad )"
                   R"(\rho^2 = \tfrac12 (x^2 + y^2))")
          .cites("Ackley 1987, A Connectionist Machine for Genetic Hillclimbing",
                 "https://doi.org/10.1007/978-1-4613-1997-9")
          .variant("Constants 20, 0.2 and 2π; at the origin, where f = 0 and no gradient exists, "
                   "the gradient is given as 0 and the Hessian as that of the cosines."));
}

}  // namespace descent
