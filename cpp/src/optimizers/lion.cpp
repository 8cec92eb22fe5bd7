// Lion: the sign of a mean that leans on the newest gradient, while memory keeps a longer one.
//
//   c = β₁m + (1 − β₁)g
//   θ ← θ − η(sign(c) + λθ)
//   m ← β₂m + (1 − β₂)g
//
// Chen et al. 2023, Algorithm 2, https://arxiv.org/abs/2302.06675.
// Variant: as printed; weight decay λ is decoupled. With β₁ = β₂ it is Signum.
#include "descent/catalogue.h"

namespace descent {
namespace {

class Lion final : public Cloneable<Lion, GradientOptimizer> {
 public:
  double beta1 = 0.9;
  double beta2 = 0.99;
  double weightDecay = 0;

  void reset(const Layout& layout) override { m_ = Vector::Zero(parameterCount(layout)); }
  std::vector<Memory> memory() const override { return {{"momentum", &m_}}; }
  Predictions predict() const override {
    return {.firstStep = [this](const Vector& x, const Vector& g, double eta) {
      return eta * (g.array().sign() + weightDecay * x.array()).abs().maxCoeff();
    }};
  }

 protected:
  void update(const Vector& g, Vector& x, double learningRate) override {
    const Vector c = beta1 * m_ + (1 - beta1) * g;
    x.array() -= learningRate * (c.array().sign() + weightDecay * x.array());
    m_ = beta2 * m_ + (1 - beta2) * g;
  }

 private:
  Vector m_;
};

}  // namespace

void register_lion(Catalogue& catalogue) {
  catalogue.add(
      Describe<Lion>("lion", "Lion")
          .sentence("Step by the sign of a short mean of gradients and remember a longer one: one "
                    "vector of state, found by a search over programs.")
          .formula(R"(\theta \leftarrow \theta - \eta\,(\mathrm{sign}(\beta_1 m + )"
                   R"((1-\beta_1) g) + \lambda\theta),\quad )"
                   R"(m \leftarrow \beta_2 m + (1-\beta_2) g)")
          .cites("Chen et al. 2023, Symbolic Discovery of Optimization Algorithms",
                 "https://arxiv.org/abs/2302.06675")
          .variant("Algorithm 2 of the paper; weight decay is decoupled, sign(0) = 0.")
          .card(R"(m = s.get("m", 0)
c = beta1 * m + (1 - beta1) * g
x = x - eta * (np.sign(c) + weightDecay * x)
s["m"] = beta2 * m + (1 - beta2) * g)",
                "max norm (ℓ∞)",
                "Pre-training in vision and language with half of Adam's state, at a rate three to "
                "ten times below AdamW's and a decay as much above.",
                "Every coordinate moves by the full rate even at the minimum, so it needs a "
                "decaying rate, and it gains least at small batches.")
          .style(7, 3)
          .rate()
          .knob("beta1", &Lion::beta1, 0, 0.9999, "Weight of the memory in the step.")
          .as("Step", "β_1")
          .usual(0, 0.999, Scale::kComplement)
          .knob("beta2", &Lion::beta2, 0, 0.9999, "Forgetting of the memory itself.")
          .as("Memory", "β_2")
          .usual(0, 0.999, Scale::kComplement)
          .knob("weightDecay", &Lion::weightDecay, 0, 10, "Share of θ that is taken off, times η.")
          .as("Decay", "λ")
          .usual(0, 1));
}

}  // namespace descent
