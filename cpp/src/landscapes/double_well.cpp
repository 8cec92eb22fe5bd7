// A sharp and a flat minimum side by side, for the question which of them a method ends in, and
// whether it matters.
//
//   f = (1 + x²/10) u v + Δ u/(u + v) + ½y²
//   u = 1 − exp(−(x + 3/2)²/2s²),   v = 1 − exp(−(x − 3/2)²/2w²)
//
// u vanishes at the sharp minimum and v at the flat one, both to second order. Whatever s, w and Δ,
// the minima therefore are exactly at x = ∓3/2 and differ by exactly Δ. Where Δ < 0 the sharp one
// is raised, by |Δ| v/(u + v), and the lowest value stays 0. The knobs end before a well becomes so
// narrow that the bowl 1 + x²/10 has a minimum of its own beside it, or is raised so far that it is
// none.
#include <algorithm>
#include <cmath>

#include "descent/catalogue.h"

namespace descent {
namespace {

constexpr double kCentre = 1.5;

// A function of x with its first two derivatives.
struct Curve {
  double value, slope, bend;
};

Curve operator+(const Curve& a, const Curve& b) {
  return {a.value + b.value, a.slope + b.slope, a.bend + b.bend};
}
Curve operator*(double c, const Curve& a) { return {c * a.value, c * a.slope, c * a.bend}; }
Curve operator*(const Curve& a, const Curve& b) {
  return {a.value * b.value, a.slope * b.value + a.value * b.slope,
          a.bend * b.value + 2 * a.slope * b.slope + a.value * b.bend};
}
Curve operator/(const Curve& a, const Curve& b) {
  const double value = a.value / b.value, slope = (a.slope - value * b.slope) / b.value;
  return {value, slope, (a.bend - 2 * slope * b.slope - value * b.bend) / b.value};
}

Curve well(double x, double width) {
  const double z = x / width, gauss = std::exp(-z * z / 2);
  return {-std::expm1(-z * z / 2), z * gauss / width, (1 - z * z) * gauss / (width * width)};
}

class DoubleWell final : public Cloneable<DoubleWell, Landscape> {
 public:
  double sharp = 0.25;
  double flat = 1;
  double difference = 0;

  double f(double x, double y) const override { return along(x).value + y * y / 2; }
  Point gradientAt(double x, double y) const override { return {along(x).slope, y}; }
  Eigen::Matrix2d hessianAt(double x, double) const override {
    return Point(along(x).bend, 1).asDiagonal();
  }

  Window window() const override { return {-3.8, 3.8, -2.6, 2.6}; }
  std::vector<Point> starts() const override { return {{-3.2, 1.8}, {-0.8, -1.5}, {3.2, 1}}; }
  std::vector<Point> minima() const override {
    const double lower = difference < 0 ? kCentre : -kCentre;
    return {{lower, 0}, {-lower, 0}};
  }
  SuggestedRates rates() const override {
    return {1 / std::max({along(-kCentre).bend, along(kCentre).bend, 1.0}), 0.1};
  }

 private:
  Curve along(double x) const {
    const Curve u = well(x + kCentre, sharp), v = well(x - kCentre, flat);
    const Curve bowl{1 + x * x / 10, x / 5, 0.2};
    return bowl * u * v +
           (std::max(difference, 0.0) * u + std::max(-difference, 0.0) * v) / (u + v);
  }
};

}  // namespace

void register_double_well(Catalogue& catalogue) {
  catalogue.add(
      Describe<DoubleWell>("double-well", "Double well")
          .sentence("A sharp and a flat minimum: large steps and noise leave the sharp one first.")
          .formula(R"(f = (1 + \tfrac1{10} x^2)\,uv + \tfrac{\Delta\,u}{u+v} + \tfrac12 y^2,\quad )"
                   R"(u = 1 - e^{-(x+3/2)^2/2s^2},\ v = 1 - e^{-(x-3/2)^2/2w^2})")
          .cites(
              "Keskar et al. 2017, On Large-Batch Training for Deep Learning: Generalization Gap "
              "and Sharp Minima",
              "https://arxiv.org/abs/1609.04836")
          .variant(
              "A smooth surface for the sketch in its Figure 1; the minima are exactly at "
              "(∓3/2, 0), and the flat one lies exactly Δ higher; where Δ < 0 the sharp one is "
              "raised by |Δ| v/(u + v) instead.")
          .knob("sharp", &DoubleWell::sharp, 0.1, 1, "Width of the left well, the sharp one.")
          .as("Sharp width", "s")
          .knob("flat", &DoubleWell::flat, 0.5, 1.5, "Width of the right well, the flat one.")
          .as("Flat width", "w")
          .knob(
              "difference", &DoubleWell::difference, -0.8, 0.8,
              "How much higher the flat minimum lies than the sharp one; below 0, how much lower.")
          .as("Difference", "Δ"));
}

}  // namespace descent
