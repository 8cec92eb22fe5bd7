// Stochastic weight averaging: the plain mean of the weights late in a run.
//
//   θ̄ = mean of θₜ over t = start, start + 1, …;   before that the run is judged at θₜ itself
//
// Izmailov, Podoprikhin, Garipov, Vetrov & Wilson 2018, Algorithm 1,
// https://arxiv.org/abs/1803.05407.
// Variant: the weights after every step are averaged (the paper's cycle length c is 1), where the
// paper takes them at the ends of epochs or cycles. The rate is left to the schedule.
#include "descent/catalogue.h"
#include "optimizers/slow_weights.h"

namespace descent {
namespace {

class Swa final : public Cloneable<Swa, SlowWeights> {
 public:
  int start = 50;

  Swa() : Cloneable("average") {}
  Predictions predict() const override { return {.firstStep = inner->predict().firstStep}; }

  void reset(const Layout& layout) override {
    SlowWeights::reset(layout);
    t_ = averaged_ = 0;
  }

 protected:
  void afterStep(Vector& x, double /*learningRate*/) override {
    if (++t_ >= start) {
      slow_ += (x - slow_) / ++averaged_;
    } else if (averaged_ == 0) {
      slow_ = x;
    }
  }

 private:
  int t_ = 0, averaged_ = 0;
};

}  // namespace

void register_swa(Catalogue& catalogue) {
  catalogue.add(
      Describe<Swa>("swa", "SWA")
          .sentence("Average the weights of the last part of the run: their mean lies in the "
                    "middle of the flat region about which they wander.")
          .formula(R"(\bar\theta = \frac{1}{t - s + 1}\sum_{i=s}^{t} \theta_i)")
          .cites("Izmailov, Podoprikhin, Garipov, Vetrov & Wilson 2018, Averaging Weights Leads to "
                 "Wider Optima and Better Generalization",
                 "https://arxiv.org/abs/1803.05407")
          .variant("The weights after every step from `start` on count alike (the paper's c = 1); "
                   "the rate is the schedule's affair.")
          .card(R"(x = inner(x, grad)
if t >= start:  # the mean is where the run is judged
    mean = s.get("mean", x)
    s["mean"] = mean + (x - mean) / (t - start + 1))",
                "the inner optimizer's",
                "The last epochs of training in vision, at a constant or cyclic rate.",
                "While the weights still travel their mean lags behind, and in a network "
                "batch-normalisation statistics must be computed anew for it.")
          .knob("start", &Swa::start, 1, 1000000, "First step whose weights count.")
          .as("From step", "s")
          .usual(1, 1000, Scale::kLog));
}

}  // namespace descent
