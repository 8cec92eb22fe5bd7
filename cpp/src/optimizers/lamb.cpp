// LAMB: Adam's direction, taken in each layer by a share of the layer's own length.
//
//   r = m̂/(√v̂ + ε) + λw,   w ← w − η (‖w‖/‖r‖) r   for every block w of the parameters
//
// You et al. 2020, Algorithm 2, https://arxiv.org/abs/1904.00962.
// Variant: φ(‖w‖) = ‖w‖, without bounds. The ratio is 1 where ‖w‖ or ‖r‖ is zero. m̂ and v̂ are
// those of Adam, with both corrections unless told.
#include "optimizers/adam_moments.h"

namespace descent {
namespace {

class Lamb final : public Cloneable<Lamb, AdamMoments> {
 public:
  Lamb() { weightDecay = 0.01; }
  void reset(const Layout& layout) override {
    AdamMoments::reset(layout);
    layout_ = layout;
  }
  Predictions predict() const override {
    return {.firstStep = [this](const Vector& x, const Vector& g, double eta) {
      const Vector r = firstDirection() * g.array().sign();
      return eta * scaled(r + weightDecay * x, x).lpNorm<Eigen::Infinity>();
    }};
  }

 protected:
  void update(const Vector& g, Vector& x, double learningRate) override {
    x -= learningRate * scaled(direction(g) + weightDecay * x, x);
  }

 private:
  // Every block of r at the length of that block of x.
  Vector scaled(Vector r, const Vector& x) const {
    for (const Block& block : layout_) {
      auto part = r.segment(block.offset, block.size());
      const double length = part.stableNorm();
      const double w = x.segment(block.offset, block.size()).stableNorm();
      if (w > 0 && length > 0) part = part / length * w;
    }
    return r;
  }

  Layout layout_;
};

}  // namespace

void register_lamb(Catalogue& catalogue) {
  Describe<Lamb> lamb("lamb", "LAMB");
  lamb.sentence(
          "AdamW's direction in each layer, at a share of the layer's own length: LARS for "
          "Adam.")
      .formula(R"(r = \hat m / (\sqrt{\hat v} + \epsilon) + \lambda w,\quad )"
               R"(w \leftarrow w - \eta\,\frac{\lVert w \rVert}{\lVert r \rVert}\,r)")
      .cites(
          "You et al. 2020, Large Batch Optimization for Deep Learning: Training BERT in 76 "
          "minutes",
          "https://arxiv.org/abs/1904.00962")
      .variant(
          "Algorithm 2 of the paper with φ(‖w‖) = ‖w‖. The ratio is 1 where a norm is zero, and "
          "every block has one.")
      .card(R"(m = s["m"] = beta1 * s.get("m", 0) + (1 - beta1) * g
v = s["v"] = beta2 * s.get("v", 0) + (1 - beta2) * g**2
r = (m / (1 - beta1**t)) / (np.sqrt(v / (1 - beta2**t)) + epsilon) + weightDecay * x
w, length = np.linalg.norm(x), np.linalg.norm(r)
x = x - eta * (w / length if w > 0 and length > 0 else 1) * r)",
            "diagonal, learned from past squares, then Euclidean in units of each block's length",
            "For pre-training language models with very large batches.",
            "Weights at zero have no length to move by, and its steps shrink only with the "
            "weights or the schedule.")
      .style(5, 0);
  describeMoments(lamb);
  lamb.knob("weightDecay", &Lamb::weightDecay, 0, 10,
            "λ times w is added to Adam's direction, before it is scaled.")
      .as("Decay", "λ")
      .usual(0, 0.1);
  catalogue.add(lamb);
}

}  // namespace descent
