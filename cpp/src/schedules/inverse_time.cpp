// Inverse time: falls like 1/t, slowly enough to reach any distance and fast enough to settle.
//
//   1/(1 + kt)
//
// Robbins & Monro 1951, https://doi.org/10.1214/aoms/1177729586: Σηₜ = ∞, Σηₜ² < ∞. The form with
// 1 + kt is Bottou's, https://doi.org/10.1007/978-3-642-35289-8_25.
// Variant: t counts steps from 0; goes on falling after T.
#include "descent/catalogue.h"

namespace descent {
namespace {

class InverseTime final : public Cloneable<InverseTime, Schedule> {
 public:
  double k = 0.1;

  double factor(double t, double /*total*/) const override { return 1 / (1 + k * t); }
  std::string python(double /*total*/) const override { return "1 / (1 + " + print(k) + " * t)"; }
};

}  // namespace

void register_inverse_time(Catalogue& catalogue) {
  catalogue.add(
      Describe<InverseTime>("inverse-time", "Inverse time")
          .sentence("Fall like 1/t: the rates sum to infinity, their squares do not, as stochastic "
                    "approximation asks.")
          .formula(R"(\frac{1}{1 + kt})")
          .cites("Robbins & Monro 1951, A Stochastic Approximation Method",
                 "https://doi.org/10.1214/aoms/1177729586")
          .variant("The form 1/(1 + kt) of Bottou 2012, Stochastic Gradient Descent Tricks; it "
                   "goes on falling after T.")
          .knob("k", &InverseTime::k, 0, 1e3, "The rate has halved after 1/k steps.")
          .as("Decay", "k")
          .usual(1e-3, 1, Scale::kLog));
}

}  // namespace descent
