// Reduce on plateau: the rate is cut when the loss has stopped falling.
//
//   f(θₜ) < best − ε |best|                     best ← f(θₜ)
//   not so for more than p steps on end         rate ← γ · rate, and count anew
//
// He, Zhang, Ren & Sun 2016, https://arxiv.org/abs/1512.03385, cut "when the error plateaus".
// Variant: PyTorch's ReduceLROnPlateau with mode min, a relative threshold ε, no cooldown and no
// least rate; but PyTorch's (1 − ε) best lies above a best that is negative, where a worse loss
// would be progress. Here a constant added to f changes nothing but the size of ε. The loss is the
// one that a step returns, at the point where it began. No schedule, since it needs the loss.
#include <cmath>
#include <limits>

#include "descent/catalogue.h"

namespace descent {
namespace {

class ReduceOnPlateau final : public Cloneable<ReduceOnPlateau, Decorator> {
 public:
  double factor = 0.1;
  int patience = 10;
  double threshold = 1e-4;

  void reset(const Layout& layout) override {
    Decorator::reset(layout);
    best_ = std::numeric_limits<double>::max();
    bad_ = 0;
    scale_ = 1;
  }
  Step step(Oracle& oracle, Vector& x, double learningRate) override {
    const Step step = inner->step(oracle, x, scale_ * learningRate);
    if (step.value < best_ - threshold * std::abs(best_)) {
      best_ = step.value;
      bad_ = 0;
    } else if (++bad_ > patience) {
      scale_ *= factor;
      bad_ = 0;
    }
    return step;
  }
  Predictions predict() const override { return {.firstStep = inner->predict().firstStep}; }

 private:
  double best_ = std::numeric_limits<double>::max();
  int bad_ = 0;  // steps on end that were not better
  double scale_ = 1;
};

}  // namespace

void register_reduce_on_plateau(Catalogue& catalogue) {
  catalogue.add(
      Describe<ReduceOnPlateau>("reduce-on-plateau", "Reduce on plateau")
          .sentence("Cut the rate when the loss has not fallen for a while.")
          .formula(
              R"(\eta \leftarrow \gamma\eta\ \text{after more than}\ p\ \text{steps without}\ )"
              R"(f < f_{best} - \epsilon\,\lvert f_{best} \rvert)")
          .cites("He, Zhang, Ren & Sun 2016, Deep Residual Learning for Image Recognition",
                 "https://arxiv.org/abs/1512.03385")
          .variant("PyTorch's ReduceLROnPlateau: mode min, relative threshold, no cooldown, no "
                   "least rate. Unlike there, progress on a negative loss is a fall, too: "
                   "f < best − ε|best| in the place of f < (1 − ε) best. It watches the loss that "
                   "each step sees.")
          .card(R"(loss = f(x)
x = inner(x, grad, eta * s.setdefault("scale", 1))
best = s.get("best", np.finfo(float).max)
if loss < best - threshold * abs(best):
    s["best"], s["bad"] = loss, 0
else:
    s["bad"] += 1
if s["bad"] > patience:
    s["scale"], s["bad"] = s["scale"] * factor, 0)",
                "the inner optimizer's",
                "Training whose length is not known beforehand, on a validation loss.",
                "Noise in the loss triggers it or hides the plateau, and a cut is never taken "
                "back.")
          .knob("factor", &ReduceOnPlateau::factor, 0, 1, "Factor of each cut.")
          .as("Cut", "γ")
          .knob("patience", &ReduceOnPlateau::patience, 0, 1000000,
                "Steps without progress that are borne.")
          .as("Patience", "p")
          .usual(0, 50)
          .knob("threshold", &ReduceOnPlateau::threshold, 0, 0.5,
                "Share by which the loss must fall to count as progress.")
          .as("Progress", "ε")
          .usual(0, 0.1));
}

}  // namespace descent
