// What theory says of the curvature that runners meet, beside what they met.
#include <cmath>

#include "labs/sharpness/sharpness.h"
#include "theory/edge_of_stability.h"

namespace descent::sharpness {

std::vector<Mark> Sharpness::marks() const {
  std::vector<Mark> all;
  for (std::size_t i = 0; i < runs_.size(); ++i) {
    const auto limit = limitOf(runs_[i]);
    const double curvature = watched_[i].curvature;
    if (!isFullBatch() || !limit || !(curvature > 0)) continue;
    all.push_back({static_cast<int>(i), "lr", limit->value / curvature, limit->formula + "/λₘₐₓ",
                   "Beyond this rate the curvature that there is now makes the steps unstable."});
  }
  return all;
}

std::vector<Table> Sharpness::tables(const Record& record, int step) const {
  Table table{"Runners at step " + std::to_string(updatesAt(step)),
              {{"Runner", ""}, {"Training loss", "Of all training examples."}},
              {}};
  const auto column = [&](bool is, const char* label, const char* help) {
    if (is) table.columns.push_back({label, help});
  };
  const bool isScored = hasClasses() && hasValidation();
  const bool anyAdaptive = series_[0].preconditioned >= 0, anyLimit = series_[0].relative >= 0;
  column(hasValidation(), "Validation loss", "Of examples that no step sees.");
  column(isScored, "Validation error", "Share of them that is taken for another class.");
  column(true, "λₘₐₓ", "Largest eigenvalue of the Hessian of the loss.");
  column(anyAdaptive, "Preconditioned", "The same of P^(−½) H P^(−½), which Adam's steps feel.");
  column(anyLimit, "Limit", "Where steps of this rate become unstable.");
  column(true, "Gradients", "Evaluations so far; SAM needs two a step.");
  column(true, "Status", "");
  const auto states = this->states();
  for (std::size_t i = 0; i < runs_.size(); ++i) {
    const Series& s = series_[i];
    Row row{static_cast<int>(i), {runs_[i].label, record.at(s.loss, step)}};
    const auto now = [&](int series) { return series < 0 ? kNaN : record.at(series, step); };
    if (hasValidation()) row.cells.emplace_back(now(s.validation));
    if (isScored) row.cells.emplace_back(1 - now(s.validationAccuracy));
    row.cells.emplace_back(now(s.sharpness));
    if (anyAdaptive) row.cells.emplace_back(now(s.preconditioned));
    if (anyLimit) row.cells.emplace_back(now(s.limit));
    row.cells.emplace_back(now(s.evaluations));
    row.cells.push_back(states[i].status);
    table.rows.push_back(std::move(row));
  }
  return {table};
}

std::string Sharpness::edgeName(std::size_t i) const {
  return isAdaptive(runs_[i]) ? "preconditioned λₘₐₓ" : "λₘₐₓ";
}

bool Sharpness::isRateConstant(std::size_t i, int step) const {
  if (runs_[i].turned > 0) return false;
  for (int u = 1; u < updatesAt(step); ++u) {
    const Optimizer& optimizer = *runs_[i].optimizer;
    if (optimizer.rate(u, steps) != optimizer.rate(0, steps)) return false;
  }
  return true;
}

std::vector<Reading> Sharpness::edge(std::size_t i, const Record& record, int step) const {
  const auto limit = limitOf(runs_[i]);
  if (series_[i].limit < 0 || !limit) return {};
  std::vector<double> ratios;
  double last = kNaN;
  for (int t = 0; t <= step; ++t) {
    ratios.push_back(record.at(series_[i].relative, t));
    if (std::isfinite(ratios.back())) last = ratios.back();
  }
  const theory::Hovering h = theory::hovering(ratios);
  const std::string bound = limit->formula + "/η", name = edgeName(i);
  const std::string reached = " measurement of at least 0.9 of " + bound;
  // Few measurements may be of one swing.
  constexpr int kFew = 20;
  const std::string why =
      !isRateConstant(i, step)               ? "the rate has changed"
      : runs_[i].status == Status::kDiverged ? "the run has diverged"
      : loss != Loss::kSquared ? "this loss flattens again where all examples are fitted"
      : h.first < 0            ? name + " has come to " + printShort(last, 2) + " of " + bound
      : h.samples < kFew       ? "judged after " + std::to_string(kFew) + " measurements there, " +
                               std::to_string(h.samples) + " so far"
                         : "";
  const int subject = static_cast<int>(i);
  return {equals(subject, name + " over " + bound + ", mean since", 1, h.mean)
              .withinShare(theory::kNear)
              .where("full batches at a constant rate, from the first" + reached +
                     " on; observed by Cohen et al., and not proved")
              .unless(why),
          equals(subject, "share within 15 % of it", kNaN, h.share())
              .where("since the first" + reached)
              .unless("theory does not say how steadily it stays there"),
          equals(subject, "first step there", kNaN, h.first < 0 ? kNaN : updatesAt(h.first))
              .where("the first" + reached)
              .unless("theory does not say when")};
}

std::vector<Reading> Sharpness::readings(const Record& record, int step) const {
  std::vector<Reading> all;
  for (std::size_t i = 0; i < runs_.size(); ++i) {
    for (Reading& reading : edge(i, record, step)) all.push_back(std::move(reading));
  }
  return all;
}

}  // namespace descent::sharpness
