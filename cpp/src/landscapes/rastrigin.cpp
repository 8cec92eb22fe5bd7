// Rastrigin's function: a shallow bowl under an egg box, a minimum near every whole point.
//
//   f = 20 + Σ (x² − 10 cos 2πx)   = Σ (x² + 20 sin² πx)
//
// Rastrigin 1974, in the form of Mühlenbein, Schomisch and Born 1991.
#include <cmath>
#include <numbers>
#include <vector>

#include "descent/catalogue.h"

namespace descent {
namespace {

using std::numbers::pi;

double slope(double x) { return 2 * x + 20 * pi * std::sin(2 * pi * x); }
double curvature(double x) { return 2 + 40 * pi * pi * std::cos(2 * pi * x); }

// The minimum along an axis beside the whole number x, by Newton's method to rounding.
double minimumBeside(double x) {
  for (int i = 0; i < 10; ++i) x -= slope(x) / curvature(x);
  return x;
}

class Rastrigin final : public Cloneable<Rastrigin, Landscape> {
 public:
  double f(double x, double y) const override { return along(x) + along(y); }
  Point gradientAt(double x, double y) const override { return {slope(x), slope(y)}; }
  Eigen::Matrix2d hessianAt(double x, double y) const override {
    return Point(curvature(x), curvature(y)).asDiagonal();
  }

  Window window() const override { return {-2.6, 2.6, -2.6, 2.6}; }
  std::vector<Point> starts() const override { return {{-2.3, 1.7}, {1.6, -1.3}, {-0.6, -2.4}}; }
  std::vector<Point> minima() const override {
    static const std::vector<Point> known = [] {
      std::vector<Point> all;
      for (const double i : {0, 1, -1, 2, -2}) {
        for (const double j : {0, 1, -1, 2, -2}) {
          all.emplace_back(minimumBeside(i), minimumBeside(j));
        }
      }
      return all;
    }();
    return known;
  }
  SuggestedRates rates() const override { return {0.002, 0.05}; }

 private:
  static double along(double x) {
    const double s = std::sin(pi * x);
    return x * x + 20 * s * s;
  }
};

}  // namespace

void register_rastrigin(Catalogue& catalogue) {
  catalogue.add(Describe<Rastrigin>("rastrigin", "Rastrigin")
                    .sentence("A minimum near every whole point: whoever follows the gradient "
                              "stays in the first.")
                    .formula(R"(f = 20 + \sum_{t \in \{x,y\}} (t^2 - 10 \cos 2\pi t))")
                    .cites("Mühlenbein, Schomisch & Born 1991, The parallel genetic algorithm as "
                           "function optimizer",
                           "https://doi.org/10.1016/S0167-8191(05)80052-3")
                    .variant("As published, in two dimensions; the window shows the 25 minima "
                             "around the origin, where f = 0."));
}

}  // namespace descent
