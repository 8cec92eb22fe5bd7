// What may be read from a race: channels, marks, readings and the table.
#include <algorithm>
#include <chrono>

#include "labs/race/race.h"

namespace descent::race {
namespace {

constexpr double kMaxFieldPoints = 250000;

}  // namespace

std::vector<Channel> Race::channels() const {
  std::vector<Channel> channels;
  if (isSurface()) {
    channels = {{"window", "row", "window", "Window", ""},
                {"minima", "points", "minima", "Minima", ""},
                {"start", "points", "start", "Start", ""},
                {"field", "field", "field", "f", ""}};
  }
  for (std::size_t i = 0; i < runners_.size(); ++i) {
    const int subject = static_cast<int>(i);
    const std::string at = "/" + std::to_string(i);
    const auto add = [&](const char* kind, std::string quantity, std::string title,
                         bool log = false, std::string unit = "") {
      channels.push_back(
          {quantity + at, kind, quantity, std::move(title), std::move(unit), subject, log});
    };
    if (isSurface()) add("path", "path", "Path");
    add("series", "loss", "Loss", true);
    add("series", "distance", "Distance", true);
    add("series", "gradient", "Gradient", true);
    add("series", "step", "Step", true);
    add("series", "evaluations", "Gradient evaluations");
    add("series", "time", "Time", false, "µs");
    if (!isSurface()) continue;
    add("arrow", "gradientArrow", "Gradient");
    for (const Probe& probe : runners_[i].optimizer->probes()) {
      std::string title = probe.name;
      std::replace(title.begin(), title.end(), '-', ' ');
      add(probe.kind == Probe::Kind::kDirection ? "arrow" : "points", "probe." + probe.name, title);
    }
    add("ellipse", "model", "Quadratic model");
  }
  return channels;
}

std::vector<Mark> Race::marks() const {
  std::vector<Mark> marks;
  for (std::size_t i = 0; i < runners_.size(); ++i) {
    const auto limit = stabilityOf(*problem_, runners_[i], steps);
    if (!limit) continue;
    const auto curvature = problem_->largestCurvature(runners_[i].x);
    marks.push_back(
        {static_cast<int>(i), "lr", limit->value / *curvature, printShort(limit->value) + "/L",
         "Largest stable rate at the nearest minimum, where L = " + printShort(*curvature)});
  }
  return marks;
}

Array Race::readArrow(const Runner& runner, const Vector& direction) const {
  if (direction.size() != 2 || runner.status == Status::kDiverged) return {{0, 4}, {}};
  return {{1, 4}, {runner.x[0], runner.x[1], direction[0], direction[1]}};
}

// The level set of the last step's quadratic model through the point where it was made, as
// centre, Hessian (h11, h12, h22) and level of (u − c)ᵀH(u − c).
Array Race::readModel(std::size_t i, const Record& record, int step) const {
  const QuadraticModel* model = runners_[i].optimizer->predict().model;
  const int t = std::min(step, runners_[i].last);
  if (!model || t < 1) return {{0, 6}, {}};
  const Point from(record.at(series_[i].path, t - 1, 0), record.at(series_[i].path, t - 1, 1));
  const Point u = from - model->centre;
  const Matrix& h = model->hessian;
  const double level = u.dot(h * u);
  const double determinant = h(0, 0) * h(1, 1) - h(0, 1) * h(1, 0);
  if (!(h(0, 0) > 0 && determinant > 0 && level > 0)) return {{0, 6}, {}};
  return {{1, 6}, {model->centre[0], model->centre[1], h(0, 0), h(0, 1), h(1, 1), level}};
}

// Values of f on nx × ny points that cover a window, row 0 at y0.
Result<Array> Race::readField(const Recipe& call) const {
  std::vector<double> a;
  for (const Argument& argument : call.arguments) {
    if (const double* number = std::get_if<double>(&argument.value)) a.push_back(*number);
  }
  const bool whole = a.size() == 6 && call.arguments.size() == 6 && std::floor(a[4]) == a[4] &&
                     std::floor(a[5]) == a[5];
  if (!whole || !(a[0] < a[1]) || !(a[2] < a[3]) || a[4] < 2 || a[5] < 2 ||
      a[4] * a[5] > kMaxFieldPoints) {
    return Error{
        "field takes (x0, x1, y0, y1, nx, ny) with x0 < x1, y0 < y1 and 2 or more points "
        "each way, " +
        print(kMaxFieldPoints) + " at most in all; got " + print(call)};
  }
  const int nx = static_cast<int>(a[4]), ny = static_cast<int>(a[5]);
  Array field{{ny, nx}, {}};
  for (int j = 0; j < ny; ++j) {
    for (int i = 0; i < nx; ++i) {
      field.data.push_back(
          surface().f(a[0] + (a[1] - a[0]) * i / (nx - 1), a[2] + (a[3] - a[2]) * j / (ny - 1)));
    }
  }
  return field;
}

// Mean time in µs of a runner's first steps, measured once a run: single steps are shorter than a
// browser's clock can tell.
double Race::microsecondsPerStep(std::size_t i) const {
  double& known = (*stepTimes_)[i];
  if (known > 0) return known;
  using Clock = std::chrono::steady_clock;
  constexpr auto kMeasure = std::chrono::milliseconds(2);
  const auto begin = Clock::now();
  long taken = 0;
  while (Clock::now() - begin < kMeasure) {
    Runner trial = *makeRunner(runners_[i].recipe, *problem_, start_);
    const int n = std::min(steps, 50);
    for (int t = 1; t <= n; ++t) trial.step(*problem_, t, steps, farAway_);
    taken += trial.last;
  }
  const std::chrono::duration<double, std::micro> spent = Clock::now() - begin;
  known = spent.count() / static_cast<double>(taken);
  return known;
}

Result<Array> Race::readCall(const Recipe& channel, const Record& record, int step) const {
  if (channel.name == "field") return readField(channel);
  if (channel.name == "window") {
    const Window w = surface().window();
    return Array{{4}, {w.x0, w.x1, w.y0, w.y1}};
  }
  if (channel.name == "start") return Array{{1, 2}, {start_[0], start_[1]}};
  if (channel.name == "minima") {
    Array minima{{static_cast<int>(surface().minima().size()), 2}, {}};
    for (const Point& p : surface().minima()) minima.data.insert(minima.data.end(), {p[0], p[1]});
    return minima;
  }
  const auto slash = channel.name.find('/');
  const auto i = static_cast<std::size_t>(std::stoi(channel.name.substr(slash + 1)));
  const std::string quantity = channel.name.substr(0, slash);
  const Runner& runner = runners_[i];
  if (quantity == "time") {
    Array time{{record.rows()}, {}};
    for (int t = 0; t < record.rows(); ++t) time.data.push_back(microsecondsPerStep(i) * t);
    return time;
  }
  if (quantity == "model") return readModel(i, record, step);
  if (quantity == "gradientArrow") {
    return readArrow(runner, surface().gradientAt(runner.x[0], runner.x[1]));
  }
  for (const Probe& probe : runner.optimizer->probes()) {
    if (quantity != "probe." + probe.name) continue;
    if (probe.kind == Probe::Kind::kDirection) return readArrow(runner, probe.values);
    const double* numbers = probe.values.data();
    return Array{{static_cast<int>(probe.values.cols()), 2},
                 {numbers, numbers + probe.values.size()}};
  }
  return Array{{0}, {}};
}

std::vector<Reading> Race::readings(const Record& record, int step) const {
  std::vector<Reading> all;
  for (std::size_t i = 0; i < runners_.size(); ++i) {
    auto own =
        compare(*problem_, runners_[i], static_cast<int>(i), record, series_[i], step, steps);
    all.insert(all.end(), own.begin(), own.end());
  }
  return all;
}

std::vector<Table> Race::tables(const Record& record, int step) const {
  Table table{"Cost of the run",
              {{"Runner", ""},
               {"Steps to tolerance",
                "First step at which the distance to the nearest minimum is "
                "at most the tolerance."},
               {"Gradient evaluations", "So far; a Hessian-vector product counts as two."},
               {"Values", "Evaluations of f alone, by line searches."},
               {"State per parameter", "Numbers remembered between steps, counted now."},
               {"Status", ""}},
              {}};
  const auto states = this->states();
  for (std::size_t i = 0; i < runners_.size(); ++i) {
    const Runner& r = runners_[i];
    Cell reached = std::string("not yet");
    for (int t = step; t >= 0; --t) {
      if (record.at(series_[i].distance, t) <= tolerance) reached = static_cast<double>(t);
    }
    Eigen::Index remembered = 0;
    for (const Memory& memory : r.optimizer->memory()) remembered += memory.values->size();
    table.rows.push_back(
        {static_cast<int>(i),
         {r.label, reached, static_cast<double>(r.counts.gradientEvaluations()),
          static_cast<double>(r.counts.values),
          static_cast<double>(remembered) / static_cast<double>(start_.size()), states[i].status}});
  }
  return {table};
}

}  // namespace descent::race
