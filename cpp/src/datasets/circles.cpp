// A circle around another: no line parts them, the distance from the middle does.
#include <cmath>
#include <numbers>

#include "datasets/drawing.h"

namespace descent {
namespace {

class Circles final : public PlanarClasses {
 public:
  double radius = 0.5;

 protected:
  Point point(Random& random, int label) const override {
    const double angle = random.uniform(0, 2 * std::numbers::pi);
    return (label == 0 ? 1 : radius) * Point(std::cos(angle), std::sin(angle));
  }
};

}  // namespace

void register_circles(Catalogue& catalogue) {
  catalogue.add(
      Describe<Circles>("circles", "Circles")
          .sentence("One class encircles the other: no line parts them, one hidden layer does.")
          .formula(R"(\lVert x \rVert = 1 \text{ or } r)")
          .knob("radius", &Circles::radius, 0, 0.9,
                "Radius of the inner circle; the outer one's is 1.")
          .as("Inner radius", "r"));
}

}  // namespace descent
