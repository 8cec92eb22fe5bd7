// Steps down: the rate falls by a factor at regular intervals.
//
//   γ^⌊t/s⌋
//
// He, Zhang, Ren & Sun 2016, https://arxiv.org/abs/1512.03385, divide by ten when the error stands
// still; the regular interval is the frameworks' form of it (vision: every 30 epochs).
// Variant: goes on falling after T.
#include <cmath>

#include "descent/catalogue.h"

namespace descent {
namespace {

class StepDecay final : public Cloneable<StepDecay, Schedule> {
 public:
  double gamma = 0.1;
  int every = 30;

  double factor(double t, double /*total*/) const override {
    return std::pow(gamma, std::floor(t / every));
  }
  std::string python(double /*total*/) const override {
    return print(gamma) + " ** (t // " + print(every) + ")";
  }
  std::string pytorch(double /*total*/) const override {
    return "StepLR(optimizer, step_size=" + print(every) + ", gamma=" + print(gamma) + ")";
  }
};

}  // namespace

void register_step(Catalogue& catalogue) {
  catalogue.add(
      Describe<StepDecay>("step", "Step decay")
          .sentence("Hold the rate, then cut it by a factor, at regular intervals.")
          .formula(R"(\gamma^{\lfloor t/s \rfloor})")
          .cites("He, Zhang, Ren & Sun 2016, Deep Residual Learning for Image Recognition",
                 "https://arxiv.org/abs/1512.03385")
          .variant("The frameworks' form, with equal intervals; it goes on falling after T.")
          .knob("gamma", &StepDecay::gamma, 0, 1, "Factor of each cut.")
          .as("Cut", "γ")
          .knob("every", &StepDecay::every, 1, 1000000, "Steps from one cut to the next.")
          .as("Interval", "s")
          .usual(1, 100, Scale::kLog));
}

}  // namespace descent
