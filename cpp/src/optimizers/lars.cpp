// LARS: every layer moves by a share of its own length, whatever the size of its gradient.
//
//   trust = τ‖w‖/(‖g‖ + λ‖w‖)
//   v ← βv + η·trust·(g + λw),   w ← w − v   for every block w of the parameters
//
// You, Gitman & Ginsburg 2017, Algorithm 1, https://arxiv.org/abs/1708.03888.
// Variant: as printed: the rate is inside the velocity (heavy-ball), and the norms of g and λw are
// added. trust is 1 where ‖w‖ or ‖g‖ is zero. Every block is scaled; practice often leaves biases
// and normalisation out.
#include "descent/catalogue.h"

namespace descent {
namespace {

class Lars final : public Cloneable<Lars, GradientOptimizer> {
 public:
  double beta = 0.9;
  double trust = 0.001;
  double weightDecay = 0;

  Lars() { lr = 1; }
  void reset(const Layout& layout) override {
    layout_ = layout;
    v_ = Vector::Zero(parameterCount(layout));
  }
  std::vector<Memory> memory() const override { return {{"momentum", &v_}}; }
  Predictions predict() const override {
    return {.firstStep = [this](const Vector& x, const Vector& g, double eta) {
      return eta * trusted(g, x).lpNorm<Eigen::Infinity>();
    }};
  }

 protected:
  void update(const Vector& g, Vector& x, double learningRate) override {
    v_ = beta * v_ + learningRate * trusted(g, x);
    x -= v_;
  }

 private:
  // trust·(g + λw) of every block. The division comes first: the trust of a tiny gradient may be
  // beyond the range of numbers, while the step is not.
  Vector trusted(const Vector& g, const Vector& x) const {
    Vector step = g + weightDecay * x;
    for (const Block& block : layout_) {
      const double w = x.segment(block.offset, block.size()).stableNorm();
      const double slope = g.segment(block.offset, block.size()).stableNorm();
      if (w == 0 || slope == 0) continue;
      auto part = step.segment(block.offset, block.size());
      part = part / (slope + weightDecay * w) * (trust * w);
    }
    return step;
  }

  Layout layout_;
  Vector v_;
};

}  // namespace

void register_lars(Catalogue& catalogue) {
  catalogue.add(
      Describe<Lars>("lars", "LARS")
          .sentence("Let every layer move by a share of its own length, so that no layer of a "
                    "large network is torn while another sleeps.")
          .formula(R"(v \leftarrow \beta v + \eta\,)"
                   R"(\frac{\tau \lVert w \rVert}{\lVert g \rVert + \lambda \lVert w \rVert})"
                   R"(\,(g + \lambda w),\quad w \leftarrow w - v)")
          .cites("You, Gitman & Ginsburg 2017, Large Batch Training of Convolutional Networks",
                 "https://arxiv.org/abs/1708.03888")
          .variant("Algorithm 1 of the paper: the rate is inside the velocity. The trust is 1 "
                   "where a norm is zero, and every block has one.")
          .card(R"(w, slope = np.linalg.norm(x), np.linalg.norm(g)
scale = trust * w / (slope + weightDecay * w) if w > 0 and slope > 0 else 1
v = s["v"] = beta * s.get("v", 0) + eta * scale * (g + weightDecay * x)
x = x - v)",
                "Euclidean in each block, in units of the block's own length",
                "For training convolutional networks with batches of many thousands.",
                "Weights at zero have no length to move by, and with a small trust the rate must "
                "be large.")
          .style(2, 3)
          .rate()
          .knob("beta", &Lars::beta, 0, 0.9999, "Share of the velocity that is kept.")
          .as("Momentum", "β")
          .usual(0, 0.999, Scale::kComplement)
          .knob("trust", &Lars::trust, 1e-8, 1e3, "Share of a block's length that a step may be.")
          .as("Trust", "τ")
          .usual(1e-4, 1, Scale::kLog)
          .knob("weightDecay", &Lars::weightDecay, 0, 10,
                "λ times w is added to the gradient, and λ‖w‖ to its norm.")
          .as("Decay", "λ")
          .usual(0, 0.1));
}

}  // namespace descent
