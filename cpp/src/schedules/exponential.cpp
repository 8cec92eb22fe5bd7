// Exponential decay: the same factor from every step to the next.
//
//   rate           γᵗ
//   time-constant  e^(−kt)
//   end            e_T^(t/T), which is e_T at T
//
// Senior, Heigold, Ranzato & Yang 2013, https://doi.org/10.1109/ICASSP.2013.6638963.
// Variant: one curve in three notations, γ = e^(−k) = e_T^(1/T). end is held after T, as whatever
// is made for a run of T steps; the others go on falling.
#include <algorithm>
#include <cmath>

#include "descent/catalogue.h"

namespace descent {
namespace {

enum class ExponentialForm { kRate, kTimeConstant, kEnd };

class Exponential final : public Cloneable<Exponential, Schedule> {
 public:
  ExponentialForm form = ExponentialForm::kRate;
  double gamma = 0.95;
  double k = 0.05;
  double end = 0.01;

  double factor(double t, double total) const override {
    switch (form) {
      case ExponentialForm::kRate:
        return std::pow(gamma, t);
      case ExponentialForm::kTimeConstant:
        return std::exp(-k * t);
      case ExponentialForm::kEnd:
        break;
    }
    return std::pow(end, std::min(t / total, 1.0));
  }
  std::string python(double total) const override {
    switch (form) {
      case ExponentialForm::kRate:
        return print(gamma) + " ** t";
      case ExponentialForm::kTimeConstant:
        return "math.exp(-" + print(k) + " * t)";
      case ExponentialForm::kEnd:
        break;
    }
    return print(end) + " ** min(t / " + print(total) + ", 1)";
  }
  std::string pytorch(double total) const override {
    std::string ratio = print(gamma);
    if (form == ExponentialForm::kTimeConstant) ratio = "math.exp(-" + print(k) + ")";
    if (form == ExponentialForm::kEnd) ratio = print(end) + " ** (1 / " + print(total) + ")";
    return "ExponentialLR(optimizer, gamma=" + ratio + ")";
  }
};

}  // namespace

void register_exponential(Catalogue& catalogue) {
  catalogue.add(
      Describe<Exponential>("exponential", "Exponential")
          .sentence("Multiply the rate by the same factor at every step.")
          .formula(R"(\gamma^t)")
          .cites("Senior, Heigold, Ranzato & Yang 2013, An Empirical Study of Learning Rates in "
                 "Deep Neural Networks for Speech Recognition",
                 "https://doi.org/10.1109/ICASSP.2013.6638963")
          .variant(
              "One curve in three notations: γ a step, e to the −kt, or a factor to be reached "
              "at T and held.")
          .choice("form", &Exponential::form, {"rate", "time-constant", "end"},
                  "Which of the three numbers below says how fast the rate falls.")
          .as("Given by")
          .knob("gamma", &Exponential::gamma, 0, 1, "Factor of a step, in the form rate.")
          .as("Ratio", "γ")
          .usual(0.5, 0.999, Scale::kComplement)
          .knob("k", &Exponential::k, 0, 1e3, "Fall of the logarithm in a step, for time-constant.")
          .as("Decay", "k")
          .usual(1e-3, 1, Scale::kLog)
          .knob("end", &Exponential::end, 1e-12, 1, "Factor reached at T, in the form end.")
          .as("End", "e_T")
          .usual(1e-4, 1, Scale::kLog));
}

}  // namespace descent
