// A slope, which a network without hidden layers fits exactly.
#include "datasets/drawing.h"

namespace descent {
namespace {

class Plane final : public PlanarTarget {
 protected:
  double target(const Point& p) const override { return (4 * p.x() - 3 * p.y()) / 5; }
};

}  // namespace

void register_plane(Catalogue& catalogue) {
  catalogue.add(Describe<Plane>("plane", "Plane")
                    .sentence("A slope over the square, which needs no hidden layer.")
                    .formula(R"(t = \tfrac45 x - \tfrac35 y)"));
}

}  // namespace descent
