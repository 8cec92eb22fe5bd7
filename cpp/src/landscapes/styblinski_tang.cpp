// Styblinski and Tang's function: a deep and a shallow well along each axis, four minima in all.
//
//   f = ½ Σ (x⁴ − 16x² + 5x) + 78.332…   = ½ Σ (x − a)² ((x + a)² + 2a² − 16)
//
// Styblinski & Tang 1990. The constant makes the lowest value 0; a is the least root of
// 4x³ − 32x + 5, for which 2a² > 16, and the second form is never negative.
#include "descent/catalogue.h"

namespace descent {
namespace {

// The roots of 4x³ − 32x + 5 that are minima.
constexpr double kDeep = -2.9035340277711770;
constexpr double kShallow = 2.7468027709908370;

class StyblinskiTang final : public Cloneable<StyblinskiTang, Landscape> {
 public:
  double f(double x, double y) const override { return along(x) + along(y); }
  Point gradientAt(double x, double y) const override { return {slope(x), slope(y)}; }
  Eigen::Matrix2d hessianAt(double x, double y) const override {
    return Point(6 * x * x - 16, 6 * y * y - 16).asDiagonal();
  }

  Window window() const override { return {-4.5, 4.5, -4.2, 4.2}; }
  std::vector<Point> starts() const override { return {{4, 3.5}, {-0.5, 3}, {0.3, 0.5}}; }
  std::vector<Point> minima() const override {
    return {{kDeep, kDeep}, {kDeep, kShallow}, {kShallow, kDeep}, {kShallow, kShallow}};
  }
  SuggestedRates rates() const override { return {0.02, 0.2}; }

 private:
  static double along(double x) {
    const double from = x - kDeep, to = x + kDeep;
    return from * from * (to * to + 2 * kDeep * kDeep - 16) / 2;
  }
  static double slope(double x) { return 2 * x * x * x - 16 * x + 2.5; }
};

}  // namespace

void register_styblinski_tang(Catalogue& catalogue) {
  catalogue.add(Describe<StyblinskiTang>("styblinski-tang", "Styblinski–Tang")
                    .sentence("A deep and a shallow well along each axis: four minima, one best.")
                    .formula(R"(f = \tfrac12 \sum_{t \in \{x,y\}} (t^4 - 16t^2 + 5t) + 78.3323)")
                    .cites("Styblinski & Tang 1990, Experiments in nonconvex optimization: "
                           "stochastic approximation with function smoothing and simulated "
                           "annealing",
                           "https://doi.org/10.1016/0893-6080(90)90029-K")
                    .variant("Raised by 78.33233140754, so that f = 0 at the lowest minimum, "
                             "(−2.9035, −2.9035)."));
}

}  // namespace descent
