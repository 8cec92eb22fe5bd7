// Soft sign: the sign of momentum, made smooth, so that steps shorten where the gradient vanishes.
//
//   m ← βm + (1 − β)g
//   θ ← θ − η m/√(m² + ε)
//
// Chen, Liu, Liang & Liu 2024, https://arxiv.org/abs/2310.05898.
// Variant: their Lion-K, θ ← θ − η∇K(m), with K = Σ√(m² + ε), one β and no weight decay. As ε → 0
// it is Signum; where |m| ≪ √ε it is momentum at the rate η/√ε.
#include <cmath>

#include "descent/catalogue.h"

namespace descent {
namespace {

class SoftSign final : public Cloneable<SoftSign, GradientOptimizer> {
 public:
  double beta = 0.9;
  double smoothing = 1e-4;

  void reset(const Layout& layout) override { m_ = Vector::Zero(parameterCount(layout)); }
  std::vector<Memory> memory() const override { return {{"momentum", &m_}}; }
  Predictions predict() const override {
    return {.firstStep = [this](const Vector&, const Vector& g, double eta) {
      return eta * softSign((1 - beta) * g).lpNorm<Eigen::Infinity>();
    }};
  }

 protected:
  void update(const Vector& g, Vector& x, double learningRate) override {
    m_ = beta * m_ + (1 - beta) * g;
    x -= learningRate * softSign(m_);
  }

 private:
  // hypot does not square, so an m of any size keeps its sign.
  Vector softSign(const Vector& v) const {
    const double root = std::sqrt(smoothing);
    return v.unaryExpr([root](double m) { return m == 0 ? 0 : m / std::hypot(m, root); });
  }

  Vector m_;
};

}  // namespace

void register_softsign(Catalogue& catalogue) {
  catalogue.add(
      Describe<SoftSign>("softsign", "Soft sign")
          .sentence("Signum where gradients are large, momentum where they are small, so that it "
                    "comes to rest.")
          .formula(R"(m \leftarrow \beta m + (1-\beta) g,\quad )"
                   R"(\theta \leftarrow \theta - \eta\,m / \sqrt{m^2 + \epsilon})")
          .cites("Chen, Liu, Liang & Liu 2024, Lion Secretly Solves Constrained Optimization: As "
                 "Lyapunov Predicts",
                 "https://arxiv.org/abs/2310.05898")
          .variant("Lion-K of the paper with K = Σ√(m² + ε), one β and no weight decay; ε → 0 is "
                   "Signum.")
          .card(R"(m = s["m"] = beta * s.get("m", 0) + (1 - beta) * g
x = x - eta * m / np.sqrt(m**2 + smoothing))",
                "max norm (ℓ∞) where |m| ≫ √ε, Euclidean where |m| ≪ √ε",
                "A teaching model: it shows which part of a sign method's behaviour comes from the "
                "jump at zero.",
                "ε is measured in squared gradients, so it must be chosen anew for every loss.")
          .style(7, 2)
          .rate()
          .knob("beta", &SoftSign::beta, 0, 0.9999, "Forgetting of the mean of past gradients.")
          .as("Momentum", "β")
          .usual(0, 0.999, Scale::kComplement)
          .knob("smoothing", &SoftSign::smoothing, 0, 1e6,
                "How soft the sign is: it bends where m² is about this.")
          .as("Softness", "ε")
          .usual(1e-8, 1e2, Scale::kLog));
}

}  // namespace descent
