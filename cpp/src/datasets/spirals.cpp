// Arms that wind around each other: hard for a small network, since its first layer sees half
// planes only. With two arms, after Lang & Witbrock 1988, "Learning to Tell Two Spirals Apart".
//
//   (x, y) = r (cos φ, sin φ),   r = 1/10 + 9/10 u,   φ = 2π (turns · u + k/arms),   u in [0, 1]
#include <cmath>
#include <numbers>

#include "datasets/drawing.h"

namespace descent {
namespace {

class Spirals final : public PlanarClasses {
 public:
  double turns = 1;
  int arms = 2;

  int classes() const override { return arms; }

 protected:
  Point point(Random& random, int label) const override {
    const double u = random.uniform();
    const double angle = 2 * std::numbers::pi * (turns * u + static_cast<double>(label) / arms);
    return (0.1 + 0.9 * u) * Point(std::cos(angle), std::sin(angle));
  }
};

}  // namespace

void register_spirals(Catalogue& catalogue) {
  catalogue.add(
      Describe<Spirals>("spirals", "Spirals")
          .sentence("Arms wound around each other, which a network has to bend the plane to part.")
          .formula(R"(x = r\,(\cos\varphi, \sin\varphi),\quad r = \tfrac1{10} + \tfrac9{10} u,\ )"
                   R"(\varphi = 2\pi\,(w u + k/m))")
          .knob("turns", &Spirals::turns, 0, 3, "How often an arm goes around.")
          .as("Turns", "w")
          .usual(0.25, 2)
          .knob("arms", &Spirals::arms, 2, 5, "How many arms there are, each a class.")
          .as("Arms", "m"));
}

}  // namespace descent
