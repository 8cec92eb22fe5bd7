// A long gentle slope into a wall: what gathers enough speed on the slope runs up the wall and is
// thrown back.
//
//   f = ⅛ (exp(4x) − 1 − 4x) + ½y²
//
// Along x, Varian's linex loss (1975): its slope is −½ far out and grows by e⁴ with each unit
// behind the minimum, the origin.
#include <cmath>

#include "descent/catalogue.h"

namespace descent {
namespace {

class Cliff final : public Cloneable<Cliff, Landscape> {
 public:
  double f(double x, double y) const override {
    return (std::expm1(4 * x) - 4 * x) / 8 + y * y / 2;
  }
  Point gradientAt(double x, double y) const override { return {std::expm1(4 * x) / 2, y}; }
  Eigen::Matrix2d hessianAt(double x, double) const override {
    return Point(2 * std::exp(4 * x), 1).asDiagonal();
  }

  Window window() const override { return {-4.5, 1.5, -2.1, 2.1}; }
  std::vector<Point> starts() const override { return {{-4, 1.5}, {-3, -1}, {1, 1}}; }
  std::vector<Point> minima() const override { return {{0, 0}}; }
  SuggestedRates rates() const override { return {0.1, 0.1}; }
};

}  // namespace

void register_cliff(Catalogue& catalogue) {
  catalogue.add(
      Describe<Cliff>("cliff", "Cliff")
          .sentence("A gentle slope into a wall: with enough speed momentum runs up and is "
                    "thrown back.")
          .formula(R"(f = \tfrac18 (e^{4x} - 1 - 4x) + \tfrac12 y^2)")
          .cites("Pascanu, Mikolov & Bengio 2013, On the difficulty of training "
                 "recurrent neural networks",
                 "https://arxiv.org/abs/1211.5063")
          .variant("A smooth wall with the profile of Varian's linex loss; the minimum "
                   "is at the origin."));
}

}  // namespace descent
