// Deep linear: W_L … W₁ fitted to random labels. What it can fit, and which of it it learns first,
// is known in closed form (theory/deep_linear.h) and stands beside what training does.
#include "descent/finished.h"
#include "labs/deep_linear/deep_linear.h"

namespace descent {
namespace {

constexpr int kModes = 4;  // of the presets' spectrum

std::string strengthOf(int mode, int runner) {
  return Channel(runner, "sigma" + std::to_string(mode), ChannelKind::kTrace, "").name;
}

// The step at which a mode has come to half of where it ends.
int halfway(const Finished& run, int mode) {
  const std::string strength = strengthOf(mode, 0);
  int t = 0;
  while (t < run.steps() && run.at(strength, t) < run.last(strength) / 2) ++t;
  return t;
}

// The largest distance of a mode from its closed form on the way, as a share of where that ends.
double astray(const Finished& run, int mode, int runner) {
  const auto closed = run.session().read("sigma" + std::to_string(mode) + "Predicted");
  double most = 0;
  for (int t = 0; t <= run.steps(); ++t) {
    const double predicted = closed->data[static_cast<std::size_t>(t)];
    most = std::max(most, std::abs(run.at(strengthOf(mode, runner), t) - predicted));
  }
  return most / closed->data.back();
}

}  // namespace

void register_deep_linear(Catalogue& catalogue) {
  using namespace deep_linear;
  catalogue.add(
      Describe<DeepLinear>("deep-linear", "Deep linear networks")
          .sentence("Layers without bends are one matrix, but they learn it as a deep network "
                    "does: strong directions first, and random labels as well as any.")
          .knob("runners", &DeepLinear::runnerRecipes, Kind::kOptimizer, 1, 4,
                "Optimizers to compare, 1 to 4.")
          .as("Optimizers")
          .fixed()
          .knob("points", &DeepLinear::points, 1, 256, "Points that are fitted.")
          .as("Points", "n")
          .usual(4, 128, Scale::kLog)
          .fixed()
          .knob("inputs", &DeepLinear::inputs, 1, 64, "Numbers that describe a point.")
          .as("Inputs", "d")
          .usual(2, 64)
          .fixed()
          .knob("outputs", &DeepLinear::outputs, 1, 32, "Numbers that are to be predicted.")
          .as("Outputs")
          .usual(1, 16)
          .fixed()
          .text("layers", &DeepLinear::layers, &DeepLinear::setLayers,
                "Units of each hidden layer, as in 64, 64: up to six layers of 1 to 64; or none.")
          .as("Hidden layers")
          .fixed()
          .knob("bottleneck", &DeepLinear::bottleneck, 0, 64,
                "Units of one more layer in the middle, which no rank above it passes; 0 for none.")
          .as("Bottleneck", "r")
          .usual(0, 16)
          .fixed()
          .choice("data", &DeepLinear::data, {"gaussian", "orthonormal", "whitened"},
                  "Points drawn from N(0, 1/d), or made orthonormal, or with XXᵀ/n = I.")
          .as("Data")
          .fixed()
          .choice("labels", &DeepLinear::labels, {"random", "spectrum"},
                  "Random signs ±1/√outputs, or a linear map with chosen singular values.")
          .as("Labels")
          .fixed()
          .text("spectrum", &DeepLinear::spectrum, &DeepLinear::setSpectrum,
                "Singular values of that map, as in 4, 2, 1.")
          .as("Spectrum", "s")
          .fixed()
          .choice("start", &DeepLinear::begin, {"random", "aligned", "unaligned", "pair"},
                  "Weights from N(0, 1/fan-in); or balanced, with the singular vectors of the "
                  "target or with random ones; or each runner from both of these.")
          .as("Start")
          .fixed()
          .knob("strength", &DeepLinear::strength, 1e-6, 10,
                "Singular values of the product at a balanced start.")
          .as("First strength", "a_0")
          .usual(1e-4, 1, Scale::kLog)
          .fixed()
          .knob("steps", &DeepLinear::steps, 1, 20000, "Length of the run.")
          .as("Steps", "T")
          .usual(100, 10000, Scale::kLog)
          .fixed()
          .knob("seed", &DeepLinear::seed, 0, 999999, "Draws points, labels and first weights.")
          .as("Seed")
          .fixed()
          .preset("random-labels", "Random labels are fitted",
                  "16 points in 32 dimensions: a linear network fits labels that mean nothing, to "
                  "rounding, and on new points it does worse than saying nothing.",
                  "")
          .shows("the loss falls below 10⁻¹⁰",
                 [](const Finished& run) { return run.last("loss/0") < 1e-10; })
          .shows("on new points it stays above the ½ of saying nothing",
                 [](const Finished& run) { return run.last("heldOut/0") > 0.5; })
          .preset("bottleneck", "A bottleneck of four",
                  "No rank above 4 passes a layer of four units: the loss comes to rest on a floor "
                  "that is known before the run.",
                  "bottleneck=4&steps=2000")
          .shows("the loss is within 10⁻¹⁰ of its floor",
                 [](const Finished& run) { return run.last("gap/0") < 1e-10; })
          .shows("which is above 0.01",
                 [](const Finished& run) { return run.last("loss/0") > 0.01; })
          .preset("more-points", "More points than dimensions",
                  "64 points in 32 dimensions: no width helps, for about half of the labels lies "
                  "outside the span of the inputs.",
                  "points=64&steps=1500")
          .shows("the loss is within 10⁻¹⁰ of its floor",
                 [](const Finished& run) { return run.last("gap/0") < 1e-10; })
          .shows("which is above 0.1", [](const Finished& run) { return run.last("loss/0") > 0.1; })
          .preset("aligned", "One mode after the other",
                  "Small weights that are aligned with the target: strong directions are learnt "
                  "first, each along its own curve in closed form.",
                  "points=64&inputs=16&layers=16&data=whitened&labels=spectrum&start=aligned&"
                  "runners=sgd(lr=0.01)&steps=1800")
          .shows("each mode passes half of its strength later than the one before",
                 [](const Finished& run) {
                   return halfway(run, 0) < halfway(run, 1) && halfway(run, 1) < halfway(run, 2) &&
                          halfway(run, 2) < halfway(run, 3);
                 })
          .shows("each stays within 5 % of its closed form",
                 [](const Finished& run) {
                   for (int k = 0; k < kModes; ++k) {
                     if (!(astray(run, k, 0) < 0.05)) return false;
                   }
                   return true;
                 })
          .shows("new points are fitted as well",
                 [](const Finished& run) { return run.last("heldOut/0") < 1e-8; })
          .preset("unaligned", "And without the alignment",
                  "The same sizes at the start in random directions: all modes begin late, and the "
                  "closed form does not hold.",
                  "points=64&inputs=16&layers=16&data=whitened&labels=spectrum&start=pair&"
                  "runners=sgd(lr=0.01),sgd(lr=0.01)&steps=1800")
          .shows("aligned modes stay within 5 % of their closed form",
                 [](const Finished& run) {
                   for (int k = 0; k < kModes; ++k) {
                     if (!(astray(run, k, 0) < 0.05)) return false;
                   }
                   return true;
                 })
          .shows("unaligned ones leave it by more than a fifth", [](const Finished& run) {
            for (int k = 0; k < kModes; ++k) {
              if (!(astray(run, k, 1) > 0.2)) return false;
            }
            return true;
          }));
}

}  // namespace descent
