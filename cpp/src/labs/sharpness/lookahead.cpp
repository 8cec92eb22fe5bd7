#include "labs/race/recipes.h"
#include "labs/sharpness/tasks.h"

namespace descent::sharpness {
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
  race::edited(recipe, [&](const Entry<Optimizer>& entry, Recipe& at) {
    if (entry.id == "lookahead") alpha = knobOf(at, "alpha").value_or(0);
  });
  return alpha;
}

class Line final : public Task {
 public:
  Line(const Net& net, std::vector<Interval> intervals)
      : net_(net), intervals_(std::move(intervals)) {}

  int total() const override { return static_cast<int>(intervals_.size()) * kPlaces; }
  int done() const override { return static_cast<int>(rows_.size()); }
  void advance(int units) override {
    for (; units > 0 && done() < total(); --units) {
      const Interval& i = intervals_[static_cast<std::size_t>(done() / kPlaces)];
      const double a = -0.5 + 0.05 * (done() % kPlaces);
      const Vector x = i.slow + a * (i.fast - i.slow);
      const auto scores = net_->scores(x);
      rows_.push_back({i.subject, {i.label, a, scores.training.loss, scores.validation.loss}});
    }
  }
  Table result() const override {
    Table table{"Loss from slow weights (α = 0) to fast ones (α = 1)",
                {{"Runner", ""},
                 {"α", "Share of the way from the slow weights to the fast ones."},
                 {"Training loss", ""},
                 {"Validation loss", ""}},
                rows_};
    for (const Interval& i : intervals_) {
      table.title += "; " + i.label + " goes to α = " + printShort(i.alpha);
    }
    return table;
  }

 private:
  static constexpr int kPlaces = 41;  // from −0.5 to 1.5

  Net net_;
  std::vector<Interval> intervals_;
  std::vector<Row> rows_;
};

}  // namespace

Rounds roundsOf(const Problem& problem, race::Runner runner, int t, int total, int count) {
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

std::unique_ptr<Task> lookahead(const Net& net, std::vector<Interval> intervals) {
  return std::make_unique<Line>(net, std::move(intervals));
}

}  // namespace descent::sharpness
