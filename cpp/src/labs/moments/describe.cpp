// Moments: what Adam remembers of a stream of gradients.
#include <cmath>

#include "descent/finished.h"
#include "labs/moments/lab.h"

namespace descent {
namespace {

bool isNear(double value, double expected, double share) {
  return std::abs(value - expected) <= share * expected;
}

}  // namespace

void register_moments(Catalogue& catalogue) {
  using namespace moments;
  catalogue.add(
      Describe<Moments>("moments", "Moments")
          .sentence("What Adam remembers of a stream of gradients, and the steps that it and its "
                    "relatives take from it.")
          .choice("stream", &Moments::stream, kStreams, "The gradients that come in.")
          .as("Stream")
          .fixed()
          .knob("size", &Moments::size, -1000, 1000, "Size of the gradient.")
          .as("Size")
          .usual(-5, 5)
          .fixed()
          .knob("noise", &Moments::noise, 0, 1000,
                "Standard deviation of the noise, where there "
                "is noise.")
          .as("Noise", "σ")
          .usual(0, 5)
          .fixed()
          .knob("period", &Moments::period, 1, 1000,
                "Steps between gradients that are not zero, between flips, or until the spike.")
          .as("Period")
          .unit("steps")
          .usual(1, 50)
          .fixed()
          .text("formula", &Moments::formulaText, &Moments::setFormula,
                "The gradient as a formula in the step t, for the stream `formula`.")
          .as("g(t)")
          .fixed()
          .knob("beta1", &Moments::beta1, 0, 0.9999, "Forgetting of the mean of past gradients.")
          .as("Mean", "β_1")
          .usual(0, 0.999, Scale::kComplement)
          .fixed()
          .knob("beta2", &Moments::beta2, 0, 0.999999, "Forgetting of the mean of past squares.")
          .as("Scale", "β_2")
          .usual(0, 0.9999, Scale::kComplement)
          .fixed()
          .knob(
              "methods", &Moments::runnerRecipes, Kind::kOptimizer, 1, 8,
              "Optimizers to compare, 1 to 8; in Adam and its kin β₁ and β₂ are the lab's unless a "
              "recipe gives its own.")
          .as("Methods")
          .fixed()
          .knob("steps", &Moments::steps, 1, 5000, "Length of the stream.")
          .as("Steps", "T")
          .usual(10, 1000, Scale::kLog)
          .fixed()
          .knob("seed", &Moments::seed, 0, 999999, "Draws the noise.")
          .as("Seed")
          .fixed()
          .preset("correction", "Why bias correction",
                  "Moments start at zero. Uncorrected, the first step is (1−β₁)/√(1−β₂) = 3.16 "
                  "times too long.",
                  "stream=constant&methods=adam,adam(biasCorrection=none),"
                  "adam(biasCorrection=first),adam(biasCorrection=second),"
                  "adam(biasCorrection=none,start=first-gradient)&steps=60")
          .shows("uncorrected, the first step is 3.16 η",
                 [](const Finished& run) {
                   return isNear(run.at("step/1", 1), std::sqrt(10.0), 1e-5);
                 })
          .shows("corrected, or from the first gradient on, it is η",
                 [](const Finished& run) {
                   return isNear(run.at("step/0", 1), 1, 1e-6) &&
                          isNear(run.at("step/4", 1), 1, 1e-6);
                 })
          .preset("short-memory", "β₂ = 0.95",
                  "With a short memory the uncorrected first step is 0.45 η instead of 3.16 η.",
                  "stream=constant&beta2=0.95&methods=adam,adam(biasCorrection=none)&steps=60")
          .shows(
              "uncorrected, the first step is 0.447 η",
              [](const Finished& run) { return isNear(run.at("step/1", 1), std::sqrt(0.2), 1e-5); })
          .preset("spike", "One spike",
                  "A gradient twenty times too large: m forgets it in tens of steps, √v in "
                  "thousands, and as long the steps stay short. With β₂ = 0.95 they are back "
                  "within a hundred.",
                  "stream=spike&period=30&noise=0&methods=adam,adam(beta2=0.95)&steps=400")
          .shows("m has forgotten the spike after fifty steps",
                 [](const Finished& run) {
                   return run.at("m", 30) > 2.8 && isNear(run.at("m", 80), 1, 0.02);
                 })
          .shows(
              "with β₂ = 0.999 steps are short to the end, with 0.95 they are back after a hundred",
              [](const Finished& run) {
                return isNear(run.at("step/0", 29), 1, 1e-6) && run.at("step/0", 130) < 0.55 &&
                       run.at("step/0", 400) < 0.8 && run.at("step/1", 130) > 0.9;
              })
          .preset("sparse", "A rare gradient",
                  "Mostly zero: AdaGrad's steps only fall, RMSProp forgets between visits.",
                  "stream=sparse&period=15&steps=150")
          .shows("AdaGrad's step at the n-th visit is 1/√n",
                 [](const Finished& run) {
                   for (int n = 1; n <= 10; ++n) {
                     if (!isNear(run.at("step/3", 15 * n), 1 / std::sqrt(n), 1e-6)) return false;
                   }
                   return true;
                 })
          .shows("RMSProp's come again, more than twice as long as the rate",
                 [](const Finished& run) {
                   return isNear(run.at("step/2", 150), run.at("step/2", 135), 0.01) &&
                          run.at("step/2", 150) > 2;
                 })
          .preset("flip", "Flipping signs",
                  "The mean cancels, the mean square does not: Adam's steps shrink to "
                  "(1−β₁)/(1+β₁) of the rate, sign descent's do not.",
                  "stream=flip&period=1&beta2=0.99&methods=adam,rmsprop,signsgd,softsign&steps=100")
          .shows("Adam's steps end at 1/19 of the rate, those of sign descent at the rate",
                 [](const Finished& run) {
                   return isNear(run.last("step/0"), 1.0 / 19, 1e-3) &&
                          isNear(run.last("step/2"), 1, 1e-12);
                 }));
}

}  // namespace descent
