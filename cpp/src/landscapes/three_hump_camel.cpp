// The three-hump camel: a minimum between two higher ones, for those who can roll over a hump.
//
//   f = 2x² − 1.05x⁴ + x⁶/6 + xy + y²
//
// Level points have y = −x/2 and x (x⁴ − 4.2x² + 3.5) = 0: x = 0, and x² = 2.1 ± √0.91, of which
// the larger gives minima and the smaller the humps between.
#include <cmath>

#include "descent/catalogue.h"

namespace descent {
namespace {

class ThreeHumpCamel final : public Cloneable<ThreeHumpCamel, Landscape> {
 public:
  double f(double x, double y) const override {
    const double x2 = x * x;
    return x2 * (2 - x2 * (1.05 - x2 / 6)) + x * y + y * y;
  }
  Point gradientAt(double x, double y) const override {
    const double x2 = x * x;
    return {x * (4 - x2 * (4.2 - x2)) + y, x + 2 * y};
  }
  Eigen::Matrix2d hessianAt(double x, double) const override {
    const double x2 = x * x;
    Eigen::Matrix2d h;
    h << 4 - x2 * (12.6 - 5 * x2), 1, 1, 2;
    return h;
  }

  Window window() const override { return {-2.4, 2.4, -1.7, 1.7}; }
  std::vector<Point> starts() const override { return {{2, 0.5}, {-2.1, 1.5}, {1.1, 1.2}}; }
  std::vector<Point> minima() const override {
    const double x = std::sqrt(2.1 + std::sqrt(0.91));
    return {{0, 0}, {x, -x / 2}, {-x, x / 2}};
  }
  SuggestedRates rates() const override { return {0.02, 0.05}; }
};

}  // namespace

void register_three_hump_camel(Catalogue& catalogue) {
  catalogue.add(Describe<ThreeHumpCamel>("three-hump-camel", "Three-hump camel")
                    .sentence("A minimum between two higher ones, which momentum may roll out of.")
                    .formula(R"(f = 2x^2 - 1.05\,x^4 + \tfrac16 x^6 + xy + y^2)")
                    .cites("Jamil & Yang 2013, A literature survey of benchmark functions for "
                           "global optimisation problems",
                           "https://arxiv.org/abs/1308.4008")
                    .variant("As published; minima at the origin, where f = 0, and at "
                             "±(1.7476, −0.8738), where f = 0.2986."));
}

}  // namespace descent
