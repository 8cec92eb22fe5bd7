// A chequered square: the more cells, the finer the function that has to be learned.
#include "datasets/drawing.h"

namespace descent {
namespace {

class Checkerboard final : public PlanarClasses {
 public:
  int cells = 4;

 protected:
  // A cell of the class, tried until it is one, and a point in it.
  Point point(Random& random, int label) const override {
    Point corner;
    do {
      const std::uint32_t i = random.below(cells), j = random.below(cells);
      corner = Point(i, j);
    } while (static_cast<int>(corner.sum()) % 2 != label);
    const double x = random.uniform(), y = random.uniform();
    return (2.0 / cells) * (corner + Point(x, y)) - Point(1, 1);
  }
};

}  // namespace

void register_checkerboard(Catalogue& catalogue) {
  catalogue.add(
      Describe<Checkerboard>("checkerboard", "Checkerboard")
          .sentence("Cells of alternating class: the more there are, the finer it is to learn.")
          .formula(R"(\lfloor \tfrac c2 (x + 1) \rfloor + \lfloor \tfrac c2 (y + 1) \rfloor )"
                   R"(\bmod 2)")
          .knob("cells", &Checkerboard::cells, 2, 8, "Cells along a side.")
          .as("Cells", "c"));
}

}  // namespace descent
