// Linear warm-up to the peak of another schedule, which then has the remaining steps.
//
//   (t + 1)/steps · inner(0) for t < steps;   inner(t − steps) over T − steps from there
//
// Goyal et al. 2017, https://arxiv.org/abs/1706.02677.
// Variant: form=next is (t + 1)/steps, so that the first step moves; form=current is t/steps. The
// peak is the inner schedule's factor at its own step 0.
#include <algorithm>

#include "descent/catalogue.h"

namespace descent {
namespace {

enum class WarmupForm { kNext, kCurrent };

class Warmup final : public Cloneable<Warmup, Schedule> {
 public:
  Polymorphic<Schedule> inner;
  int steps = 10;
  WarmupForm form = WarmupForm::kNext;

  double factor(double t, double total) const override {
    const double rest = std::max(total - steps, 1.0);
    if (t >= steps) return inner->factor(t - steps, rest);
    return (t + (form == WarmupForm::kNext ? 1 : 0)) / steps * inner->factor(0, rest);
  }
  std::string python(double total) const override {
    const double rest = std::max(total - steps, 1.0);
    const std::string then = "(lambda t: " + inner->python(rest) + ")";
    return std::string(form == WarmupForm::kNext ? "(t + 1)" : "t") + " / " + print(steps) + " * " +
           then + "(0) if t < " + print(steps) + " else " + then + "(t - " + print(steps) + ")";
  }
};

}  // namespace

void register_warmup(Catalogue& catalogue) {
  catalogue.add(
      Describe<Warmup>("warmup", "Warm-up")
          .sentence("Climb to the peak in equal steps, then follow the inner schedule.")
          .formula(R"(\tfrac{t+1}{w}\,s(0)\ \text{for}\ t < w,\quad s(t-w)\ \text{after})")
          .cites("Goyal et al. 2017, Accurate, Large Minibatch SGD: Training ImageNet in 1 Hour",
                 "https://arxiv.org/abs/1706.02677")
          .variant("form=next climbs by (t+1)/w, so that the first step moves; current by t/w.")
          .knob("inner", &Warmup::inner, "constant", "The schedule that follows.")
          .as("Then")
          .knob("steps", &Warmup::steps, 1, 100000, "Steps of the climb.")
          .as("Steps", "w")
          .usual(1, 100, Scale::kLog)
          .choice("form", &Warmup::form, {"next", "current"}, "(t+1)/w or t/w.")
          .as("Form"));
}

}  // namespace descent
