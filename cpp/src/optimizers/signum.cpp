// Signum: the sign of averaged momentum, so that one odd gradient does not turn a coordinate round.
//
//   m ← βm + (1 − β)g
//   θ ← θ − η sign(m),  sign(0) = 0
//
// Bernstein et al. 2018, Algorithm 2, https://arxiv.org/abs/1802.04434.
// Variant: as printed, without weight decay. Bias correction would not change a sign.
#include "descent/catalogue.h"

namespace descent {
namespace {

class Signum final : public Cloneable<Signum, GradientOptimizer> {
 public:
  double beta = 0.9;

  void reset(const Layout& layout) override { m_ = Vector::Zero(parameterCount(layout)); }
  std::vector<Memory> memory() const override { return {{"momentum", &m_}}; }
  Predictions predict() const override {
    return {.firstStep = [](const Vector&, const Vector& g, double eta) {
      return g.isZero(0) ? 0 : eta;
    }};
  }

 protected:
  void update(const Vector& g, Vector& x, double learningRate) override {
    m_ = beta * m_ + (1 - beta) * g;
    x.array() -= learningRate * m_.array().sign();
  }

 private:
  Vector m_;
};

}  // namespace

void register_signum(Catalogue& catalogue) {
  catalogue.add(
      Describe<Signum>("signum", "Signum")
          .sentence(
              "Every coordinate moves by the rate, in the direction of the averaged gradient.")
          .formula(R"(m \leftarrow \beta m + (1-\beta) g,\quad )"
                   R"(\theta \leftarrow \theta - \eta\,\mathrm{sign}(m))")
          .cites("Bernstein, Wang, Azizzadenesheli & Anandkumar 2018, signSGD: Compressed "
                 "Optimisation for Non-Convex Problems",
                 "https://arxiv.org/abs/1802.04434")
          .variant("Algorithm 2 of the paper, without weight decay; sign(0) = 0.")
          .card(R"(m = s["m"] = beta * s.get("m", 0) + (1 - beta) * g
x = x - eta * np.sign(m))",
                "max norm (ℓ∞)",
                "Distributed training by majority vote, where workers send one bit for each "
                "coordinate.",
                "It swings about the minimum the wider the more β remembers, until the rate "
                "decays.")
          .style(7, 1)
          .rate()
          .knob("beta", &Signum::beta, 0, 0.9999, "Forgetting of the mean of past gradients.")
          .as("Momentum", "β")
          .usual(0, 0.999, Scale::kComplement));
}

}  // namespace descent
