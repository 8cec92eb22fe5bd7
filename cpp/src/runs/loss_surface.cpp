#include "runs/loss_surface.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace descent::runs {
namespace {

// A point of a run beside its shadow on the plane.
struct Passed {
  const char* part;  // "path", "slow", "fast"
  Shadow shadow;
  double seen, run;  // the loss where the plane shows it, and where it is
};

// What was found around one network.
struct Found {
  Plane plane;
  std::vector<double> losses;  // on the grid over the plane
  std::vector<Passed> passed;
  std::string note;

  // The loss below which a share of the plane lies.
  double quantile(double share) const {
    std::vector<double> sorted = losses;
    for (double& loss : sorted) {
      if (!std::isfinite(loss)) loss = std::numeric_limits<double>::infinity();
    }
    const auto at = sorted.begin() +
                    static_cast<std::ptrdiff_t>(share * static_cast<double>(sorted.size() - 1));
    std::nth_element(sorted.begin(), at, sorted.end());
    return *at;
  }
};

class Surface final : public Task {
 public:
  Surface(std::vector<Trained> runners, PlaneKind kind, double zoom, std::uint64_t seed)
      : runners_(std::move(runners)),
        kind_(kind),
        zoom_(zoom),
        seed_(seed),
        found_(runners_.size()) {}

  int total() const override { return static_cast<int>(runners_.size()) * kUnits; }
  int done() const override { return done_; }
  void advance(int units) override {
    for (; units > 0 && done_ < total(); --units, ++done_) {
      const auto i = static_cast<std::size_t>(done_ / kUnits);
      const Trained& runner = runners_[i];
      Found& found = found_[i];
      const int unit = done_ % kUnits;
      if (kind_ == PlaneKind::kLookahead && runner.rounds.all.size() < 2) {
        found.note = runner.label + " has no slow weights and fast ones ahead";
      } else if (unit == 0) {
        found.plane = planeOf(runner);
        for (double& width : found.plane.halfWidth) width *= zoom_;
      } else if (unit <= kSide) {
        gridRow(runner, found, unit - 1);
      } else {
        walk(runner, found);
      }
    }
  }

  // Maps are compared by the same levels: they come once all are there. Of a runner without a plane
  // they are empty.
  std::vector<Channel> channels() const override {
    if (done_ < total()) return {};
    const std::vector<ChannelArgument> runner = {
        {"runner", 0, static_cast<double>(runners_.back().subject)}};
    std::vector<Channel> all = {
        Channel("surface", ChannelKind::kField, "Loss on the plane").takes(runner),
        Channel("window", ChannelKind::kRow, "Window")
            .named({"x0", "x1", "y0", "y1"})
            .takes(runner)};
    for (const char* part : {"path", "slow", "fast"}) {
      all.push_back(Channel(part, ChannelKind::kRows, part)
                        .named({"x", "y", "seen", "loss", "off"})
                        .takes(runner));
    }
    return all;
  }

  Result<Array> read(const Request& request) const override {
    for (std::size_t i = 0; i < runners_.size(); ++i) {
      const Found& found = found_[i];
      if (runners_[i].subject != request.whole(0) || found.losses.empty()) continue;
      if (request.name == "surface") return Array{{kSide, kSide}, found.losses};
      if (request.name != "window") return passed(found, request.name);
      return Array{{4},
                   {place(found, 0, 0), place(found, 0, kSide - 1), place(found, 1, 0),
                    place(found, 1, kSide - 1)}};
    }
    return Array{{0}, {}};
  }

  Table result() const override {
    constexpr const char* kTitles[] = {"two random directions as long as the weights",
                                       "two random directions, filter-normalised (Li et al. 2018)",
                                       "the eigenvectors of the two largest curvatures",
                                       "the two principal components of the path",
                                       ("the plane of Lookahead's slow weights (0, 0), its fast "
                                        "weights (1, 0) and the next fast weights")};
    Table table{"Training loss over " + std::string(kTitles[static_cast<int>(kind_)]), {}, {}};
    return hasWays() ? ways(std::move(table)) : heights(std::move(table));
  }

 private:
  static constexpr int kSide = 31;
  static constexpr int kUnits = kSide + 2;  // of a runner: the plane, the grid's rows, the path

  // Do the runs go anywhere, so that the plane can be held against them?
  bool hasWays() const {
    return std::any_of(runners_.begin(), runners_.end(), [this](const Trained& runner) {
      return kind_ == PlaneKind::kLookahead || runner.path.points().size() > 1;
    });
  }

  // Where the runs were, beside what the plane shows there.
  Table ways(Table table) const {
    const bool hasRounds = kind_ == PlaneKind::kLookahead;
    table.columns = {{"Runner", ""}};
    if (hasRounds) {
      table.columns.push_back({"Part", "The path on the plane, or slow and fast weights."});
    }
    for (const Column& column :
         {Column{"α", "Along the first direction."}, Column{"β", "Along the second direction."},
          Column{"Loss on the plane", ""},
          Column{"Loss of the run", "Where the run was, of which the plane shows the shadow."},
          Column{"Off the plane", "How far from the plane the run was."}}) {
      table.columns.push_back(column);
    }
    for (std::size_t i = 0; i < runners_.size(); ++i) {
      if (!found_[i].note.empty()) table.title += "; " + found_[i].note;
      for (const Passed& p : found_[i].passed) {
        Row row{runners_[i].subject, {runners_[i].label}};
        if (hasRounds) row.cells.emplace_back(p.part);
        for (const double number : {p.shadow.a, p.shadow.b, p.seen, p.run, p.shadow.off}) {
          row.cells.emplace_back(number);
        }
        table.rows.push_back(std::move(row));
      }
    }
    return table;
  }

  // How high each plane is.
  Table heights(Table table) const {
    table.columns = {{"Network", ""},
                     {"Loss here", "In the middle of the plane."},
                     {"Half is below", "The median of the losses on the plane."},
                     {"Highest", ""}};
    for (std::size_t i = 0; i < runners_.size(); ++i) {
      const Found& found = found_[i];
      if (found.passed.empty()) continue;
      table.rows.push_back(
          {runners_[i].subject,
           {runners_[i].label, found.passed[0].run, found.quantile(0.5), found.quantile(1)}});
    }
    return table;
  }

  Plane planeOf(const Trained& runner) const {
    if (kind_ != PlaneKind::kLookahead) {
      return layPlane(kind_, runner.net, runner.x, runner.path, seed_);
    }
    const Rounds& two = runner.rounds;
    return planeThrough(two.all[0].slow, two.all[0].fast, two.all[1].fast, two.path);
  }

  static double place(const Found& found, int k, int i) {
    return found.plane.middle[k] + found.plane.halfWidth[k] * (2.0 * i / (kSide - 1) - 1);
  }

  void gridRow(const Trained& runner, Found& found, int row) {
    for (int column = 0; column < kSide; ++column) {
      const Vector x = found.plane.at(place(found, 0, column), place(found, 1, row));
      found.losses.push_back(runner.net->value(x));
    }
  }

  static void pass(const Trained& runner, Found& found, const char* part, const Vector& x) {
    const Shadow shadow = shadowOf(found.plane, x);
    found.passed.push_back({part, shadow, runner.net->value(found.plane.at(shadow.a, shadow.b)),
                            runner.net->value(x)});
  }

  static Array passed(const Found& found, const std::string& part) {
    Array all{{0, 5}, {}};
    for (const Passed& p : found.passed) {
      if (p.part != part) continue;
      all.data.insert(all.data.end(), {p.shadow.a, p.shadow.b, p.seen, p.run, p.shadow.off});
      ++all.shape[0];
    }
    return all;
  }

  void walk(const Trained& runner, Found& found) {
    const Trail& path = kind_ == PlaneKind::kLookahead ? runner.rounds.path : runner.path;
    const auto count = path.points().size();
    double gap = 0;
    for (const auto& point : path.points()) {
      pass(runner, found, "path", *point.x);
      const Passed& last = found.passed.back();
      gap += std::abs(last.seen - last.run) / static_cast<double>(count);
    }
    for (const Round& round : runner.rounds.all) {
      pass(runner, found, "slow", round.slow);
      pass(runner, found, "fast", round.fast);
    }
    found.note = runner.label + ": on half of the plane the loss is below " +
                 printShort(found.quantile(0.5));
    if (count > 1) {
      found.note += "; it holds " + printShort(100 * explainedBy(found.plane, path)) +
                    " % of the path's variance, and along it shows a loss that is off by " +
                    printShort(gap) + " in the mean";
    }
  }

  std::vector<Trained> runners_;
  PlaneKind kind_;
  double zoom_;
  std::uint64_t seed_;
  std::vector<Found> found_;
  int done_ = 0;
};

}  // namespace

std::unique_ptr<Task> surface(std::vector<Trained> runners, PlaneKind kind, double zoom,
                              std::uint64_t seed) {
  return std::make_unique<Surface>(std::move(runners), kind, zoom, seed);
}

}  // namespace descent::runs
