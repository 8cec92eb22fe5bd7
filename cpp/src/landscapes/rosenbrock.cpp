// Rosenbrock's banana: a curved valley that is easy to enter and slow to follow.
//
//   f = (1 − x)² + 100 (y − x²)²
//
// Rosenbrock 1960, https://doi.org/10.1093/comjnl/3.3.175.
#include "descent/catalogue.h"

namespace descent {
namespace {

class Rosenbrock final : public Cloneable<Rosenbrock, Landscape> {
 public:
  double f(double x, double y) const override {
    const double a = 1 - x, b = y - x * x;
    return a * a + 100 * b * b;
  }
  Point gradientAt(double x, double y) const override {
    const double b = y - x * x;
    return {-2 * (1 - x) - 400 * x * b, 200 * b};
  }
  Eigen::Matrix2d hessianAt(double x, double y) const override {
    Eigen::Matrix2d h;
    h << 2 - 400 * (y - 3 * x * x), -400 * x, -400 * x, 200;
    return h;
  }

  Window window() const override { return {-2.2, 2.2, -1, 3}; }
  std::vector<Point> starts() const override { return {{-1.5, 2}, {-1.2, 1}, {0, 2.5}}; }
  std::vector<Point> minima() const override { return {{1, 1}}; }
  SuggestedRates rates() const override { return {0.001, 0.05}; }
};

}  // namespace

void register_rosenbrock(Catalogue& catalogue) {
  catalogue.add(Describe<Rosenbrock>("rosenbrock", "Rosenbrock")
                    .sentence("A curved valley: easy to enter, slow to follow.")
                    .formula("f = (1-x)^2 + 100\\,(y-x^2)^2")
                    .cites("Rosenbrock 1960, An Automatic Method for Finding the Greatest or "
                           "Least Value of a Function",
                           "https://doi.org/10.1093/comjnl/3.3.175")
                    .variant("Parameters (1, 100); the minimum is at (1, 1)."));
}

}  // namespace descent
