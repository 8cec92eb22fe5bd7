// AMSGrad: Adam whose scale never shrinks, which Adam's proof of convergence had overlooked.
//
//   m, v as in Adam;  v̌ ← max(v̌, v)
//   both  θ ← θ − η (m/(1 − β₁ᵗ))/(√(v̌/(1 − β₂ᵗ)) + ε)
//   none  θ ← θ − η m/(√v̌ + ε)
//
// Reddi, Kale & Kumar 2018, Algorithm 2, https://arxiv.org/abs/1904.09237.
// Variant: biasCorrection=both is PyTorch's form: the maximum is taken of the uncorrected v and
// corrected afterwards. none is the paper's, which corrects nothing. Weight decay is coupled.
#include "optimizers/adam_moments.h"

namespace descent {
namespace {

class AmsGrad final : public Cloneable<AmsGrad, AdamMoments> {
 public:
  void reset(const Layout& layout) override {
    AdamMoments::reset(layout);
    largest_ = Vector::Zero(parameterCount(layout));
  }
  std::vector<Memory> memory() const override {
    return {{"first-moment", &m_}, {"second-moment", &v_}, {"largest-second-moment", &largest_}};
  }
  Predictions predict() const override {
    return {.firstStep = [this](const Vector& x, const Vector& g, double eta) {
      return (g + weightDecay * x).isZero(0) ? 0 : eta * firstDirection();
    }};
  }

 protected:
  void update(const Vector& g, Vector& x, double learningRate) override {
    remember(g + weightDecay * x);
    largest_ = largest_.cwiseMax(v_);
    x -= learningRate * quotient(correctedMean(), correctedRoot(largest_));
  }

 private:
  Vector largest_;
};

}  // namespace

void register_amsgrad(Catalogue& catalogue) {
  Describe<AmsGrad> amsgrad("amsgrad", "AMSGrad");
  amsgrad
      .sentence(
          "Adam that divides by the largest mean square it has seen, so that rare large "
          "gradients are not forgotten.")
      .formula(R"(\check v \leftarrow \max(\check v, v),\quad )"
               R"(\theta \leftarrow \theta - \eta\,\hat m / )"
               R"((\sqrt{\check v/(1-\beta_2^t)} + \epsilon))")
      .cites("Reddi, Kale & Kumar 2018, On the Convergence of Adam and Beyond",
             "https://arxiv.org/abs/1904.09237")
      .variant(
          "biasCorrection=both is PyTorch's form, the maximum of the uncorrected v, corrected "
          "afterwards; none is the paper's Algorithm 2. Weight decay is coupled.")
      .card(R"(g = g + weightDecay * x
m = s["m"] = beta1 * s.get("m", 0) + (1 - beta1) * g
v = s["v"] = beta2 * s.get("v", 0) + (1 - beta2) * g**2
w = s["w"] = np.maximum(s.get("w", 0), v)
x = x - eta * m / (1 - beta1**t) / (np.sqrt(w / (1 - beta2**t)) + epsilon))",
            "diagonal, learned from the largest mean of past squares",
            "A switch of most frameworks' Adam, for problems where rare large gradients carry the "
            "signal.",
            "One burst of large gradients shortens all later steps, and in practice the gain over "
            "Adam is small.")
      .style(1, 1);
  describeMoments(amsgrad);
  describeCoupledDecay(amsgrad);
  catalogue.add(amsgrad);
}

}  // namespace descent
