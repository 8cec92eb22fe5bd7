// The depth lab: why deep plain networks are hard to train, and what shortcuts and normalisation
// do about it.
#include "descent/finished.h"
#include "labs/depth/depth.h"

namespace descent {

void register_depth(Catalogue& catalogue) {
  using namespace depth;
  Describe<Depth> lab("depth", "Depth");
  lab.sentence(
         "Plain, residual and normalised networks on one task: how deep they may be, and what "
         "their gradients come to.")
      .knob("depth", &Depth::hiddenLayers, 2, 64, "Hidden layers.")
      .as("Depth", "L")
      .fixed()
      .knob("width", &Depth::width, 1, 64, "Units of each hidden layer.")
      .as("Width", "m")
      .fixed()
      .flag("plain", &Depth::plain, "Train the network as it is.")
      .as("Plain")
      .fixed()
      .flag("residual", &Depth::shortcuts, "Train one that adds every layer to what it sees.")
      .as("Residual")
      .fixed()
      .flag("batchNorm", &Depth::normalised, "Train one that normalises every unit over the batch.")
      .as("Batch norm")
      .fixed()
      .flag("both", &Depth::both, "Train one that does both.")
      .as("Both")
      .fixed()
      .choice("activation", &Depth::activation, kActivations,
              "What a hidden unit does with its sum.")
      .as("Activation", "φ")
      .fixed()
      .choice("initialisation", &Depth::initialiser, kInitialisers,
              "Variance of the first weights: 0, 0.01, 1/k, 2/(m + k) or 2/k for k inputs and m "
              "outputs of a layer.")
      .as("Initialisation")
      .fixed()
      .knob("gain", &Depth::gain, 0, 100, "Multiplies the first weights.")
      .as("Gain")
      .usual(0.1, 10, Scale::kLog)
      .fixed()
      .choice("branch", &Depth::branch, {"whole", "root"},
              "What a residual branch is multiplied by: 1, or 1/√L in a network of L blocks.")
      .as("Branch", "s")
      .fixed()
      .knob("optimizer", &Depth::optimizer, Kind::kOptimizer, "Trains every network.")
      .as("Optimizer");
  describeData(lab);
  describeExamples(lab);
  lab.choice("loss", &Depth::loss, kLosses, "What a wrong output costs.").as("Loss").fixed();
  describeBatch(lab);
  lab.knob("seed", &Depth::seed, 0, 999999, "Draws the data, the first weights and the batches.")
      .as("Seed")
      .fixed()
      .knob("steps", &Depth::steps, 1, 5000, "Length of the run.")
      .as("Steps", "T")
      .usual(10, 1000, Scale::kLog)
      .fixed()
      .knob("zoom", &Depth::zoom, 0.01, 100, "Multiplies the width of the surface.")
      .as("Surface width")
      .usual(0.1, 10, Scale::kLog)
      .preset("three", "Plain, residual, normalised",
              "Sixteen layers three times over. By layer: what the units give, and what comes back "
              "of the gradient.",
              "")
      .shows("the loss of all three falls",
             [](const Finished& run) {
               return run.last("loss/0") < run.first("loss/0") &&
                      run.last("loss/1") < run.first("loss/1") &&
                      run.last("loss/2") < run.first("loss/2");
             })
      .preset("vanishing", "Vanishing gradients",
              "Every tanh layer halves the square of what passes it, forward and back. After 32 of "
              "them the plain network stands still; the residual one learns.",
              "depth=32&activation=tanh&initialisation=xavier&gain=0.7&branch=whole&batchNorm=off&"
              "optimizer=sgd(lr=0.3)")
      .shows("the plain network stays at the loss of guessing",
             [](const Finished& run) { return run.last("loss/0") > 0.69; })
      .shows("the residual one learns, over 90 % right",
             [](const Finished& run) {
               return run.last("loss/1") < 0.3 && run.last("accuracy/1") > 0.9;
             })
      .preset("sigmoid", "Sigmoid units",
              "A sigmoid is nowhere steeper than a quarter: sixteen of them leave less than a "
              "billionth of the gradient. Batch norm keeps each where it is steep.",
              "activation=sigmoid&initialisation=xavier&residual=off&steps=300")
      .shows("of the gradient the first layer sees less than a billionth of the last",
             [](const Finished& run) { return run.first("ratio/0") < 1e-9; })
      .shows("the plain network stays at the loss of guessing",
             [](const Finished& run) { return run.last("loss/0") > 0.69; })
      .shows("the normalised one learns, over 90 % right",
             [](const Finished& run) { return run.last("accuracy/1") > 0.9; })
      .preset("xavier", "ReLU from Xavier's start",
              "ReLU drops half of the square at every layer, and Xavier's variance does not make "
              "up for it: after 32 layers nothing is left.",
              "depth=32&initialisation=xavier&batchNorm=off&optimizer=adam(lr=0.003)&steps=150")
      .shows("the plain network stays at the loss of guessing",
             [](const Finished& run) { return run.last("loss/0") > 0.69; })
      .preset("he", "ReLU from He's start",
              "With twice the variance the square keeps its size on average: the same 32 layers "
              "learn.",
              "depth=32&initialisation=he&batchNorm=off&optimizer=adam(lr=0.003)&steps=150")
      .shows("the plain network ends below a loss of 0.01",
             [](const Finished& run) { return run.last("loss/0") < 0.01; })
      .preset("identity", "64 layers, plain and residual",
              "SGD gets nowhere with 64 plain layers. Blocks that each correct the identity a "
              "little, by branches times 1/√L, learn.",
              "depth=64&batchNorm=off")
      .shows("the plain network stays at the loss of guessing",
             [](const Finished& run) { return run.last("loss/0") > 0.69; })
      .shows("the residual one learns, over 90 % right",
             [](const Finished& run) {
               return run.last("loss/1") < 0.35 && run.last("accuracy/1") > 0.9;
             })
      .preset("whole", "Branches at full size",
              "With s = 1 every block doubles the square of the gradient, and the stream grows "
              "faster still: the residual network diverges at once.",
              "branch=whole&batchNorm=off&steps=100")
      .shows("the residual network diverges within five steps",
             [](const Finished& run) { return run.diverged(1) && run.stopped(1) <= 5; })
      .preset("both", "Normalised, with and without shortcuts",
              "Batch norm fixes what goes forward and makes the gradient explode on its way back. "
              "With shortcuts its branches are small beside the stream, and 64 layers learn.",
              "depth=64&plain=off&residual=off&both=on&steps=150")
      .shows("the gradient explodes 10⁵ times on its way back without shortcuts",
             [](const Finished& run) {
               return std::pow(run.measured("gradient's square", 0), 63) > 1e10;
             })
      .shows("the normalised network learns little without shortcuts",
             [](const Finished& run) { return run.last("loss/0") > 0.6; })
      .shows("with them it learns", [](const Finished& run) { return run.last("loss/1") < 0.2; })
      .preset("rates", "Batch norm bears larger rates",
              "At rate 1 the plain network falls silent and the normalised one learns. Rates "
              "tries all from 0.0001 to 10.",
              "depth=8&residual=off&optimizer=sgd(lr=1)&steps=150")
      .shows("the plain network falls silent",
             [](const Finished& run) { return run.last("loss/0") > 0.69; })
      .shows("the normalised one learns",
             [](const Finished& run) { return run.last("loss/1") < 0.2; });
  catalogue.add(lab);
}

}  // namespace descent
