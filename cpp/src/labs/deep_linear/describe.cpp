// Deep linear: W_L … W₁ fitted to random labels. What it can fit, and which of it it learns first,
// is known in closed form (theory/deep_linear.h) and stands beside what training does.
#include "labs/deep_linear/deep_linear.h"

namespace descent {
namespace deep_linear {

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

void DeepLinear::add(Runner runner, Begin from, Record& record) {
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
  const std::string at = "/" + std::to_string(runners_.size());
  Beside beside{from,
                std::vector<double>(modes_.size(), std::pow(strength, 1.0 / depth())),
                {},
                record.add("loss" + at),
                record.add("gap" + at),
                record.add("heldOut" + at),
                slopeOf(runner)};
  for (int k = 0; k < shown_; ++k) {
    beside.sigmas.push_back(record.add("sigma" + std::to_string(k) + at));
  }
  runners_.push_back(std::move(runner));
  besides_.push_back(std::move(beside));
  put(record, runners_.size() - 1, 0);
}

void DeepLinear::put(Record& record, std::size_t i, int t) {
  Runner& runner = runners_[i];
  const Beside& beside = besides_[i];
  std::vector<int> series = beside.sigmas;
  for (const int other : {beside.loss, beside.gap, beside.heldOut}) series.push_back(other);
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
  record.put(beside.loss, t, {loss});
  record.put(beside.gap, t, {std::abs(loss - floor_)});
  record.put(beside.heldOut, t,
             {(times(product, ground_.heldX) - ground_.heldY).squaredNorm() /
              (2 * static_cast<double>(ground_.heldX.cols()))});
  const bool finite = product.allFinite();
  const Vector sigmas = finite ? singularValues(product).values : Vector();
  for (std::size_t k = 0; k < beside.sigmas.size(); ++k) {
    record.put(beside.sigmas[k], t, {finite ? sigmas[static_cast<Eigen::Index>(k)] : kNaN});
  }
}

}  // namespace deep_linear

void register_deep_linear(Catalogue& catalogue) {
  using namespace deep_linear;
  catalogue.add(
      Describe<DeepLinear>("deep-linear", "Deep linear networks")
          .sentence("Layers without bends are one matrix, but they learn it as a deep network "
                    "does: strong directions first, and random labels as well as any.")
          .knob("runners", &DeepLinear::runnerRecipes, Kind::kOptimizer, 1, 4,
                "Who trains a copy of the network.")
          .as("Optimizers")
          .fixed()
          .knob("points", &DeepLinear::points, 1, 256, "Points that are fitted.")
          .as("Points", "n")
          .usual(4, 128, Scale::kLog)
          .fixed()
          .knob("inputs", &DeepLinear::inputs, 1, 64, "Numbers that describe a point.")
          .as("Inputs", "d")
          .usual(2, 64)
          .fixed()
          .knob("outputs", &DeepLinear::outputs, 1, 32, "Numbers that are to be predicted.")
          .as("Outputs")
          .usual(1, 16)
          .fixed()
          .text("layers", &DeepLinear::layers, &DeepLinear::setLayers,
                "Units of each hidden layer, as in 64, 64: up to six layers of 1 to 64; or none.")
          .as("Hidden layers")
          .fixed()
          .knob("bottleneck", &DeepLinear::bottleneck, 0, 64,
                "Units of one more layer in the middle, which no rank above it passes; 0 for none.")
          .as("Bottleneck", "r")
          .usual(0, 16)
          .fixed()
          .choice("data", &DeepLinear::data, {"gaussian", "orthonormal", "whitened"},
                  "Points drawn from N(0, 1/d), or made orthonormal, or with XXᵀ/n = I.")
          .as("Data")
          .fixed()
          .choice("labels", &DeepLinear::labels, {"random", "spectrum"},
                  "Random signs ±1/√outputs, or a linear map with chosen singular values.")
          .as("Labels")
          .fixed()
          .text("spectrum", &DeepLinear::spectrum, &DeepLinear::setSpectrum,
                "Singular values of that map, as in 4, 2, 1.")
          .as("Spectrum", "s")
          .fixed()
          .choice("start", &DeepLinear::begin, {"random", "aligned", "unaligned", "pair"},
                  "Weights from N(0, 1/fan-in); or balanced, with the singular vectors of the "
                  "target or with random ones; or each runner from both of these.")
          .as("Start")
          .fixed()
          .knob("strength", &DeepLinear::strength, 1e-6, 10,
                "Singular values of the product at a balanced start.")
          .as("First strength", "a_0")
          .usual(1e-4, 1, Scale::kLog)
          .fixed()
          .knob("steps", &DeepLinear::steps, 1, 20000, "Length of the run.")
          .as("Steps", "T")
          .usual(100, 10000, Scale::kLog)
          .fixed()
          .knob("seed", &DeepLinear::seed, 0, 999999, "Draws points, labels and first weights.")
          .as("Seed")
          .fixed()
          .preset("random-labels", "Random labels are fitted",
                  "16 points in 32 dimensions: a linear network fits labels that mean nothing, to "
                  "rounding, and on new points it does worse than saying nothing.",
                  "")
          .preset("bottleneck", "A bottleneck of four",
                  "No rank above 4 passes a layer of four units: the loss comes to rest on a floor "
                  "that is known before the run.",
                  "bottleneck=4&steps=2000")
          .preset("more-points", "More points than dimensions",
                  "64 points in 32 dimensions: no width helps, for about half of the labels lies "
                  "outside the span of the inputs.",
                  "points=64&steps=1500")
          .preset("aligned", "One mode after the other",
                  "Small weights that are aligned with the target: strong directions are learnt "
                  "first, each along its own curve in closed form.",
                  "points=64&inputs=16&layers=16&data=whitened&labels=spectrum&start=aligned&"
                  "runners=sgd(lr=0.01)&steps=1800")
          .preset("unaligned", "And without the alignment",
                  "The same sizes at the start in random directions: all modes begin late, and the "
                  "closed form does not hold.",
                  "points=64&inputs=16&layers=16&data=whitened&labels=spectrum&start=pair&"
                  "runners=sgd(lr=0.01),sgd(lr=0.01)&steps=1800"));
}

}  // namespace descent
