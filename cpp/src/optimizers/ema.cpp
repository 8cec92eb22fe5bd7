// Exponential moving average of the weights: the run goes on as it would, and is judged at the
// average.
//
//   θ̄ ← δθ̄ + (1 − δ)θ after each step;   θ̄ starts at the first θ
//
// Tarvainen & Valpola 2017, Equation 1, https://arxiv.org/abs/1703.01780.
// Variant: started at the weights that the run starts from, as the common libraries do, and not at
// zero with a bias correction (Kingma & Ba 2015, Section 7.2).
#include "descent/catalogue.h"
#include "optimizers/slow_weights.h"

namespace descent {
namespace {

class Ema final : public Cloneable<Ema, SlowWeights> {
 public:
  double decay = 0.99;

  Ema() : Cloneable("average") {}
  Predictions predict() const override { return {.firstStep = inner->predict().firstStep}; }

 protected:
  void afterStep(Vector& x, double /*learningRate*/) override {
    slow_ = decay * slow_ + (1 - decay) * x;
  }
};

}  // namespace

void register_ema(Catalogue& catalogue) {
  catalogue.add(
      Describe<Ema>("ema", "Averaged weights")
          .sentence("Keep a running mean of the weights and judge the run there: what oscillates "
                    "cancels.")
          .formula(R"(\bar\theta \leftarrow \delta\bar\theta + (1-\delta)\theta)")
          .cites("Tarvainen & Valpola 2017, Mean Teachers Are Better Role Models",
                 "https://arxiv.org/abs/1703.01780")
          .variant("The average starts at the first weights, without a bias correction, and does "
                   "not feed back into the run.")
          .card(R"(average = s.get("average", x)
x = inner(x, grad)
s["average"] = decay * average + (1 - decay) * x  # where the run is judged)",
                "the inner optimizer's",
                "Generative models, semi-supervised and self-supervised learning.",
                "It lags by about 1/(1 − δ) steps, which a short run has not.")
          .knob("decay", &Ema::decay, 0, 0.999999, "Share of the average that is kept in a step.")
          .as("Memory", "δ")
          .usual(0, 0.999, Scale::kComplement));
}

}  // namespace descent
