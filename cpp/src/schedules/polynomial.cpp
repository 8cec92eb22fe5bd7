// A power of the time that is left.
//
//   (1 − t/T)^p
//
// Chen et al. 2018 ("poly", p = 0.9), https://arxiv.org/abs/1606.00915.
// Variant: held at 0 after T.
#include <algorithm>
#include <cmath>

#include "descent/catalogue.h"

namespace descent {
namespace {

class Polynomial final : public Cloneable<Polynomial, Schedule> {
 public:
  double power = 2;

  double factor(double t, double total) const override {
    return std::pow(1 - std::min(t / total, 1.0), power);
  }
  std::string python(double total) const override {
    return "(1 - min(t / " + print(total) + ", 1)) ** " + print(power);
  }
  std::string pytorch(double total) const override {
    return "PolynomialLR(optimizer, total_iters=" + print(total) + ", power=" + print(power) + ")";
  }
};

}  // namespace

void register_polynomial(Catalogue& catalogue) {
  catalogue.add(Describe<Polynomial>("polynomial", "Polynomial")
                    .sentence("A power of the time that is left: straight for 1, late and flat for "
                              "more.")
                    .formula(R"(\left(1 - t/T\right)^p)")
                    .cites("Chen, Papandreou, Kokkinos, Murphy & Yuille 2018, DeepLab: Semantic "
                           "Image Segmentation with Deep Convolutional Nets",
                           "https://arxiv.org/abs/1606.00915")
                    .variant("The paper's \"poly\", where p is 0.9; held at zero after T.")
                    .knob("power", &Polynomial::power, 0.01, 100, "Power of the time left.")
                    .as("Power", "p")
                    .usual(0.5, 4));
}

}  // namespace descent
