#include "runs/network_lab.h"

#include <algorithm>

namespace descent::runs {

Result<std::vector<int>> readLayers(const std::string& text) {
  constexpr std::size_t kMostLayers = 6;
  constexpr int kMostUnits = 64;
  std::vector<int> widths;
  if (trim(text) == "none" || trim(text).empty()) return widths;
  for (const auto part : split(text, ',')) {
    const auto number = parseNumber(part);
    if (!number || !(*number >= 1 && *number <= kMostUnits) ||
        static_cast<int>(*number) != *number) {
      return Error{"a hidden layer must have 1 to " + std::to_string(kMostUnits) + " units, got " +
                   (trim(part).empty() ? "nothing" : excerpt(trim(part)))};
    }
    widths.push_back(static_cast<int>(*number));
  }
  if (widths.size() > kMostLayers) {
    return Error{"there may be at most " + std::to_string(kMostLayers) + " hidden layers, got " +
                 std::to_string(widths.size())};
  }
  return widths;
}

std::string shapeOf(const Architecture& architecture) {
  std::string shape = std::to_string(architecture.inputs);
  for (int l = 1; l <= architecture.depth(); ++l) {
    shape += "-" + std::to_string(architecture.width(l));
  }
  return shape;
}

Result<void> NetworkLab::setLayers(const std::string& text) {
  auto widths = readLayers(text);
  if (!widths) return widths.error();
  hidden_ = std::move(*widths);
  layers = text;
  return {};
}

std::string NetworkLab::subtitle() const {
  return shapeOf(setup_.architecture) + " " + nameOf(activation) + ", " + nameOf(loss) +
         " loss on " + dataRecipe.name + (batchNorm ? batchNormNote() : "");
}

int NetworkLab::batchSize() const {
  const auto n = static_cast<int>(data_->training.inputs.cols());
  return batch == 0 ? n : std::min(batch, n);
}

int NetworkLab::lastBatch() const {
  const auto n = static_cast<int>(data_->training.inputs.cols());
  return n - (n - 1) / batchSize() * batchSize();
}

Result<void> NetworkLab::checkBatchNorm(const std::string& lab) const {
  if (batchSize() > 1) return {};
  return Error{lab + ".batch must be at least 2 with batch norm, which makes every unit 0 over 1 " +
               "example, so that nothing before it learns; got a batch of 1 of " +
               std::to_string(data_->training.inputs.cols())};
}

std::string NetworkLab::batchNormNote() const {
  return lastBatch() > 1 ? ""
                         : "; each epoch's last batch has 1 example, over which batch norm makes "
                           "every unit 0 (size, validation, batch)";
}

Result<void> NetworkLab::layNetwork(const std::string& lab) {
  const auto dataset = catalogue().build<Dataset>(dataRecipe);
  if (!dataset) return dataset.error();
  dataNote_ = (*dataset)->note();
  data_ = std::make_shared<const Split>(
      drawSplit(**dataset, size, noise, {validation, flipped}, static_cast<std::uint64_t>(seed)));
  if (data_->classes == 0 && loss != Loss::kSquared) {
    return Error{lab + ".loss must be squared where " + dataRecipe.name +
                 " gives numbers to predict, got " + nameOf(loss)};
  }
  setup_.architecture.inputs = data_->inputs;
  setup_.architecture.outputs =
      outputsFor(loss, data_->classes, static_cast<int>(data_->training.targets.rows()));
  setup_.architecture.hidden = hidden_;
  setup_.architecture.activation = activation;
  setup_.architecture.batchNorm = batchNorm;
  setup_.architecture.residual = residual;
  setup_.architecture.dropout = dropout;
  setup_.initialisation = {initialiser, gain, firstBias};
  setup_.loss = loss;
  setup_.batch = batch;
  setup_.l1 = l1;
  setup_.l2 = l2;
  return batchNorm ? checkBatchNorm(lab) : Result<void>{};
}

}  // namespace descent::runs
