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
  std::optional<double> firstStep(const Vector& x, const Vector& g, double eta) const override {
    return (g + weightDecay * x).isZero(0) ? 0 : eta * firstDirection();
  }

 protected:
  void update(const Vector& g, Vector& x, double learningRate) override {
    x -= learningRate * direction(g + weightDecay * x);
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
      .style(1, 2);
  describeMoments(adam);
  adam.knob("weightDecay", &Adam::weightDecay, 0, 10,
            "λ times θ is added to the gradient, before the moments.")
      .as("Decay", "λ")
      .usual(0, 0.1);
  catalogue.add(adam);
}

}  // namespace descent
