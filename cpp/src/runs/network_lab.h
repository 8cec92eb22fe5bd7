// What the network labs train: a data set, a network, a loss, and how they are put together.
#pragma once

#include <memory>

#include "descent/catalogue.h"
#include "network/training.h"
#include "runs/runs.h"

namespace descent::runs {

// Widths of hidden layers from text: "8, 8", or "none".
Result<std::vector<int>> readLayers(const std::string& text);
// "2-8-8-1".
std::string shapeOf(const Architecture& architecture);

// The knobs that describe a network on its data; a lab adds its optimizers and what it measures.
class NetworkLab : public RunsLab {
 public:
  Recipe dataRecipe = *parseRecipe("circles");
  int size = 200;
  double noise = 0.1;
  double validation = 0.25;
  double flipped = 0;
  std::string layers = "8, 8";
  Activation activation = Activation::kTanh;
  Initialiser initialiser = Initialiser::kXavier;
  double gain = 1;
  double firstBias = 0;
  bool batchNorm = false;
  bool residual = false;
  double dropout = 0;
  Loss loss = Loss::kLogistic;
  int batch = 10;
  double l1 = 0;
  double l2 = 0;
  int seed = 7;

  Result<void> setLayers(const std::string& text);

  std::string subtitle() const override;
  std::string note(const std::string& knob) const override {
    return knob == "data" ? dataNote_ : "";
  }

 protected:
  // Draw the data, with the seed, and put the network together: setup() and data() are then known.
  Result<void> layNetwork(const std::string& lab);
  const TrainingSetup& setup() const { return setup_; }
  const std::shared_ptr<const Split>& data() const { return data_; }
  // Examples in an epoch's batches, but for the last, and in the last.
  int batchSize() const;
  int lastBatch() const;
  // Over one example every unit is normalised to 0: refused where no batch has more.
  Result<void> checkBatchNorm(const std::string& lab) const;
  // What the subtitle says of it where only the last has one.
  std::string batchNormNote() const;

 private:
  std::vector<int> hidden_ = {8, 8};
  TrainingSetup setup_;
  std::shared_ptr<const Split> data_;
  std::string dataNote_;
};

// The knobs of the data and of the network, for the description of a lab that has them. A page
// shows the first few at once.
template <class T>
void describeData(Describe<T>& lab) {
  lab.knob("data", &T::dataRecipe, Kind::kDataset, "What the network learns from.")
      .as("Data")
      .fixed()
      .knob("noise", &T::noise, 0, 10, "Standard deviation of what is added to the data.")
      .as("Noise", "σ")
      .usual(0, 0.5)
      .fixed();
}
// How many examples there are, and what becomes of them.
template <class T>
void describeExamples(Describe<T>& lab) {
  lab.knob("size", &T::size, 2, 20000, "Examples, with those held back for validation.")
      .as("Size", "n")
      .usual(20, 1000, Scale::kLog)
      .fixed()
      .knob("validation", &T::validation, 0, 0.9,
            "Share of the examples that is held back from training.")
      .as("Validation share")
      .usual(0, 0.8)
      .fixed()
      .knob("flipped", &T::flipped, 0, 1, "Share of the training labels that is made wrong.")
      .as("Label noise")
      .usual(0, 0.5)
      .fixed();
}
template <class T>
void describeNetwork(Describe<T>& lab) {
  lab.text("layers", &T::layers, &T::setLayers,
           "Units of each hidden layer, as in 8, 8: up to six layers of 1 to 64; or none.")
      .as("Hidden layers")
      .fixed()
      .choice("activation", &T::activation, kActivations, "What a hidden unit does with its sum.")
      .as("Activation", "φ")
      .fixed()
      .choice("loss", &T::loss, kLosses, "What a wrong output costs.")
      .as("Loss")
      .fixed()
      .choice("initialisation", &T::initialiser, kInitialisers,
              "Variance of the first weights: 0, 0.01, 1/k, 2/(m + k) or 2/k for k inputs and m "
              "outputs of a layer.")
      .as("Initialisation")
      .fixed()
      .flag("batchNorm", &T::batchNorm, "Normalise every unit over the batch.")
      .as("Batch norm")
      .fixed()
      .flag("residual", &T::residual, "Add every hidden layer to what it sees.")
      .as("Residual")
      .fixed();
}
template <class T>
void describeStart(Describe<T>& lab) {
  lab.knob("gain", &T::gain, 0, 100, "Multiplies the first weights.")
      .as("Gain")
      .usual(0.1, 10, Scale::kLog)
      .fixed()
      .knob("firstBias", &T::firstBias, 0, 100,
            "Standard deviation of the first layer's biases at the start.")
      .as("First bias")
      .usual(0, 2)
      .fixed()
      .knob("seed", &T::seed, 0, 999999, "Draws the data, the first weights and the batches.")
      .as("Seed")
      .fixed();
}
// How it is regularised, besides by the optimizer's own decay.
template <class T>
void describePenalties(Describe<T>& lab) {
  lab.knob("dropout", &T::dropout, 0, 0.95, "Share of hidden units left out of each step.")
      .as("Dropout")
      .usual(0, 0.8)
      .fixed()
      .knob("l1", &T::l1, 0, 10, "l1 times the sum of all |weights| is added to the loss.")
      .as("L1", "λ_1")
      .usual(0, 0.1)
      .fixed()
      .knob("l2", &T::l2, 0, 10, "Half l2 times the sum of all squared weights is added.")
      .as("L2", "λ_2")
      .usual(0, 0.1)
      .fixed();
}
template <class T>
void describeBatch(Describe<T>& lab) {
  lab.knob("batch", &T::batch, 0, 20000, "Examples that a step sees; 0 for all of them.")
      .as("Batch size", "B")
      .usual(0, 100)
      .fixed();
}

}  // namespace descent::runs
