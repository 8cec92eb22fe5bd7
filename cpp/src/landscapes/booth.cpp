// Booth's function: a bowl whose axes are turned by 45 degrees, nine times as steep across as
// along.
//
//   f = (x + 2y − 7)² + (2x + y − 5)²
//
// The two lines cross at (1, 3), where f = 0.
#include "descent/catalogue.h"

namespace descent {
namespace {

class Booth final : public Cloneable<Booth, Landscape> {
 public:
  double f(double x, double y) const override {
    const double a = x + 2 * y - 7, b = 2 * x + y - 5;
    return a * a + b * b;
  }
  Point gradientAt(double x, double y) const override {
    const double a = x + 2 * y - 7, b = 2 * x + y - 5;
    return {2 * a + 4 * b, 4 * a + 2 * b};
  }
  Eigen::Matrix2d hessianAt(double, double) const override {
    Eigen::Matrix2d h;
    h << 10, 8, 8, 10;
    return h;
  }

  Window window() const override { return {-4, 6, -0.5, 6.5}; }
  std::vector<Point> starts() const override { return {{-3, 5.5}, {5, 1}, {-2, 0}}; }
  std::vector<Point> minima() const override { return {{1, 3}}; }
  SuggestedRates rates() const override { return {0.05, 0.2}; }
};

}  // namespace

void register_booth(Catalogue& catalogue) {
  catalogue.add(Describe<Booth>("booth", "Booth")
                    .sentence("A quadratic valley across both axes, where a step for each "
                              "coordinate by itself helps little.")
                    .formula("f = (x+2y-7)^2 + (2x+y-5)^2")
                    .cites("Jamil & Yang 2013, A literature survey of benchmark functions for "
                           "global optimisation problems",
                           "https://arxiv.org/abs/1308.4008")
                    .variant("As published; curvatures 2 and 18, minimum at (1, 3), where f = 0."));
}

}  // namespace descent
