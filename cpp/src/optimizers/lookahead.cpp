// Lookahead: fast weights explore, slow weights follow part of the way.
//
//   every k inner steps:  slow ← slow + α(fast − slow),  fast ← slow
//
// Zhang, Lucas, Hinton & Ba 2019, Algorithm 1, https://arxiv.org/abs/1907.08610.
// Variant: the inner optimizer's state is kept at a synchronisation, as in the paper's experiments.
// The run is judged at the slow weights.
#include "descent/catalogue.h"
#include "optimizers/slow_weights.h"

namespace descent {
namespace {

class Lookahead final : public Cloneable<Lookahead, SlowWeights> {
 public:
  int k = 5;
  double alpha = 0.5;

  Lookahead() : Cloneable("slow") {}

  void reset(const Layout& layout) override {
    SlowWeights::reset(layout);
    fastSteps_ = 0;
  }

 protected:
  void afterStep(Vector& fast, double /*learningRate*/) override {
    if (++fastSteps_ < k) return;
    fastSteps_ = 0;
    slow_ += alpha * (fast - slow_);
    fast = slow_;
  }

 private:
  int fastSteps_ = 0;
};

}  // namespace

void register_lookahead(Catalogue& catalogue) {
  catalogue.add(
      Describe<Lookahead>("lookahead", "Lookahead")
          .sentence("Let fast weights run k steps, then move the slow weights part of the way to "
                    "them.")
          .formula(R"(\phi \leftarrow \phi + \alpha(\theta_k - \phi),\quad )"
                   R"(\theta \leftarrow \phi)")
          .cites("Zhang, Lucas, Hinton & Ba 2019, Lookahead Optimizer: k steps forward, 1 step "
                 "back",
                 "https://arxiv.org/abs/1907.08610")
          .variant("Algorithm 1; the inner state is kept when the weights synchronise, and the "
                   "run is judged at the slow weights.")
          .card(
              R"(slow = s.setdefault("slow", x)
x = inner(x, grad)
if t % k == 0:
    s["slow"] = x = slow + alpha * (x - slow))",
              "the inner optimizer's",
              "Around SGD or Adam in vision and translation; around RAdam it is known as Ranger.",
              "It adds a vector of state and two knobs, and a well-tuned schedule leaves it "
              "little to gain.")
          .knob("k", &Lookahead::k, 1, 1000, "Inner steps between synchronisations.")
          .as("Fast steps", "k")
          .usual(1, 20)
          .knob("alpha", &Lookahead::alpha, 0, 1, "How far the slow weights follow.")
          .as("Slow step", "α"));
}

}  // namespace descent
