// AdaGrad: divide each coordinate by the root of all its squared gradients so far, so that rare
// features keep a large rate.
//
//   G ← G + g²
//   outside  θ ← θ − η g/(√G + ε)
//   inside   θ ← θ − η g/√(G + ε)
//
// Duchi, Hazan & Singer 2011, https://jmlr.org/papers/v12/duchi11a.html.
// Variant: the paper's diagonal form, whose δ stands outside the root, without its projection.
#include "descent/catalogue.h"
#include "optimizers/root.h"

namespace descent {
namespace {

class AdaGrad final : public Cloneable<AdaGrad, GradientOptimizer> {
 public:
  double epsilon = 1e-10;
  EpsilonPlacement epsilonPlacement = EpsilonPlacement::kOutside;

  AdaGrad() { lr = 0.1; }
  void reset(const Layout& layout) override { sum_ = Vector::Zero(parameterCount(layout)); }
  std::vector<Memory> memory() const override { return {{"sum-of-squares", &sum_}}; }
  std::vector<Probe> probes() const override { return {}; }  // squares have no direction
  // √G is |g| at first, leaving out ε.
  Predictions predict() const override {
    return {.firstStep = [](const Vector&, const Vector& g, double eta) {
      return g.isZero(0) ? 0 : eta;
    }};
  }

 protected:
  void update(const Vector& g, Vector& x, double learningRate) override {
    sum_ += g.cwiseAbs2();
    x -= learningRate * quotient(g, guardedRoot(sum_, epsilon, epsilonPlacement, 1));
  }

 private:
  Vector sum_;
};

}  // namespace

void register_adagrad(Catalogue& catalogue) {
  catalogue.add(
      Describe<AdaGrad>("adagrad", "AdaGrad")
          .sentence("Divide each coordinate by the root of all its squared gradients so far: what "
                    "is rarely seen keeps a large rate.")
          .formula(R"(G \leftarrow G + g^2,\quad )"
                   R"(\theta \leftarrow \theta - \eta\,g / (\sqrt{G} + \epsilon))")
          .cites("Duchi, Hazan & Singer 2011, Adaptive Subgradient Methods for Online Learning and "
                 "Stochastic Optimization",
                 "https://jmlr.org/papers/v12/duchi11a.html")
          .variant("The diagonal form; epsilonPlacement=outside is the paper's and the "
                   "frameworks'.")
          .card(R"(G = s["G"] = s.get("G", 0) + g**2
x = x - eta * g / (np.sqrt(G) + epsilon))",
                "diagonal, learned from the sum of past squares",
                "Sparse features and online convex problems, such as click prediction and word "
                "embeddings.",
                "The sum never forgets, so steps keep shrinking even where the function has long "
                "changed.")
          .style(3, 0)
          .rate()
          .knob("epsilon", &AdaGrad::epsilon, 0, 1, "Keeps the division away from zero.")
          .as("Epsilon", "ε")
          .usual(1e-12, 1e-2, Scale::kLog)
          .choice("epsilonPlacement", &AdaGrad::epsilonPlacement, {"outside", "inside"},
                  "ε outside the root or inside it.")
          .as("Epsilon stands"));
}

}  // namespace descent
