#include "labs/depth_vs_width/lab.h"

#include <cmath>

#include "labs/depth_vs_width/jitters.h"

namespace descent::depth_vs_width {
namespace {

std::shared_ptr<const Pieces> piecesOf(const Construction& network) {
  return std::make_shared<const Pieces>(descent::piecesOf(network.architecture, network.theta));
}

}  // namespace

std::string DepthVsWidth::subtitle() const {
  return counted(layers, "layer") + " of " + counted(unitsOf(network_->architecture), "unit") +
         " in all against one layer of " + std::to_string(shallowUnits()) + "; " +
         counted(network_->theta.size(), "parameter");
}

Result<void> DepthVsWidth::start(Record& record) {
  if (!shallow && !deep) {
    return Error{"depth-vs-width needs a network to train: one of shallow and deep must be on"};
  }
  lay();
  networks_.clear();
  runs_.clear();
  series_.clear();
  fits_.clear();
  for (const bool isDeep : {false, true}) {
    if (!(isDeep ? deep : shallow)) continue;
    TrainingSetup setup;
    setup.architecture = isDeep ? network_->architecture : shallowOf(network_->architecture);
    setup.initialisation.kind = Initialiser::kHe;
    setup.loss = Loss::kSquared;
    setup.batch = batch;
    const auto problem = std::make_shared<Training<double>>(setup, data_);
    problem->prepare(static_cast<std::uint64_t>(seed));
    const auto added = runs_.add(optimizer, *problem, firstWeights(*problem, isDeep));
    if (!added) return added.error();
    const auto series = [&](const char* quantity, const char* label) {
      const int subject = static_cast<int>(networks_.size());
      return record.declare({subject, quantity, ChannelKind::kSeries, label, true});
    };
    series_.push_back(
        {series("error", "Mean square"), series("gap", "Largest gap"), series("pieces", "Pieces")});
    networks_.push_back({isDeep, problem});
  }
  fits_.resize(networks_.size());
  for (std::size_t i = 0; i < networks_.size(); ++i) put(record, i, 0);
  if (built == Built::kRandom) {
    drawn_ = record.declare({"drawn", ChannelKind::kTrace, "each"});
    average_ = record.declare({"average", ChannelKind::kTrace, "average"});
    putDraw(record, 0);
  }
  label();
  return {};
}

void DepthVsWidth::lay() {
  network_ = std::make_shared<const Construction>(build(plan(), layers));
  pieces_ = piecesOf(*network_);
  aim_ = std::make_shared<const Aim>(plan(), pieces_->function);
  data_ = std::make_shared<const Split>(aim_->examples(layers));
  addJitter();
}

void DepthVsWidth::addJitter() {
  Random random(static_cast<std::uint64_t>(jitterSeed), "jitter of the network");
  Construction moved = *network_;
  moved.theta = jittered(network_->theta, jitter, random);
  firstOrder_ = firstOrderGap(*network_, moved.theta - network_->theta, pieces_->function.x);
  const auto changeBy = [&](double share) {
    Construction other = *network_;
    other.theta += share * (moved.theta - network_->theta);
    return largestGap(piecesOf(other)->function, pieces_->function);
  };
  halfChange_ = changeBy(0.5);
  backChange_ = changeBy(-0.5);
  movedPieces_ = piecesOf(moved);
  moved_ = std::make_shared<const Construction>(std::move(moved));
}

Vector DepthVsWidth::firstWeights(const Training<double>& problem, bool isDeep) const {
  if (isDeep && begin == Begin::kJittered) return moved_->theta;
  Vector x = problem.start();
  const Architecture& architecture = problem.setup().architecture;
  const LayerPlace first = placesOf(architecture)[0];
  Random random(static_cast<std::uint64_t>(seed), "kinks of the first layer");
  // Without biases all would bend at 0, the end of the interval.
  for (int j = 0; j < architecture.width(1); ++j) {
    x[first.bias + j] = -x[first.weight + j] * random.uniform();
  }
  return x;
}

void DepthVsWidth::advance(int t, Record& record) {
  for (std::size_t i = 0; i < networks_.size(); ++i) {
    for (int u = 1; u <= kUpdates; ++u) {
      runs_[i].update(*networks_[i].problem, (t - 1) * kUpdates + u, steps * kUpdates);
    }
    put(record, i, t);
  }
  if (built == Built::kRandom) putDraw(record, t);
}

bool DepthVsWidth::turn(const std::string& knob) {
  if (knob == "jitter" || knob == "jitterSeed") {
    if (begin == Begin::kJittered && deep) return false;
    addJitter();
    return true;
  }
  if (knob != "optimizer") return true;
  const bool same = runs_.turn(std::vector<Recipe>(runs_.size(), optimizer));
  label();
  return same;
}

// Both run one recipe: what tells them apart is the network.
void DepthVsWidth::label() {
  for (std::size_t i = 0; i < runs_.size(); ++i) {
    const bool isDeep = networks_[i].isDeep;
    runs_[i].label = isDeep ? "deep" : "shallow";
    runs_[i].style = {isDeep ? 2 : 1, isDeep ? 1 : 2, false, false};
  }
}

// What has diverged leaves no more numbers.
void DepthVsWidth::put(Record& record, std::size_t i, int t) {
  Runner& runner = runs_[i];
  const bool gone = runner.status == Status::kDiverged && t * kUpdates > runner.last + kUpdates - 1;
  const Series& s = series_[i];
  double error = kNaN, gap = kNaN, pieces = kNaN;
  const Vector x = runner.optimizer->evaluationPoint(runner.x);
  if (!gone && x.allFinite()) {
    Pieces found = descent::piecesOf(architectureOf(i), x);
    error = aim_->meanSquareGap(found.function);
    gap = aim_->largestGap(found.function);
    pieces = found.function.pieces();
    if (std::isfinite(error)) {
      fits_[i] = std::make_shared<const Pieces>(std::move(found));
    } else {
      gap = pieces = kNaN;
    }
  }
  if (!gone && !std::isfinite(error) && runner.status == Status::kRunning) {
    runner.status = Status::kDiverged;
    runner.reason = "the network's function left the finite numbers";
  }
  record.put(s.error, t, {error});
  record.put(s.gap, t, {gap});
  record.put(s.pieces, t, {pieces});
}

void DepthVsWidth::putDraw(Record& record, int t) {
  const double pieces = piecesOf(drawNetwork(plan(), t))->function.pieces();
  const double before = t == 0 ? 0 : record.at(average_, t - 1);
  record.put(drawn_, t, {pieces});
  record.put(average_, t, {before + (pieces - before) / (t + 1)});
}

std::vector<TaskDescription> DepthVsWidth::tasks() const {
  return {{"jitters", "Jitters",
           "How far what was built moves when each of its parameters is off by a share of itself, "
           "from a millionth to all of it: the median of 20 draws each."}};
}

std::unique_ptr<Task> DepthVsWidth::task(const std::string& id) const {
  if (id != "jitters") return nullptr;
  return std::make_unique<Jitters>(network_, pieces_, static_cast<std::uint64_t>(jitterSeed));
}

}  // namespace descent::depth_vs_width
