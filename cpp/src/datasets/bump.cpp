// A hill and a valley, the same but for their sign.
//
//   t = exp(−‖p − c‖²/2s²) − exp(−‖p + c‖²/2s²),   c = (0.4, 0.4), s = 0.3
#include <cmath>

#include "datasets/drawing.h"

namespace descent {
namespace {

class Bump final : public PlanarTarget {
 protected:
  double target(const Point& p) const override {
    const Point c(0.4, 0.4);
    const auto hill = [](const Point& from) { return std::exp(-from.squaredNorm() / (2 * 0.09)); };
    return hill(p - c) - hill(p + c);
  }
};

}  // namespace

void register_bump(Catalogue& catalogue) {
  catalogue.add(Describe<Bump>("bump", "Hill and valley")
                    .sentence("A hill and a valley beside it, flat everywhere else.")
                    .formula(R"(t = e^{-\lVert p - c \rVert^2/2s^2} - )"
                             R"(e^{-\lVert p + c \rVert^2/2s^2},\quad )"
                             R"(c = (0.4, 0.4),\ s = 0.3)"));
}

}  // namespace descent
