// What the lab of depth offers to do besides its run.
#include <cmath>

#include "labs/depth/depth.h"
#include "runs/recipes.h"

namespace descent::depth {

std::vector<TaskDescription> Depth::tasks() const {
  std::vector<TaskDescription> all;
  if (innermostHas(optimizer, "lr")) {
    all.push_back({"rates", "Rates",
                   "Train every network at 21 rates from 0.0001 to 10: where it ends, and which "
                   "rates it does not bear."});
  }
  all.push_back({"depths", "Depths",
                 "Train every network with 2, 4, 8, 16, 32 and 64 layers: which depths learn."});
  all.push_back({"gains", "Gains",
                 "Train every network from first weights multiplied by ¼ to 4: how much the start "
                 "matters."});
  all.push_back({"slice", "Slice",
                 "The loss of every network along minus its gradient, from where it stands now."});
  all.push_back({"surface", "Surface",
                 "The loss of every network around where it stands now, on a plane of two random "
                 "directions, filter-normalised so that networks may be compared."});
  return all;
}

std::vector<Case> Depth::cases(const std::vector<double>& values,
                               const std::function<Case(const Variant&, double)>& made) const {
  std::vector<Case> all;
  for (std::size_t i = 0; i < networks_.size(); ++i) {
    for (const double value : values) {
      all.push_back(made(*networks_[i].variant, value));
      all.back().subject = static_cast<int>(i);
      all.back().label = networks_[i].variant->label;
      all.back().at = value;
    }
  }
  return all;
}

std::unique_ptr<Task> Depth::task(const std::string& id) const {
  const auto sweep = [&](Sweep::Text text, std::vector<Case> all) {
    return std::make_unique<Sweep>(std::move(text), std::move(all), data(), seed, steps);
  };
  if (id == "rates" && innermostHas(optimizer, "lr")) {
    constexpr int kPerDecade = 4;
    std::vector<double> rates;
    for (int k = -4 * kPerDecade; k <= kPerDecade; ++k) {
      rates.push_back(
          *parseNumber(printShort(std::pow(10.0, static_cast<double>(k) / kPerDecade))));
    }
    return sweep({"Final loss by rate", {"Rate", "Learning rate of the run."}, true},
                 cases(rates, [&](const Variant& variant, double rate) {
                   return Case{0, "", 0, setupOf(variant, hiddenLayers),
                               withInnermost(optimizer, "lr", rate)};
                 }));
  }
  if (id == "depths") {
    return sweep({"Final loss by depth", {"Depth", "Hidden layers."}, false},
                 cases({2, 4, 8, 16, 32, 64}, [&](const Variant& variant, double depth) {
                   return Case{0, "", 0, setupOf(variant, static_cast<int>(depth)), optimizer};
                 }));
  }
  if (id == "gains") {
    std::vector<double> gains;
    for (int k = -4; k <= 4; ++k) gains.push_back(*parseNumber(printShort(std::pow(2, k / 2.0))));
    return sweep({"Final loss by gain", {"Gain", "Multiplies the lab's own first weights."}, false},
                 cases(gains, [&](const Variant& variant, double factor) {
                   return Case{0, "", 0, setupOf(variant, hiddenLayers, factor), optimizer};
                 }));
  }
  if (id == "surface") {
    return surface(trained(), PlaneKind::kFilter, zoom, static_cast<std::uint64_t>(seed));
  }
  return id == "slice" ? std::make_unique<Slice>(trained()) : nullptr;
}

std::vector<Trained> Depth::trained() const {
  std::vector<Trained> all;
  for (std::size_t i = 0; i < networks_.size(); ++i) {
    const Vector x = runs_[i].optimizer->evaluationPoint(runs_[i].x);
    all.push_back({static_cast<int>(i), runs_[i].label, networks_[i].problem, x, {}, {}});
    all.back().path.offer(0, x);
  }
  return all;
}

}  // namespace descent::depth
