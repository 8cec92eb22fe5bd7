#include "labs/moments/lab.h"

#include <array>
#include <cmath>

#include "runs/recipes.h"

namespace descent::moments {

Result<void> Moments::setFormula(const std::string& text) {
  auto parsed = Expression::parse(text, {"t"});
  if (!parsed) return parsed.error();
  formulaText = text;
  formula_ = std::move(*parsed);
  return {};
}

Result<void> Moments::start(Record& record) {
  m_ = v_ = onesM_ = onesV_ = 0;
  runs_.clear();
  series_.clear();
  for (const Recipe& recipe : runnerRecipes) {
    const auto added = addMethod(recipe);
    if (!added) return added.error();
  }
  runs_.label();
  const auto trace = [&](const char* quantity, const char* label) {
    const int series = record.declare({quantity, ChannelKind::kTrace, label});
    record.put(series, 0, {kNaN});
    return series;
  };
  means_ = {trace("g", "g"), trace("m", "m"), trace("mHat", "m̂"), trace("rootV", "√v"),
            trace("rootVHat", "√v̂")};
  for (int i = 0; i < static_cast<int>(runs_.size()); ++i) {
    const auto kind = ChannelKind::kSeries;
    const Series own = {record.declare({i, "step", kind, "Effective step"}),
                        record.declare({i, "position", kind, "θ"})};
    record.put(own.step, 0, {kNaN});
    record.put(own.position, 0, {0});
    series_.push_back(own);
  }
  return {};
}

// β₁ and β₂ are the lab's in Adam and its kin, where a recipe leaves them open.
Result<void> Moments::addMethod(const Recipe& recipe) {
  if (!innermostHas(recipe, "lr")) {
    return Error{"moments.methods must have a learning rate; " + print(recipe) + " has none"};
  }
  const Recipe filled = edited(recipe, [this](const Entry<Optimizer>& entry, Recipe& at) {
    for (const auto& [id, beta] : {std::pair("beta1", beta1), std::pair("beta2", beta2)}) {
      if (!hasKnob(entry, "biasCorrection") || argumentOf(entry, at, id)) continue;
      setArgument(entry, at, id, beta);
    }
  });
  const auto added = runs_.add(filled, StreamProblem(), Vector::Zero(1));
  if (!added) return added.error();
  runs_[runs_.size() - 1].recipe = recipe;  // labels tell what was written
  return {};
}

void Moments::advance(int t, Record& record) {
  const double g = shape().at(t);
  m_ = beta1 * m_ + (1 - beta1) * g;
  v_ = beta2 * v_ + (1 - beta2) * g * g;
  onesM_ = beta1 * onesM_ + (1 - beta1);
  onesV_ = beta2 * onesV_ + (1 - beta2);
  record.put(means_.g, t, {g});
  record.put(means_.m, t, {m_});
  record.put(means_.mHat, t, {m_ / (1 - std::pow(beta1, t))});
  record.put(means_.rootV, t, {std::sqrt(v_)});
  record.put(means_.rootVHat, t, {std::sqrt(v_ / (1 - std::pow(beta2, t)))});
  const StreamProblem problem(shape());
  for (std::size_t i = 0; i < runs_.size(); ++i) {
    Runner& runner = runs_[i];
    const double rate = runner.optimizer->rate(t - 1, steps), before = runner.x[0];
    if (runner.status == Status::kRunning && !std::isfinite(g)) {
      runner.status = Status::kDiverged;
      runner.last = t;
      runner.reason = "the gradient is no number there";
    }
    runner.update(problem, t, steps);
    // A gradient of zero is no end: others come.
    if (stays(runner.status)) runner.status = Status::kRunning;
    if (runner.status == Status::kRunning) runner.reason.clear();
    record.put(series_[i].step, t, {std::abs(runner.x[0] - before) / rate});
    record.put(series_[i].position, t, {runner.x[0]});
  }
}

std::string Moments::subtitle() const {
  constexpr std::array kNames = {"a constant gradient",        "a noisy gradient",
                                 "one spike among small ones", "a gradient that is mostly zero",
                                 "a gradient that flips sign", "a gradient by formula"};
  return kNames[static_cast<std::size_t>(stream)];
}

std::vector<Channel> Moments::channels() const {
  return {{"weightsM", ChannelKind::kWeights, "in m"}, {"weightsV", ChannelKind::kWeights, "in v"}};
}

// The weight (1 − β)β^(t−i) of the gradient of step i = 1 … t, at the step now.
Result<Array> Moments::read(const Request& request, const Record&, int step) const {
  const double beta = request.name == "weightsM" ? beta1 : beta2;
  Array weights{{step + 1}, {kNaN}};
  for (int i = 1; i <= step; ++i) weights.data.push_back((1 - beta) * std::pow(beta, step - i));
  return weights;
}

std::vector<Table> Moments::tables(const Record& record, int step) const {
  Table table{"Effective steps",
              {{"Method", ""},
               {"Step 1", "|Δθ|/η of the first step."},
               {"Now", "|Δθ|/η of this step."},
               {"θ", "Where it is."}},
              {}};
  for (std::size_t i = 0; i < runs_.size(); ++i) {
    const int series = series_[i].step;
    table.rows.push_back({static_cast<int>(i),
                          {runs_[i].label, step > 0 ? record.at(series, 1) : kNaN,
                           record.at(series, step), runs_[i].x[0]}});
  }
  return {table};
}

}  // namespace descent::moments
