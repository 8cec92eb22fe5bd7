// A nearly flat shelf that ends in a cliff: far out the gradient says almost nothing.
//
//   f = 2 (1 − exp(−r²/2)) + r²/200,   r² = x² + y²
//
// The slope falls from 1.2 on the cliff (r = 1) to 0.04 on the shelf (r = 4).
#include <cmath>

#include "descent/catalogue.h"

namespace descent {
namespace {

constexpr double kDepth = 2;
constexpr double kTilt = 0.01;

class Plateau final : public Cloneable<Plateau, Landscape> {
 public:
  double f(double x, double y) const override {
    const double r2 = x * x + y * y;
    return kDepth * -std::expm1(-r2 / 2) + kTilt * r2 / 2;
  }
  Point gradientAt(double x, double y) const override { return (well(x, y) + kTilt) * Point(x, y); }
  Eigen::Matrix2d hessianAt(double x, double y) const override {
    const double w = well(x, y), xy = x * y;
    Eigen::Matrix2d h;
    h << w * (1 - x * x) + kTilt, -w * xy, -w * xy, w * (1 - y * y) + kTilt;
    return h;
  }

  Window window() const override { return {-5, 5, -3.5, 3.5}; }
  std::vector<Point> starts() const override { return {{-4, 1.5}, {3.5, 2.5}, {-2, -2}}; }
  std::vector<Point> minima() const override { return {{0, 0}}; }
  SuggestedRates rates() const override { return {0.5, 0.1}; }

 private:
  static double well(double x, double y) { return kDepth * std::exp(-(x * x + y * y) / 2); }
};

}  // namespace

void register_plateau(Catalogue& catalogue) {
  catalogue.add(Describe<Plateau>("plateau", "Plateau")
                    .sentence("A nearly flat shelf that ends in a cliff: the gradient's length is "
                              "no guide to the distance.")
                    .formula(R"(f = 2\,(1 - e^{-r^2/2}) + r^2/200)")
                    .cites("Goodfellow, Bengio & Courville 2016, Deep Learning, Section 8.2",
                           "https://www.deeplearningbook.org/contents/optimization.html")
                    .variant("A Gaussian well in a gently tilted shelf, minimum at the origin."));
}

}  // namespace descent
