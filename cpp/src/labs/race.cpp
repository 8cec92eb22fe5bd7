// The race: optimizers from one start on one landscape, step by step.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>

#include "descent/catalogue.h"
#include "descent/random.h"
#include "labs/race/runner.h"

namespace descent {
namespace {

using race::Runner;

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kFarAway = 1e6;  // in windows: past this a runner has diverged
constexpr double kMaxFieldPoints = 250000;

std::vector<Recipe> recipes(const char* text) { return *parseRecipes(text); }

class Race final : public Cloneable<Race, Lab> {
 public:
  Recipe landscapeRecipe = *parseRecipe("himmelblau");
  std::vector<Recipe> runnerRecipes =
      recipes("sgd(lr=0.005), momentum(lr=0.004), muon(lr=0.15), adam(lr=0.2)");
  std::string startText = "auto";
  int steps = 100;
  double tolerance = 1e-3;
  int seed = 7;

  Result<void> start(Record& record) override {
    auto landscape = catalogue().build<Landscape>(landscapeRecipe);
    if (!landscape) return landscape.error();
    landscape_ = std::move(*landscape);
    start_ = startPoint();
    const Window w = landscape_->window();
    farAway_ = kFarAway * std::max({std::abs(w.x0), std::abs(w.x1), std::abs(w.y0), std::abs(w.y1),
                                    start_.lpNorm<Eigen::Infinity>()});
    const auto built = buildRunners();
    if (!built) return built.error();
    for (Runner& runner : runners_) {
      runner.x = start_;
      runner.optimizer->reset(vectorLayout(2));
    }
    stepTimes_ = std::make_shared<std::vector<double>>(runners_.size(), 0.0);
    declare(record);
    for (std::size_t i = 0; i < runners_.size(); ++i) put(record, i, 0, 0);
    return {};
  }

  void advance(int t, Record& record) override {
    for (std::size_t i = 0; i < runners_.size(); ++i) {
      Runner& runner = runners_[i];
      const Vector before = runner.x;
      runner.step(*landscape_, t, steps, farAway_);
      put(record, i, t, (runner.x - before).norm());
    }
  }

  // Knobs of the runners may be turned; other runners are another race.
  bool turn(const std::string& knob) override {
    if (knob != "runners") return true;
    if (runnerRecipes.size() != runners_.size()) return false;
    for (std::size_t i = 0; i < runners_.size(); ++i) {
      const auto fresh = catalogue().build<Optimizer>(runnerRecipes[i]);
      if (!fresh || chain(**fresh) != chain(*runners_[i].optimizer)) return false;
      if (!catalogue().configure(*runners_[i].optimizer, runnerRecipes[i])) return false;
      if (runners_[i].recipe == runnerRecipes[i]) continue;
      runners_[i].recipe = runnerRecipes[i];
      runners_[i].turned = runners_[i].last;
    }
    race::label(runners_);
    return true;
  }

  int total() const override { return steps; }
  std::string subtitle() const override {
    constexpr std::array kWords = {"no",   "one", "two",   "three", "four",
                                   "five", "six", "seven", "eight"};
    return print(landscapeRecipe) + ", one start, " + kWords[runners_.size()] +
           (runners_.size() == 1 ? " runner" : " runners");
  }
  std::vector<Subject> subjects() const override {
    std::vector<Subject> subjects;
    for (const Runner& r : runners_) subjects.push_back({r.label, print(r.recipe), r.style});
    return subjects;
  }
  std::vector<SubjectState> states() const override;
  std::vector<Channel> channels() const override;
  std::vector<Mark> marks() const override;
  Result<Array> read(const Recipe& channel, const Record& record, int step) const override;
  std::vector<Reading> readings(const Record& record, int step) const override;
  std::vector<Table> tables(const Record& record, int step) const override;

 private:
  Point startPoint() const {
    if (startText == "auto") return landscape_->starts().front();
    if (startText == "random") {
      Random random(static_cast<std::uint64_t>(seed));
      const Window w = landscape_->window();
      const double x = random.uniform(w.x0, w.x1);
      return {x, random.uniform(w.y0, w.y1)};
    }
    return **readPoint({}, startText);
  }

  Result<void> buildRunners() {
    runners_.clear();
    for (const Recipe& recipe : runnerRecipes) {
      auto optimizer = catalogue().build<Optimizer>(recipe);
      if (!optimizer) return optimizer.error();
      Runner runner;
      runner.recipe = recipe;
      const Optimizer* innermost = optimizer->get();
      while (const auto* decorator = dynamic_cast<const Decorator*>(innermost)) {
        innermost = &*decorator->inner;
        runner.style.ring = true;
      }
      const Style& style = (*catalogue().find<Optimizer>(innermost->id))->style;
      runner.style.hue = style.hue;
      runner.style.slot = style.slot;
      runner.optimizer = std::move(*optimizer);
      runners_.push_back(std::move(runner));
    }
    race::label(runners_);
    return {};
  }

  void declare(Record& record) {
    series_.clear();
    for (std::size_t i = 0; i < runners_.size(); ++i) {
      const std::string at = "/" + std::to_string(i);
      series_.push_back({record.add("path" + at, 2), record.add("loss" + at),
                         record.add("distance" + at), record.add("gradient" + at),
                         record.add("step" + at), record.add("evaluations" + at)});
    }
  }

  // The loss is judged at the evaluation point, the path is the iterate's own. A runner that has
  // stopped leaves no more numbers.
  void put(Record& record, std::size_t i, int t, double stepLength) const {
    const Runner& r = runners_[i];
    const race::Series& s = series_[i];
    if (t > r.last) {
      const bool holds = r.status == Status::kConverged;
      for (const int series : {s.loss, s.distance, s.gradient, s.evaluations}) {
        record.put(series, t, {holds ? record.at(series, t - 1) : kNaN});
      }
      record.put(s.step, t, {holds ? 0 : kNaN});
      record.put(s.path, t, {holds ? r.x[0] : kNaN, holds ? r.x[1] : kNaN});
      return;
    }
    const Point x = r.optimizer->evaluationPoint(r.x);
    record.put(s.path, t, {r.x[0], r.x[1]});
    record.put(s.loss, t, {landscape_->f(x[0], x[1])});
    record.put(s.distance, t, {(x - race::nearestMinimum(*landscape_, x)).norm()});
    record.put(s.gradient, t, {landscape_->gradientAt(x[0], x[1]).norm()});
    record.put(s.step, t, {t == 0 ? kNaN : stepLength});
    record.put(s.evaluations, t, {static_cast<double>(r.counts.gradientEvaluations())});
  }

  Result<Array> readField(const Recipe& call) const;
  double microsecondsPerStep(std::size_t i) const;
  Array readArrow(const Runner& runner, const Vector& direction) const;
  Array readModel(std::size_t i, const Record& record, int step) const;

  Polymorphic<Landscape> landscape_;
  Point start_;
  double farAway_ = 0;
  std::vector<Runner> runners_;
  std::vector<race::Series> series_;
  // Shared with the checkpoints of the run, so that a seek does not measure again.
  std::shared_ptr<std::vector<double>> stepTimes_;
};

std::vector<SubjectState> Race::states() const {
  std::vector<SubjectState> states;
  for (const Runner& r : runners_) {
    constexpr std::array kNames = {"running", "converged", "diverged"};
    states.push_back({kNames[static_cast<std::size_t>(r.status)], r.last, r.reason});
  }
  return states;
}

std::vector<Channel> Race::channels() const {
  std::vector<Channel> channels = {{"window", "row", "window", "Window", ""},
                                   {"minima", "points", "minima", "Minima", ""},
                                   {"start", "points", "start", "Start", ""},
                                   {"field", "field", "field", "f", ""}};
  for (std::size_t i = 0; i < runners_.size(); ++i) {
    const int subject = static_cast<int>(i);
    const std::string at = "/" + std::to_string(i);
    const auto add = [&](const char* kind, std::string quantity, std::string title,
                         bool log = false, std::string unit = "") {
      channels.push_back(
          {quantity + at, kind, quantity, std::move(title), std::move(unit), subject, log});
    };
    add("path", "path", "Path");
    add("series", "loss", "Loss", true);
    add("series", "distance", "Distance", true);
    add("series", "gradient", "Gradient", true);
    add("series", "step", "Step", true);
    add("series", "evaluations", "Gradient evaluations");
    add("series", "time", "Time", false, "µs");
    add("arrow", "gradientArrow", "Gradient");
    for (const Probe& probe : runners_[i].optimizer->probes()) {
      add(probe.kind == Probe::Kind::kDirection ? "arrow" : "points", "probe." + probe.name,
          probe.name);
    }
    add("ellipse", "model", "Quadratic model");
  }
  return channels;
}

std::vector<Mark> Race::marks() const {
  std::vector<Mark> marks;
  for (std::size_t i = 0; i < runners_.size(); ++i) {
    const auto limit = runners_[i].optimizer->stabilityLimit();
    if (!limit) continue;
    const Point minimum = race::nearestMinimum(*landscape_, runners_[i].x);
    const double curvature = race::curvaturesAt(*landscape_, minimum).values[1];
    marks.push_back(
        {static_cast<int>(i), "lr", *limit / curvature, printShort(*limit) + "/L",
         "Largest stable rate at the nearest minimum, where L = " + printShort(curvature)});
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
  const auto model = runners_[i].optimizer->model();
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
          landscape_->f(a[0] + (a[1] - a[0]) * i / (nx - 1), a[2] + (a[3] - a[2]) * j / (ny - 1)));
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
    Runner trial = runners_[i];
    trial.x = start_;
    trial.status = Status::kRunning;
    trial.optimizer->reset(vectorLayout(2));
    const int n = std::min(steps, 50);
    for (int t = 1; t <= n; ++t) trial.step(*landscape_, t, steps, farAway_);
    taken += trial.last;
  }
  const std::chrono::duration<double, std::micro> spent = Clock::now() - begin;
  known = spent.count() / static_cast<double>(taken);
  return known;
}

Result<Array> Race::read(const Recipe& channel, const Record& record, int step) const {
  if (channel.name == "field") return readField(channel);
  if (channel.name == "window") {
    const Window w = landscape_->window();
    return Array{{4}, {w.x0, w.x1, w.y0, w.y1}};
  }
  if (channel.name == "start") return Array{{1, 2}, {start_[0], start_[1]}};
  if (channel.name == "minima") {
    Array minima{{static_cast<int>(landscape_->minima().size()), 2}, {}};
    for (const Point& p : landscape_->minima()) minima.data.insert(minima.data.end(), {p[0], p[1]});
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
    return readArrow(runner, landscape_->gradientAt(runner.x[0], runner.x[1]));
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
    auto own = race::compare(*landscape_, runners_[i], static_cast<int>(i), record, series_[i],
                             step, steps);
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
    table.rows.push_back({static_cast<int>(i),
                          {r.label, reached, static_cast<double>(r.counts.gradientEvaluations()),
                           static_cast<double>(r.counts.values),
                           static_cast<double>(remembered) / 2, states[i].status}});
  }
  return {table};
}

}  // namespace

void register_race(Catalogue& catalogue) {
  catalogue.add(
      Describe<Race>("race", "Race")
          .sentence("Optimizers from one start on one landscape, step by step.")
          .knob("landscape", &Race::landscapeRecipe, Kind::kLandscape, "The surface to descend.")
          .as("Surface")
          .fixed()
          .knob("runners", &Race::runnerRecipes, Kind::kOptimizer, 1, 8, "Who races.")
          .as("Runners")
          .point("start", &Race::startText, {"auto", "random"},
                 "Where all begin: a point, auto (the landscape's own), or random by the seed.")
          .as("Start")
          .fixed()
          .knob("seed", &Race::seed, 0, 999999, "Draws the random start.")
          .as("Seed")
          .fixed()
          .knob("steps", &Race::steps, 1, 20000, "Planned length: the schedules' horizon.")
          .as("Steps", "T")
          .usual(10, 10000, Scale::kLog)
          .fixed()
          .knob("tolerance", &Race::tolerance, 1e-12, 10,
                "Distance to a minimum that counts as arrived.")
          .as("Tolerance")
          .usual(1e-9, 1, Scale::kLog)
          .preset("classics", "SGD, momentum, Adam",
                  "Three ways to use the same slope, each at a rate that suits it.",
                  "landscape=himmelblau&runners=sgd(lr=0.005),momentum(lr=0.004),adam(lr=0.2)")
          .preset("one", "One optimizer and its rate",
                  "Turn the rate while it runs: beyond 2/L the bowl throws it out.",
                  "landscape=bowl&runners=sgd(lr=0.15)&start=-4,2")
          .preset("newton", "Newton against first order",
                  "Newton minimises the dashed quadratic; near the minimum its correct digits "
                  "double every step.",
                  "landscape=himmelblau&runners=newton,momentum(lr=0.004),adam(lr=0.2),"
                  "sgd(lr=0.005)&start=-1,-1")
          .preset("armijo", "Armijo and its rejected trials",
                  "Each cross is a step that did not lower f enough; no rate was tuned.",
                  "landscape=himmelblau&runners=armijo,sgd(lr=0.005)&steps=50")
          .preset("saddle", "A saddle",
                  "From nearly on the ridge: who leaves the saddle first, and by which side.",
                  "landscape=saddle&runners=sgd(lr=0.1),momentum(lr=0.05),adam(lr=0.1),"
                  "newton(damping=off)&start=-3,0.01")
          .preset("plateau", "A plateau",
                  "On the shelf the gradient is tiny: steps of its length crawl, steps of fixed "
                  "length walk.",
                  "landscape=plateau&runners=sgd(lr=0.5),momentum(lr=0.2),adam(lr=0.1),"
                  "muon(lr=0.1)&steps=200")
          .preset("muon", "Muon on a vector",
                  "On a vector Muon is normalised momentum: every step has the same length.",
                  "landscape=bowl(kappa=25)&runners=muon(lr=0.1,orthogonaliser=svd,nesterov=off),"
                  "momentum(lr=0.01,beta=0.95),sgd(lr=0.04)"));
}

}  // namespace descent
