// RAdam: Adam that waits until it has seen enough squares to divide by.
//
//   m, v as in Adam;  ρ_∞ = 2/(1 − β₂) − 1;  ρ_t = ρ_∞ − 2tβ₂ᵗ/(1 − β₂ᵗ)
//   θ ← θ − η m̂                             while ρ_t ≤ threshold
//   θ ← θ − η m̂·r·√(1 − β₂ᵗ)/(√v + ε)       after,
//   r = √((ρ_t − 4)(ρ_t − 2)ρ_∞ / ((ρ_∞ − 4)(ρ_∞ − 2)ρ_t))
//
// Liu et al. 2020, Algorithm 2, https://arxiv.org/abs/1908.03265.
// Variant: the threshold is 5 as in the frameworks and the authors' code; 4 is as printed. The
// paper has no ε; it stands before the correction, as in PyTorch. Weight decay is coupled.
#include "optimizers/adam_moments.h"

namespace descent {
namespace {

class RAdam final : public Cloneable<RAdam, AdamMoments> {
 public:
  int threshold = 5;

  RAdam() { epsilonPlacement = EpsilonPlacement::kHat; }
  // ρ_1 = 1: the first step is momentum's own.
  Predictions predict() const override {
    return {.firstStep = [this](const Vector& x, const Vector& g, double eta) {
      return eta * (g + weightDecay * x).lpNorm<Eigen::Infinity>();
    }};
  }

 protected:
  void update(const Vector& g, Vector& x, double learningRate) override {
    remember(g + weightDecay * x);
    const Vector mean = correctedMean();
    const double rhoInf = 2 / (1 - beta2) - 1;
    const double power = std::pow(beta2, t_), rho = rhoInf - 2 * t_ * power / (1 - power);
    if (rho <= threshold) {
      x -= learningRate * mean;
      return;
    }
    const double r =
        std::sqrt((rho - 4) * (rho - 2) * rhoInf / ((rhoInf - 4) * (rhoInf - 2) * rho));
    x -= learningRate * r * quotient(mean, correctedRoot(v_));
  }
};

}  // namespace

void register_radam(Catalogue& catalogue) {
  Describe<RAdam> radam("radam", "RAdam");
  radam
      .sentence(
          "Adam with its own warm-up: plain momentum until the mean square can be trusted, "
          "then steps that grow with that trust.")
      .formula(R"(\theta \leftarrow \theta - \eta\, r_t\,\hat m )"
               R"(\sqrt{1-\beta_2^t} / (\sqrt{v} + \epsilon)\ \ (\rho_t > 5),\quad )"
               R"(\theta \leftarrow \theta - \eta\,\hat m\ \ (\rho_t \le 5))")
      .cites("Liu et al. 2020, On the Variance of the Adaptive Learning Rate and Beyond",
             "https://arxiv.org/abs/1908.03265")
      .variant(
          "Algorithm 2 of the paper; threshold=5 is the frameworks', 4 is as printed; ε is "
          "added to √v before the correction, as in PyTorch. Weight decay is coupled.")
      .card(R"(g = g + weightDecay * x
m = s["m"] = beta1 * s.get("m", 0) + (1 - beta1) * g
v = s["v"] = beta2 * s.get("v", 0) + (1 - beta2) * g**2
end = 2 / (1 - beta2) - 1
rho = end - 2 * t * beta2**t / (1 - beta2**t)
step = m / (1 - beta1**t)
if rho > threshold:
    r = np.sqrt((rho - 4) * (rho - 2) * end / ((end - 4) * (end - 2) * rho))
    step = step * r * np.sqrt(1 - beta2**t) / (np.sqrt(v) + epsilon)
x = x - eta * step)",
            "Euclidean at first, then diagonal, learned from past squares",
            "Training that would otherwise need a tuned warm-up for Adam, such as machine "
            "translation.",
            "Its first steps are as long as the gradient is large, and a plain warm-up of Adam "
            "often does as well.")
      .style(1, 3);
  describeBetas(radam);
  radam
      .knob("threshold", &RAdam::threshold, 4, 100,
            "Division begins when ρ_t, the length of the average, exceeds this.")
      .as("Trust from", "ρ")
      .usual(4, 20);
  describeCoupledDecay(radam);
  catalogue.add(radam);
}

}  // namespace descent
