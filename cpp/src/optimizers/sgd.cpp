// Stochastic gradient descent: step against the slope. With a full batch it is gradient descent.
//
//   θ ← θ − η (g + λθ)
//
// Cauchy 1847, "Méthode générale pour la résolution des systèmes d'équations simultanées";
// Robbins & Monro 1951, https://doi.org/10.1214/aoms/1177729586.
// Variant: weight decay λ is coupled, added to the gradient, as in the frameworks.
#include "descent/catalogue.h"

namespace descent {
namespace {

class Sgd final : public Cloneable<Sgd, GradientOptimizer> {
 public:
  double weightDecay = 0;

  Sgd() { lr = 0.1; }
  void reset(const Layout&) override {}

  Predictions predict() const override {
    Predictions said;
    said.firstStep = [this](const Vector& x, const Vector& g, double eta) {
      return eta * (g + weightDecay * x).lpNorm<Eigen::Infinity>();
    };
    said.gain = [](double, double eta) { return eta; };
    said.shrinkage = [this](double, double eta) { return 1 - eta * weightDecay; };
    said.penalty = weightDecay;
    if (weightDecay != 0) return said;  // it contracts to another point
    said.characteristic = [](double curvature, double eta) {
      return Characteristic{1 - eta * curvature, 0, "|1−ηλ|", ""};
    };
    said.stabilityLimit = {2, "2"};
    return said;
  }

 protected:
  void update(const Vector& g, Vector& x, double learningRate) override {
    x -= learningRate * (g + weightDecay * x);
  }
};

}  // namespace

void register_sgd(Catalogue& catalogue) {
  catalogue.add(
      Describe<Sgd>("sgd", "SGD")
          .sentence("Step against the slope, by the slope's length times the rate.")
          .formula(R"(\theta \leftarrow \theta - \eta\,(g + \lambda\theta))")
          .cites("Robbins & Monro 1951, A Stochastic Approximation Method",
                 "https://doi.org/10.1214/aoms/1177729586")
          .variant("Weight decay is coupled (added to the gradient). With a full batch this is "
                   "gradient descent.")
          .card(R"(x = x - eta * (g + weightDecay * x))", "Euclidean",
                "Convolutional networks with a tuned schedule, and the yardstick of everything "
                "else.",
                "One rate for all directions: in a narrow valley the steepest direction limits it "
                "and the flattest has to wait.")
          .style(0, 0)
          .rate()
          .knob("weightDecay", &Sgd::weightDecay, 0, 10, "λ times θ is added to the gradient.")
          .as("Decay", "λ")
          .usual(0, 0.1));
}

}  // namespace descent
