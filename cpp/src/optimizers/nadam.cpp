// NAdam: Adam with Nesterov's look-ahead: the step already holds the momentum that comes next.
//
//   m, v as in Adam;  μ_t = β₁(1 − ½·0.96^(0.004t)), or β₁;  Π = μ₁ ⋯ μ_t
//   θ ← θ − η [(1 − μ_t)g/(1 − Π) + μ_{t+1}m/(1 − μ_{t+1}Π)]/(√v̂ + ε)
//
// Dozat 2016, https://openreview.net/forum?id=OM0jvwB8jIp57ZJjtNEZ.
// Variant: m itself forgets with β₁, as in Keras and PyTorch. (PyTorch 1.13 multiplies Π by one μ_t
// too many in the second term.) momentumSchedule=constant has μ_t = β₁. Weight decay is coupled.
#include "optimizers/adam_moments.h"

namespace descent {
namespace {

enum class MomentumSchedule { kWarming, kConstant };

class NAdam final : public Cloneable<NAdam, AdamMoments> {
 public:
  MomentumSchedule momentumSchedule = MomentumSchedule::kWarming;

  void reset(const Layout& layout) override {
    AdamMoments::reset(layout);
    product_ = 1;
  }
  // g/(√v̂ + ε) is 1 at first, leaving out ε, and m is (1 − β₁)g.
  Predictions predict() const override {
    return {.firstStep = [this](const Vector& x, const Vector& g, double eta) {
      const double ahead = mu(2) * (1 - beta1) / (1 - mu(1) * mu(2));
      return (g + weightDecay * x).isZero(0) ? 0 : eta * (1 + ahead);
    }};
  }

 protected:
  void update(const Vector& gradient, Vector& x, double learningRate) override {
    const Vector g = gradient + weightDecay * x;
    remember(g);
    const double now = mu(t_), next = mu(t_ + 1);
    product_ *= now;
    const Vector ahead = (1 - now) / (1 - product_) * g + next / (1 - next * product_) * m_;
    x -= learningRate * quotient(ahead, correctedRoot(v_));
  }

 private:
  double mu(int t) const {
    if (momentumSchedule == MomentumSchedule::kConstant) return beta1;
    return beta1 * (1 - 0.5 * std::pow(0.96, 0.004 * t));
  }

  double product_ = 1;
};

}  // namespace

void register_nadam(Catalogue& catalogue) {
  Describe<NAdam> nadam("nadam", "NAdam");
  nadam
      .sentence(
          "Adam that looks ahead as Nesterov does: the newest gradient counts again, and the "
          "momentum that comes next is already in the step.")
      .formula(R"(\theta \leftarrow \theta - \eta \left[\tfrac{(1-\mu_t)\, g}{1-\prod\mu} + )"
               R"(\tfrac{\mu_{t+1}\, m}{1-\mu_{t+1}\prod\mu}\right] / )"
               R"((\sqrt{\hat v} + \epsilon))")
      .cites("Dozat 2016, Incorporating Nesterov Momentum into Adam",
             "https://openreview.net/forum?id=OM0jvwB8jIp57ZJjtNEZ")
      .variant(
          "The frameworks' form, in which m forgets with β₁ and μ only weighs it; PyTorch 1.13 "
          "has one factor μ_t too many. Weight decay is coupled.")
      .card(R"(g = g + weightDecay * x
m = s["m"] = beta1 * s.get("m", 0) + (1 - beta1) * g
v = s["v"] = beta2 * s.get("v", 0) + (1 - beta2) * g**2
mu = beta1 * (1 - 0.5 * 0.96**(0.004 * t))
nu = beta1 * (1 - 0.5 * 0.96**(0.004 * (t + 1)))
p = s["p"] = s.get("p", 1) * mu
ahead = (1 - mu) / (1 - p) * g + nu / (1 - nu * p) * m
x = x - eta * ahead / (np.sqrt(v / (1 - beta2**t)) + epsilon))",
            "diagonal, learned from past squares",
            "In the place of Adam wherever valleys are smooth enough for Nesterov's look-ahead to "
            "help.",
            "It inherits Adam's state and sensitivity, trusts the newest gradient more where it is "
            "noisy, and is seldom clearly better.")
      .style(1, 0);
  describeBetas(nadam);
  nadam
      .choice("momentumSchedule", &NAdam::momentumSchedule, {"warming", "constant"},
              "μ rises from about β₁/2 to β₁ over some thousands of steps, or is β₁ throughout.")
      .as("μ schedule");
  describeCoupledDecay(nadam);
  catalogue.add(nadam);
}

}  // namespace descent
