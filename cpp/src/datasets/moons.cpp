// Two half circles, each with an end in the other's hollow, centred on the origin and drawn out
// in y until both coordinates span about as much.
//
//   class 0: (cos t − 1/2, 3/2 (sin t − 1/4))     class 1: (1/2 − cos t, 3/2 (1/4 − sin t)),
//   t in [0, π]
#include <cmath>
#include <numbers>

#include "datasets/drawing.h"

namespace descent {
namespace {

class Moons final : public PlanarClasses {
 protected:
  Point point(Random& random, int label) const override {
    const double t = random.uniform(0, std::numbers::pi);
    const Point upper(std::cos(t) - 0.5, 1.5 * (std::sin(t) - 0.25));
    return label == 0 ? upper : Point(-upper);
  }
};

}  // namespace

void register_moons(Catalogue& catalogue) {
  catalogue.add(
      Describe<Moons>("moons", "Moons")
          .sentence("Two half circles, each with an end in the other's hollow.")
          .formula(
              R"(x = \pm(\cos t - \tfrac12,\ \tfrac32 \sin t - \tfrac38),\quad 0 \le t \le \pi)"));
}

}  // namespace descent
