// What may be read from the lab of depth against width: functions made of pieces, and their counts.
#include <algorithm>

#include "labs/depth_vs_width/lab.h"

namespace descent::depth_vs_width {
namespace {

Array pointsOf(const PiecewiseLinear& f) {
  Array rows{{static_cast<int>(f.x.size()), 2}, {}};
  for (std::size_t i = 0; i < f.x.size(); ++i) {
    rows.data.insert(rows.data.end(), {f.x[i], f.y[i]});
  }
  return rows;
}

// f(x) − x², every piece in as many parts as make its arc look round.
Array gapFromSquare(const PiecewiseLinear& f) {
  constexpr int kParts = 8;
  Array rows{{f.pieces() * kParts + 1, 2}, {}};
  for (int k = 0; k < rows.shape[0]; ++k) {
    const auto at = static_cast<std::size_t>(std::min(k / kParts, f.pieces() - 1));
    const double share = static_cast<double>(k) / kParts - static_cast<double>(at);
    const double x = (1 - share) * f.x[at] + share * f.x[at + 1];
    const double y = (1 - share) * f.y[at] + share * f.y[at + 1];
    rows.data.insert(rows.data.end(), {x, y - x * x});
  }
  return rows;
}

int mostLayers(const Plan& plan) {
  return plan.built == Built::kRandom ? plan.layers : kMostLayers;
}

// With 1, 2, … layers.
Array growth(const Plan& plan) {
  Array rows{{mostLayers(plan), 2}, {}};
  for (int l = 1; l <= rows.shape[0]; ++l) {
    const Construction network = build(plan, l);
    const Pieces pieces = piecesOf(network.architecture, network.theta);
    rows.data.insert(rows.data.end(), {static_cast<double>(unitsOf(network.architecture)),
                                       static_cast<double>(pieces.function.pieces())});
  }
  return rows;
}

// Of what is built, measured and predicted, and the least of one layer with as many parameters.
Array squareGaps(const Plan& plan) {
  Array rows{{mostLayers(plan), 3}, {}};
  for (int l = 1; l <= rows.shape[0]; ++l) {
    const Construction network = build(plan, l);
    const Pieces pieces = piecesOf(network.architecture, network.theta);
    const double most = mostPieces(shallowOf(network.architecture));
    rows.data.insert(rows.data.end(), {largestGapFromSquare(pieces.function), squareError(l),
                                       leastGapFromSquare(static_cast<int>(most))});
  }
  return rows;
}

// Of 1, 2, … units.
Array oneLayer(int mostUnits) {
  Array rows{{mostUnits, 2}, {}};
  Architecture layer;
  layer.inputs = 1;
  for (int n = 1; n <= mostUnits; ++n) {
    layer.hidden = {n};
    rows.data.insert(rows.data.end(), {static_cast<double>(n), mostPieces(layer)});
  }
  return rows;
}

}  // namespace

std::vector<Channel> DepthVsWidth::channels() const {
  std::vector<Channel> all;
  const auto points = [&](Channel channel) { all.push_back(std::move(channel).named({"x", "y"})); };
  const bool isSquare = built == Built::kSquare;
  points({"aim", ChannelKind::kPoints, "Aim"});
  points({"built", ChannelKind::kPoints, "Built"});
  points({"jittered", ChannelKind::kPoints, "Jittered"});
  points(Channel("layer", ChannelKind::kPoints, "After a layer")
             .takes({{"layer", 1, static_cast<double>(layers)}}));
  if (isSquare) {
    points({"builtGap", ChannelKind::kPoints, "Built, minus x²"});
    points({"jitteredGap", ChannelKind::kPoints, "Jittered, minus x²"});
  }
  all.push_back(
      Channel("plan", ChannelKind::kRow, "What is built").named({"layers", "shallowUnits"}));
  all.push_back(Channel("growth", ChannelKind::kRows, "Pieces of what is built, layer by layer")
                    .named({"units", "pieces"}));
  all.push_back(Channel("oneLayer", ChannelKind::kRows, "Most pieces of one layer")
                    .named({"units", "pieces"}));
  if (isSquare) {
    all.push_back(Channel("squareGaps", ChannelKind::kRows, "Largest gap from x², layer by layer")
                      .named({"built", "predicted", "oneLayer"}));
  }
  all.push_back(
      Channel("networks", ChannelKind::kRows, "Networks that are trained").named({"units"}));
  const ChannelArgument runner{"runner", 0, static_cast<double>(networks_.size()) - 1};
  points(Channel("fit", ChannelKind::kPoints, "Trained").takes({runner}));
  if (isSquare) {
    points(Channel("fitGap", ChannelKind::kPoints, "Trained, minus x²").takes({runner}));
  }
  // The one layer comes first.
  const auto bound = [&](const char* quantity) {
    all.push_back({0, quantity, ChannelKind::kCurve, "bound", true});
  };
  if (leastError(0) > 0) bound("leastError");
  if (leastGap(0) > 0) bound("leastGap");
  if (built == Built::kRandom) all.push_back({"expected", ChannelKind::kCurve, "predicted"});
  return all;
}

Result<Array> DepthVsWidth::read(const Request& request, const Record&, int) const {
  const std::string& name = request.name;
  if (name == "aim") return pointsOf(aim_->drawn());
  if (name == "built") return pointsOf(pieces_->function);
  if (name == "jittered") return pointsOf(movedPieces_->function);
  if (name == "builtGap") return gapFromSquare(pieces_->function);
  if (name == "jitteredGap") return gapFromSquare(movedPieces_->function);
  if (name == "layer") {
    const Construction network = build(plan(), request.whole(0));
    return pointsOf(piecesOf(network.architecture, network.theta).function);
  }
  if (name == "plan") {
    return Array{{2}, {static_cast<double>(layers), static_cast<double>(shallowUnits())}};
  }
  if (name == "growth") return growth(plan());
  if (name == "squareGaps") return squareGaps(plan());
  if (name == "oneLayer") {
    return oneLayer(
        std::max(unitsOf(build(plan(), mostLayers(plan())).architecture), shallowUnits()));
  }
  const auto level = [&](double value) {
    return Array{{steps + 1}, std::vector<double>(static_cast<std::size_t>(steps + 1), value)};
  };
  if (name == "expected") return level(expectedOnAverage());
  if (name == "leastError/0") return level(leastError(0));
  if (name == "leastGap/0") return level(leastGap(0));
  if (name == "networks") {
    Array rows{{static_cast<int>(networks_.size()), 1}, {}};
    for (const Network& n : networks_) {
      rows.data.push_back(unitsOf(n.problem->setup().architecture));
    }
    return rows;
  }
  const PiecewiseLinear& fit = fits_[request.index(0)]->function;
  return name == "fit" ? pointsOf(fit) : gapFromSquare(fit);
}

}  // namespace descent::depth_vs_width
