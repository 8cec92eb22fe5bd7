// What is drawn on the map of a race, and the time that it takes.
#include <algorithm>
#include <chrono>

#include "labs/race/lab.h"

namespace descent::race {

std::vector<Channel> Race::channels() const {
  std::vector<Channel> all;
  if (isSurface()) {
    all = {Channel("window", ChannelKind::kRow, "Window").named({"x0", "x1", "y0", "y1"}),
           Channel("minima", ChannelKind::kPoints, "Minima").named({"x", "y"}),
           Channel("start", ChannelKind::kPoints, "Start").named({"x", "y"}),
           Channel("field", ChannelKind::kField, "f").takes(gridArguments())};
  }
  for (std::size_t i = 0; i < runs_.size(); ++i) {
    const int subject = static_cast<int>(i);
    const auto arrow = [&](const std::string& quantity, std::string label) {
      all.push_back(Channel(subject, quantity, ChannelKind::kArrow, std::move(label))
                        .named({"x", "y", "dx", "dy"}));
    };
    all.push_back({subject, "time", ChannelKind::kSeries, "Time", false, "µs"});
    if (!isSurface()) continue;
    arrow("gradientArrow", "Gradient");
    for (const Probe& probe : runs_[i].optimizer->probes()) {
      std::string label = probe.name;
      std::replace(label.begin(), label.end(), '-', ' ');
      const std::string quantity = "probe." + probe.name;
      if (probe.kind == Probe::Kind::kDirection) {
        arrow(quantity, label);
      } else {
        all.push_back(Channel(subject, quantity, ChannelKind::kPoints, label).named({"x", "y"}));
      }
    }
    all.push_back(Channel(subject, "model", ChannelKind::kEllipse, "Quadratic model")
                      .named({"x", "y", "h11", "h12", "h22", "level"}));
  }
  return all;
}

Result<Array> Race::read(const Request& request, const Record& record, int step) const {
  if (request.name == "field") return readField(request);
  if (request.name == "window") {
    const Window w = surface().window();
    return Array{{4}, {w.x0, w.x1, w.y0, w.y1}};
  }
  if (request.name == "start") return Array{{1, 2}, {start_[0], start_[1]}};
  if (request.name == "minima") {
    Array minima{{static_cast<int>(surface().minima().size()), 2}, {}};
    for (const Point& p : surface().minima()) minima.data.insert(minima.data.end(), {p[0], p[1]});
    return minima;
  }
  const std::vector<Channel> all = channels();
  const Channel& asked = channelOf(all, request);
  const std::string& quantity = asked.quantity;
  const auto i = static_cast<std::size_t>(asked.subject);
  if (quantity == "time") return readTime(i, record.rows());
  if (quantity == "model") return readModel(i, record, step);
  if (quantity == "gradientArrow") {
    return readArrow(runs_[i], surface().gradientAt(runs_[i].x[0], runs_[i].x[1]));
  }
  return readProbe(runs_[i], quantity);
}

Result<Array> Race::readField(const Request& request) const {
  const auto grid = request.grid(0);
  if (!grid) return grid.error();
  const auto along = [](double from, double to, int i, int n) {
    return n > 1 ? from + (to - from) * i / (n - 1) : from;
  };
  Array field{{grid->ny, grid->nx}, {}};
  for (int j = 0; j < grid->ny; ++j) {
    for (int i = 0; i < grid->nx; ++i) {
      field.data.push_back(surface().f(along(grid->x0, grid->x1, i, grid->nx),
                                       along(grid->y0, grid->y1, j, grid->ny)));
    }
  }
  return field;
}

// By the mean of the first steps: single ones are shorter than a browser's clock can tell.
Array Race::readTime(std::size_t i, int rows) const {
  double& known = (*stepTimes_)[i];
  if (known == 0) {
    using Clock = std::chrono::steady_clock;
    constexpr auto kMeasure = std::chrono::milliseconds(2);
    const auto begin = Clock::now();
    long taken = 0;
    while (Clock::now() - begin < kMeasure) {
      Runner trial = *makeRunner(runs_[i].recipe, *problem_, start_);
      const int n = std::min(steps, 50);
      for (int t = 1; t <= n; ++t) trial.step(*problem_, t, steps, farAway_);
      taken += trial.last;
    }
    const std::chrono::duration<double, std::micro> spent = Clock::now() - begin;
    known = spent.count() / static_cast<double>(taken);
  }
  Array time{{rows}, {}};
  for (int t = 0; t < rows; ++t) time.data.push_back(known * t);
  return time;
}

Array Race::readArrow(const Runner& runner, const Vector& direction) const {
  if (direction.size() != 2 || runner.status == Status::kDiverged) return {{0, 4}, {}};
  return {{1, 4}, {runner.x[0], runner.x[1], direction[0], direction[1]}};
}

Array Race::readProbe(const Runner& runner, const std::string& quantity) const {
  for (const Probe& probe : runner.optimizer->probes()) {
    if (quantity != "probe." + probe.name) continue;
    if (probe.kind == Probe::Kind::kDirection) return readArrow(runner, probe.values);
    const double* numbers = probe.values.data();
    return {{static_cast<int>(probe.values.cols()), 2}, {numbers, numbers + probe.values.size()}};
  }
  return {{0}, {}};
}

// The level set of the last step's quadratic model through the point where it was made: its centre
// c, its Hessian and the level of (u − c)ᵀH(u − c).
Array Race::readModel(std::size_t i, const Record& record, int step) const {
  const QuadraticModel* model = runs_[i].optimizer->predict().model;
  const int t = std::min(step, runs_[i].last);
  if (!model || t < 1) return {{0, 6}, {}};
  const Point from(record.at(series_[i].path, t - 1, 0), record.at(series_[i].path, t - 1, 1));
  const Point u = from - model->centre;
  const Matrix& h = model->hessian;
  const double level = u.dot(h * u);
  const double determinant = h(0, 0) * h(1, 1) - h(0, 1) * h(1, 0);
  if (!(h(0, 0) > 0 && determinant > 0 && level > 0)) return {{0, 6}, {}};
  return {{1, 6}, {model->centre[0], model->centre[1], h(0, 0), h(0, 1), h(1, 1), level}};
}

}  // namespace descent::race
