// Normalised momentum: go along the momentum, by the rate, however long the momentum is.
//
//   m ← βm + g,   w ← w − η m/‖m‖   for every block w of the parameters
//
// Cutkosky & Mehta 2020, https://arxiv.org/abs/2002.03305.
// Variant: the paper averages, m ← βm + (1 − β)g; the sum is 1/(1 − β) times as long, which the
// division takes off again. Every block is divided by its own length; one that is zero stays.
// On one vector it is Muon with svd and without Nesterov.
#include "descent/catalogue.h"

namespace descent {
namespace {

class Normalized final : public Cloneable<Normalized, GradientOptimizer> {
 public:
  double beta = 0.9;

  void reset(const Layout& layout) override {
    layout_ = layout;
    m_ = Vector::Zero(parameterCount(layout));
  }
  std::vector<Memory> memory() const override { return {{"momentum", &m_}}; }
  Predictions predict() const override {
    return {.firstStep = [this](const Vector&, const Vector& g, double eta) {
      return eta * unitBlocks(g).lpNorm<Eigen::Infinity>();
    }};
  }

 protected:
  void update(const Vector& g, Vector& x, double learningRate) override {
    m_ = beta * m_ + g;
    x -= learningRate * unitBlocks(m_);
  }

 private:
  // Every block divided by its length.
  Vector unitBlocks(Vector m) const {
    for (const Block& block : layout_) {
      auto part = m.segment(block.offset, block.size());
      const double length = part.stableNorm();
      if (length > 0) part /= length;
    }
    return m;
  }

  Layout layout_;
  Vector m_;
};

}  // namespace

void register_normalized(Catalogue& catalogue) {
  catalogue.add(
      Describe<Normalized>("normalized", "Normalised momentum")
          .sentence("Keep the momentum's direction and forget its length: every block moves by "
                    "the rate. It is what Muon is on a vector.")
          .formula(R"(m \leftarrow \beta m + g,\quad )"
                   R"(\theta \leftarrow \theta - \eta\, m / \lVert m \rVert)")
          .cites("Cutkosky & Mehta 2020, Momentum Improves Normalized SGD",
                 "https://arxiv.org/abs/2002.03305")
          .variant("Block by block, as layer-wise methods do. The momentum is summed; averaging it "
                   "gives the same steps.")
          .card(R"(m = s["m"] = beta * s.get("m", 0) + g
length = np.linalg.norm(m)
x = x - eta * m / (length if length > 0 else 1))",
                "Euclidean in each block",
                "In large-batch training, as the simplest form of layer-wise scaling.",
                "Its steps do not shrink near a minimum, so it needs a schedule to settle.")
          .style(4, 2)
          .rate()
          .knob("beta", &Normalized::beta, 0, 0.9999, "Share of the momentum that is kept.")
          .as("Momentum", "β")
          .usual(0, 0.999, Scale::kComplement));
}

}  // namespace descent
