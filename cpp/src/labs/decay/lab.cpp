#include "labs/decay/lab.h"

#include "labs/decay/grid.h"
#include "labs/decay/rescaled.h"
#include "runs/recipes.h"

namespace descent::decay {

Result<void> Decay::start(Record& record) {
  const auto laid = layGround("decay");
  if (!laid) return laid.error();
  plain_ = problem_;
  if (factor != 1) problem_ = std::unique_ptr<Problem>(new Rescaled(*plain_, factor));
  const auto begun = runs_.begin(runnerRecipes, *problem_, start_);
  if (!begun) return begun.error();
  twins_ = runs_;
  std::vector<Recipe> bare;
  for (const Recipe& recipe : runnerRecipes) bare.push_back(withDecay(recipe, 0));
  (void)withoutDecay_.begin(bare, *problem_, start_);
  carried_.assign(runs_.size(), Vector::Zero(start_.size()));
  decaysAtOnce_.clear();
  series_.clear();
  for (std::size_t i = 0; i < runs_.size(); ++i) {
    decaysAtOnce_.push_back(isTwoScales() && decaysAtOnce(runs_[i], withoutDecay_[i]));
    series_.push_back(declare(record, static_cast<int>(i)));
    put(record, i, 0);
  }
  return {};
}

void Decay::advance(int t, Record& record) {
  for (std::size_t i = 0; i < runs_.size(); ++i) {
    runs_[i].step(*problem_, t, steps, farAway_);
    twins_[i].step(*plain_, t, steps, farAway_);
    const Vector before = withoutDecay_[i].x;
    withoutDecay_[i].step(*problem_, t, steps, farAway_);
    carry(i, t, withoutDecay_[i].x - before);
    put(record, i, t);
  }
}

Decay::Series Decay::declare(Record& record, int subject) const {
  const std::string& name = runs_[static_cast<std::size_t>(subject)].label;
  const auto add = [&](const char* quantity, ChannelKind kind, const std::string& label, bool log,
                       bool exists) {
    return exists ? record.declare({subject, quantity, kind, label, log}) : -1;
  };
  const auto trace = ChannelKind::kTrace, series = ChannelKind::kSeries;
  const bool isHeldOut = plain_->heldOut(start_).has_value();
  return {add("weight0", trace, name + " θ₁", false, true),
          add("weight1", trace, name + " θ₂", false, problem_->dimension() > 1),
          add("norm", series, "‖θ‖", false, true),
          add("loss", series, "Loss", true, true),
          add("heldOut", series, "Held-out loss", true, isHeldOut),
          add("apart", series, "Distance from the run at factor 1", true, factor != 1)};
}

Decay::Numbers Decay::numbersOf(std::size_t i, int t) const {
  if (runs_[i].status == Status::kDiverged && t > runs_[i].last) {
    return {Vector::Constant(start_.size(), kNaN), kNaN, kNaN, kNaN, kNaN};
  }
  const Vector x = runs_[i].optimizer->evaluationPoint(runs_[i].x);
  const Vector twin = twins_[i].optimizer->evaluationPoint(twins_[i].x);
  return {x, x.norm(), plain_->value(x), plain_->heldOut(x).value_or(kNaN),
          (x - twin).norm() / twin.norm()};
}

void Decay::put(Record& record, std::size_t i, int t) const {
  const Numbers now = numbersOf(i, t);
  const Series& s = series_[i];
  const auto row = [&](int series, double value) {
    if (series >= 0) record.put(series, t, {value});
  };
  row(s.weight0, now.x[0]);
  if (s.weight1 >= 0) row(s.weight1, now.x[1]);
  row(s.norm, now.norm);
  row(s.loss, now.loss);
  row(s.heldOut, now.heldOut);
  row(s.apart, now.apart);
}

std::vector<Reading> Decay::readings(const Record& record, int step) const {
  std::vector<Reading> all;
  for (std::size_t i = 0; i < runs_.size(); ++i) {
    addShrinking(all, i, step);
    addRidge(all, i, record, step);
  }
  return all;
}

std::vector<Table> Decay::tables(const Record&, int step) const {
  Table table{"Weights",
              {{"Runner", ""},
               {"‖θ‖", "At this step."},
               {"Loss", "On the data that is seen, without a penalty."},
               {"Held-out loss", "On data that no step sees."},
               {"From the first", "‖θ − θ₁‖ from the first runner: 0 where two decays are one."},
               {"Apart",
                "‖θ − θ'‖/‖θ'‖ from the run whose loss is not multiplied: 0 for what does "
                "not see the loss's scale."},
               {"Status", ""}},
              {}};
  const auto states = this->states();
  for (std::size_t i = 0; i < runs_.size(); ++i) {
    const Numbers now = numbersOf(i, step);
    table.rows.push_back({static_cast<int>(i),
                          {runs_[i].label, now.norm, now.loss, now.heldOut,
                           (runs_[i].x - runs_[0].x).norm(), now.apart, states[i].status}});
  }
  return {table};
}

std::vector<TaskDescription> Decay::tasks() const {
  const Recipe& first = runnerRecipes.front();
  const bool isDecayed = withDecay(first, 0) != withDecay(first, 1);
  if (!isDecayed || !innermostHas(first, "lr")) return {};
  return {{"grid", "Grid",
           "Run the first runner at eight rates and eight decays and show where its weights end."}};
}

std::unique_ptr<Task> Decay::task(const std::string& id) const {
  if (id != "grid" || tasks().empty()) return nullptr;
  return std::make_unique<Grid>(*problem_, start_, runnerRecipes.front(), steps);
}

}  // namespace descent::decay
