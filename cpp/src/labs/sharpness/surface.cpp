#include <cmath>

#include "labs/sharpness/tasks.h"

namespace descent::sharpness {
namespace {

using race::kNaN;

class Surface final : public Task {
 public:
  Surface(const Net& net, std::vector<Trained> runners, PlaneKind kind, double zoom,
          std::uint64_t seed)
      : net_(net), runners_(std::move(runners)), kind_(kind), zoom_(zoom), seed_(seed) {}

  int total() const override { return static_cast<int>(runners_.size()) * kUnits; }
  int done() const override { return done_; }
  void advance(int units) override {
    for (; units > 0 && done_ < total(); --units, ++done_) {
      const Trained& runner = runners_[static_cast<std::size_t>(done_ / kUnits)];
      const int unit = done_ % kUnits;
      if (unit == 0) {
        plane_ = layPlane(kind_, net_, runner.x, runner.path, seed_);
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
                                       "the two principal components of the path"};
    Table table{"Training loss over " + std::string(kTitles[static_cast<int>(kind_)]),
                {{"Runner", ""},
                 {"Part", "The grid over the plane, or the path and its shadow on the plane."},
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

  void gridRow(const Trained& runner, int row) {
    const auto place = [&](int k, int i) {
      return plane_.middle[k] + plane_.halfWidth[k] * (2.0 * i / (kSide - 1) - 1);
    };
    const double b = place(1, row);
    for (int column = 0; column < kSide; ++column) {
      const double a = place(0, column);
      rows_.push_back(
          {runner.subject, {runner.label, "grid", a, b, net_->value(plane_.at(a, b)), kNaN, 0.0}});
    }
  }

  void walk(const Trained& runner) {
    double gap = 0;
    const auto& points = runner.path.points();
    for (const auto& point : points) {
      const Shadow shadow = shadowOf(plane_, *point.x);
      const double seen = net_->value(plane_.at(shadow.a, shadow.b)), run = net_->value(*point.x);
      gap += std::abs(seen - run) / static_cast<double>(points.size());
      rows_.push_back(
          {runner.subject, {runner.label, "path", shadow.a, shadow.b, seen, run, shadow.off}});
    }
    notes_.push_back(runner.label + ": the plane holds " +
                     printShort(100 * explainedBy(plane_, runner.path)) +
                     " % of the path's variance, and along it shows a loss that is off by " +
                     printShort(gap) + " in the mean");
  }

  Net net_;
  std::vector<Trained> runners_;
  PlaneKind kind_;
  double zoom_;
  std::uint64_t seed_;
  Plane plane_;
  std::vector<Row> rows_;
  std::vector<std::string> notes_;
  int done_ = 0;
};

}  // namespace

std::unique_ptr<Task> surface(const Net& net, std::vector<Trained> runners, PlaneKind kind,
                              double zoom, std::uint64_t seed) {
  return std::make_unique<Surface>(net, std::move(runners), kind, zoom, seed);
}

}  // namespace descent::sharpness
