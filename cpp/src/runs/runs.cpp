#include "runs/runs.h"

#include <algorithm>

namespace descent::runs {

bool turn(std::vector<Runner>& runners, const std::vector<Recipe>& recipes) {
  if (recipes.size() != runners.size()) return false;
  for (std::size_t i = 0; i < runners.size(); ++i) {
    Runner& runner = runners[i];
    if (runner.recipe == recipes[i]) continue;
    if (chain(recipes[i]) != chain(*runner.optimizer)) return false;
    if (!catalogue().configure(*runner.optimizer, recipes[i])) return false;
    runner.recipe = recipes[i];
    runner.turned = runner.last;
  }
  label(runners);
  return true;
}

std::vector<Subject> subjectsOf(const std::vector<Runner>& runners) {
  std::vector<Subject> all;
  for (const Runner& r : runners) all.push_back({r.label, print(r.recipe), r.style});
  return all;
}

SubjectState stateOf(const Runner& runner, const Pace& pace) {
  const std::string status = nameOf(runner.status);
  const int step = pace.stepOf ? pace.stepOf(runner.last) : runner.last;
  if (runner.status == Status::kRunning) return {status, step, ""};
  const bool countsUpdates = pace.stepOf && (step != runner.last || pace.unit != "step");
  const std::string place = (pace.unit == "epoch" ? " in " : " at ") + pace.unit + " " +
                            std::to_string(step) +
                            (countsUpdates ? " (update " + std::to_string(runner.last) + ")" : "");
  return {status, step, status + place + ": " + runner.reason};
}

std::vector<SubjectState> statesOf(const std::vector<Runner>& runners, const Pace& pace) {
  std::vector<SubjectState> states;
  for (const Runner& r : runners) states.push_back(stateOf(r, pace));
  return states;
}

const Channel& channelOf(const std::vector<Channel>& channels, const Request& request) {
  return *std::find_if(channels.begin(), channels.end(),
                       [&](const Channel& c) { return c.name == request.name; });
}

Result<void> Runs::begin(const std::vector<Recipe>& recipes, const Problem& problem,
                         const Vector& start) {
  clear();
  for (const Recipe& recipe : recipes) {
    const auto added = add(recipe, problem, start);
    if (!added) {
      clear();
      return added.error();
    }
  }
  label();
  return {};
}

Result<void> Runs::add(const Recipe& recipe, const Problem& problem, const Vector& start) {
  auto runner = makeRunner(recipe, problem, start);
  if (!runner) return runner.error();
  all_.push_back(std::move(*runner));
  return {};
}

}  // namespace descent::runs
