// Beale's function: a flat valley floor between steep corners.
//
//   f = (1.5 − x + xy)² + (2.25 − x + xy²)² + (2.625 − x + xy³)²
//
// Beale 1958, "On an iterative method for finding a local minimum of a function of more than one
// variable".
#include <array>

#include "descent/catalogue.h"

namespace descent {
namespace {

constexpr std::array kTargets = {1.5, 2.25, 2.625};

// The residual kTargets[i] − x (1 − yⁿ), n = i + 1, with its derivatives.
struct Residual {
  double value, dx, dy, dxy, dyy;

  Residual(std::size_t i, double x, double y) {
    const auto n = static_cast<double>(i + 1);
    const double y2 = i < 1 ? 0 : i < 2 ? 1 : y;  // yⁿ⁻²
    const double y1 = i < 1 ? 1 : y2 * y;         // yⁿ⁻¹
    value = kTargets[i] - x * (1 - y1 * y);
    dx = y1 * y - 1;
    dy = n * x * y1;
    dxy = n * y1;
    dyy = n * (n - 1) * x * y2;
  }
};

class Beale final : public Cloneable<Beale, Landscape> {
 public:
  double f(double x, double y) const override {
    double sum = 0;
    for (std::size_t i = 0; i < kTargets.size(); ++i) {
      const Residual r(i, x, y);
      sum += r.value * r.value;
    }
    return sum;
  }
  Point gradientAt(double x, double y) const override {
    Point g(0, 0);
    for (std::size_t i = 0; i < kTargets.size(); ++i) {
      const Residual r(i, x, y);
      g += 2 * r.value * Point(r.dx, r.dy);
    }
    return g;
  }
  Eigen::Matrix2d hessianAt(double x, double y) const override {
    Eigen::Matrix2d h = Eigen::Matrix2d::Zero();
    for (std::size_t i = 0; i < kTargets.size(); ++i) {
      const Residual r(i, x, y);
      h(0, 0) += 2 * r.dx * r.dx;
      h(0, 1) += 2 * (r.dx * r.dy + r.value * r.dxy);
      h(1, 1) += 2 * (r.dy * r.dy + r.value * r.dyy);
    }
    h(1, 0) = h(0, 1);
    return h;
  }

  Window window() const override { return {-4.5, 4.5, -3.2, 3.2}; }
  std::vector<Point> starts() const override { return {{1, 1.5}, {-2, -1}, {0, -1.5}}; }
  std::vector<Point> minima() const override { return {{3, 0.5}}; }
  SuggestedRates rates() const override { return {0.002, 0.1}; }
};

}  // namespace

void register_beale(Catalogue& catalogue) {
  catalogue.add(Describe<Beale>("beale", "Beale")
                    .sentence("A flat floor between steep corners.")
                    .formula("f = (1.5-x+xy)^2 + (2.25-x+xy^2)^2 + (2.625-x+xy^3)^2")
                    .cites("Jamil & Yang 2013, A literature survey of benchmark functions for "
                           "global optimisation problems",
                           "https://arxiv.org/abs/1308.4008")
                    .variant("From a technical report of Beale's of 1958; the minimum is at "
                             "(3, 0.5)."));
}

}  // namespace descent
