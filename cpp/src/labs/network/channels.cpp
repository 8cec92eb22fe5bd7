// What may be read of the network lab's run as numbers: its shape, its data, its layers.
#include <algorithm>

#include "labs/network/network.h"

namespace descent::network {
namespace {

using Arguments = std::vector<ChannelArgument>;

Arguments joined(Arguments first, const Arguments& second) {
  first.insert(first.end(), second.begin(), second.end());
  return first;
}

}  // namespace

std::vector<Channel> Network::channels() const {
  const Arguments runner = {{"runner", 0, static_cast<double>(runs_.size() - 1)}};
  const auto layersUpTo = [&](int last) {
    return joined(runner, {{"layer", 1, static_cast<double>(last)}});
  };
  const Arguments layer = layersUpTo(training().setup().architecture.depth());
  const Arguments grid = joined(runner, gridArguments());
  std::vector<Channel> all = {
      Channel("network", ChannelKind::kRow, "Network").named({"inputs", "classes"}),
      Channel("widths", ChannelKind::kRow, "Units by layer, the last the outputs"),
      Channel("points", ChannelKind::kPoints, "Data").named({"x", "y", "target", "held"}),
      Channel("window", ChannelKind::kRow, "Window").named({"x0", "x1", "y0", "y1"}),
      Channel("surface", ChannelKind::kField, "Outputs").takes(grid),
      Channel("units", ChannelKind::kField, "Hidden units").takes(grid),
      Channel("weights", ChannelKind::kMatrix, "Weights").takes(layer),
      Channel("activations", ChannelKind::kMatrix, "Activations").takes(layer),
      Channel("seen", ChannelKind::kPoints, "Data behind a layer").named({"x", "y"}).takes(layer),
      Channel("layers", ChannelKind::kRows, "Norms by layer")
          .named({"gradient", "gradientAtStart", "weights"})
          .takes(runner),
      Channel("scores", ChannelKind::kRow, "Scores")
          .named({"loss", "validation", "accuracy", "validationAccuracy"})
          .takes(runner)};
  if (isClassification()) {
    // The parts of the field: how far a class is ahead of the best other one, its probability.
    all.push_back(Channel("decision", ChannelKind::kField, "Decision")
                      .named({"lead", "probability"})
                      .takes(grid));
  }
  return all;
}

Result<Array> Network::read(const Request& request, const Record&, int) const {
  const Architecture& shape = training().setup().architecture;
  const std::string& name = request.name;
  if (name == "points") return points();
  if (name == "window") return window();
  if (name == "network") {
    return Array{{2}, {static_cast<double>(data()->inputs), static_cast<double>(data()->classes)}};
  }
  if (name == "widths") {
    Array widths{{shape.depth()}, {}};
    for (int l = 1; l <= shape.depth(); ++l) widths.data.push_back(shape.width(l));
    return widths;
  }
  const std::size_t i = request.index(0);
  if (name == "layers") return norms(i);
  if (name == "scores") {
    const auto [seen, unseen] = scoresNow(i);
    return Array{{4}, {seen.loss, unseen.loss, seen.accuracy, unseen.accuracy}};
  }
  if (name == "weights") return weights(i, request.whole(1));
  if (name == "activations") return activations(i, request.whole(1));
  if (name == "seen") return seen(i, request.whole(1));
  const auto grid = request.grid(1);
  if (!grid) return grid.error();
  if (name == "units") return field(i, *grid, 1, shape.depth() - 1);
  return name == "surface" ? field(i, *grid, shape.depth(), shape.depth()) : decision(i, *grid);
}

// Rows x, y, class or target, held back.
Array Network::points() const {
  Array all{{0, 4}, {}};
  for (const Examples* part : {&data()->training, &data()->validation}) {
    for (Eigen::Index j = 0; j < part->size(); ++j) {
      const double target =
          part->labels.empty() ? part->targets(0, j) : part->labels[static_cast<std::size_t>(j)];
      const double y = part->inputs.rows() > 1 ? part->inputs(1, j) : target;
      all.data.insert(all.data.end(),
                      {part->inputs(0, j), y, target, part == &data()->validation ? 1.0 : 0.0});
      ++all.shape[0];
    }
  }
  return all;
}

// A square about all points, a tenth wider; where there is one input, a rectangle.
Array Network::window() const {
  const Array all = points();
  double low[2] = {1e300, 1e300}, high[2] = {-1e300, -1e300};
  for (int j = 0; j < all.shape[0]; ++j) {
    for (const int k : {0, 1}) {
      const double value = all.data[static_cast<std::size_t>(4 * j + k)];
      low[k] = std::min(low[k], value);
      high[k] = std::max(high[k], value);
    }
  }
  double half[2], middle[2];
  for (const int k : {0, 1}) {
    half[k] = std::max(0.55 * (high[k] - low[k]), 1e-3);
    middle[k] = (low[k] + high[k]) / 2;
  }
  if (data()->inputs > 1) half[0] = half[1] = std::max(half[0], half[1]);
  return {{4},
          {middle[0] - half[0], middle[0] + half[0], middle[1] - half[1], middle[1] + half[1]}};
}

Array Network::weights(std::size_t i, int l) const {
  const Architecture& shape = training().setup().architecture;
  const int m = shape.width(l), k = shape.width(l - 1);
  const Vector x = judged(i);
  const Eigen::Index from = placesOf(shape)[static_cast<std::size_t>(l - 1)].weight;
  Array weights{{m, k}, {}};
  for (int row = 0; row < m; ++row) {
    for (int col = 0; col < k; ++col) weights.data.push_back(x[from + row + col * m]);
  }
  return weights;
}

Array Network::norms(std::size_t i) const {
  const Architecture& shape = training().setup().architecture;
  const auto places = placesOf(shape);
  const Vector x = judged(i);
  const auto now = layerGradients(x);
  Array rows{{shape.depth(), 3}, {}};
  for (std::size_t j = 0; j < now.size(); ++j) {
    const int l = static_cast<int>(j) + 1;
    const Eigen::Index entries = static_cast<Eigen::Index>(shape.width(l)) * shape.width(l - 1);
    rows.data.insert(rows.data.end(),
                     {now[j], gradientsAtStart_[j], x.segment(places[j].weight, entries).norm()});
  }
  return rows;
}

}  // namespace descent::network
