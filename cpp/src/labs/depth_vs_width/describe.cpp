// The lab of depth against width: what a few layers can do that no single layer of their size can,
// what training finds of it, and how much of it a jitter of the weights leaves.
#include <cmath>

#include "descent/finished.h"
#include "labs/depth_vs_width/lab.h"

namespace descent {

void register_depth_vs_width(Catalogue& catalogue) {
  using namespace depth_vs_width;
  catalogue.add(
      Describe<DepthVsWidth>("depth-vs-width", "Depth against width")
          .sentence("Composed, a tent doubles its pieces with every layer of two units; one layer "
                    "gains a piece a unit. Existing is one thing, being found by training another.")
          .choice("built", &DepthVsWidth::built, {"sawtooth", "square", "random"},
                  "The tent composed k times, x² as a sum of these, or a network with drawn "
                  "weights.")
          .as("Built")
          .fixed()
          .knob("layers", &DepthVsWidth::layers, 1, kMostLayers, "Hidden layers of what is built.")
          .as("Layers", "k")
          .fixed()
          .knob("jitter", &DepthVsWidth::jitter, 0, 1,
                "Each parameter is multiplied by 1 + σ ξ, ξ ~ N(0, 1). Rounding trained weights to "
                "bfloat16 is about σ = 0.0016; the sawtooth’s own are exact in it.")
          .as("Jitter", "σ")
          .usual(1e-6, 1, Scale::kLog)
          .knob("jitterSeed", &DepthVsWidth::jitterSeed, 0, 999999, "Draws the jitter.")
          .as("Jitter’s seed")
          .knob("optimizer", &DepthVsWidth::optimizer, Kind::kOptimizer,
                "Optimizer that trains networks of as many parameters to be what was built.")
          .as("Optimizer")
          .flag("shallow", &DepthVsWidth::shallow, "Train one layer with as many parameters.")
          .as("Shallow")
          .fixed()
          .flag("deep", &DepthVsWidth::deep, "Train a network of the same layers as was built.")
          .as("Deep")
          .fixed()
          .choice("start", &DepthVsWidth::begin, {"drawn", "jittered"},
                  "Where the deep network begins: drawn weights, or those that were built, "
                  "jittered.")
          .as("Deep start")
          .fixed()
          .knob("width", &DepthVsWidth::width, 1, 16, "Units of a layer of the random network.")
          .as("Width", "n")
          .fixed()
          .knob("bias", &DepthVsWidth::bias, 0.01, 10,
                "Standard deviation of the random network’s biases.")
          .as("Biases", "σ_b")
          .usual(0.1, 10, Scale::kLog)
          .fixed()
          .knob("batch", &DepthVsWidth::batch, 0, 8192,
                "Points of [0, 1] that an update sees; 0 for all of them.")
          .as("Batch size", "B")
          .usual(0, 512)
          .fixed()
          .knob("steps", &DepthVsWidth::steps, 1, 5000, "Length of the run; a step is ten updates.")
          .as("Steps", "T")
          .usual(10, 2000, Scale::kLog)
          .fixed()
          .knob("seed", &DepthVsWidth::seed, 0, 999999,
                "Draws the first weights, the batches and random networks.")
          .as("Seed")
          .fixed()
          .preset("sawtooth", "Thirty-two pieces from ten units",
                  "Five layers of two units fold the interval five times. A single layer of ten "
                  "units has eleven pieces: it cannot come nearer than ½, however it is trained.",
                  "")
          .shows("ten units in five layers have 32 pieces",
                 [](const Finished& run) { return run.measured("pieces 2^k") == 32; })
          .shows("the layer of ten units has at most eleven and never comes nearer than ½",
                 [](const Finished& run) {
                   return run.largest("pieces/0") <= 11 && run.least("gap/0") >= 0.5;
                 })
          .preset("twelve", "4096 pieces from 24 units",
                  "Twelve folds, each of two units. The layer with as many parameters has 25 "
                  "pieces.",
                  "layers=12&batch=256&steps=100&jitter=0.0001")
          .shows("24 units in twelve layers have 4096 pieces",
                 [](const Finished& run) { return run.measured("pieces 2^k") == 4096; })
          .shows("the one layer has at most 25 and never comes nearer than ½",
                 [](const Finished& run) {
                   return run.largest("pieces/0") <= 25 && run.least("gap/0") >= 0.5;
                 })
          .preset(
              "square", "The square from sawtooths",
              "Each layer of three units takes three quarters off the error: 2^(−2m−2). A layer "
              "with as many parameters stays at least four times as far, however it is trained.",
              "built=square&layers=6&jitter=0.0001&optimizer=adam(lr=0.003)")
          .shows(
              "six layers are 2^−14 from x², and the one layer stays more than four times as far",
              [](const Finished& run) {
                return run.reading("largest gap from x²")->verdict() == Verdict::kHolds &&
                       run.least("gap/0") > 4 * std::exp2(-14);
              })
          .preset("jitter", "A jitter of one in a hundred",
                  "Every layer doubles what the layers before it are off by. After eight, a "
                  "hundredth on each weight is enough to lose teeth.",
                  "layers=8&jitter=0.01&batch=256&steps=200")
          .shows(
              "with jitter fewer than 256 crossings of ½ are left",
              [](const Finished& run) { return run.measured("crossings of ½ with jitter") < 256; })
          .preset("repair", "Training repairs a jitter",
                  "The deep network begins at the jittered weights, and from there it is found: "
                  "what exists can be reached from near by.",
                  "layers=4&jitter=0.02&start=jittered&optimizer=adam(lr=0.001)&steps=600")
          .shows("the deep network goes from over 0.4 to within 0.06",
                 [](const Finished& run) {
                   return run.first("gap/1") > 0.4 && run.last("gap/1") < 0.06;
                 })
          .shows("the shallow one stays more than ½ away",
                 [](const Finished& run) { return run.last("gap/0") > 0.5; })
          .preset("random", "Random networks fold little",
                  "Drawn weights give at most about as many pieces as there are units, fewer the "
                  "deeper and the larger the biases; for wide layers Rice’s formula says how many "
                  "on average. A step draws a network more.",
                  "built=random&layers=4&width=16&optimizer=adam(lr=0.003)&steps=200&batch=64")
          .shows(
              "the 64 units have fewer pieces than that on average, as many as Rice’s formula says",
              [](const Finished& run) {
                return run.measured("pieces on average") < 64 &&
                       run.reading("pieces on average")->verdict() == Verdict::kHolds;
              })
          .preset(
              "few", "Where width is enough",
              "Four pieces are within reach of a layer of four units, and from this start it finds "
              "them. The deep network, which could, does not.",
              "layers=2&steps=500&seed=6")
          .shows("the shallow network comes within 0.02, the deep one stays more than 0.4 away",
                 [](const Finished& run) {
                   return run.last("gap/0") < 0.02 && run.last("gap/1") > 0.4;
                 }));
}

}  // namespace descent
