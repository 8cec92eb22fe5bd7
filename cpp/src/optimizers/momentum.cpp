// Momentum: a velocity that sums past gradients, so that steps along a valley add up and steps
// across it cancel.
//
//   sum         v ← βv + g            θ ← θ − ηv
//   heavy-ball  v ← βv − ηg           θ ← θ + v
//   ema         m ← βm + (1 − β)g     θ ← θ − ηm
//
// Polyak 1964, https://doi.org/10.1016/0041-5553(64)90137-5. Polyak's is heavy-ball; frameworks
// write it as sum, the same run at constant η but not under a schedule. ema at ten times the rate
// is sum at β = 0.9.
// Variant: weight decay λ is coupled: g stands for g + λθ.
#include "descent/catalogue.h"

namespace descent {
namespace {

enum class MomentumForm { kSum, kHeavyBall, kEma };

class Momentum final : public Cloneable<Momentum, GradientOptimizer> {
 public:
  double beta = 0.9;
  MomentumForm form = MomentumForm::kSum;
  double weightDecay = 0;

  void reset(const Layout& layout) override { v_ = Vector::Zero(parameterCount(layout)); }
  std::vector<Memory> memory() const override { return {{"momentum", &v_}}; }

  Predictions predict() const override {
    Predictions said;
    const bool isMean = form == MomentumForm::kEma;
    said.firstStep = [this, isMean](const Vector& x, const Vector& g, double eta) {
      return (isMean ? 1 - beta : 1) * eta * (g + weightDecay * x).lpNorm<Eigen::Infinity>();
    };
    said.gain = [this, isMean](double, double eta) { return isMean ? eta : eta / (1 - beta); };
    said.shrinkage = [this](double size, double eta) {
      return 1 - weightDecay * predict().gain(size, eta);
    };
    said.penalty = weightDecay;
    if (weightDecay != 0) return said;
    // Distances obey x₊ = (1 + β − ηλ) x − β x₋, with η(1 − β) in the place of η for ema.
    said.characteristic = [this, isMean](double curvature, double eta) {
      const double scaled = isMean ? eta * (1 - beta) : eta;
      Characteristic z{1 + beta - scaled * curvature, beta, "|z|", "z² − (1+β−ηλ)z + β = 0"};
      if (z.b * z.b < 4 * z.c) z.formula = "√β";
      return z;
    };
    said.stabilityLimit = isMean ? Limit{2 * (1 + beta) / (1 - beta), "2(1+β)/(1−β)"}
                                 : Limit{2 * (1 + beta), "2(1+β)"};
    return said;
  }

 protected:
  void update(const Vector& gradient, Vector& x, double learningRate) override {
    const auto g = gradient + weightDecay * x;
    switch (form) {
      case MomentumForm::kSum:
        v_ = beta * v_ + g;
        x -= learningRate * v_;
        break;
      case MomentumForm::kHeavyBall:
        v_ = beta * v_ - learningRate * g;
        x += v_;
        break;
      case MomentumForm::kEma:
        v_ = beta * v_ + (1 - beta) * g;
        x -= learningRate * v_;
        break;
    }
  }

 private:
  Vector v_;
};

}  // namespace

void register_momentum(Catalogue& catalogue) {
  catalogue.add(
      Describe<Momentum>("momentum", "Momentum")
          .sentence("Sum past gradients into a velocity: along a valley they add up, across it "
                    "they cancel.")
          .formula(R"(v \leftarrow \beta v + g,\quad \theta \leftarrow \theta - \eta v)")
          .cites("Polyak 1964, Some methods of speeding up the convergence of iteration methods",
                 "https://doi.org/10.1016/0041-5553(64)90137-5")
          .variant("form=sum is how frameworks write it; heavy-ball is Polyak's, the same run at "
                   "constant rate; ema averages, and needs 1/(1−β) times the rate.")
          .card(R"(v = s["v"] = beta * s.get("v", 0) + g + weightDecay * x
x = x - eta * v)",
                "Euclidean",
                "Convolutional networks in vision, where momentum of 0.9 is still a standard.",
                "It overshoots and rings where β is high, and one rate has to fit all coordinates.")
          .style(2, 1)
          .rate()
          .knob("beta", &Momentum::beta, 0, 0.9999, "Share of the velocity that is kept.")
          .as("Momentum", "β")
          .usual(0, 0.999, Scale::kComplement)
          .choice("form", &Momentum::form, {"sum", "heavy-ball", "ema"},
                  "How the velocity is written.")
          .as("Form")
          .knob("weightDecay", &Momentum::weightDecay, 0, 10, "λ times θ is added to the gradient.")
          .as("Decay", "λ")
          .usual(0, 0.1));
}

}  // namespace descent
