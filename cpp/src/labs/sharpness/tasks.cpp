// What the lab of sharpness offers to do where its runners stand.
#include "labs/sharpness/tasks.h"

#include <algorithm>

#include "labs/sharpness/sharpness.h"

namespace descent::sharpness {

std::vector<Trained> Sharpness::trained() const {
  std::vector<Trained> all;
  for (std::size_t i = 0; i < runs_.size(); ++i) {
    const Runner& r = runs_[i];
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
        it.rounds = roundsFrom(runs_[static_cast<std::size_t>(it.subject)], 2);
      }
    }
    return surface(std::move(all), plane, zoom, random);
  }
  std::vector<Interval> intervals;
  for (const Trained& it : trained()) {
    const Rounds one = roundsFrom(runs_[static_cast<std::size_t>(it.subject)], 1);
    if (one.all.empty()) continue;
    intervals.push_back({it.subject, it.label, one.all[0].slow, one.all[0].fast, one.alpha});
  }
  return lookahead(net_, std::move(intervals));
}

}  // namespace descent::sharpness
