// Sharpness: how curved the loss is where a network is trained to, and how that curvature meets the
// optimizer's limit of stability on the way.
#include <algorithm>
#include <cmath>

#include "labs/network/ground.h"
#include "labs/sharpness/tasks.h"
#include "theory/edge_of_stability.h"

namespace descent {
namespace {

using race::kNaN;
using race::Runner;
using sharpness::PlaneKind;

constexpr std::uint64_t kSearchStream = 3201;

class Sharpness final : public Cloneable<Sharpness, networks::NetworkLab> {
 public:
  std::vector<Recipe> runnerRecipes = *parseRecipes("sgd(lr=0.1)");
  int steps = 5000;
  int every = 10;
  PlaneKind plane = PlaneKind::kPath;
  double zoom = 1;
  double radius = 0.1;

  // Gradient descent on the edge of stability.
  Sharpness() {
    dataRecipe = *parseRecipe("waves");
    size = 40;
    noise = 0;
    validation = 0;
    layers = "32, 32";
    initialiser = Initialiser::kLecun;
    firstBias = 0.5;
    loss = Loss::kSquared;
    batch = 0;
  }

  Result<void> start(Record& record) override {
    const auto read = setLayers(layers);
    if (!read) return read.error();
    const auto laid = layNetwork("sharpness");
    if (!laid) return laid.error();
    auto net = std::make_shared<Training<double>>(setup(), data());
    net->prepare(static_cast<std::uint64_t>(seed));
    net_ = net;
    runners_.clear();
    watched_.clear();
    series_.clear();
    updates_ = record.add("updates");
    for (std::size_t i = 0; i < runnerRecipes.size(); ++i) {
      auto runner = race::makeRunner(runnerRecipes[i], *net_, net_->start());
      if (!runner) return runner.error();
      runners_.push_back(std::move(*runner));
      watched_.emplace_back();
      const std::string at = "/" + std::to_string(i);
      series_.push_back({record.add("loss" + at), record.add("accuracy" + at),
                         record.add("validation" + at), record.add("validationAccuracy" + at),
                         record.add("sharpness" + at), record.add("preconditioned" + at),
                         record.add("edge" + at), record.add("limit" + at),
                         record.add("relative" + at), record.add("evaluations" + at)});
      put(record, i, 0);
    }
    race::label(runners_);
    return {};
  }

  void advance(int t, Record& record) override {
    for (int u = updatesAt(t - 1) + 1; u <= updatesAt(t); ++u) {
      for (Runner& runner : runners_) runner.update(*net_, u, steps);
    }
    for (std::size_t i = 0; i < runners_.size(); ++i) put(record, i, t);
  }

  bool turn(const std::string& knob) override {
    return knob != "runners" || race::turn(runners_, runnerRecipes);
  }

  int total() const override { return (steps + every - 1) / every; }
  std::string unit() const override { return every == 1 ? "step" : "measurement"; }
  std::vector<Subject> subjects() const override {
    std::vector<Subject> all;
    for (const Runner& r : runners_) all.push_back({r.label, print(r.recipe), r.style});
    return all;
  }
  std::vector<SubjectState> states() const override {
    auto states = race::statesOf(runners_);
    for (SubjectState& state : states) state.step = (state.step + every - 1) / every;
    return states;
  }

  std::vector<Channel> channels() const override {
    std::vector<Channel> all = {{"updates", "series", "updates", "Step", "", -1}};
    for (std::size_t i = 0; i < runners_.size(); ++i) {
      const auto put = [&](const char* kind, const char* quantity, std::string label, bool log) {
        all.push_back({quantity + ("/" + std::to_string(i)), kind, quantity, std::move(label), "",
                       static_cast<int>(i), log});
      };
      const auto add = [&](const char* quantity, const char* label, bool log = false) {
        put("series", quantity, label, log);
      };
      // What the limit is of, and the limit.
      put("trace", "edge", edgeName(i), false);
      if (isFullBatch() && sharpness::limitOf(runners_[i])) {
        put("trace", "limit", sharpness::limitText(runners_[i]) + "/η", false);
      }
      add("loss", "Training loss", true);
      add("sharpness", "λₘₐₓ");
      if (anyAdaptive()) add("preconditioned", "Preconditioned λₘₐₓ");
      if (anyLimit()) add("relative", "λₘₐₓ over its limit");
      if (hasValidation()) add("validation", "Validation loss", true);
      if (hasClasses()) add("accuracy", "Accuracy");
      if (hasClasses() && hasValidation()) add("validationAccuracy", "Validation accuracy");
      add("evaluations", "Gradient evaluations");
    }
    return all;
  }
  Result<Array> read(const Recipe&, const Record&, int) const override { return Array{{0}, {}}; }

  std::vector<Mark> marks() const override {
    std::vector<Mark> all;
    for (std::size_t i = 0; i < runners_.size(); ++i) {
      const auto limit = sharpness::limitOf(runners_[i]);
      const double curvature = watched_[i].curvature;
      if (!isFullBatch() || !limit || !(curvature > 0)) continue;
      all.push_back({static_cast<int>(i), "lr", *limit / curvature,
                     sharpness::limitText(runners_[i]) + "/λₘₐₓ",
                     "Beyond this rate the curvature that there is now makes the steps unstable."});
    }
    return all;
  }

  std::vector<Reading> readings(const Record& record, int step) const override {
    std::vector<Reading> all;
    for (std::size_t i = 0; i < runners_.size(); ++i) edge(all, i, record, step);
    return all;
  }

  std::vector<Table> tables(const Record& record, int step) const override {
    Table table{"Runners at step " + std::to_string(updatesAt(step)),
                {{"Runner", ""}, {"Training loss", "Of all training examples."}},
                {}};
    const auto column = [&](bool is, const char* label, const char* help) {
      if (is) table.columns.push_back({label, help});
    };
    const bool isScored = hasClasses() && hasValidation();
    column(hasValidation(), "Validation loss", "Of examples that no step sees.");
    column(isScored, "Validation error", "Share of them that is taken for another class.");
    column(true, "λₘₐₓ", "Largest eigenvalue of the Hessian of the loss.");
    column(anyAdaptive(), "Preconditioned",
           "The same of P^(−½) H P^(−½), which Adam's steps feel.");
    column(anyLimit(), "Limit", "Where steps of this rate become unstable.");
    column(true, "Gradients", "Evaluations so far; SAM needs two a step.");
    column(true, "Status", "");
    const auto states = this->states();
    for (std::size_t i = 0; i < runners_.size(); ++i) {
      const Series& s = series_[i];
      Row row{static_cast<int>(i), {runners_[i].label, record.at(s.loss, step)}};
      const auto cell = [&](bool is, double value) {
        if (is) row.cells.push_back(value);
      };
      cell(hasValidation(), record.at(s.validation, step));
      cell(isScored, 1 - record.at(s.validationAccuracy, step));
      cell(true, record.at(s.sharpness, step));
      cell(anyAdaptive(), record.at(s.preconditioned, step));
      cell(anyLimit(), record.at(s.limit, step));
      cell(true, record.at(s.evaluations, step));
      row.cells.push_back(states[i].status);
      table.rows.push_back(std::move(row));
    }
    return {table};
  }

  std::vector<TaskDescription> tasks() const override {
    if (trained().empty()) return {};
    std::vector<TaskDescription> all = {
        {"surface", "Surface",
         "The loss on a plane through the weights of each runner, and how much that plane hides."},
        {"flatness", "Flatness",
         "Curvature, noise on the weights and the worst rise nearby, measured where each runner "
         "stands."}};
    const bool looksAhead = std::any_of(runnerRecipes.begin(), runnerRecipes.end(), [](auto& r) {
      return print(r).find("lookahead") != std::string::npos;
    });
    if (looksAhead) {
      all.push_back({"lookahead", "Slow to fast",
                     "The loss on the line from Lookahead's slow weights to its fast ones."});
    }
    return all;
  }
  std::unique_ptr<Task> task(const std::string& id) const override {
    const auto offered = tasks();
    if (std::none_of(offered.begin(), offered.end(), [&](auto& t) { return t.id == id; })) {
      return nullptr;
    }
    const auto random = static_cast<std::uint64_t>(seed);
    if (id == "surface") return sharpness::surface(net_, trained(), plane, zoom, random);
    if (id == "flatness") return sharpness::flatness(net_, trained(), radius, random);
    std::vector<sharpness::Interval> intervals;
    for (std::size_t i = 0; i < runners_.size(); ++i) {
      auto interval =
          sharpness::intervalOf(net_, runners_[i], static_cast<int>(i), runners_[i].last, steps);
      if (interval) intervals.push_back(std::move(*interval));
    }
    return sharpness::lookahead(net_, std::move(intervals));
  }

 private:
  struct Series {
    int loss, accuracy, validation, validationAccuracy, sharpness, preconditioned, edge, limit,
        relative, evaluations;
  };
  // What is remembered of a runner besides its own state.
  struct Watched {
    Vector top, preconditionedTop;  // eigenvectors found last
    double curvature = kNaN;        // found last: preconditioned where its limit is of that
    sharpness::Path path;
  };

  // Updates that `t` steps of the lab have taken.
  int updatesAt(int t) const { return t < total() ? t * every : steps + (t - total()) * every; }
  bool hasClasses() const { return data()->classes > 0; }
  bool hasValidation() const { return data()->validation.size() > 0; }
  bool isFullBatch() const { return net_->epoch() == 1 && dropout == 0; }
  bool anyLimit() const {
    return isFullBatch() && std::any_of(runners_.begin(), runners_.end(), [](const Runner& r) {
             return sharpness::limitOf(r).has_value();
           });
  }
  bool anyAdaptive() const {
    return std::any_of(runners_.begin(), runners_.end(),
                       [](const Runner& r) { return sharpness::isAdaptive(r.recipe); });
  }

  // What has to stay below the limit.
  std::string edgeName(std::size_t i) const {
    return sharpness::isAdaptive(runners_[i].recipe) ? "preconditioned λₘₐₓ" : "λₘₐₓ";
  }

  void put(Record& record, std::size_t i, int t) {
    const Runner& runner = runners_[i];
    Watched& watched = watched_[i];
    const Series& s = series_[i];
    const auto row = [&](int series, double value) { record.put(series, t, {value}); };
    if (i == 0) row(updates_, updatesAt(t));
    const bool stands = t > 0 && runner.last < updatesAt(t) && runner.status == Status::kConverged;
    if (runner.status == Status::kDiverged || stands) {
      for (const int series : {s.loss, s.accuracy, s.validation, s.validationAccuracy, s.sharpness,
                               s.preconditioned, s.edge, s.limit, s.relative, s.evaluations}) {
        row(series, stands ? record.at(series, t - 1) : kNaN);
      }
      return;
    }
    const Vector x = runner.optimizer->evaluationPoint(runner.x);
    watched.path.offer(t, x);
    const auto [seen, unseen] = net_->scores(x);
    row(s.loss, seen.loss);
    row(s.accuracy, seen.accuracy);
    row(s.validation, unseen.loss);
    row(s.validationAccuracy, unseen.accuracy);
    row(s.evaluations, static_cast<double>(runner.counts.gradientEvaluations()));

    const bool isFinite = x.allFinite() && std::isfinite(seen.loss);
    // The same numbers whatever way led here.
    const auto stream = kSearchStream + (static_cast<std::uint64_t>(t) << 20) + 2 * i;
    const auto draws = [&](std::uint64_t k) {
      return Random(static_cast<std::uint64_t>(seed), stream + k);
    };
    const double top = isFinite ? sharpness::largest(sharpness::hessianAt(net_, x), watched.top,
                                                     x.size(), draws(0))
                                : kNaN;
    double preconditioned = kNaN;
    if (const auto scale = sharpness::inverseRootOf(runner); isFinite && scale) {
      preconditioned = sharpness::largest(sharpness::scaledHessianAt(net_, x, *scale),
                                          watched.preconditionedTop, x.size(), draws(1));
    }
    watched.curvature = sharpness::isAdaptive(runner.recipe) ? preconditioned : top;
    const auto limit = sharpness::limitOf(runner);
    const double rate = runner.optimizer->rate(std::max(0, runner.last - 1), steps);
    const double bound = limit && isFullBatch() && rate > 0 ? *limit / rate : kNaN;
    row(s.sharpness, top);
    row(s.preconditioned, preconditioned);
    row(s.edge, watched.curvature);
    row(s.limit, bound);
    row(s.relative, watched.curvature / bound);
  }

  // How λₘₐₓ hovers about its limit once it has reached it.
  void edge(std::vector<Reading>& all, std::size_t i, const Record& record, int step) const {
    const auto limit = sharpness::limitOf(runners_[i]);
    if (!isFullBatch() || !limit) return;
    std::vector<double> ratios;
    for (int t = 0; t <= step; ++t) ratios.push_back(record.at(series_[i].relative, t));
    const theory::Hovering h = theory::hovering(ratios);
    const std::string bound = sharpness::limitText(runners_[i]) + "/η";
    const std::string name = edgeName(i);
    const std::string where = "full batch, once " + name + " has reached 0.9 of " + bound +
                              ", at a constant rate, as observed by Cohen et al.";
    const auto add = [&](std::string quantity, double predicted, double measured,
                         const std::string& assumption) {
      all.push_back({static_cast<int>(i), std::move(quantity), predicted, measured,
                     measured - predicted, assumption});
    };
    add(name + " over " + bound + ", mean since", 1, h.mean, where);
    add("share within 15 % of it", 1, h.share(), where);
    add("first step there", kNaN, h.first < 0 ? kNaN : updatesAt(h.first),
        "the first measurement of at least 0.9 of the limit; theory does not say when");
  }

  std::vector<sharpness::Trained> trained() const {
    std::vector<sharpness::Trained> all;
    for (std::size_t i = 0; i < runners_.size(); ++i) {
      const Runner& r = runners_[i];
      const Vector x = r.optimizer->evaluationPoint(r.x);
      if (r.status == Status::kDiverged || !x.allFinite()) continue;
      all.push_back({static_cast<int>(i), r.label, x, watched_[i].path});
    }
    return all;
  }

  sharpness::Net net_;
  std::vector<Runner> runners_;
  std::vector<Watched> watched_;
  std::vector<Series> series_;
  int updates_ = 0;
};

}  // namespace

void register_sharpness(Catalogue& catalogue) {
  Describe<Sharpness> lab("sharpness", "Sharpness");
  lab.sentence(
         "How curved the loss is where training leads, and how that curvature meets the limit at "
         "which steps become unstable.")
      .knob("runners", &Sharpness::runnerRecipes, Kind::kOptimizer, 1, 8, "Who trains.")
      .as("Runners");
  networks::describeData(lab);
  networks::describeNetwork(lab);
  networks::describeBatch(lab);
  networks::describeExamples(lab);
  networks::describeStart(lab);
  networks::describePenalties(lab);
  lab.choice("plane", &Sharpness::plane, {"random", "filter", "hessian", "path"},
             "Directions of the surface: random, filter-normalised random, of the largest "
             "curvatures, or principal components of the path.")
      .as("Plane")
      .knob("zoom", &Sharpness::zoom, 0.01, 100, "Multiplies the width of the surface.")
      .as("Width")
      .usual(0.1, 10, Scale::kLog)
      .knob("radius", &Sharpness::radius, 1e-6, 1e3,
            "Radius of the ball in which flatness looks for the worst rise.")
      .as("Radius", "ρ")
      .usual(0.01, 1, Scale::kLog)
      .knob("every", &Sharpness::every, 1, 100000, "Steps between measurements of the curvature.")
      .as("Measure every")
      .unit("steps")
      .usual(1, 100, Scale::kLog)
      .fixed()
      .knob("steps", &Sharpness::steps, 1, 100000, "Length of the run.")
      .as("Steps", "T")
      .usual(100, 10000, Scale::kLog)
      .fixed()
      .preset("edge", "Edge of stability",
              "Gradient descent with all data: the curvature rises until it meets 2/η and then "
              "hovers there, while the loss goes on falling.",
              "")
      .preset("momentum", "Its edge with momentum",
              "Heavy ball on random labels: its limit is 2(1+β)/η, nearly twice that of gradient "
              "descent, and λₘₐₓ finds that one.",
              "data=random-labels&size=80&runners=momentum(lr=0.25)&steps=6000")
      .preset("adam", "Its edge with Adam",
              "Adam divides by √v: what hovers, at 38/η, is the largest curvature of the loss so "
              "rescaled, not of the loss.",
              "runners=adam(lr=0.001,epsilon=1e-7)&steps=6000")
      .preset("sam", "SAM under label noise",
              "One label in five is wrong. SGD learns them by heart in a sharp place, SAM stays "
              "in a flat one and is wrong less often on clean data.",
              "data=moons&size=1000&validation=0.9&noise=0.2&flipped=0.2&gain=1.5&firstBias=0&"
              "loss=logistic&batch=20&radius=0.5&every=20&steps=3000&"
              "runners=momentum(lr=0.1,schedule=cosine),"
              "sam(momentum(lr=0.1,schedule=cosine),rho=0.5)")
      .preset("clean", "SAM without label noise",
              "The same data with every label right: SAM is flatter still, and gains nothing in "
              "accuracy.",
              "data=moons&size=1000&validation=0.9&noise=0.2&gain=1.5&firstBias=0&"
              "loss=logistic&batch=20&radius=0.5&every=20&steps=3000&"
              "runners=momentum(lr=0.1,schedule=cosine),"
              "sam(momentum(lr=0.1,schedule=cosine),rho=0.5)")
      .preset("plain", "Deep, without skips",
              "Six hidden layers, each seeing only the one below. Train, then press Surface, and "
              "compare with the next.",
              "data=moons&size=200&validation=0.5&noise=0.2&layers=32,32,32,32,32,32&"
              "initialisation=he&firstBias=0&loss=logistic&batch=20&plane=filter&every=20&"
              "steps=1000&runners=momentum(lr=0.02,schedule=cosine)")
      .preset("skip", "Deep, with skips",
              "The same network, each hidden layer added to what it sees: over most of the plane "
              "the loss rises less.",
              "data=moons&size=200&validation=0.5&noise=0.2&layers=32,32,32,32,32,32&residual=on&"
              "initialisation=he&firstBias=0&loss=logistic&batch=20&plane=filter&every=20&"
              "steps=1000&runners=momentum(lr=0.02,schedule=cosine)")
      .preset("labels", "Random labels",
              "There is nothing to learn, and gradient descent learns it: the curvature rises to "
              "its limit all the same.",
              "data=random-labels&size=40&steps=4000")
      .preset("lookahead", "Slow and fast weights",
              "Lookahead around SGD with small batches: press Slow to fast for the loss on the way "
              "from where it is judged to where it explores.",
              "data=moons&size=200&validation=0.5&noise=0.2&gain=1.5&firstBias=0&loss=logistic&"
              "batch=20&steps=1000&every=10&runners=lookahead(momentum(lr=0.1),k=20),"
              "momentum(lr=0.1)");
  catalogue.add(lab);
}

}  // namespace descent
