#include <algorithm>

#include "labs/sharpness/sharpness.h"
#include "theory/edge_of_stability.h"

namespace descent::sharpness {

std::vector<Subject> Sharpness::subjects() const { return subjectsOf(runners_); }

std::vector<SubjectState> Sharpness::states() const {
  if (every == 1) return statesOf(runners_);
  const auto measured = [this](int u) {
    const int after = std::max(0, u - steps);  // a run that goes on after its planned end
    return (u - after + every - 1) / every + (after + every - 1) / every;
  };
  return statesOf(runners_, {unit(), measured});
}

std::vector<Channel> Sharpness::channels() const {
  std::vector<Channel> all = {{"updates", "series", "updates", "Step", "", -1}};
  for (std::size_t i = 0; i < runners_.size(); ++i) {
    const auto put = [&](const char* kind, const char* quantity, std::string label, bool log) {
      all.push_back({quantity + ("/" + std::to_string(i)), kind, quantity, std::move(label), "",
                     static_cast<int>(i), log});
    };
    const auto add = [&](const char* quantity, const char* label, bool log = false) {
      put("series", quantity, label, log);
    };
    // What the limit is of, and the limit.
    put("trace", "edge", edgeName(i), false);
    if (const auto limit = limitOf(runners_[i]); isFullBatch() && limit) {
      put("trace", "limit", limit->formula + "/η", false);
    }
    add("loss", "Training loss", true);
    add("sharpness", "λₘₐₓ");
    if (anyAdaptive()) add("preconditioned", "Preconditioned λₘₐₓ");
    if (anyLimit()) add("relative", "λₘₐₓ over its limit");
    if (hasValidation()) add("validation", "Validation loss", true);
    if (hasClasses()) add("accuracy", "Accuracy");
    if (hasClasses() && hasValidation()) add("validationAccuracy", "Validation accuracy");
    add("evaluations", "Gradient evaluations");
  }
  return all;
}
std::vector<Mark> Sharpness::marks() const {
  std::vector<Mark> all;
  for (std::size_t i = 0; i < runners_.size(); ++i) {
    const auto limit = limitOf(runners_[i]);
    const double curvature = watched_[i].curvature;
    if (!isFullBatch() || !limit || !(curvature > 0)) continue;
    all.push_back({static_cast<int>(i), "lr", limit->value / curvature, limit->formula + "/λₘₐₓ",
                   "Beyond this rate the curvature that there is now makes the steps unstable."});
  }
  return all;
}

std::vector<Reading> Sharpness::readings(const Record& record, int step) const {
  std::vector<Reading> all;
  for (std::size_t i = 0; i < runners_.size(); ++i) edge(all, i, record, step);
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
  column(hasValidation(), "Validation loss", "Of examples that no step sees.");
  column(isScored, "Validation error", "Share of them that is taken for another class.");
  column(true, "λₘₐₓ", "Largest eigenvalue of the Hessian of the loss.");
  column(anyAdaptive(), "Preconditioned", "The same of P^(−½) H P^(−½), which Adam's steps feel.");
  column(anyLimit(), "Limit", "Where steps of this rate become unstable.");
  column(true, "Gradients", "Evaluations so far; SAM needs two a step.");
  column(true, "Status", "");
  const auto states = this->states();
  for (std::size_t i = 0; i < runners_.size(); ++i) {
    const Series& s = series_[i];
    Row row{static_cast<int>(i), {runners_[i].label, record.at(s.loss, step)}};
    const auto cell = [&](bool is, double value) {
      if (is) row.cells.push_back(value);
    };
    cell(hasValidation(), record.at(s.validation, step));
    cell(isScored, 1 - record.at(s.validationAccuracy, step));
    cell(true, record.at(s.sharpness, step));
    cell(anyAdaptive(), record.at(s.preconditioned, step));
    cell(anyLimit(), record.at(s.limit, step));
    cell(true, record.at(s.evaluations, step));
    row.cells.push_back(states[i].status);
    table.rows.push_back(std::move(row));
  }
  return {table};
}

bool Sharpness::anyLimit() const {
  return isFullBatch() && std::any_of(runners_.begin(), runners_.end(),
                                      [](const Runner& r) { return limitOf(r).has_value(); });
}
bool Sharpness::anyAdaptive() const {
  return std::any_of(runners_.begin(), runners_.end(),
                     [](const Runner& r) { return isAdaptive(r); });
}

std::string Sharpness::edgeName(std::size_t i) const {
  return isAdaptive(runners_[i]) ? "preconditioned λₘₐₓ" : "λₘₐₓ";
}

void Sharpness::edge(std::vector<Reading>& all, std::size_t i, const Record& record,
                     int step) const {
  const auto limit = limitOf(runners_[i]);
  if (!isFullBatch() || !limit) return;
  std::vector<double> ratios;
  for (int t = 0; t <= step; ++t) ratios.push_back(record.at(series_[i].relative, t));
  const theory::Hovering h = theory::hovering(ratios);
  const std::string bound = limit->formula + "/η";
  const std::string name = edgeName(i);
  const std::string where = "full batch, once " + name + " has reached 0.9 of " + bound +
                            ", at a constant rate, as observed by Cohen et al.";
  const auto add = [&](std::string quantity, double predicted, double measured,
                       const std::string& assumption) {
    all.push_back({static_cast<int>(i), std::move(quantity), predicted, measured,
                   measured - predicted, assumption});
  };
  bool isConstant = runners_[i].turned == 0;
  for (int t = 1; t < updatesAt(step) && isConstant; ++t) {
    isConstant = runners_[i].optimizer->rate(t, steps) == runners_[i].optimizer->rate(0, steps);
  }
  const std::string why = !isConstant                               ? "the rate has changed"
                          : runners_[i].status == Status::kDiverged ? "the run has diverged"
                                                                    : "";
  add(name + " over " + bound + ", mean since", why.empty() ? 1 : kNaN, h.mean,
      why.empty() ? where : "nothing is predicted, for " + why + ": " + where);
  add("share within 15 % of it", kNaN, h.share(), "how steadily it stays there; " + where);
  add("first step there", kNaN, h.first < 0 ? kNaN : updatesAt(h.first),
      "the first measurement of at least 0.9 of the limit; theory does not say when");
}

}  // namespace descent::sharpness
