// AdamW: Adam, with weight decay kept out of the moments.
//
//   θ ← θ − η m̂/(√v̂ + ε) − ηλθ
//
// Loshchilov & Hutter 2019, Algorithm 2, https://arxiv.org/abs/1711.05101.
// Variant: decayScale=rate multiplies λ by the current η, as the frameworks do; schedule multiplies
// it by the schedule's factor alone, as printed in the paper.
#include "optimizers/adam_moments.h"

namespace descent {
namespace {

enum class DecayScale { kRate, kSchedule };

class AdamW final : public Cloneable<AdamW, AdamMoments> {
 public:
  DecayScale decayScale = DecayScale::kRate;

  AdamW() { weightDecay = 0.01; }
  Predictions predict() const override {
    Predictions said;
    said.firstStep = [this](const Vector& x, const Vector& g, double eta) {
      const auto step = eta * firstDirection() * g.array().sign() + decay(eta) * x.array();
      return step.abs().maxCoeff();
    };
    said.gain = [this](double size, double eta) { return settledGain(size, eta); };
    said.shrinkage = [this](double, double eta) { return 1 - decay(eta); };
    // Decay, ηλ a step, is small beside what makes a step unstable.
    said.preconditioner = [this] { return settledPreconditioner(); };
    if (weightDecay == 0) said.penalty = 0;
    return said;
  }

 protected:
  void update(const Vector& g, Vector& x, double learningRate) override {
    x -= learningRate * direction(g) + decay(learningRate) * x;
  }

 private:
  double decay(double learningRate) const {
    return weightDecay * (decayScale == DecayScale::kRate ? learningRate : learningRate / lr);
  }
};

}  // namespace

void register_adamw(Catalogue& catalogue) {
  Describe<AdamW> adamw("adamw", "AdamW");
  adamw
      .sentence(
          "Adam with weight decay beside the step, not inside the moments, so that every "
          "weight shrinks at the same rate.")
      .formula(R"(\theta \leftarrow \theta - \eta\,\hat m / (\sqrt{\hat v} + \epsilon) )"
               R"(- \eta\lambda\theta)")
      .cites("Loshchilov & Hutter 2019, Decoupled Weight Decay Regularization",
             "https://arxiv.org/abs/1711.05101")
      .variant(
          "Both terms are taken at the same θ. decayScale=rate is the frameworks' form; "
          "schedule is the paper's, where λ meets the schedule's factor but not the rate.")
      .card(R"(m = s["m"] = beta1 * s.get("m", 0) + (1 - beta1) * g
v = s["v"] = beta2 * s.get("v", 0) + (1 - beta2) * g**2
step = m / (1 - beta1**t) / (np.sqrt(v / (1 - beta2**t)) + epsilon)
x = x - eta * (step + weightDecay * x))",
            "diagonal, learned from past squares",
            "Pre-training and fine-tuning of transformers, in language and vision alike.",
            "It keeps two vectors of state, and the best decay moves with the rate and the length "
            "of the run.")
      .style(5, 5);
  describeMoments(adamw);
  adamw.knob("weightDecay", &AdamW::weightDecay, 0, 10, "Share of θ that is taken off, times η.")
      .as("Decay", "λ")
      .usual(0, 0.1)
      .choice("decayScale", &AdamW::decayScale, {"rate", "schedule"},
              "What λ is multiplied by: the current rate, or the schedule's factor.")
      .as("Decay scales with");
  catalogue.add(adamw);
}

}  // namespace descent
