#include "labs/network/network.h"

#include <bit>
#include <cmath>

namespace descent::network {
namespace {

constexpr int kAllScored = 1000;  // epochs from the first on of which each is scored

}  // namespace

Result<void> Network::start(Record& record) {
  const auto laid = layNetwork("network");
  if (!laid) return laid.error();
  if (patience > 0 && !holdsBack()) {
    return Error{
        "network.patience needs examples held back to watch: set validation above 0, got " +
        printShort(validation)};
  }
  problem_ = std::unique_ptr<Problem>(new Training<float>(setup(), data()));
  problem_->prepare(static_cast<std::uint64_t>(seed));
  const Vector first = problem_->start();
  const auto begun = runs_.begin(runnerRecipes, *problem_, first);
  if (!begun) return begun.error();
  series_.clear();
  progress_.assign(runs_.size(), {});
  gradientsAtStart_ = layerGradients(first);
  for (std::size_t i = 0; i < runs_.size(); ++i) {
    series_.push_back(declare(record, static_cast<int>(i)));
    put(record, i, 0);
  }
  return {};
}

Network::Series Network::declare(Record& record, int i) const {
  const auto series = [&](bool is, const char* quantity, ChannelKind kind, const char* label) {
    return is ? record.declare({i, quantity, kind, label, kind == ChannelKind::kTrace}) : -1;
  };
  return {series(true, "loss", ChannelKind::kTrace, "Training loss"),
          series(holdsBack(), "validation", ChannelKind::kTrace, "Validation loss"),
          series(isClassification(), "accuracy", ChannelKind::kSeries, "Training accuracy"),
          series(isClassification() && holdsBack(), "validationAccuracy", ChannelKind::kSeries,
                 "Validation accuracy")};
}

void Network::advance(int t, Record& record) {
  const int updates = training().epoch();
  for (std::size_t i = 0; i < runs_.size(); ++i) {
    Runner& runner = runs_[i];
    if (runner.status == Status::kRunning) {
      for (int u = 1; u <= updates; ++u) {
        runner.update(*problem_, (t - 1) * updates + u, epochs * updates);
        if (runner.last > 1) continue;
        runner.firstLength = (runner.x - runner.start).lpNorm<Eigen::Infinity>();
      }
      progress_[i].last = t;
    }
    put(record, i, t);
  }
}

// From there on 500 to 1,000 of each doubling of the run: every second, every fourth, and so on.
bool Network::isScored(int t) const {
  const auto times = static_cast<unsigned>(std::max(1, 2 * t / kAllScored));
  return t <= kAllScored || t % static_cast<int>(std::bit_floor(times)) == 0 || t == epochs ||
         patience > 0;
}

Training<float>::Scores Network::scoresNow(std::size_t i) const {
  if (runs_[i].status == Status::kDiverged) return {{kNaN, kNaN}, {kNaN, kNaN}};
  return training().scores(judged(i));
}

// What has diverged leaves no more numbers; what has stopped keeps those of the weights it is left
// with.
void Network::put(Record& record, std::size_t i, int t) {
  const Series& s = series_[i];
  const Status status = runs_[i].status;
  const bool stopped = status != Status::kRunning && t > progress_[i].last;
  const bool gone = stopped && status == Status::kDiverged;
  const bool settled = stopped && stays(status) && t > progress_[i].last + 1;
  const bool scored = !gone && !settled && (isScored(t) || status != Status::kRunning);
  const auto scores = scored ? training().scores(judged(i)) : Training<float>::Scores{};
  const auto row = [&](int series, double value) {
    if (series < 0) return;
    record.put(series, t, {settled ? record.at(series, t - 1) : scored ? value : kNaN});
  };
  row(s.loss, scores.training.loss);
  row(s.validation, scores.validation.loss);
  row(s.accuracy, scores.training.accuracy);
  row(s.validationAccuracy, scores.validation.accuracy);
  if (!stopped && patience > 0) stopEarly(i, scores.validation.loss, t);
}

void Network::stopEarly(std::size_t i, double validationLoss, int t) {
  Runner& runner = runs_[i];
  Progress& progress = progress_[i];
  if (t == 0 || validationLoss < progress.least) {
    progress.least = validationLoss;
    progress.at = t;
    progress.best = judged(i);
  } else if (t - progress.at >= patience && runner.status == Status::kRunning) {
    runner.status = Status::kStopped;
    progress.back = true;
    runner.reason = "early, since the validation loss was least, " + printShort(progress.least) +
                    ", in epoch " + std::to_string(progress.at) + "; those weights are taken back";
  }
}

std::vector<double> Network::layerGradients(const Vector& x) const {
  Vector g;
  problem_->gradient(x, g);
  const auto places = placesOf(setup().architecture);
  std::vector<double> norms;
  for (std::size_t l = 0; l < places.size(); ++l) {
    const Eigen::Index from = places[l].weight;
    const Eigen::Index to = l + 1 < places.size() ? places[l + 1].weight : g.size();
    norms.push_back(g.segment(from, to - from).norm());
  }
  return norms;
}

}  // namespace descent::network
