// Sophia: momentum over an estimate of the curvature, clipped to a sign step where that is small.
//
//   m ← β₁m + (1 − β₁)g
//   every k steps, the first included:  h ← β₂h + (1 − β₂) u ⊙ ∇²f(θ)u,  uᵢ = ±1 at random
//   θ ← θ − η clip(m/max(γh, ε), 1)
//
// Liu, Li, Hall, Liang & Ma 2023, Algorithm 3 with Hutchinson's estimator (Sophia-H),
// https://arxiv.org/abs/2305.14342.
// Variant: u is Rademacher and not normal: as unbiased, of less variance, and exact where the
// Hessian is diagonal. Without the paper's decoupled weight decay.
#include <algorithm>

#include "descent/catalogue.h"
#include "descent/random.h"

namespace descent {
namespace {

class Sophia final : public Cloneable<Sophia, Optimizer> {
 public:
  double beta1 = 0.96;
  double beta2 = 0.99;
  double gamma = 0.01;
  double epsilon = 1e-12;
  int k = 10;
  int seed = 1;

  void reset(const Layout& layout) override {
    m_ = h_ = Vector::Zero(parameterCount(layout));
    t_ = 0;
    random_ = draws();
  }
  std::vector<Memory> memory() const override { return {{"momentum", &m_}, {"curvature", &h_}}; }
  std::vector<Probe> probes() const override { return {{"momentum", Probe::Kind::kDirection, m_}}; }

  Step step(Oracle& oracle, Vector& x, double learningRate) override {
    const double value = oracle.gradient(x, g_);
    m_ = beta1 * m_ + (1 - beta1) * g_;
    if (t_++ % k == 0) h_ = beta2 * h_ + (1 - beta2) * diagonalEstimate(oracle, x);
    x -= learningRate * m_.binaryExpr(h_, [this](double m, double h) {
      return m == 0 ? 0 : std::clamp(m / std::max(gamma * h, epsilon), -1.0, 1.0);
    });
    return finishStep(value, x);
  }

 private:
  Random draws() const { return {static_cast<std::uint64_t>(seed), "signs of Sophia"}; }

  // u ⊙ Hu, whose mean over u is the diagonal of H.
  Vector diagonalEstimate(Oracle& oracle, const Vector& x) {
    Vector u(x.size()), hu;
    for (double& entry : u) entry = random_.below(2) == 0 ? -1 : 1;
    oracle.hessianVector(x, u, hu);
    return u.cwiseProduct(hu);
  }

  Vector m_, h_, g_;
  int t_ = 0;
  Random random_ = draws();
};

}  // namespace

void register_sophia(Catalogue& catalogue) {
  catalogue.add(
      Describe<Sophia>("sophia", "Sophia")
          .sentence("Divide momentum by an estimate of each coordinate's curvature, but never step "
                    "further than the rate.")
          .formula(R"(h \leftarrow \beta_2 h + (1-\beta_2)\, u \odot H u,\quad )"
                   R"(\theta \leftarrow \theta - \eta\,\mathrm{clip}(m / )"
                   R"(\max(\gamma h, \epsilon), 1))")
          .cites("Liu, Li, Hall, Liang & Ma 2023, Sophia: A Scalable Stochastic Second-order "
                 "Optimizer for Language Model Pre-training",
                 "https://arxiv.org/abs/2305.14342")
          .variant("Sophia-H with u = ±1 in the place of normal u, seeded; no weight decay. One "
                   "Hessian-vector product every k steps, beginning with the first.")
          .card(R"(m = s["m"] = beta1 * s.get("m", 0) + (1 - beta1) * g
if (t - 1) % k == 0:
    rng = s.setdefault("rng", np.random.default_rng(seed))
    u = rng.choice([-1, 1], x.size)
    s["h"] = beta2 * s.get("h", 0) + (1 - beta2) * u * (hess(x) @ u)
x = x - eta * np.clip(m / np.maximum(gamma * s["h"], epsilon), -1, 1))",
                "diagonal, learned from curvature; max norm (ℓ∞) where clipped",
                "Pre-training of language models, for which it was proposed.",
                "An estimate from one product is noisy where coordinates interact, negative "
                "curvature counts as none, and a clipped step is a sign step.")
          .style(6, 4)
          .rate()
          .knob("beta1", &Sophia::beta1, 0, 0.9999, "Forgetting of the mean of past gradients.")
          .as("Momentum", "β_1")
          .usual(0, 0.999, Scale::kComplement)
          .knob("beta2", &Sophia::beta2, 0, 0.9999, "Forgetting of past estimates of curvature.")
          .as("Curvature", "β_2")
          .usual(0, 0.999, Scale::kComplement)
          .knob("gamma", &Sophia::gamma, 0, 1e3,
                "Weight of the curvature: the smaller, the more coordinates are clipped.")
          .as("Clipping", "γ")
          .usual(1e-3, 10, Scale::kLog)
          .knob("epsilon", &Sophia::epsilon, 0, 1, "Stands for a curvature that is not positive.")
          .as("Epsilon", "ε")
          .usual(1e-15, 1e-2, Scale::kLog)
          .knob("k", &Sophia::k, 1, 1000, "Steps between estimates of the curvature.")
          .as("Period", "k")
          .usual(1, 50)
          .knob("seed", &Sophia::seed, 0, 999999, "Draws the signs u.")
          .as("Random seed")
          .fixed());
}

}  // namespace descent
