// Weight decay: two ways to shrink weights, and when they are the same.
#include <cmath>

#include "descent/finished.h"
#include "labs/decay/lab.h"

namespace descent {

void register_decay(Catalogue& catalogue) {
  using namespace decay;
  Describe<Decay> lab("decay", "Weight decay");
  lab.sentence(
         "Two ways to shrink weights, inside the gradient and beside it, and when they are "
         "the same.")
      .knob("runners", &Decay::runnerRecipes, Kind::kOptimizer, 1, 8,
            "Optimizers to compare, 1 to 8.")
      .as("Runners")
      .fixed();
  describeGround(lab);
  describeStart(lab);
  lab.knob("factor", &Decay::factor, 1e-6, 1e6, "Multiplies the loss, and with it every gradient.")
      .as("Loss times", "c")
      .usual(1e-3, 1e3, Scale::kLog)
      .fixed()
      .knob("steps", &Decay::steps, 1, 20000, "Length of the run.")
      .as("Steps", "T")
      .usual(10, 10000, Scale::kLog)
      .fixed()
      .preset("adam", "L2 in Adam is not decay",
              "Both weights should shrink alike. Inside Adam the decay is divided by the size of "
              "the gradients: what has large ones hardly shrinks.",
              "")
      .shows("beside Adam the two weights shrink alike",
             [](const Finished& run) {
               return std::abs(run.last("weight0/1") / run.last("weight1/1") - 1) < 1e-5;
             })
      .shows("inside Adam the one with large gradients is left five times as large",
             [](const Finished& run) { return run.last("weight0/0") > 5 * run.last("weight1/0"); })
      .preset("sgd", "For SGD they coincide",
              "g + λθ times η is ηλθ beside ηg: with momentum the same λ decays 1/(1−β) times "
              "faster inside the gradient than beside it.",
              "problem=two-scales(large=1,small=0.01)&steps=300&"
              "runners=l2(sgd(lr=0.01),lambda=0.5),decoupled-decay(sgd(lr=0.01),lambda=0.5),"
              "l2(momentum(lr=0.001),lambda=0.5),"
              "decoupled-decay(momentum(lr=0.001),lambda=0.5)")
      .shows("for SGD the two decays are one to rounding",
             [](const Finished& run) {
               for (int t = 0; t <= run.steps(); ++t) {
                 const double inside = run.at("weight0/0", t), beside = run.at("weight0/1", t);
                 if (!(std::abs(inside - beside) <= 1e-12 * std::abs(beside))) return false;
               }
               return true;
             })
      .shows("inside momentum it decays ten times faster: θ₂ is e⁻¹·⁵ and not e⁻⁰·¹⁵",
             [](const Finished& run) {
               return std::abs(std::log(run.last("weight1/2")) + 1.5) < 0.05 &&
                      std::abs(std::log(run.last("weight1/3")) + 0.15) < 0.03;
             })
      .preset("ridge", "Ridge regression",
              "On least squares coupled decay ends at the ridge solution, which has a closed "
              "form; AdamW does not.",
              "problem=least-squares(noise=1)&runners=sgd(lr=0.5,weightDecay=0.1),"
              "momentum(lr=0.1,weightDecay=0.1),adam(lr=0.02,weightDecay=0.1,schedule=cosine),"
              "adamw(lr=0.02,weightDecay=0.1,schedule=cosine)&steps=1000")
      .shows("coupled decay ends at the ridge solution, by SGD, momentum and Adam",
             [](const Finished& run) {
               for (const int i : {0, 1, 2}) {
                 const Reading* rest = run.reading("‖θ‖ at rest", i);
                 if (!rest || rest->verdict() != Verdict::kHolds) return false;
               }
               return true;
             })
      .shows("AdamW ends elsewhere",
             [](const Finished& run) {
               return std::abs(run.last("norm/3") - run.last("norm/0")) > 0.1;
             })
      .preset("rescale", "Multiply the loss",
              "With the loss times 100, signs and AdamW walk the same path; SGD and L2 in Adam do "
              "not.",
              "problem=least-squares&factor=100&steps=300&runners=sgd(lr=0.005),"
              "adam(lr=0.02,weightDecay=0.1),adamw(lr=0.02,weightDecay=0.1),signsgd(lr=0.005)")
      .shows("signs walk the same path, AdamW but for its guard ε",
             [](const Finished& run) {
               return run.largest("apart/3") == 0 && run.last("apart/2") < 1e-6;
             })
      .shows("SGD and L2 in Adam end a tenth apart or more",
             [](const Finished& run) {
               return run.last("apart/0") > 0.1 && run.last("apart/1") > 0.1;
             })
      .preset("overfit", "Overfitting",
              "The 15 weights of a polynomial that is fitted to 16 noisy points, without and with "
              "a penalty: without it the loss that is seen falls further, and the held-out loss "
              "rises to many times as much.",
              "problem=polynomial-fit&runners=momentum(lr=0.3),"
              "l2(momentum(lr=0.3),lambda=0.02)&steps=3000&view.tab=heldOut")
      .shows(
          "without a penalty the loss that is seen is lower, the held-out loss five times higher",
          [](const Finished& run) {
            return run.last("loss/0") < run.last("loss/1") &&
                   run.last("heldOut/0") > 5 * run.last("heldOut/1");
          })
      .shows("and has risen to five times its least", [](const Finished& run) {
        return run.last("heldOut/0") > 5 * run.least("heldOut/0");
      });
  catalogue.add(lab);
}

}  // namespace descent
