#include "runs/runs.h"

namespace descent::runs {

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
