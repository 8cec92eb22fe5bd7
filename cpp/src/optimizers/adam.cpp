// Adam: divide the mean of recent gradients by their size, coordinate by coordinate.
//
//   m ← β₁m + (1 − β₁)g      m̂ = m/(1 − β₁ᵗ)
//   v ← β₂v + (1 − β₂)g²     v̂ = v/(1 − β₂ᵗ)
//   θ ← θ − η m̂/(√v̂ + ε)
//
// Kingma & Ba 2015, Algorithm 1, https://arxiv.org/abs/1412.6980.
// Variant: weight decay is coupled: g stands for g + λθ, which is what "Adam with L2" means.
#include "optimizers/adam_moments.h"

namespace descent {
namespace {

class Adam final : public Cloneable<Adam, AdamMoments> {
 public:
  Predictions predict() const override {
    Predictions said;
    said.firstStep = [this](const Vector& x, const Vector& g, double eta) {
      return (g + weightDecay * x).isZero(0) ? 0 : eta * firstDirection();
    };
    said.gain = [this](double size, double eta) { return settledGain(size, eta); };
    // The division sees the size of the gradients, not of the decay that is hidden among them.
    said.shrinkage = [this](double size, double eta) {
      return 1 - weightDecay * settledGain(size, eta);
    };
    said.penalty = weightDecay;
    if (weightDecay != 0) return said;  // coupled decay bends what is minimised
    said.preconditioner = [this] { return settledPreconditioner(); };
    return said;
  }

 protected:
  void update(const Vector& g, Vector& x, double learningRate) override {
    x -= learningRate * (weightDecay == 0 ? direction(g) : direction(g + weightDecay * x));
  }
};

}  // namespace

void register_adam(Catalogue& catalogue) {
  Describe<Adam> adam("adam", "Adam");
  adam.sentence(
          "Divide the mean of recent gradients by their size: every coordinate moves by "
          "about the rate, whatever its scale.")
      .formula(R"(m \leftarrow \beta_1 m + (1-\beta_1) g,\quad )"
               R"(v \leftarrow \beta_2 v + (1-\beta_2) g^2,\quad )"
               R"(\theta \leftarrow \theta - \eta\,\hat m / (\sqrt{\hat v} + \epsilon))")
      .cites("Kingma & Ba 2015, Adam: A Method for Stochastic Optimization",
             "https://arxiv.org/abs/1412.6980")
      .variant("Algorithm 1 of the paper; weight decay is coupled (L2 in the gradient).")
      .card(
          R"(g = g + weightDecay * x
m = s["m"] = beta1 * s.get("m", 0) + (1 - beta1) * g
v = s["v"] = beta2 * s.get("v", 0) + (1 - beta2) * g**2
x = x - eta * m / (1 - beta1**t) / (np.sqrt(v / (1 - beta2**t)) + epsilon))",
          "diagonal, learned from past squares",
          "Transformers, generative models and most fine-tuning, today mostly as AdamW.",
          "It keeps two vectors of state, and in vision tuned momentum often generalises a little "
          "better.")
      .style(1, 2);
  describeMoments(adam);
  describeCoupledDecay(adam);
  catalogue.add(adam);
}

}  // namespace descent
