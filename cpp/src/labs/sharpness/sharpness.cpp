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
  const auto begun = runs_.begin(runnerRecipes, *net_, net_->start());
  if (!begun) return begun.error();
  watched_.assign(runs_.size(), {});
  series_.clear();
  updates_ = record.declare({"updates", ChannelKind::kSeries, "Step"});
  for (std::size_t i = 0; i < runs_.size(); ++i) {
    series_.push_back(declare(record, static_cast<int>(i)));
    put(record, i, 0);
  }
  return {};
}

// In the order of the page's tabs.
Sharpness::Series Sharpness::declare(Record& record, int i) const {
  constexpr ChannelKind kTrace = ChannelKind::kTrace, kSeries = ChannelKind::kSeries;
  const auto add = [&](bool is, ChannelKind kind, const char* quantity, std::string label,
                       bool log = false) {
    return is ? record.declare({i, quantity, kind, std::move(label), log}) : -1;
  };
  const auto any = [this](auto has) { return std::any_of(runs_.begin(), runs_.end(), has); };
  const bool anyAdaptive = any(isAdaptive);
  const bool anyLimit =
      isFullBatch() && any([](const Runner& r) { return limitOf(r).has_value(); });
  const auto limit = isFullBatch() ? limitOf(runs_[static_cast<std::size_t>(i)]) : std::nullopt;
  Series s;
  // What the limit is of, and the limit.
  s.edge = add(true, kTrace, "edge", edgeName(static_cast<std::size_t>(i)));
  s.limit = add(limit.has_value(), kTrace, "limit", limit ? limit->formula + "/η" : "");
  s.loss = add(true, kSeries, "loss", "Training loss", true);
  s.sharpness = add(true, kSeries, "sharpness", "λₘₐₓ");
  s.preconditioned = add(anyAdaptive, kSeries, "preconditioned", "Preconditioned λₘₐₓ");
  s.relative = add(anyLimit, kSeries, "relative", "λₘₐₓ over its limit");
  s.validation = add(hasValidation(), kSeries, "validation", "Validation loss", true);
  s.accuracy = add(hasClasses(), kSeries, "accuracy", "Accuracy");
  s.validationAccuracy =
      add(hasClasses() && hasValidation(), kSeries, "validationAccuracy", "Validation accuracy");
  s.evaluations = add(true, kSeries, "evaluations", "Gradient evaluations");
  return s;
}

void Sharpness::advance(int t, Record& record) {
  for (int u = updatesAt(t - 1) + 1; u <= updatesAt(t); ++u) {
    for (Runner& runner : runs_) runner.update(*net_, u, steps);
  }
  for (std::size_t i = 0; i < runs_.size(); ++i) put(record, i, t);
}

int Sharpness::stepOf(int update) const {
  const int after = std::max(0, update - steps);  // a run that goes on after its planned end
  return (update - after + every - 1) / every + (after + every - 1) / every;
}

void Sharpness::put(Record& record, std::size_t i, int t) {
  const Runner& runner = runs_[i];
  Watched& watched = watched_[i];
  const Series& s = series_[i];
  const auto row = [&](int series, double value) {
    if (series >= 0) record.put(series, t, {value});
  };
  if (i == 0) row(updates_, updatesAt(t));
  const bool stands = t > 0 && runner.last < updatesAt(t) && stays(runner.status);
  if (runner.status == Status::kDiverged || stands) {
    for (const int series : {s.loss, s.accuracy, s.validation, s.validationAccuracy, s.sharpness,
                             s.preconditioned, s.edge, s.limit, s.relative, s.evaluations}) {
      row(series, stands && series >= 0 ? record.at(series, t - 1) : kNaN);
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

}  // namespace descent::sharpness
