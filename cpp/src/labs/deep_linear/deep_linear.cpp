#include "labs/deep_linear/deep_linear.h"

namespace descent::deep_linear {

Result<void> DeepLinear::setLayers(const std::string& text) {
  auto widths = readLayers(text);
  if (!widths) return widths.error();
  hidden_ = std::move(*widths);
  layers = text;
  return {};
}

Result<void> DeepLinear::setSpectrum(const std::string& text) {
  std::vector<double> values;
  for (const auto part : split(text, ',')) {
    const auto value = parseNumber(trim(part));
    if (!value || !(*value > 0 && *value <= 1000)) {
      return Error{"a singular value must be above 0 and at most 1000, got " + excerpt(trim(part))};
    }
    values.push_back(*value);
  }
  std::sort(values.begin(), values.end(), std::greater<>());
  spectrum_ = std::move(values);
  spectrum = text;
  return {};
}

Result<void> DeepLinear::lay() {
  const auto most = static_cast<std::size_t>(std::min({points, inputs, outputs}));
  if (labels == Labels::kSpectrum && spectrum_.size() > most) {
    return Error{"deep-linear.spectrum must have at most " + std::to_string(most) +
                 " values, the least of points, inputs and outputs, got " + spectrum};
  }
  const GroundSetup ground{
      points, inputs, outputs, data, labels, spectrum_, static_cast<std::uint64_t>(seed)};
  ground_ = drawGround(ground);

  setup_ = {};
  Architecture& net = setup_.architecture;
  net.inputs = inputs;
  net.outputs = outputs;
  net.hidden = hidden_;
  if (bottleneck > 0) {
    net.hidden.insert(net.hidden.begin() + static_cast<std::ptrdiff_t>((hidden_.size() + 1) / 2),
                      bottleneck);
  }
  net.activation = Activation::kIdentity;
  net.bias = false;
  setup_.initialisation = {Initialiser::kLecun, 1, 0};
  setup_.loss = Loss::kSquared;

  auto split = std::make_shared<Split>();
  split->training.inputs = ground_.x;
  split->training.targets = ground_.y;
  split->inputs = inputs;
  split->classes = 0;
  auto training = std::make_unique<Training<double>>(setup_, std::move(split));
  training->prepare(static_cast<std::uint64_t>(seed));
  problem_ = std::unique_ptr<Problem>(std::move(training));

  rank_ = std::min(inputs, outputs);
  for (const int width : net.hidden) rank_ = std::min(rank_, width);
  floor_ = theory::lossFloor(ground_.x, ground_.y, rank_);
  outside_ = theory::lossFloor(ground_.x, ground_.y, std::min(inputs, outputs));
  shown_ = std::min(kMostShown, rank_);
  if (labels == Labels::kSpectrum) {
    shown_ = std::min(shown_, static_cast<int>(spectrum_.size()));
  }

  modes_.clear();
  const double c = varianceOf(ground);
  if (begin != Begin::kRandom && c > 0) {
    const auto free = std::min<Eigen::Index>(rank_, ground_.target.values.size());
    for (Eigen::Index k = 0; k < free; ++k)
      modes_.push_back({ground_.target.values[k] / c, c, strength});
  }
  return {};
}

Result<void> DeepLinear::start(Record& record) {
  const auto laid = lay();
  if (!laid) return laid.error();
  const auto begun = runs_.begin(runnerRecipes, *problem_, problem_->start());
  if (!begun) return begun.error();
  extras_.clear();
  series_.clear();
  for (std::size_t i = 0; i < runs_.size(); ++i) {
    const Begin balanced = i == 0 ? Begin::kAligned : Begin::kUnaligned;
    extras_.push_back(place(runs_[i], begin == Begin::kPair ? balanced : begin));
    series_.push_back(declare(record, static_cast<int>(i)));
    put(record, i, 0);
  }
  return {};
}

void DeepLinear::advance(int t, Record& record) {
  for (std::size_t i = 0; i < runs_.size(); ++i) {
    Runner& runner = runs_[i];
    runner.update(*problem_, t, steps);
    const double rate = runner.optimizer->rate(t - 1, steps);
    for (std::size_t k = 0; k < modes_.size() && runner.last == t; ++k) {
      double& alpha = extras_[i].alphas[k];
      alpha = theory::descend(alpha, modes_[k], depth(), rate);
    }
    put(record, i, t);
  }
}

DeepLinear::RunnerExtras DeepLinear::place(Runner& runner, Begin from) const {
  if (from != Begin::kRandom) {
    Random random(static_cast<std::uint64_t>(seed), "balanced start");
    runner.start = runner.x = balancedStart(setup_.architecture, ground_.target, strength,
                                            from == Begin::kUnaligned, random);
  }
  if (begin == Begin::kPair) {
    const bool aligned = from == Begin::kAligned;
    runner.label += aligned ? " aligned" : " unaligned";
    runner.style.hollow = !aligned;
    if (!aligned) runner.style.slot = (runner.style.slot + 2) % 6;
  }
  return {from, std::vector<double>(modes_.size(), std::pow(strength, 1.0 / depth())),
          slopeOf(runner)};
}

DeepLinear::Series DeepLinear::declare(Record& record, int i) const {
  const auto add = [&](const std::string& quantity, ChannelKind kind, std::string label) {
    const bool log = kind == ChannelKind::kSeries;
    return record.declare({i, quantity, kind, std::move(label), log});
  };
  const std::string name = runs_.size() > 1 ? runs_[static_cast<std::size_t>(i)].label + " " : "";
  Series series;
  for (int k = 0; k < shown_; ++k) {
    series.sigmas.push_back(add(strengthName(k), ChannelKind::kTrace, name + sigma(k)));
  }
  series.loss = add("loss", ChannelKind::kSeries, "Loss");
  series.gap = add("gap", ChannelKind::kSeries, "Distance from the floor");
  series.heldOut = add("heldOut", ChannelKind::kSeries, "Held-out loss");
  return series;
}

void DeepLinear::put(Record& record, std::size_t i, int t) {
  Runner& runner = runs_[i];
  const Series& own = series_[i];
  std::vector<int> series = own.sigmas;
  for (const int other : {own.loss, own.gap, own.heldOut}) series.push_back(other);
  if (t > runner.last) {  // it has stopped
    const bool holds = stays(runner.status);
    for (const int s : series) record.put(s, t, {holds ? record.at(s, t - 1) : kNaN});
    return;
  }
  const double loss = problem_->value(runner.optimizer->evaluationPoint(runner.x));
  if (runner.status == Status::kRunning && !std::isfinite(loss)) {
    runner.status = Status::kDiverged;
    runner.reason = "the loss left the finite numbers";
  }
  const Matrix product = productOf(runner);
  record.put(own.loss, t, {loss});
  record.put(own.gap, t, {std::abs(loss - floor_)});
  record.put(own.heldOut, t,
             {(times(product, ground_.heldX) - ground_.heldY).squaredNorm() /
              (2 * static_cast<double>(ground_.heldX.cols()))});
  const bool finite = product.allFinite();
  const Vector sigmas = finite ? singularValues(product).values : Vector();
  for (std::size_t k = 0; k < own.sigmas.size(); ++k) {
    record.put(own.sigmas[k], t, {finite ? sigmas[static_cast<Eigen::Index>(k)] : kNaN});
  }
}

}  // namespace descent::deep_linear
