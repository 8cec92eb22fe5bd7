// A triangle wave: up to the peak and down again, over and over.
//
//   l + (1 − l) δᶜ h,   cycle c = ⌊t/(u + d)⌋,   τ = t − c(u + d)
//   h = τ/u up to τ = u, (u + d − τ)/d from there
//
// Smith 2017, https://arxiv.org/abs/1506.01186.
// Variant: "triangular" with δ = 1, "triangular2" with δ = ½; the way down may take another time
// than the way up. Goes on after T.
#include <algorithm>
#include <cmath>

#include "descent/catalogue.h"

namespace descent {
namespace {

class Cyclic final : public Cloneable<Cyclic, Schedule> {
 public:
  int up = 20;
  int down = 20;
  double low = 0.1;
  double decay = 1;

  double factor(double t, double /*total*/) const override {
    const double length = up + down;
    const double cycle = std::floor(t / length), since = t - cycle * length;
    const double height = std::min(since / up, (length - since) / down);
    return low + (1 - low) * std::pow(decay, cycle) * height;
  }
  std::string python(double /*total*/) const override {
    const std::string length = print(up + down);
    const std::string shrunk = decay == 1 ? "" : print(decay) + " ** (t // " + length + ") * ";
    return print(low) + " + " + print(1 - low) + " * " + shrunk + "min(t % " + length + " / " +
           print(up) + ", (" + length + " - t % " + length + ") / " + print(down) + ")";
  }
  std::string pytorch(double /*total*/) const override {
    const std::string shrunk =
        decay == 1 ? "" : ", scale_fn=lambda cycle: " + print(decay) + " ** (cycle - 1)";
    return "CyclicLR(optimizer, base_lr=" + print(low) +
           " * lr, max_lr=lr, step_size_up=" + print(up) + ", step_size_down=" + print(down) +
           shrunk + ", cycle_momentum=False)";
  }
};

}  // namespace

void register_cyclic(Catalogue& catalogue) {
  catalogue.add(
      Describe<Cyclic>("cyclic", "Cyclic")
          .sentence("Climb to the peak and fall again in straight lines, over and over.")
          .formula(
              R"(l + (1-l)\,\delta^c\, \min\!\bigl(\tfrac{\tau}{u}, \tfrac{u+d-\tau}{d}\bigr))")
          .cites("Smith 2017, Cyclical Learning Rates for Training Neural Networks",
                 "https://arxiv.org/abs/1506.01186")
          .variant("decay=1 is the paper's triangular, decay=0.5 its triangular2.")
          .knob("up", &Cyclic::up, 1, 1000000, "Steps of the climb.")
          .as("Climb", "u")
          .usual(1, 100, Scale::kLog)
          .knob("down", &Cyclic::down, 1, 1000000, "Steps of the fall.")
          .as("Fall", "d")
          .usual(1, 100, Scale::kLog)
          .knob("low", &Cyclic::low, 0, 1, "Factor at the foot of the climb.")
          .as("Foot", "l")
          .knob("decay", &Cyclic::decay, 0, 1, "Height of a cycle over that of the one before.")
          .as("Shrinks by", "δ"));
}

}  // namespace descent
