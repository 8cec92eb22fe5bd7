// RMSProp: AdaGrad that forgets, so that the scale of each coordinate follows its recent gradients.
//
//   v ← βv + (1 − β)g²
//   outside  θ ← θ − η g/(√v + ε)
//   inside   θ ← θ − η g/√(v + ε)
//
// Tieleman & Hinton 2012, Lecture 6.5,
// https://www.cs.toronto.edu/~tijmen/csc321/slides/lecture_slides_lec6.pdf.
// Variant: β = 0.9 as in the lecture (PyTorch: 0.99); no ε is given there, outside is PyTorch's.
// v starts at zero and is not corrected, so the first step is 1/√(1 − β) times the rate.
#include "descent/catalogue.h"
#include "optimizers/root.h"

namespace descent {
namespace {

class RmsProp final : public Cloneable<RmsProp, GradientOptimizer> {
 public:
  double beta = 0.9;
  double epsilon = 1e-8;
  EpsilonPlacement epsilonPlacement = EpsilonPlacement::kOutside;

  void reset(const Layout& layout) override { v_ = Vector::Zero(parameterCount(layout)); }
  std::vector<Memory> memory() const override { return {{"second-moment", &v_}}; }
  std::vector<Probe> probes() const override { return {}; }  // squares have no direction
  // √v is √(1 − β)|g| at first, leaving out ε.
  Predictions predict() const override {
    Predictions said;
    said.firstStep = [this](const Vector&, const Vector& g, double eta) {
      return g.isZero(0) ? 0 : eta / std::sqrt(1 - beta);
    };
    said.preconditioner = [this] {
      return Preconditioner{guardedRoot(v_, epsilon, epsilonPlacement, 1), {2, "2"}};
    };
    return said;
  }

 protected:
  void update(const Vector& g, Vector& x, double learningRate) override {
    v_ = beta * v_ + (1 - beta) * g.cwiseAbs2();
    x -= learningRate * quotient(g, guardedRoot(v_, epsilon, epsilonPlacement, 1));
  }

 private:
  Vector v_;
};

}  // namespace

void register_rmsprop(Catalogue& catalogue) {
  catalogue.add(
      Describe<RmsProp>("rmsprop", "RMSProp")
          .sentence("Divide the gradient by the root of its recent mean square: AdaGrad that "
                    "forgets.")
          .formula(R"(v \leftarrow \beta v + (1-\beta) g^2,\quad )"
                   R"(\theta \leftarrow \theta - \eta\,g / (\sqrt{v} + \epsilon))")
          .cites("Tieleman & Hinton 2012, Lecture 6.5, Divide the gradient by a running average of "
                 "its recent magnitude",
                 "https://www.cs.toronto.edu/~tijmen/csc321/slides/lecture_slides_lec6.pdf")
          .variant("β = 0.9 as in the lecture (PyTorch: 0.99), ε outside the root as in PyTorch; "
                   "neither centred nor corrected for the start at zero.")
          .card(R"(v = s["v"] = beta * s.get("v", 0) + (1 - beta) * g**2
x = x - eta * g / (np.sqrt(v) + epsilon))",
                "diagonal, learned from recent squares",
                "Reinforcement learning and recurrent networks, whose gradients change their scale "
                "along the way.",
                "The first steps are 1/√(1−β) times too long, and without a mean of gradients it "
                "follows their noise.")
          .style(3, 3)
          .rate()
          .knob("beta", &RmsProp::beta, 0, 0.9999, "Forgetting of the mean of past squares.")
          .as("Scale", "β")
          .usual(0, 0.999, Scale::kComplement)
          .knob("epsilon", &RmsProp::epsilon, 0, 1, "Keeps the division away from zero.")
          .as("Epsilon", "ε")
          .usual(1e-12, 1e-2, Scale::kLog)
          .choice("epsilonPlacement", &RmsProp::epsilonPlacement, {"outside", "inside"},
                  "ε outside the root or inside it.")
          .as("Epsilon stands"));
}

}  // namespace descent
