#include "runs/loss_surface.h"

#include <algorithm>
#include <cmath>
#include <limits>

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
    if (entry.id == "lookahead") alpha = knobOf(at, "alpha").value_or(0);
  });
  return alpha;
}

class Surface final : public Task {
 public:
  Surface(std::vector<Trained> runners, PlaneKind kind, double zoom, std::uint64_t seed)
      : runners_(std::move(runners)), kind_(kind), zoom_(zoom), seed_(seed) {}

  int total() const override { return static_cast<int>(runners_.size()) * kUnits; }
  int done() const override { return done_; }
  void advance(int units) override {
    for (; units > 0 && done_ < total(); --units, ++done_) {
      const Trained& runner = runners_[static_cast<std::size_t>(done_ / kUnits)];
      const int unit = done_ % kUnits;
      if (kind_ == PlaneKind::kLookahead && runner.rounds.all.size() < 2) {
        if (unit == 0) notes_.push_back(runner.label + " has no slow weights and fast ones ahead");
      } else if (unit == 0) {
        plane_ = planeOf(runner);
        for (double& width : plane_.halfWidth) width *= zoom_;
      } else if (unit <= kSide) {
        gridRow(runner, unit - 1);
      } else {
        walk(runner);
      }
    }
  }

  // Rows of a grid are many: they come once all are there.
  Table result() const override {
    constexpr const char* kTitles[] = {"two random directions as long as the weights",
                                       "two random directions, filter-normalised (Li et al. 2018)",
                                       "the eigenvectors of the two largest curvatures",
                                       "the two principal components of the path",
                                       ("the plane of Lookahead's slow weights (0, 0), its fast "
                                        "weights (1, 0) and the next fast weights")};
    Table table{"Training loss over " + std::string(kTitles[static_cast<int>(kind_)]),
                {{"Runner", ""},
                 {"Part",
                  "The grid over the plane, the path and its shadow on the plane, or slow and fast "
                  "weights."},
                 {"α", "Along the first direction."},
                 {"β", "Along the second direction."},
                 {"Loss on the plane", ""},
                 {"Loss of the run", "Where the run was, of which the plane shows the shadow."},
                 {"Off the plane", "How far from the plane the run was."}},
                {}};
    for (const std::string& note : notes_) table.title += "; " + note;
    if (done_ == total()) table.rows = rows_;
    return table;
  }

 private:
  static constexpr int kSide = 31;
  static constexpr int kUnits = kSide + 2;  // of a runner: the plane, the grid's rows, the path

  Plane planeOf(const Trained& runner) const {
    if (kind_ != PlaneKind::kLookahead) {
      return layPlane(kind_, runner.net, runner.x, runner.path, seed_);
    }
    const Rounds& two = runner.rounds;
    return planeThrough(two.all[0].slow, two.all[0].fast, two.all[1].fast, two.path);
  }

  void gridRow(const Trained& runner, int row) {
    const auto place = [&](int k, int i) {
      return plane_.middle[k] + plane_.halfWidth[k] * (2.0 * i / (kSide - 1) - 1);
    };
    const double b = place(1, row);
    if (row == 0) losses_.clear();
    for (int column = 0; column < kSide; ++column) {
      const double a = place(0, column);
      const double loss = runner.net->value(plane_.at(a, b));
      losses_.push_back(std::isfinite(loss) ? loss : std::numeric_limits<double>::infinity());
      rows_.push_back({runner.subject, {runner.label, "grid", a, b, loss, kNaN, 0.0}});
    }
  }

  // A point of the run beside its shadow; how far off the loss is that the plane shows.
  double pointRow(const Trained& runner, const char* part, const Vector& x) {
    const Shadow shadow = shadowOf(plane_, x);
    const double seen = runner.net->value(plane_.at(shadow.a, shadow.b));
    const double run = runner.net->value(x);
    rows_.push_back(
        {runner.subject, {runner.label, part, shadow.a, shadow.b, seen, run, shadow.off}});
    return std::abs(seen - run);
  }

  void walk(const Trained& runner) {
    const Trail& path = kind_ == PlaneKind::kLookahead ? runner.rounds.path : runner.path;
    const auto& points = path.points();
    double gap = 0;
    for (const auto& point : points) {
      gap += pointRow(runner, "path", *point.x) / static_cast<double>(points.size());
    }
    for (const Round& round : runner.rounds.all) {
      pointRow(runner, "slow", round.slow);
      pointRow(runner, "fast", round.fast);
    }
    const auto middle = losses_.begin() + static_cast<std::ptrdiff_t>(losses_.size() / 2);
    std::nth_element(losses_.begin(), middle, losses_.end());
    std::string note =
        runner.label + ": on half of the plane the loss is below " + printShort(*middle);
    if (points.size() > 1) {
      note += "; it holds " + printShort(100 * explainedBy(plane_, path)) +
              " % of the path's variance, and along it shows a loss that is off by " +
              printShort(gap) + " in the mean";
    }
    notes_.push_back(std::move(note));
  }

  std::vector<Trained> runners_;
  PlaneKind kind_;
  double zoom_;
  std::uint64_t seed_;
  Plane plane_;
  std::vector<double> losses_;  // on its grid
  std::vector<Row> rows_;
  std::vector<std::string> notes_;
  int done_ = 0;
};

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

std::unique_ptr<Task> surface(std::vector<Trained> runners, PlaneKind kind, double zoom,
                              std::uint64_t seed) {
  return std::make_unique<Surface>(std::move(runners), kind, zoom, seed);
}

}  // namespace descent::runs
