#include "runs/rounds.h"

#include "runs/recipes.h"

namespace descent::runs {
namespace {

const Vector* slowWeights(const Optimizer& optimizer) {
  for (const Memory& memory : optimizer.memory()) {
    if (memory.name == "slow") return memory.values;
  }
  return nullptr;
}

// How far the slow weights follow, of the decorator in this recipe that keeps them.
double followed(const Recipe& recipe) {
  double alpha = 0;
  edited(recipe, [&](const Entry<Optimizer>& entry, Recipe& at) {
    if (entry.id == "lookahead") alpha = parseNumber(wordOf(entry, at, "alpha")).value_or(0);
  });
  return alpha;
}

}  // namespace

Rounds roundsOf(const Problem& problem, Runner runner, int t, int total, int count) {
  constexpr int kMostFastSteps = 1000;
  Rounds rounds{followed(runner.recipe), {}, {}};
  const Vector* slow = slowWeights(*runner.optimizer);
  if (!slow || slow->size() == 0 || !(rounds.alpha > 0)) return {};
  int walked = 0, seen = 0;
  rounds.path.offer(seen++, runner.x);
  while (static_cast<int>(rounds.all.size()) < count) {
    const Vector from = *slow;
    for (const int begin = walked; *slow == from;) {
      if (walked - begin == kMostFastSteps) return {};
      runner.update(problem, t + ++walked, total);
      if (runner.status != Status::kRunning) return {};
      if (*slow == from) rounds.path.offer(seen++, runner.x);
    }
    // Where the fast weights were is told by where the slow ones went.
    rounds.all.push_back({from, from + (*slow - from) / rounds.alpha});
    rounds.path.offer(seen++, rounds.all.back().fast);
    rounds.path.offer(seen++, runner.x);
  }
  return rounds;
}

}  // namespace descent::runs
