// Adadelta: steps in the units of the parameters, the root mean square of past steps over that of
// past gradients.
//
//   v ← ρv + (1 − ρ)g²
//   Δ = √(d + ε)/√(v + ε) · g
//   d ← ρd + (1 − ρ)Δ²
//   θ ← θ − ηΔ
//
// Zeiler 2012, Algorithm 1, https://arxiv.org/abs/1212.5701.
// Variant: as printed, times a rate η as in the frameworks: η = 1 is the paper. d does not see η.
#include <cmath>

#include "descent/catalogue.h"

namespace descent {
namespace {

class Adadelta final : public Cloneable<Adadelta, GradientOptimizer> {
 public:
  double rho = 0.9;
  double epsilon = 1e-6;

  Adadelta() { lr = 1; }
  void reset(const Layout& layout) override { v_ = d_ = Vector::Zero(parameterCount(layout)); }
  std::vector<Memory> memory() const override {
    return {{"squared-gradients", &v_}, {"squared-steps", &d_}};
  }
  std::vector<Probe> probes() const override { return {}; }  // squares have no direction
  // With d = 0 and v = (1 − ρ)g²; it grows with |g|.
  Predictions predict() const override {
    return {.firstStep = [this](const Vector&, const Vector& g, double eta) {
      const double a = g.lpNorm<Eigen::Infinity>();
      return eta * std::sqrt(epsilon / ((1 - rho) * a * a + epsilon)) * a;
    }};
  }

 protected:
  void update(const Vector& g, Vector& x, double learningRate) override {
    v_ = rho * v_ + (1 - rho) * g.cwiseAbs2();
    const Vector delta = ((d_.array() + epsilon) / (v_.array() + epsilon)).sqrt() * g.array();
    d_ = rho * d_ + (1 - rho) * delta.cwiseAbs2();
    x -= learningRate * delta;
  }

 private:
  Vector v_, d_;
};

}  // namespace

void register_adadelta(Catalogue& catalogue) {
  catalogue.add(
      Describe<Adadelta>("adadelta", "Adadelta")
          .sentence("Scale each step by the size of past steps over the size of past gradients, so "
                    "that it has the units of a parameter and needs no rate.")
          .formula(R"(\Delta = \frac{\sqrt{d + \epsilon}}{\sqrt{v + \epsilon}}\, g,\quad )"
                   R"(d \leftarrow \rho d + (1-\rho) \Delta^2,\quad )"
                   R"(\theta \leftarrow \theta - \eta \Delta)")
          .cites("Zeiler 2012, ADADELTA: An Adaptive Learning Rate Method",
                 "https://arxiv.org/abs/1212.5701")
          .variant(
              "Algorithm 1 of the paper at η = 1; the mean of squared steps does not see η, as "
              "in the frameworks.")
          .card(R"(v = s["v"] = rho * s.get("v", 0) + (1 - rho) * g**2
d = s.get("d", 0)
step = np.sqrt(d + epsilon) / np.sqrt(v + epsilon) * g
s["d"] = rho * d + (1 - rho) * step**2
x = x - eta * step)",
                "diagonal, learned from recent squares of gradients and steps",
                "Seldom chosen today; where a rate is hard to guess, it needs none.",
                "It starts slowly, for the first steps have only ε to grow from, and it has no "
                "rate to anneal by design.")
          .style(3, 1)
          .rate()
          .knob("rho", &Adadelta::rho, 0, 0.9999, "Forgetting of both mean squares.")
          .as("Memory", "ρ")
          .usual(0, 0.999, Scale::kComplement)
          .knob("epsilon", &Adadelta::epsilon, 1e-16, 1,
                "Sets the size of the first steps, which have no past.")
          .as("Epsilon", "ε")
          .usual(1e-10, 1e-2, Scale::kLog));
}

}  // namespace descent
