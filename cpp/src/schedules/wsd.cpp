// Warm-up, stable, decay: a long plateau, and a fall only at the end.
//
//   min(1, (t + 1)/w, m + (1 − m) g(s)),   s = (t − D)/(T − D) from D on, g = 1 before
//   g = 1 − s, 1 − √s or (1 + cos πs)/2
//
// Hu et al. 2024, https://arxiv.org/abs/2404.06395; 1 − √s of Hägele et al. 2024,
// https://arxiv.org/abs/2405.18392.
// Variant: D is a share of the run. Where the run is so short that the climb is not over at D, the
// lower of climb and fall holds. Held at the floor m after T.
#include <algorithm>
#include <cmath>
#include <numbers>

#include "descent/catalogue.h"

namespace descent {
namespace {

enum class Shape { kLinear, kSqrt, kCosine };

class Wsd final : public Cloneable<Wsd, Schedule> {
 public:
  int warmup = 10;
  double decayAt = 0.8;
  Shape shape = Shape::kLinear;
  double floor = 0;

  double factor(double t, double total) const override {
    const double climb = std::min((t + 1) / warmup, 1.0), d = decayAt * total;
    if (t < d) return climb;
    return std::min(climb, floor + (1 - floor) * fall((std::min(t, total) - d) / (total - d)));
  }
  std::string python(double total) const override {
    const double d = decayAt * total;
    const std::string s = "(min(t, " + print(total) + ") - " + print(d) + ") / " + print(total - d);
    std::string g;
    switch (shape) {
      case Shape::kLinear:
        g = "(1 - " + s + ")";
        break;
      case Shape::kSqrt:
        g = "(1 - math.sqrt(" + s + "))";
        break;
      case Shape::kCosine:
        g = "(1 + math.cos(math.pi * " + s + ")) / 2";
        break;
    }
    return "min((t + 1) / " + print(warmup) + ", 1 if t < " + print(d) + " else " + print(floor) +
           " + " + print(1 - floor) + " * " + g + ")";
  }

 private:
  double fall(double s) const {
    switch (shape) {
      case Shape::kLinear:
        return 1 - s;
      case Shape::kSqrt:
        return 1 - std::sqrt(s);
      case Shape::kCosine:
        break;
    }
    return (1 + std::cos(std::numbers::pi * s)) / 2;
  }
};

}  // namespace

void register_wsd(Catalogue& catalogue) {
  catalogue.add(
      Describe<Wsd>("wsd", "Warm-up, stable, decay")
          .sentence("Climb, stay at the peak for most of the run, and fall only at its end.")
          .formula(
              R"(\min\!\bigl(\tfrac{t+1}{w},\, 1,\, m + (1-m)\,g\bigl(\tfrac{t-D}{T-D}\bigr)\bigr))")
          .cites("Hu et al. 2024, MiniCPM: Unveiling the Potential of Small Language Models with "
                 "Scalable Training Strategies",
                 "https://arxiv.org/abs/2404.06395")
          .variant("The fall is linear, or sqrt as in Hägele et al. 2024, or a cosine; held at the "
                   "floor after T.")
          .knob("warmup", &Wsd::warmup, 1, 1000000, "Steps of the climb.")
          .as("Warm-up", "w")
          .usual(1, 100, Scale::kLog)
          .knob("decayAt", &Wsd::decayAt, 0.001, 0.999,
                "Share of the run after which the fall begins.")
          .as("Falls from", "D/T")
          .usual(0.1, 0.99)
          .choice("shape", &Wsd::shape, {"linear", "sqrt", "cosine"}, "Shape of the fall.")
          .as("Fall", "g")
          .knob("floor", &Wsd::floor, 0, 1, "Factor at the end.")
          .as("Floor", "m"));
}

}  // namespace descent
