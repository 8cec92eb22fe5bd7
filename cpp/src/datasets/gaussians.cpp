// Round clouds with their centres evenly on the unit circle: lines between them are the best
// that any classifier can do.
#include <cmath>
#include <numbers>

#include "datasets/drawing.h"

namespace descent {
namespace {

class Gaussians final : public PlanarClasses {
 public:
  int count = 2;
  double spread = 0.25;

  int classes() const override { return count; }

 protected:
  // The first centre stands at 45°, so that the axes do not part two classes.
  Point point(Random& random, int label) const override {
    const double angle = std::numbers::pi * (0.25 + 2.0 * label / count);
    return Point(std::cos(angle), std::sin(angle)) + spread * random.normalVector(2);
  }
};

}  // namespace

void register_gaussians(Catalogue& catalogue) {
  catalogue.add(Describe<Gaussians>("gaussians", "Gaussians")
                    .sentence("Round clouds, two to six: straight lines part them best.")
                    .formula(R"(x \sim \mathcal N(\mu_k, s^2 I),\quad \lVert \mu_k \rVert = 1)")
                    .knob("classes", &Gaussians::count, 2, 6, "How many clouds there are.")
                    .as("Classes")
                    .knob("spread", &Gaussians::spread, 0, 1,
                          "Standard deviation of a cloud, to which noise adds.")
                    .as("Spread", "s")
                    .usual(0, 0.5));
}

}  // namespace descent
