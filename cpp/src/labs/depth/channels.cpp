// What may be read from the depth lab besides its record: layer by layer, and as a table.
#include "labs/depth/depth.h"

namespace descent::depth {

std::string Depth::subtitle() const {
  return counted(hiddenLayers, "layer") + " of " + std::to_string(width) + " " +
         nameOf(activation) + ", " + print(optimizer) + " on " + dataRecipe.name +
         (normalised || both ? batchNormNote() : "");
}

std::vector<Depth::ByLayer> Depth::byLayer(int i) const {
  const auto at = static_cast<std::size_t>(i);
  const Network& network = networks_[at];
  const Profile &now = now_[at], &first = network.first;
  const std::string& name = runs_[at].label;
  std::vector<ByLayer> all;
  const auto add = [&](const char* quantity, std::string label, Vector values) {
    all.push_back({{i, quantity, ChannelKind::kRow, std::move(label), true}, std::move(values)});
  };
  add("gradients", name, now.gradients);
  add("gradientsAtStart", name + ", start", first.gradients);
  add("signals", name, now.signals);
  add("signalsPredicted", name + ", theory", network.predicted.signal.cwiseSqrt());
  add("backward", name, now.backward);
  if (!network.resemble()) {
    add("backwardPredicted", name + ", theory",
        network.predicted.backward.cwiseSqrt() * first.backward[hiddenLayers - 1]);
  }
  if (network.variant->residual) {
    add("branches", name, now.branches);
    add("branchesPredicted", name + ", theory", network.predicted.branch.cwiseSqrt());
  }
  return all;
}

std::vector<Channel> Depth::channels() const {
  std::vector<Channel> all;
  for (int i = 0; i < static_cast<int>(networks_.size()); ++i) {
    for (ByLayer& rows : byLayer(i)) all.push_back(std::move(rows.channel));
  }
  return all;
}

Result<Array> Depth::read(const Request& request, const Record&, int) const {
  for (int i = 0; i < static_cast<int>(networks_.size()); ++i) {
    for (const auto& [channel, values] : byLayer(i)) {
      if (channel.name != request.name) continue;
      return Array{{static_cast<int>(values.size())}, {values.begin(), values.end()}};
    }
  }
  return Array{};
}

std::vector<Table> Depth::tables(const Record& record, int step) const {
  Table table{"Networks",
              {{"Network", ""},
               {"Loss", "Mean over the training examples, at this step."},
               {"Accuracy", "On the training examples."},
               {"First layer", "Norm of the gradient of its weights."},
               {"Last layer", "The same of the last hidden layer."},
               {"First/last",
                "Far below 1 the gradient vanishes on its way back, far above 1 it "
                "explodes."},
               {"Parameters", ""},
               {"Status", ""}},
              {}};
  const auto states = this->states();
  for (std::size_t i = 0; i < networks_.size(); ++i) {
    const Series& s = series_[i];
    const Vector& g = now_[i].gradients;
    table.rows.push_back(
        {static_cast<int>(i),
         {runs_[i].label, record.at(s.loss, step),
          s.accuracy < 0 ? kNaN : record.at(s.accuracy, step), g[0], g[hiddenLayers - 1],
          record.at(s.ratio, step), static_cast<double>(runs_[i].x.size()), states[i].status}});
  }
  return {table};
}

}  // namespace descent::depth
