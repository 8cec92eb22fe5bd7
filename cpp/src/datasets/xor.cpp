// Exclusive or, the smallest question that no single unit answers: are the signs of x and y
// different? Minsky & Papert 1969, Perceptrons.
#include "datasets/drawing.h"

namespace descent {
namespace {

// Points keep this far from the axes, so that the classes stand apart.
constexpr double kGap = 0.1;

class Xor final : public PlanarClasses {
 protected:
  Point point(Random& random, int label) const override {
    const double x = random.uniform(kGap, 1), y = random.uniform(kGap, 1);
    const double side = random.below(2) == 0 ? 1 : -1;
    return {side * x, label == 0 ? side * y : -side * y};
  }
};

}  // namespace

void register_xor(Catalogue& catalogue) {
  catalogue.add(
      Describe<Xor>("xor", "Exclusive or")
          .sentence("Do the signs of x and y differ? The smallest question that no line answers.")
          .formula(R"(\text{class } 1 \iff xy < 0)")
          .cites("Minsky & Papert 1969, Perceptrons",
                 "https://mitpress.mit.edu/9780262630221/perceptrons/"));
}

}  // namespace descent
