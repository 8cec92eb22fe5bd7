// One cycle: up from a fraction of the peak, then down to almost nothing.
//
//   1/d at t = 0,   1 at t = pT − 1,   1/(d·f) at t = T − 1;   cosines or lines between
//
// Smith & Topin 2018, https://arxiv.org/abs/1708.07120.
// Variant: two phases with PyTorch's joints; momentum is left alone. Held after the last step,
// where PyTorch's formula runs on. A run too short to climb, pT < 1, begins beyond the peak, as
// there.
#include <algorithm>
#include <cmath>
#include <numbers>

#include "descent/catalogue.h"

namespace descent {
namespace {

enum class Anneal { kCosine, kLinear };

class OneCycle final : public Cloneable<OneCycle, Schedule> {
 public:
  double peakAt = 0.3;
  double divide = 25;
  double finalDivide = 1e4;
  Anneal anneal = Anneal::kCosine;

  double factor(double t, double total) const override {
    const double peak = peakAt * total - 1;
    if (t < peak) return between(1 / divide, 1, t / peak);
    return between(1, last(), std::min((t - peak) / (total - 1 - peak), 1.0));
  }
  std::string python(double total) const override {
    const double peak = peakAt * total - 1;
    const std::string fall = "1, " + print(last()) + ", min((t - " + print(peak) + ") / " +
                             print(total - 1 - peak) + ", 1)";
    const std::string climb = print(1 / divide) + ", 1, t / " + print(peak);
    const std::string curve = anneal == Anneal::kCosine
                                  ? "b + (a - b) / 2 * (1 + math.cos(math.pi * s))"
                                  : "a + (b - a) * s";
    return "(lambda a, b, s: " + curve + ")(" +
           (peak > 0 ? "*((" + climb + ") if t < " + print(peak) + " else (" + fall + "))" : fall) +
           ")";
  }
  // PyTorch divides by zero where the peak is at step 0.
  std::string pytorch(double total) const override {
    if (peakAt * total == 1) return Schedule::pytorch(total);
    return "OneCycleLR(optimizer, max_lr=lr, total_steps=" + print(total) +
           ", pct_start=" + print(peakAt) + ", anneal_strategy='" +
           (anneal == Anneal::kCosine ? "cos" : "linear") +
           "', cycle_momentum=False, div_factor=" + print(divide) +
           ", final_div_factor=" + print(finalDivide) + ")";
  }

 private:
  double last() const { return 1 / divide / finalDivide; }

  // From a to b as s goes from 0 to 1.
  double between(double a, double b, double s) const {
    if (anneal == Anneal::kLinear) return a + (b - a) * s;
    return b + (a - b) / 2 * (1 + std::cos(std::numbers::pi * s));
  }
};

}  // namespace

void register_one_cycle(Catalogue& catalogue) {
  catalogue.add(
      Describe<OneCycle>("one-cycle", "One cycle")
          .sentence("Climb once to a high peak, then fall to almost nothing by the last step.")
          .formula(R"(\tfrac1d \;\nearrow\; 1 \;\searrow\; \tfrac{1}{d f})")
          .cites("Smith & Topin 2018, Super-Convergence: Very Fast Training of Neural Networks "
                 "Using Large Learning Rates",
                 "https://arxiv.org/abs/1708.07120")
          .variant("PyTorch's two phases with the peak at pT − 1 and the end at T − 1; momentum is "
                   "not cycled.")
          .knob("peakAt", &OneCycle::peakAt, 0.01, 0.99,
                "Share of the run at which the peak stands.")
          .as("Peak at", "p")
          .knob("divide", &OneCycle::divide, 1, 1e6, "The first factor is one over this.")
          .as("Start below peak", "d")
          .usual(1, 100, Scale::kLog)
          .knob("finalDivide", &OneCycle::finalDivide, 1, 1e12,
                "The last factor is the first over this.")
          .as("End below start", "f")
          .usual(1, 1e6, Scale::kLog)
          .choice("anneal", &OneCycle::anneal, {"cosine", "linear"}, "Curve between the joints.")
          .as("Curve"));
}

}  // namespace descent
