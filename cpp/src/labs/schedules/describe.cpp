// Schedules: the curves over a run, and the run that each drives from one start.
#include <algorithm>
#include <cmath>

#include "numerics/jacobi.h"
#include "runs/ground_lab.h"
#include "runs/recipes.h"

namespace descent {
namespace {

using namespace runs;

class Schedules final : public Cloneable<Schedules, GroundLab> {
 public:
  std::vector<Recipe> scheduleRecipes =
      *parseRecipes("constant, cosine, step(every=30), warmup(cosine(floor=0.1), steps=10), wsd");
  Recipe optimizerRecipe = *parseRecipe("sgd(lr=0.18)");
  int steps = 100;

  Schedules() { landscapeRecipe = *parseRecipe("bowl"); }

  Result<void> start(Record& record) override {
    const auto laid = layGround("schedules");
    if (!laid) return laid.error();
    if (!innermostHas(optimizerRecipe, "schedule")) {
      return Error{"schedules.optimizer must have a rate to schedule; " + print(optimizerRecipe) +
                   " has none"};
    }
    runners_.clear();
    schedules_.clear();
    series_.clear();
    std::vector<std::string> names;
    for (std::size_t i = 0; i < scheduleRecipes.size(); ++i) {
      names.push_back(scheduleRecipes[i].name);
      auto schedule = catalogue().build<Schedule>(scheduleRecipes[i]);
      if (!schedule) return schedule.error();
      schedules_.emplace_back(std::move(*schedule));
      const Recipe scheduled = withInnermost(optimizerRecipe, "schedule", scheduleRecipes[i]);
      auto runner = makeRunner(scheduled, *problem_, start_);
      if (!runner) return runner.error();
      runner->style = {static_cast<int>(i % kFamilies.size()), static_cast<int>(i % 6)};
      series_.push_back(declareSeries(record, std::to_string(i), isSurface()));
      runners_.push_back(std::move(*runner));
      putRow(*problem_, runners_[i], series_[i], 0, 0, record);
    }
    const auto labels = labelsOf(scheduleRecipes, names);
    for (std::size_t i = 0; i < runners_.size(); ++i) runners_[i].label = labels[i];
    const auto limit = stabilityOf(*problem_, runners_.front(), steps);
    bound_.reset();
    if (limit && curvatureAt(1) > 0) bound_ = limit->value;
    return {};
  }

  void advance(int t, Record& record) override {
    for (std::size_t i = 0; i < runners_.size(); ++i) {
      const Vector before = runners_[i].x;
      runners_[i].step(*problem_, t, steps, farAway_);
      putRow(*problem_, runners_[i], series_[i], t, (runners_[i].x - before).norm(), record);
    }
  }
  // The whole curve is seen from the start: another one is another run.
  bool turn(const std::string&) override { return false; }

  int total() const override { return steps; }
  std::string subtitle() const override {
    return print(optimizerRecipe) + " on " + print(groundRecipe());
  }
  std::vector<Subject> subjects() const override {
    std::vector<Subject> all;
    for (std::size_t i = 0; i < runners_.size(); ++i) {
      all.push_back({runners_[i].label, print(scheduleRecipes[i]), runners_[i].style});
    }
    return all;
  }
  std::vector<SubjectState> states() const override { return statesOf(runners_); }

  std::vector<Channel> channels() const override {
    std::vector<Channel> all;
    for (std::size_t i = 0; i < runners_.size(); ++i) {
      const auto add = [&](const char* kind, const char* quantity, const char* label, bool log) {
        all.push_back({quantity + ("/" + std::to_string(i)), kind, quantity, label, "",
                       static_cast<int>(i), log});
      };
      add("curve", "factor", "Factor of the rate", false);
      if (isSurface()) add("path", "path", "Path", false);
      add("series", "loss", "Loss", true);
      add("series", "distance", "Distance", true);
      add("series", "gradient", "Gradient", true);
      add("series", "step", "Step", true);
    }
    if (bound_) {
      all.push_back({"bound", "curve", "bound", boundLabel(*bound_), "", -1, false});
    }
    return all;
  }
  Result<Array> readCall(const Recipe& channel, const Record&, int) const override {
    Array array{{steps + 1}, {}};
    if (channel.name == "bound") {
      for (int t = 0; t <= steps; ++t) array.data.push_back(boundAt(t));
      return array;
    }
    const auto i =
        static_cast<std::size_t>(std::stoi(channel.name.substr(channel.name.find('/') + 1)));
    for (int t = 0; t <= steps; ++t) array.data.push_back(schedules_[i]->factor(t, steps));
    return array;
  }

  std::vector<Reading> readings(const Record& record, int step) const override {
    std::vector<Reading> all;
    for (std::size_t i = 0; i < runners_.size(); ++i) {
      const int subject = static_cast<int>(i);
      const std::size_t before = all.size();
      if (auto row = contraction(subject, record, step)) all.push_back(std::move(*row));
      if (auto row = growth(subject, record, step)) all.push_back(std::move(*row));
      if (all.size() > before) continue;
      auto own = runs::compare(*problem_, runners_[i], subject, record, series_[i], step, steps);
      all.insert(all.end(), own.begin(), own.end());
    }
    return all;
  }

  std::vector<Table> tables(const Record& record, int step) const override {
    Table table{"The schedules",
                {{"Schedule", ""},
                 {"Mean factor", "Over the whole run: the share of the peak rate that is spent."},
                 {"Loss", "At this step."},
                 {"Status", ""},
                 {"PyTorch", "The scheduler with the same factors; `lr` is the peak."}},
                {}};
    const auto states = this->states();
    for (std::size_t i = 0; i < runners_.size(); ++i) {
      double sum = 0;
      for (int t = 0; t < steps; ++t) sum += schedules_[i]->factor(t, steps);
      table.rows.push_back({static_cast<int>(i),
                            {runners_[i].label, sum / steps, record.at(series_[i].loss, step),
                             states[i].status, schedules_[i]->pytorch(steps)}});
    }
    return {table};
  }

 private:
  // Largest curvature that step t sees at the solution.
  double curvatureAt(int t) const {
    const Problem& problem = *problem_;
    const auto solution = problem.nearestMinimum(start_);
    Matrix h;
    if (!solution || problem.dimension() > 2 || !problem.at(t).hessian(*solution, h) ||
        !h.allFinite()) {
      return kNaN;
    }
    return symmetricEigen(h).values[problem.dimension() - 1];
  }
  static std::string boundLabel(double limit) { return "limit " + printShort(limit) + "/L"; }
  // The largest stable factor at step t (0, 1, …).
  double boundAt(int t) const {
    return *bound_ / curvatureAt(t + 1) / runners_.front().optimizer->lr;
  }

  // Is f ½ (θ − m)ᵀH(θ − m), wherever the run was and beside it?
  bool isQuadratic(const Point& minimum, const Eigen::Matrix2d& h, int subject,
                   const Record& record, int last) const {
    constexpr int kLooks = 8;
    const int path = series_[static_cast<std::size_t>(subject)].path;
    std::vector<Point> places = {start_, minimum + Point(1.25, -0.75)};
    for (int k = 1; k <= kLooks; ++k) {
      const int t = last * k / kLooks;
      places.emplace_back(record.at(path, t, 0), record.at(path, t, 1));
    }
    return std::all_of(places.begin(), places.end(), [&](const Point& p) {
      const Point slope = surface().gradientAt(p[0], p[1]), own = h * (p - minimum);
      return !p.allFinite() || (surface().hessianAt(p[0], p[1]) == h &&
                                (slope - own).norm() <= 1e-9 * (own.norm() + h.norm()));
    });
  }

  // On a quadratic, without memory, every step multiplies the distance along an eigenvector by
  // 1 − η_t λ: the distance after t steps is known in advance.
  std::optional<Reading> contraction(int subject, const Record& record, int step) const {
    const Runner& runner = runners_[static_cast<std::size_t>(subject)];
    if (!isSurface() || surface().minima().size() != 1) return {};
    const Point minimum = surface().minima().front();
    const Eigen::Matrix2d h = surface().hessianAt(minimum[0], minimum[1]);
    const int last = std::min(step, runner.last);
    if (!isMemoryless(*runner.optimizer) || !isQuadratic(minimum, h, subject, record, last)) {
      return {};
    }
    const SymmetricEigen eigen = symmetricEigen(h);
    const auto characteristic = runner.optimizer->predict().characteristic;
    const Point along = eigen.vectors.transpose() * (start_ - minimum);
    double square = 0;
    for (const int i : {0, 1}) {
      double distance = along[i];
      for (int t = 0; t < last; ++t) {
        distance *= characteristic(eigen.values[i], runner.optimizer->rate(t, steps)).b;
      }
      square += distance * distance;
    }
    return row(subject, "distance Π|1−ηₜλ|", std::sqrt(square),
               record.at(series_[static_cast<std::size_t>(subject)].distance, last),
               "f is quadratic and the optimizer without memory; at step " + std::to_string(last));
  }

  // In one dimension, without memory, a step beyond the limit moves θ further from the solution and
  // every other brings it nearer: where what the step sees is least at the solution, and bends at θ
  // as it does there or, beyond the limit, more.
  std::optional<Reading> growth(int subject, const Record& record, int step) const {
    const Runner& runner = runners_[static_cast<std::size_t>(subject)];
    if (problem_->dimension() != 1 || !bound_ || !isMemoryless(*runner.optimizer)) return {};
    constexpr double kNear = 0.1;
    const Vector solution = *problem_->nearestMinimum(start_);
    const auto& series = series_[static_cast<std::size_t>(subject)];
    const std::string quantity = "steps beyond 2/L";
    int predicted = 0, measured = 0, far = 0;
    for (int t = 0; t < std::min(step, runner.last); ++t) {
      const double curvature = curvatureAt(t + 1), distance = record.at(series.distance, t);
      const bool beyond = runner.optimizer->rate(t, steps) * curvature > *bound_;
      predicted += beyond;
      measured += record.at(series.distance, t + 1) > distance;
      Vector slope;
      problem_->at(t + 1).gradient(solution, slope);
      if (slope.norm() > 1e-9 * curvature) {
        return row(subject, quantity, kNaN, kNaN,
                   "nothing is predicted: what a step sees is not least at the solution");
      }
      for (const double side : {-1.0, 1.0}) {
        Matrix here;
        problem_->at(t + 1).hessian(solution + Vector::Constant(1, side * distance), here);
        const double change = here(0, 0) / curvature - 1;
        if (far == 0 && !(change >= -kNear && (beyond || change <= kNear))) far = t + 1;
      }
    }
    const std::string what = "measured: steps at which |θ| grew; ";
    if (far > 0) {
      return row(subject, quantity, kNaN, measured,
                 what + "nothing is predicted, for at step " + std::to_string(far) +
                     " it was too far from the solution for f to be its quadratic");
    }
    return row(subject, quantity, predicted, measured,
               what + "near the solution, where f is its quadratic");
  }

  static Reading row(int subject, std::string quantity, double predicted, double measured,
                     std::string assumption) {
    return {subject,  std::move(quantity),  predicted,
            measured, measured - predicted, std::move(assumption)};
  }

  // The stability limit of the optimizer in ηL, where there is one and L is known.
  std::optional<double> bound_;
  std::vector<Polymorphic<Schedule>> schedules_;
  std::vector<Runner> runners_;
  std::vector<Series> series_;
};

}  // namespace

void register_schedules(Catalogue& catalogue) {
  Describe<Schedules> lab("schedules", "Schedules");
  lab.sentence("Curves of the learning rate, and the run that each of them drives.")
      .knob("schedules", &Schedules::scheduleRecipes, Kind::kSchedule, 1, 8,
            "The curves that are compared.")
      .as("Schedules")
      .fixed()
      .knob("optimizer", &Schedules::optimizerRecipe, Kind::kOptimizer,
            "Who runs; its rate is the peak that the factors multiply. A schedule of its own gives "
            "way to those that are compared.")
      .as("Optimizer")
      .fixed();
  describeGround(lab);
  describeStart(lab);
  lab.knob("steps", &Schedules::steps, 1, 20000, "Length of the run: the schedules' horizon.")
      .as("Steps", "T")
      .usual(10, 10000, Scale::kLog)
      .fixed()
      .preset("bowl", "Five ways to spend a rate",
              "On a bowl the distance after t steps is a product over the schedule, known before "
              "the run.",
              "")
      .preset("warm-up", "Why warm-up",
              "High curvature for 20 steps, then low: at a constant rate it is thrown out, and "
              "only a warm-up longer than that survives.",
              "problem=warmup-toy&optimizer=sgd(lr=0.15)&steps=200&schedules=constant,"
              "warmup(steps=20),warmup(steps=40),warmup(steps=80)")
      .preset("basins", "Two schedules, two basins",
              "A sharp dip before a wide one: cosine keeps the rate high long enough to leave it, "
              "and the loss falls to −0.95; exponential stays in the dip, at −0.21.",
              "landscape=custom(f=\"-0.3*exp(-(x+1.5)^2/0.02) - exp(-(x-1)^2/1.62) + 0.05*x^2 + "
              "y^2/2\", x0=-3, x1=3, y0=-2, y1=2)&start=-2.2,1&optimizer=sgd(lr=0.25)&"
              "schedules=cosine,exponential(form=end,end=0.001)")
      .preset("gpt3", "GPT-3 Small",
              "Peak 6e-4, 750 steps of warm-up, cosine to a tenth, then constant (Brown et al. "
              "2020, appendix B), in 10,000 steps on a small least-squares problem.",
              "problem=least-squares(batch=16)&optimizer=adamw(lr=0.0006,beta2=0.95,"
              "weightDecay=0.1)&steps=10000&schedules=join(warmup(cosine(floor=0.1),steps=750),"
              "at=8667,b=linear(start=0.1,end=0.1)),constant")
      .preset("llama", "LLaMA style",
              "Peaks 3e-4 and 1.5e-4 with the same curve (Touvron et al. 2023), here 3e-4; beside "
              "it warm-up, stable, decay.",
              "problem=least-squares(batch=16)&optimizer=adamw(lr=0.0003,beta2=0.95,"
              "weightDecay=0.1)&steps=10000&schedules=warmup(cosine(floor=0.1),steps=2000),"
              "wsd(warmup=2000)")
      .preset("fine-tuning", "Fine-tuning",
              "From 1e-5 to 1e-6 in a straight line, as large models are tuned; a small problem "
              "hardly moves at such rates.",
              "problem=logistic(batch=16)&optimizer=adamw(lr=0.00001)&steps=2000&"
              "schedules=linear(end=0.1),constant")
      .preset("vision", "Vision: step decay",
              "A tenth after a third and after two thirds, with momentum, as image classifiers "
              "were trained for years.",
              "problem=logistic(batch=16)&optimizer=momentum(lr=0.1)&steps=900&"
              "schedules=step(every=300),cosine,one-cycle");
  catalogue.add(lab);
}

}  // namespace descent
