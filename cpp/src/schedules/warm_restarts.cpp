// Cosine falls, each begun anew at the peak, in cycles that may grow.
//
//   m + (1 − m)(1 + cos(π T_cur/Tᵢ))/2,   Tᵢ = T₀μⁱ,   T_cur steps since cycle i began
//
// Loshchilov & Hutter 2017, Equation 5, https://arxiv.org/abs/1608.03983.
// Variant: the first step of a cycle is at the peak, so that the floor m itself is not reached, as
// in the frameworks. Goes on after T.
#include <cmath>
#include <numbers>
#include <utility>

#include "descent/catalogue.h"

namespace descent {
namespace {

class WarmRestarts final : public Cloneable<WarmRestarts, Schedule> {
 public:
  int period = 25;
  int multiplier = 1;
  double floor = 0;

  double factor(double t, double /*total*/) const override {
    const auto [start, length] = cycleAt(t);
    const double turn = std::numbers::pi * (t - start) / length;
    return floor + (1 - floor) * (1 + std::cos(turn)) / 2;
  }
  // The pair (T_cur, Tᵢ) comes from a remainder, or from a list of the cycles up to T.
  std::string python(double total) const override {
    std::string cycles = "t % " + print(period) + ", " + print(period);
    if (multiplier > 1) {
      const double last = cycleAt(total).first;
      cycles.clear();
      for (double start = 0, length = period; start < last; length *= multiplier) {
        cycles += "(t - " + print(start) + ", " + print(length) + ") if t < ";
        start += length;
        cycles += print(start) + " else ";
      }
      cycles += "(t - " + print(last) + ", " + print(cycleAt(total).second) + ")";
      cycles = "*(" + cycles + ")";
    }
    return "(lambda now, length: " + print(floor) + " + " + print(1 - floor) +
           " * (1 + math.cos(math.pi * now / length)) / 2)(" + cycles + ")";
  }
  std::string pytorch(double /*total*/) const override {
    return "CosineAnnealingWarmRestarts(optimizer, T_0=" + print(period) +
           ", T_mult=" + print(multiplier) +
           (floor > 0 ? ", eta_min=" + print(floor) + " * lr)" : ")");
  }

 private:
  // The cycle that step t belongs to: its first step and its length.
  std::pair<double, double> cycleAt(double t) const {
    double start = 0, length = period;
    if (multiplier == 1) return {std::floor(t / length) * length, length};
    while (t >= start + length) {
      start += length;
      length *= multiplier;
    }
    return {start, length};
  }
};

}  // namespace

void register_warm_restarts(Catalogue& catalogue) {
  catalogue.add(
      Describe<WarmRestarts>("warm-restarts", "Warm restarts")
          .sentence("Fall by half a cosine, then begin anew at the peak, in cycles that may grow.")
          .formula(R"(m + (1-m)\,\tfrac12\bigl(1 + \cos(\pi\, T_{cur}/T_i)\bigr))")
          .cites("Loshchilov & Hutter 2017, SGDR: Stochastic Gradient Descent with Warm Restarts",
                 "https://arxiv.org/abs/1608.03983")
          .variant("Equation 5; a cycle begins at the peak and ends one step short of the floor.")
          .knob("period", &WarmRestarts::period, 1, 1000000, "Steps of the first cycle.")
          .as("First cycle", "T_0")
          .usual(1, 100, Scale::kLog)
          .knob("multiplier", &WarmRestarts::multiplier, 1, 100,
                "Length of a cycle over that of the one before.")
          .as("Grows by", "μ")
          .usual(1, 4)
          .knob("floor", &WarmRestarts::floor, 0, 1, "Factor that every fall ends at.")
          .as("Floor", "m"));
}

}  // namespace descent
