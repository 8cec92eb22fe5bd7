#include "labs/schedules/lab.h"

#include "numerics/jacobi.h"
#include "runs/compare.h"
#include "runs/conditions.h"
#include "runs/recipes.h"

namespace descent::schedules {

Result<void> Schedules::start(Record& record) {
  const auto laid = layGround("schedules");
  if (!laid) return laid.error();
  if (!innermostHas(optimizerRecipe, "schedule")) {
    return Error{"schedules.optimizer must have a rate to schedule; " + print(optimizerRecipe) +
                 " has none"};
  }
  runs_.clear();
  schedules_.clear();
  series_.clear();
  std::vector<std::string> names;
  for (const Recipe& schedule : scheduleRecipes) {
    const auto added = addRunner(schedule);
    if (!added) return added.error();
    names.push_back(schedule.name);
  }
  const auto labels = labelsOf(scheduleRecipes, names);
  for (std::size_t i = 0; i < runs_.size(); ++i) {
    const int subject = static_cast<int>(i);
    runs_[i].label = labels[i];
    runs_[i].style = {subject % static_cast<int>(kFamilies.size()), subject % kSlots};
    series_.push_back(declareSeries(record, subject, {.path = isSurface()}));
    putRow(*problem_, runs_[i], series_[i], 0, 0, record);
  }
  const auto limit = stabilityOf(*problem_, runs_[0], steps);
  bound_.reset();
  if (limit && curvatureAt(1) > 0) bound_ = limit->value;
  return {};
}

Result<void> Schedules::addRunner(const Recipe& recipe) {
  auto schedule = catalogue().build<Schedule>(recipe);
  if (!schedule) return schedule.error();
  schedules_.emplace_back(std::move(*schedule));
  return runs_.add(withInnermost(optimizerRecipe, "schedule", recipe), *problem_, start_);
}

void Schedules::advance(int t, Record& record) {
  for (std::size_t i = 0; i < runs_.size(); ++i) {
    const Vector before = runs_[i].x;
    runs_[i].step(*problem_, t, steps, farAway_);
    putRow(*problem_, runs_[i], series_[i], t, (runs_[i].x - before).norm(), record);
  }
}

std::vector<Subject> Schedules::subjects() const {
  std::vector<Subject> all = runs_.subjects();
  for (std::size_t i = 0; i < all.size(); ++i) all[i].recipe = print(scheduleRecipes[i]);
  return all;
}

std::vector<Channel> Schedules::channels() const {
  std::vector<Channel> all;
  for (std::size_t i = 0; i < runs_.size(); ++i) {
    all.push_back({static_cast<int>(i), "factor", ChannelKind::kCurve, "Factor of the rate"});
  }
  if (bound_) {
    all.push_back({"bound", ChannelKind::kCurve, "limit " + printShort(*bound_) + "/L"});
  }
  return all;
}

Result<Array> Schedules::read(const Request& request, const Record&, int) const {
  const std::vector<Channel> all = channels();
  const int subject = channelOf(all, request).subject;
  Array curve{{steps + 1}, {}};
  for (int t = 0; t <= steps; ++t) {
    curve.data.push_back(subject < 0
                             ? *bound_ / curvatureAt(t + 1) / runs_[0].optimizer->lr
                             : schedules_[static_cast<std::size_t>(subject)]->factor(t, steps));
  }
  return curve;
}

std::vector<Reading> Schedules::readings(const Record& record, int step) const {
  std::vector<Reading> all;
  for (std::size_t i = 0; i < runs_.size(); ++i) {
    const std::size_t before = all.size();
    if (auto reading = contraction(i, record, step)) all.push_back(std::move(*reading));
    if (auto reading = growth(i, record, step)) all.push_back(std::move(*reading));
    if (all.size() > before) continue;
    const auto own =
        compare(observe(*problem_, runs_[i], static_cast<int>(i), record, series_[i], step, steps));
    all.insert(all.end(), own.begin(), own.end());
  }
  return all;
}

std::vector<Table> Schedules::tables(const Record& record, int step) const {
  Table table{"The schedules",
              {{"Schedule", ""},
               {"Mean factor", "Over the whole run: the share of the peak rate that is spent."},
               {"Loss", "At this step."},
               {"Status", ""},
               {"PyTorch", "The scheduler with the same factors; `lr` is the peak."}},
              {}};
  const auto states = this->states();
  for (std::size_t i = 0; i < runs_.size(); ++i) {
    double sum = 0;
    for (int t = 0; t < steps; ++t) sum += schedules_[i]->factor(t, steps);
    table.rows.push_back({static_cast<int>(i),
                          {runs_[i].label, sum / steps, record.at(series_[i].loss, step),
                           states[i].status, schedules_[i]->pytorch(steps)}});
  }
  return {table};
}

double Schedules::curvatureAt(int t) const {
  const Problem& problem = *problem_;
  const auto solution = problem.nearestMinimum(start_);
  Matrix h;
  if (!solution || problem.dimension() > 2 || !problem.at(t).hessian(*solution, h) ||
      !h.allFinite()) {
    return kNaN;
  }
  return symmetricEigen(h).values[problem.dimension() - 1];
}

}  // namespace descent::schedules
