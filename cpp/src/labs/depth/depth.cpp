#include "labs/depth/depth.h"

#include <cmath>
#include <limits>

#include "labs/sharpness/tasks.h"
#include "runs/recipes.h"

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

theory::Passage Depth::predict(const TrainingSetup& setup) const {
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
  return theory::passageOf(stack, unitOf(architecture.activation), data()->training.inputs);
}

Result<void> Depth::start(Record& record) {
  const auto laid = layNetwork("depth");
  if (!laid) return laid.error();
  if (normalised || both) {
    if (const auto checked = checkBatchNorm("depth"); !checked) return checked.error();
  }
  const std::array<bool, kVariants.size()> wanted = {plain, shortcuts, normalised, both};
  networks_.clear();
  runners_.clear();
  twins_.clear();
  series_.clear();
  for (std::size_t v = 0; v < kVariants.size(); ++v) {
    if (!wanted[v]) continue;
    const TrainingSetup own = setupOf(kVariants[v], hiddenLayers);
    const auto problem = std::make_shared<Training<double>>(own, data());
    problem->prepare(static_cast<std::uint64_t>(seed));
    auto runner = makeRunner(optimizer, *problem, problem->start());
    if (!runner) return runner.error();
    const auto gauge = std::make_shared<Gauge>(*problem);
    const Profile first = gauge->measure(*problem, runner->x);
    networks_.push_back({&kVariants[v], problem, gauge, first, predict(own), gauge->directions()});
    Network& network = networks_.back();
    if (network.resemble()) network.predicted.backward.setConstant(kNaN);
    twins_.push_back(*runner);
    // In turn up and down: batch norm does not see a common factor.
    for (Eigen::Index k = 0; k < runner->x.size(); ++k) {
      twins_.back().x[k] *= 1 + (k % 2 == 0 ? kRounding : -kRounding);
    }
    runners_.push_back(std::move(*runner));
    const std::string at = "/" + std::to_string(series_.size());
    series_.push_back({record.add("loss" + at), record.add("accuracy" + at),
                       record.add("validation" + at), record.add("gradient" + at),
                       record.add("ratio" + at)});
  }
  if (networks_.empty()) {
    return Error{"depth needs a network: one of plain, residual, batchNorm and both must be on"};
  }
  parted_.assign(networks_.size(), 0);
  now_.resize(networks_.size());
  for (std::size_t i = 0; i < networks_.size(); ++i) put(record, i, 0);
  dress();
  return {};
}

void Depth::advance(int t, Record& record) {
  for (std::size_t i = 0; i < networks_.size(); ++i) {
    runners_[i].update(*networks_[i].problem, t, steps);
    watchRounding(i, t);
    put(record, i, t);
  }
}

void Depth::watchRounding(std::size_t i, int t) {
  constexpr int kWatched = 50;
  if (t > kWatched || parted_[i] > 0) return;
  twins_[i].update(*networks_[i].problem, t, steps);
  const Vector& x = runners_[i].x;
  if ((twins_[i].x - x).norm() > kParted * x.norm()) parted_[i] = t;
}

bool Depth::turn(const std::string& knob) {
  if (knob != "optimizer") return true;
  const std::vector<Recipe> recipes(runners_.size(), optimizer);
  const bool same = runs::turn(runners_, recipes) && runs::turn(twins_, recipes);
  dress();
  return same;
}

// All run one recipe: what tells them apart is the network.
void Depth::dress() {
  for (std::size_t i = 0; i < runners_.size(); ++i) {
    runners_[i].label = networks_[i].variant->label;
    runners_[i].style = networks_[i].variant->style;
  }
}

// What has diverged leaves no more numbers.
void Depth::put(Record& record, std::size_t i, int t) {
  Runner& runner = runners_[i];
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
    record.put(series, t, {stopped ? kNaN : value});
  };
  row(s.loss, p.loss);
  row(s.accuracy, p.accuracy);
  row(s.validation, network.problem->heldOut(x).value_or(kNaN));
  row(s.gradient, p.gradients.norm());
  const double last = p.gradients[hiddenLayers - 1];
  row(s.ratio, last > 0 ? p.gradients[0] / last : kNaN);
}

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

std::vector<Trial> Depth::trials(const std::vector<double>& values,
                                 const std::function<Trial(const Variant&, double)>& trial) const {
  std::vector<Trial> all;
  for (std::size_t i = 0; i < networks_.size(); ++i) {
    for (const double value : values) {
      all.push_back(trial(*networks_[i].variant, value));
      all.back().subject = static_cast<int>(i);
      all.back().label = networks_[i].variant->label;
      all.back().at = value;
    }
  }
  return all;
}

std::unique_ptr<Task> Depth::task(const std::string& id) const {
  const auto sweep = [&](Sweep::Text text, std::vector<Trial> all) {
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
                 trials(rates, [&](const Variant& variant, double rate) {
                   return Trial{0, "", 0, setupOf(variant, hiddenLayers),
                                withInnermost(optimizer, "lr", rate)};
                 }));
  }
  if (id == "depths") {
    return sweep({"Final loss by depth", {"Depth", "Hidden layers."}, false},
                 trials({2, 4, 8, 16, 32, 64}, [&](const Variant& variant, double depth) {
                   return Trial{0, "", 0, setupOf(variant, static_cast<int>(depth)), optimizer};
                 }));
  }
  if (id == "gains") {
    std::vector<double> gains;
    for (int k = -4; k <= 4; ++k) gains.push_back(*parseNumber(printShort(std::pow(2, k / 2.0))));
    return sweep({"Final loss by gain", {"Gain", "Multiplies the lab's own first weights."}, false},
                 trials(gains, [&](const Variant& variant, double factor) {
                   return Trial{0, "", 0, setupOf(variant, hiddenLayers, factor), optimizer};
                 }));
  }
  if (id == "surface") {
    std::vector<Trained> standing;
    for (std::size_t i = 0; i < networks_.size(); ++i) {
      const Vector x = runners_[i].optimizer->evaluationPoint(runners_[i].x);
      standing.push_back(
          {static_cast<int>(i), networks_[i].variant->label, networks_[i].problem, x, {}, {}});
      standing.back().path.offer(0, x);
    }
    return surface(std::move(standing), PlaneKind::kFilter, zoom, static_cast<std::uint64_t>(seed));
  }
  if (id != "slice") return nullptr;
  std::vector<Slice::Network> standing;
  for (std::size_t i = 0; i < networks_.size(); ++i) {
    standing.push_back({static_cast<int>(i), networks_[i].variant->label, networks_[i].problem,
                        runners_[i].optimizer->evaluationPoint(runners_[i].x)});
  }
  return std::make_unique<Slice>(std::move(standing));
}

}  // namespace descent::depth
