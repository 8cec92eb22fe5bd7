// Decoupled weight decay: weights shrink beside the step of the inner optimizer, which does not
// see it.
//
//   θ ← θ′ − ηλθ,   θ′ the inner step from θ
//
// Loshchilov & Hutter 2019, https://arxiv.org/abs/1711.05101.
// Variant: multiplied by the current rate, as in the frameworks, and taken at θ before the step:
// around Adam it is AdamW.
#include "descent/catalogue.h"

namespace descent {
namespace {

class DecoupledDecay final : public Cloneable<DecoupledDecay, Decorator> {
 public:
  double lambda = 0.01;

  Step step(Oracle& oracle, Vector& x, double learningRate) override {
    const Vector before = x;
    const Step step = inner->step(oracle, x, learningRate);
    x -= learningRate * lambda * before;
    return step.status == Status::kRunning ? finishStep(step.value, x) : step;
  }
  Predictions predict() const override {
    const Predictions within = inner->predict();
    Predictions said;
    said.gain = within.gain;
    if (within.shrinkage) {
      said.shrinkage = [this](double size, double eta) {
        return inner->predict().shrinkage(size, eta) - eta * lambda;
      };
    }
    // At rest the decay balances the inner step, which is the gradient times a gain; the balance is
    // that of a penalty only where the gain does not depend on the gradients.
    if (within.penalty && within.gain && within.gain(1, 1) == within.gain(2, 1)) {
      said.penalty = *within.penalty + lambda / within.gain(1, 1);
    }
    return said;
  }
};

}  // namespace

void register_decoupled_decay(Catalogue& catalogue) {
  catalogue.add(
      Describe<DecoupledDecay>("decoupled-decay", "Decoupled decay")
          .sentence("Shrink the weights beside the step, so that the inner optimizer's moments and "
                    "scaling do not touch the decay.")
          .formula(R"(\theta \leftarrow \theta' - \eta\lambda\theta)")
          .cites("Loshchilov & Hutter 2019, Decoupled Weight Decay Regularization",
                 "https://arxiv.org/abs/1711.05101")
          .variant("λ meets the current rate, as in the frameworks; both terms are taken at the "
                   "same θ. Around Adam this is AdamW; compare l2.")
          .card("x = inner(x, grad) - eta * lambda_ * x", "the inner optimizer's",
                "With Adam, as AdamW, in most training of transformers.",
                "It minimises no fixed function: where it settles depends on the optimizer inside.")
          .knob("lambda", &DecoupledDecay::lambda, 0, 10, "Share of θ that is taken off, times η.")
          .as("Decay", "λ")
          .usual(0, 0.1));
}

}  // namespace descent
