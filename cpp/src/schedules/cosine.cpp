// Half a cosine from the peak down to a floor.
//
//   m + (1 − m)(1 + cos(πt/T))/2
//
// Loshchilov & Hutter 2017, Equation 5 without restarts, https://arxiv.org/abs/1608.03983.
// Variant: held at the floor m after T; frameworks rise again there.
#include <algorithm>
#include <cmath>
#include <numbers>

#include "descent/catalogue.h"

namespace descent {
namespace {

class Cosine final : public Cloneable<Cosine, Schedule> {
 public:
  double floor = 0;

  double factor(double t, double total) const override {
    const double turn = std::numbers::pi * std::min(t / total, 1.0);
    return floor + (1 - floor) * (1 + std::cos(turn)) / 2;
  }
  std::string python(double total) const override {
    return print(floor) + " + " + print(1 - floor) + " * (1 + math.cos(math.pi * min(t / " +
           print(total) + ", 1))) / 2";
  }
  std::string pytorch(double total) const override {
    return "CosineAnnealingLR(optimizer, T_max=" + print(total) +
           (floor > 0 ? ", eta_min=" + print(floor) + " * lr)" : ")");
  }
};

}  // namespace

void register_cosine(Catalogue& catalogue) {
  catalogue.add(Describe<Cosine>("cosine", "Cosine")
                    .sentence("Half a cosine: slow to leave the peak, slow to arrive.")
                    .formula(R"(m + (1-m)\,\tfrac12\bigl(1 + \cos(\pi t/T)\bigr))")
                    .cites("Loshchilov & Hutter 2017, SGDR: Stochastic Gradient Descent with Warm "
                           "Restarts",
                           "https://arxiv.org/abs/1608.03983")
                    .variant("One half-period, held at the floor after T (frameworks rise again).")
                    .knob("floor", &Cosine::floor, 0, 1, "Factor at the end.")
                    .as("Floor", "m"));
}

}  // namespace descent
