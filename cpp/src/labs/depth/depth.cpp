#include "labs/depth/depth.h"

#include <cmath>
#include <limits>

namespace descent::depth {
namespace {

constexpr double kRounding = std::numeric_limits<double>::epsilon(), kParted = 1e-10;

// φ as a network computes it.
theory::Unit unitOf(Activation activation) {
  return [activation](const Vector& z, Vector& value, Vector& slope) {
    const int n = static_cast<int>(z.size());
    Rows<double> in, h, d;
    for (Rows<double>* rows : {&in, &h, &d}) rows->resize(1, n);
    in.values(0) = z.array();
    activate(activation, in, h);
    descent::slope(activation, in, h, d);
    value = h.values(0).matrix();
    slope = d.values(0).matrix();
  };
}

}  // namespace

TrainingSetup Depth::setupOf(const Variant& variant, int depth, double factor) const {
  TrainingSetup own = setup();
  own.architecture.hidden.assign(static_cast<std::size_t>(depth), width);
  own.architecture.residual = variant.residual;
  own.architecture.batchNorm = variant.batchNorm;
  own.architecture.branchScale = branch == Branch::kWhole ? 1 : 1 / std::sqrt(depth);
  own.initialisation.gain *= factor;
  return own;
}

theory::Stack Depth::stackOf(const TrainingSetup& setup) const {
  const Architecture& architecture = setup.architecture;
  const int k = architecture.inputs;
  const double square = setup.initialisation.gain * setup.initialisation.gain;
  theory::Stack stack;
  stack.depth = architecture.depth() - 1;
  stack.first = square * k * weightVariance(setup.initialisation.kind, width, k);
  stack.w = square * width * weightVariance(setup.initialisation.kind, width, width);
  stack.residual = architecture.residual;
  stack.batchNorm = architecture.batchNorm;
  stack.projected = k != width;
  stack.branch = architecture.branchScale;
  return stack;
}

Result<void> Depth::start(Record& record) {
  const auto laid = layNetwork("depth");
  if (!laid) return laid.error();
  if (normalised || both) {
    if (const auto checked = checkBatchNorm("depth"); !checked) return checked.error();
  }
  const std::array<bool, kVariants.size()> wanted = {plain, shortcuts, normalised, both};
  networks_.clear();
  runs_.clear();
  twins_.clear();
  series_.clear();
  for (std::size_t v = 0; v < kVariants.size(); ++v) {
    if (!wanted[v]) continue;
    if (const auto added = add(kVariants[v]); !added) return added.error();
  }
  if (networks_.empty()) {
    return Error{"depth needs a network: one of plain, residual, batchNorm and both must be on"};
  }
  label();
  parted_.assign(networks_.size(), 0);
  now_.resize(networks_.size());
  for (std::size_t i = 0; i < networks_.size(); ++i) {
    series_.push_back(declare(record, static_cast<int>(i)));
    put(record, i, 0);
  }
  return {};
}

Result<void> Depth::add(const Variant& variant) {
  const TrainingSetup own = setupOf(variant, hiddenLayers);
  const auto problem = std::make_shared<Training<double>>(own, data());
  problem->prepare(static_cast<std::uint64_t>(seed));
  const Vector first = problem->start();
  for (Runs* runs : {&runs_, &twins_}) {
    if (const auto added = runs->add(optimizer, *problem, first); !added) return added.error();
  }
  // In turn up and down: batch norm does not see a common factor.
  Vector& twin = twins_[networks_.size()].x;
  for (Eigen::Index k = 0; k < twin.size(); ++k) {
    twin[k] *= 1 + (k % 2 == 0 ? kRounding : -kRounding);
  }
  const auto gauge = std::make_shared<Gauge>(*problem);
  const Profile profile = gauge->measure(*problem, first);
  const theory::Stack stack = stackOf(own);
  const theory::Unit unit = unitOf(activation);
  theory::Passage predicted = theory::passageOf(stack, unit, data()->training.inputs);
  // Units whose values are far apart scatter most: as those of the first layer are, or the last.
  const double q = stack.batchNorm ? 1 : stack.w * predicted.signal.maxCoeff();
  networks_.push_back({&variant, problem, gauge, profile, stack, std::move(predicted),
                       theory::scatterOf(unit, stack.w, q), gauge->directions()});
  return {};
}

Depth::Series Depth::declare(Record& record, int i) const {
  const auto add = [&](bool is, const char* quantity, ChannelKind kind, std::string label,
                       bool log) {
    return is ? record.declare({i, quantity, kind, std::move(label), log}) : -1;
  };
  constexpr ChannelKind kSeries = ChannelKind::kSeries;
  const std::string& name = runs_[static_cast<std::size_t>(i)].label;
  return {add(true, "loss", ChannelKind::kTrace, name, false),
          add(data()->classes > 0, "accuracy", kSeries, "Accuracy", false),
          add(data()->validation.size() > 0, "validation", kSeries, "Validation loss", true),
          add(true, "gradient", kSeries, "Gradient", true),
          add(true, "ratio", kSeries, "First over last", true)};
}

void Depth::advance(int t, Record& record) {
  for (std::size_t i = 0; i < networks_.size(); ++i) {
    runs_[i].update(*networks_[i].problem, t, steps);
    watchRounding(i, t);
    put(record, i, t);
  }
}

void Depth::watchRounding(std::size_t i, int t) {
  constexpr int kWatched = 50;
  if (t > kWatched || parted_[i] > 0) return;
  twins_[i].update(*networks_[i].problem, t, steps);
  const Vector& x = runs_[i].x;
  if ((twins_[i].x - x).norm() > kParted * x.norm()) parted_[i] = t;
}

bool Depth::turn(const std::string& knob) {
  if (knob != "optimizer") return true;
  const std::vector<Recipe> recipes(runs_.size(), optimizer);
  const bool same = runs_.turn(recipes) && twins_.turn(recipes);
  label();
  return same;
}

void Depth::label() {
  for (std::size_t i = 0; i < runs_.size(); ++i) {
    runs_[i].label = networks_[i].variant->label;
    runs_[i].style = networks_[i].variant->style;
  }
}

// What has diverged leaves no more numbers.
void Depth::put(Record& record, std::size_t i, int t) {
  Runner& runner = runs_[i];
  const Network& network = networks_[i];
  const Vector x = runner.optimizer->evaluationPoint(runner.x);
  const bool stopped = runner.status == Status::kDiverged && t > runner.last;
  if (!stopped) {
    now_[i] = t == 0 ? network.first : network.gauge->measure(*network.problem, x);
    const bool isFinite = std::isfinite(now_[i].loss);
    if (runner.status == Status::kRunning && !(isFinite && now_[i].gradients.allFinite())) {
      runner.status = Status::kDiverged;
      runner.reason =
          std::string(isFinite ? "the gradient" : "the loss") + " left the finite numbers";
    }
  }
  const Profile& p = now_[i];
  const Series& s = series_[i];
  const auto row = [&](int series, double value) {
    if (series >= 0) record.put(series, t, {stopped ? kNaN : value});
  };
  row(s.loss, p.loss);
  row(s.accuracy, p.accuracy);
  row(s.validation, network.problem->heldOut(x).value_or(kNaN));
  row(s.gradient, p.gradients.norm());
  const double last = p.gradients[hiddenLayers - 1];
  row(s.ratio, last > 0 ? p.gradients[0] / last : kNaN);
}

}  // namespace descent::depth
