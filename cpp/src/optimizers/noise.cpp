// Langevin noise: with a gradient step it samples exp(−f/T) instead of descending to a minimum.
//
//   g ← g + √(2T/η) ξ,   ξ normal;   with SGD inside θ ← θ − ηg − √(2Tη) ξ
//
// Welling & Teh 2011, Equation 4, https://dl.acm.org/doi/10.5555/3104482.3104568.
// Variant: temperature T, which is 1 in the paper. ξ is drawn once a step, so that the step sees
// one function, f + √(2T/η) ξᵀ(θ − θₜ), of which line searches ask the value too.
#include <cmath>

#include "descent/catalogue.h"
#include "descent/random.h"

namespace descent {
namespace {

class Noise final : public Cloneable<Noise, GradientDecorator> {
 public:
  double temperature = 0.01;
  int seed = 1;

  void reset(const Layout& layout) override {
    GradientDecorator::reset(layout);
    random_ = draws();
  }
  Step step(Oracle& oracle, Vector& x, double learningRate) override {
    // At rate 0 nothing moves: the noise in a step is √(2Tη).
    const double size = learningRate > 0 ? std::sqrt(2 * temperature / learningRate) : 0;
    slope_ = size * random_.normalVector(x.size());
    from_ = x;
    return GradientDecorator::step(oracle, x, learningRate);
  }

 protected:
  double seenGradient(Oracle& oracle, const Vector& x, Vector& g) override {
    const double value = oracle.gradient(x, g);
    g += slope_;
    return value + slope_.dot(x - from_);
  }
  double seenValue(Oracle& oracle, const Vector& x) override {
    return oracle.value(x) + slope_.dot(x - from_);
  }

 private:
  Random draws() const { return {static_cast<std::uint64_t>(seed), "Langevin noise"}; }

  Random random_ = draws();
  Vector slope_, from_;  // of this step: √(2T/η) ξ and θₜ
};

}  // namespace

void register_noise(Catalogue& catalogue) {
  catalogue.add(
      Describe<Noise>("noise", "Langevin noise")
          .sentence("Shake every step by the heat of a temperature: the run wanders about a "
                    "minimum, and out of a shallow one.")
          .formula(R"(g \leftarrow g + \sqrt{2T/\eta}\;\xi,\quad \xi \sim \mathcal N(0, I))")
          .cites("Welling & Teh 2011, Bayesian Learning via Stochastic Gradient Langevin Dynamics",
                 "https://dl.acm.org/doi/10.5555/3104482.3104568")
          .variant("Equation 4 with a temperature; with SGD inside and small rates the run samples "
                   "exp(−f/T). One draw a step, from a seed.")
          .card(R"(rng = s.setdefault("rng", np.random.default_rng(seed))
slope = np.sqrt(2 * temperature / eta) * rng.standard_normal(x.size)
x = inner(x, lambda y: grad(y) + slope))",
                "the inner optimizer's",
                "Sampling of posteriors, and models of what mini-batch noise does.",
                "It does not converge at a constant temperature, and inside an optimizer that "
                "rescales gradients it no longer samples exp(−f/T).")
          .knob("temperature", &Noise::temperature, 0, 1e6, "Heat: 0 is the inner optimizer.")
          .as("Temperature", "T")
          .usual(0, 1)
          .knob("seed", &Noise::seed, 0, 999999, "Draws the noise.")
          .as("Random seed")
          .fixed());
}

}  // namespace descent
