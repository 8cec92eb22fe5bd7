#include "labs/sharpness/sharpness.h"

#include <algorithm>
#include <cmath>

namespace descent::sharpness {

Result<void> Sharpness::start(Record& record) {
  const auto read = setLayers(layers);
  if (!read) return read.error();
  const auto laid = layNetwork("sharpness");
  if (!laid) return laid.error();
  auto net = std::make_shared<Training<double>>(setup(), data());
  net->prepare(static_cast<std::uint64_t>(seed));
  net_ = net;
  runners_.clear();
  watched_.clear();
  series_.clear();
  updates_ = record.add("updates");
  for (std::size_t i = 0; i < runnerRecipes.size(); ++i) {
    auto runner = makeRunner(runnerRecipes[i], *net_, net_->start());
    if (!runner) return runner.error();
    runners_.push_back(std::move(*runner));
    watched_.emplace_back();
    const std::string at = "/" + std::to_string(i);
    series_.push_back({record.add("loss" + at), record.add("accuracy" + at),
                       record.add("validation" + at), record.add("validationAccuracy" + at),
                       record.add("sharpness" + at), record.add("preconditioned" + at),
                       record.add("edge" + at), record.add("limit" + at),
                       record.add("relative" + at), record.add("evaluations" + at)});
    put(record, i, 0);
  }
  runs::label(runners_);
  return {};
}

void Sharpness::advance(int t, Record& record) {
  for (int u = updatesAt(t - 1) + 1; u <= updatesAt(t); ++u) {
    for (Runner& runner : runners_) runner.update(*net_, u, steps);
  }
  for (std::size_t i = 0; i < runners_.size(); ++i) put(record, i, t);
}

bool Sharpness::turn(const std::string& knob) {
  return knob != "runners" || runs::turn(runners_, runnerRecipes);
}

void Sharpness::put(Record& record, std::size_t i, int t) {
  const Runner& runner = runners_[i];
  Watched& watched = watched_[i];
  const Series& s = series_[i];
  const auto row = [&](int series, double value) { record.put(series, t, {value}); };
  if (i == 0) row(updates_, updatesAt(t));
  const bool stands = t > 0 && runner.last < updatesAt(t) && stays(runner.status);
  if (runner.status == Status::kDiverged || stands) {
    for (const int series : {s.loss, s.accuracy, s.validation, s.validationAccuracy, s.sharpness,
                             s.preconditioned, s.edge, s.limit, s.relative, s.evaluations}) {
      row(series, stands ? record.at(series, t - 1) : kNaN);
    }
    return;
  }
  const Vector x = runner.optimizer->evaluationPoint(runner.x);
  watched.path.offer(t, x);
  const auto [seen, unseen] = net_->scores(x);
  row(s.loss, seen.loss);
  row(s.accuracy, seen.accuracy);
  row(s.validation, unseen.loss);
  row(s.validationAccuracy, unseen.accuracy);
  row(s.evaluations, static_cast<double>(runner.counts.gradientEvaluations()));

  const bool isFinite = x.allFinite() && std::isfinite(seen.loss);
  // The same numbers whatever way led here.
  const auto own = static_cast<std::uint64_t>(seed);
  double top = kNaN, preconditioned = kNaN;
  if (isFinite) {
    top = largest(hessianAt(net_, x), watched.top, x.size(),
                  Random(own, "search for the sharpness", t));
  }
  if (const auto scale = inverseRootOf(runner); isFinite && scale) {
    preconditioned = largest(scaledHessianAt(net_, x, *scale), watched.preconditionedTop, x.size(),
                             Random(own, "search for the preconditioned sharpness", t));
  }
  watched.curvature = isAdaptive(runner) ? preconditioned : top;
  const auto limit = limitOf(runner);
  const double rate = runner.optimizer->rate(std::max(0, runner.last - 1), steps);
  const double bound = limit && isFullBatch() && rate > 0 ? limit->value / rate : kNaN;
  row(s.sharpness, top);
  row(s.preconditioned, preconditioned);
  row(s.edge, watched.curvature);
  row(s.limit, bound);
  row(s.relative, watched.curvature / bound);
}

std::vector<Trained> Sharpness::trained() const {
  std::vector<Trained> all;
  for (std::size_t i = 0; i < runners_.size(); ++i) {
    const Runner& r = runners_[i];
    const Vector x = r.optimizer->evaluationPoint(r.x);
    if (r.status == Status::kDiverged || !x.allFinite()) continue;
    all.push_back({static_cast<int>(i), r.label, net_, x, watched_[i].path, {}});
  }
  return all;
}

std::vector<TaskDescription> Sharpness::tasks() const {
  if (trained().empty()) return {};
  std::vector<TaskDescription> all = {
      {"surface", "Surface",
       "The loss on a plane through the weights of each runner, and how much that plane hides."},
      {"flatness", "Flatness",
       "Curvature, noise on the weights and the worst rise nearby, measured where each runner "
       "stands."}};
  if (hasValidation()) {
    all.push_back({"corruption", "Corruption",
                   "Noise of growing size on the validation examples: how often each runner is "
                   "then wrong."});
  }
  const bool looksAhead = std::any_of(runnerRecipes.begin(), runnerRecipes.end(), [](auto& r) {
    return print(r).find("lookahead") != std::string::npos;
  });
  if (looksAhead) {
    all.push_back({"lookahead", "Slow to fast",
                   "The loss on the line from Lookahead's slow weights to its fast ones."});
  }
  return all;
}

std::unique_ptr<Task> Sharpness::task(const std::string& id) const {
  const auto offered = tasks();
  if (std::none_of(offered.begin(), offered.end(), [&](auto& t) { return t.id == id; })) {
    return nullptr;
  }
  const auto random = static_cast<std::uint64_t>(seed);
  if (id == "flatness") return flatness(trained(), radius, random);
  if (id == "corruption") return corruption(trained(), random);
  const auto roundsFrom = [&](const Runner& r, int count) {
    return roundsOf(*net_, r, r.last, steps, count);
  };
  if (id == "surface") {
    auto all = trained();
    if (plane == PlaneKind::kLookahead) {
      for (Trained& it : all) {
        it.rounds = roundsFrom(runners_[static_cast<std::size_t>(it.subject)], 2);
      }
    }
    return surface(std::move(all), plane, zoom, random);
  }
  std::vector<Interval> intervals;
  for (const Trained& it : trained()) {
    const Rounds one = roundsFrom(runners_[static_cast<std::size_t>(it.subject)], 1);
    if (one.all.empty()) continue;
    intervals.push_back({it.subject, it.label, one.all[0].slow, one.all[0].fast, one.alpha});
  }
  return lookahead(net_, std::move(intervals));
}

}  // namespace descent::sharpness
