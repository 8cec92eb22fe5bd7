#include "labs/network/ground.h"

namespace descent::networks {

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
                   (trim(part).empty() ? "nothing" : std::string(trim(part).substr(0, 60)))};
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
         " loss on " + dataRecipe.name;
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
  return {};
}

}  // namespace descent::networks
