// AdaMax: Adam with the largest recent gradient in the place of the root mean square.
//
//   m ← β₁m + (1 − β₁)g
//   u ← max(β₂u, |g| + ε)
//   θ ← θ − η/(1 − β₁ᵗ) · m/u
//
// Kingma & Ba 2015, Algorithm 2, https://arxiv.org/abs/1412.6980.
// Variant: the paper has no ε; here it is added to |g|, as in PyTorch. u needs no correction: a
// maximum is not drawn towards its start at zero. Weight decay is coupled: g stands for g + λθ.
#include "optimizers/adam_moments.h"

namespace descent {
namespace {

class AdaMax final : public Cloneable<AdaMax, GradientOptimizer> {
 public:
  double beta1 = 0.9;
  double beta2 = 0.999;
  double epsilon = 1e-8;
  double weightDecay = 0;

  AdaMax() { lr = 0.002; }
  void reset(const Layout& layout) override {
    m_ = u_ = Vector::Zero(parameterCount(layout));
    t_ = 0;
  }
  std::vector<Memory> memory() const override {
    return {{"first-moment", &m_}, {"largest-gradient", &u_}};
  }
  std::vector<Probe> probes() const override {
    return {{"first-moment", Probe::Kind::kDirection, m_}};
  }
  // m/(1 − β₁) is g and u is |g| at first, leaving out ε.
  Predictions predict() const override {
    return {.firstStep = [this](const Vector& x, const Vector& g, double eta) {
      return (g + weightDecay * x).isZero(0) ? 0 : eta;
    }};
  }

 protected:
  void update(const Vector& gradient, Vector& x, double learningRate) override {
    const Vector g = gradient + weightDecay * x;
    ++t_;
    m_ = beta1 * m_ + (1 - beta1) * g;
    u_ = (beta2 * u_.array()).max(g.array().abs() + epsilon);
    x -= learningRate / (1 - std::pow(beta1, t_)) * quotient(m_, u_);
  }

 private:
  Vector m_, u_;
  int t_ = 0;
};

}  // namespace

void register_adamax(Catalogue& catalogue) {
  Describe<AdaMax> adamax("adamax", "AdaMax");
  adamax
      .sentence(
          "Adam that divides by the largest recent gradient, slowly forgotten, so that no "
          "step is much longer than the rate.")
      .formula(R"(u \leftarrow \max(\beta_2 u, |g| + \epsilon),\quad )"
               R"(\theta \leftarrow \theta - \frac{\eta}{1-\beta_1^t}\, m / u)")
      .cites("Kingma & Ba 2015, Adam: A Method for Stochastic Optimization, Algorithm 2",
             "https://arxiv.org/abs/1412.6980")
      .variant(
          "Algorithm 2 of the paper with ε added to |g|, as in PyTorch; weight decay is "
          "coupled.")
      .card(R"(g = g + weightDecay * x
m = s["m"] = beta1 * s.get("m", 0) + (1 - beta1) * g
u = s["u"] = np.maximum(beta2 * s.get("u", 0), np.abs(g) + epsilon)
x = x - eta / (1 - beta1**t) * m / u)",
            "diagonal, learned from the largest recent gradient",
            "Embeddings and other sparse gradients, as a calmer Adam.",
            "One outlying gradient shortens the steps of its coordinate for about 1/(1−β₂) steps.")
      .style(1, 4);
  describeBetas(adamax);
  describeCoupledDecay(adamax);
  catalogue.add(adamax);
}

}  // namespace descent
