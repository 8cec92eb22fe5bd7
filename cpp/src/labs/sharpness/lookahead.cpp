#include "labs/sharpness/tasks.h"

namespace descent::sharpness {
namespace {

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

std::unique_ptr<Task> lookahead(const Net& net, std::vector<Interval> intervals) {
  return std::make_unique<Line>(net, std::move(intervals));
}

}  // namespace descent::sharpness
