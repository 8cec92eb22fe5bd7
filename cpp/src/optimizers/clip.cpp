// Gradient clipping: a gradient longer than c is shortened to c, its direction kept.
//
//   g ← c g/‖g‖ where ‖g‖ > c
//
// Pascanu, Mikolov & Bengio 2013, Algorithm 1, https://arxiv.org/abs/1211.5063.
// Variant: the Euclidean length of all parameters together, as in the paper; PyTorch adds 1e-6 to
// the length.
#include "descent/catalogue.h"

namespace descent {
namespace {

class Clip final : public Cloneable<Clip, GradientDecorator> {
 public:
  double norm = 1;

  Predictions predict() const override {
    if (!inner->predict().firstStep) return {};
    return {.firstStep = [this](const Vector& x, const Vector& g, double eta) {
      return inner->predict().firstStep(x, clipped(g), eta);
    }};
  }

 protected:
  double seenGradient(Oracle& oracle, const Vector& x, Vector& g) override {
    const double value = oracle.gradient(x, g);
    g = clipped(g);
    return value;
  }

 private:
  Vector clipped(const Vector& g) const {
    const double length = g.stableNorm();  // the squares of enormous gradients overflow
    if (length > norm) return norm * (g / length);
    return g;
  }
};

}  // namespace

void register_clip(Catalogue& catalogue) {
  catalogue.add(
      Describe<Clip>("clip", "Clipping")
          .sentence("Shorten a gradient that is too long and keep its direction, so that no single "
                    "step throws the run off.")
          .formula(R"(g \leftarrow g \cdot \min(1,\; c/\lVert g \rVert))")
          .cites("Pascanu, Mikolov & Bengio 2013, On the Difficulty of Training Recurrent Neural "
                 "Networks",
                 "https://arxiv.org/abs/1211.5063")
          .variant("Algorithm 1: by the Euclidean length of the whole gradient, without the 1e-6 "
                   "that PyTorch adds.")
          .card(R"(def seen(y):
    v = grad(y)
    length = np.linalg.norm(v)
    return v * norm / length if length > norm else v
x = inner(x, seen))",
                "the inner optimizer's",
                "Recurrent networks, and nearly every training of a language model.",
                "The threshold is one more number to choose, and an optimizer that divides by the "
                "gradient's size hardly notices it.")
          .knob("norm", &Clip::norm, 1e-12, 1e12, "Length beyond which a gradient is shortened.")
          .as("Longest gradient", "c")
          .usual(1e-2, 100, Scale::kLog));
}

}  // namespace descent
