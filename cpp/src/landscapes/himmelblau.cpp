// Himmelblau's function: four equal minima, so that where a run ends depends on the optimizer.
//
//   f = (x² + y − 11)² + (x + y² − 7)²
//
// Himmelblau 1972, Applied Nonlinear Programming. The minima are the roots of both brackets.
#include "descent/catalogue.h"

namespace descent {
namespace {

class Himmelblau final : public Cloneable<Himmelblau, Landscape> {
 public:
  double f(double x, double y) const override {
    const double a = x * x + y - 11, b = x + y * y - 7;
    return a * a + b * b;
  }
  Point gradientAt(double x, double y) const override {
    const double a = x * x + y - 11, b = x + y * y - 7;
    return {4 * x * a + 2 * b, 2 * a + 4 * y * b};
  }
  Eigen::Matrix2d hessianAt(double x, double y) const override {
    Eigen::Matrix2d h;
    h << 12 * x * x + 4 * y - 42, 4 * (x + y), 4 * (x + y), 12 * y * y + 4 * x - 26;
    return h;
  }

  Window window() const override { return {-5.2, 5.2, -4.5, 4.3}; }
  std::vector<Point> starts() const override { return {{0, -3}, {-0.3, -0.9}, {-1, 4}}; }
  std::vector<Point> minima() const override {
    return {{3, 2},
            {-2.8051180869527449, 3.1313125182505730},
            {-3.7793102533777469, -3.2831859912861694},
            {3.5844283403304917, -1.8481265269644034}};
  }
  SuggestedRates rates() const override { return {0.005, 0.2}; }
};

}  // namespace

void register_himmelblau(Catalogue& catalogue) {
  catalogue.add(Describe<Himmelblau>("himmelblau", "Himmelblau")
                    .sentence("Four equal minima: where a run ends depends on the optimizer.")
                    .formula("f = (x^2+y-11)^2 + (x+y^2-7)^2")
                    .cites("Jamil & Yang 2013, A literature survey of benchmark functions for "
                           "global optimisation problems",
                           "https://arxiv.org/abs/1308.4008")
                    .variant("From Himmelblau's book of 1972; all four minima "
                             "have f = 0."));
}

}  // namespace descent
