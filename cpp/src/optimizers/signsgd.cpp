// Sign descent: every coordinate moves by the rate, whatever the gradient's size.
//
//   θ ← θ − η sign(g),  sign(0) = 0
//
// Bernstein et al. 2018, https://arxiv.org/abs/1802.04434.
// Variant: Algorithm 1 of the paper, without momentum.
#include "descent/catalogue.h"

namespace descent {
namespace {

class SignSgd final : public Cloneable<SignSgd, GradientOptimizer> {
 public:
  void reset(const Layout&) override {}
  Predictions predict() const override {
    return {.firstStep = [](const Vector&, const Vector& g, double eta) {
      return g.isZero(0) ? 0 : eta;
    }};
  }

 protected:
  void update(const Vector& g, Vector& x, double learningRate) override {
    x.array() -= learningRate * g.array().sign();
  }
};

}  // namespace

void register_signsgd(Catalogue& catalogue) {
  catalogue.add(
      Describe<SignSgd>("signsgd", "Sign descent")
          .sentence("Every coordinate moves by the rate, whatever the gradient's size.")
          .formula(R"(\theta \leftarrow \theta - \eta\,\mathrm{sign}(g))")
          .cites("Bernstein, Wang, Azizzadenesheli & Anandkumar 2018, signSGD: Compressed "
                 "Optimisation for Non-Convex Problems",
                 "https://arxiv.org/abs/1802.04434")
          .variant("Algorithm 1 of the paper, without momentum; sign(0) = 0.")
          .card(R"(x = x - eta * np.sign(g))", "max norm (ℓ∞)",
                "Distributed training that can send one bit for each coordinate, and the plainest "
                "model of what Adam does.",
                "At a constant rate it ends hopping about the minimum, and a small noisy gradient "
                "counts as much as a large sure one.")
          .style(7, 0)
          .rate());
}

}  // namespace descent
