// Decay: the two ways of shrinking weights, L2 inside the gradient and decoupled from it, on
// problems where theory says what each comes to.
#include <cmath>

#include "numerics/jacobi.h"
#include "numerics/products.h"
#include "runs/ground_lab.h"
#include "runs/recipes.h"

namespace descent {
namespace {

using namespace runs;

// c·f
class Scaled final : public Objective {
 public:
  Scaled() = default;
  Scaled(const Objective& f, double c) : f_(&f), c_(c) {}

  Eigen::Index dimension() const override { return f_->dimension(); }
  double value(const Vector& x) const override { return c_ * f_->value(x); }
  void gradient(const Vector& x, Vector& g) const override {
    f_->gradient(x, g);
    g *= c_;
  }
  bool hessian(const Vector& x, Matrix& h) const override {
    const bool known = f_->hessian(x, h);
    h *= c_;
    return known;
  }

 private:
  const Objective* f_ = nullptr;
  double c_ = 1;
};

// The same problem with its loss multiplied by c.
class Rescaled final : public Cloneable<Rescaled, Problem> {
 public:
  Rescaled(const Problem& problem, double c) : problem_(problem.clone()), c_(c) {}

  Eigen::Index dimension() const override { return problem_->dimension(); }
  Layout layout() const override { return problem_->layout(); }
  Vector start() const override { return problem_->start(); }
  SuggestedRates rates() const override { return problem_->rates(); }
  double value(const Vector& x) const override { return whole().value(x); }
  void gradient(const Vector& x, Vector& g) const override { whole().gradient(x, g); }
  bool hessian(const Vector& x, Matrix& h) const override { return whole().hessian(x, h); }
  const Objective& at(int t) const override { return seen_ = {problem_->at(t), c_}; }

 private:
  Scaled whole() const { return {*problem_, c_}; }

  Polymorphic<Problem> problem_;
  double c_;
  mutable Scaled seen_;
};

// Final weights over rates and decays, of one optimizer.
class Grid final : public Task {
 public:
  Grid(const Problem& problem, const Vector& start, const Recipe& recipe, int steps)
      : problem_(problem.clone()), start_(start), recipe_(recipe), steps_(steps) {}

  int total() const override { return kSide * kSide * slices(); }
  int done() const override { return static_cast<int>(lengths_.size()) * slices() + slice_; }
  void advance(int units) override {
    const double far = farAway(*problem_, start_);
    for (; units > 0 && done() < total(); --units) {
      const int i = static_cast<int>(lengths_.size());
      if (slice_ == 0) {
        const Recipe recipe = withInnermost(withDecay(recipe_, decayOf(i)), "lr", rateOf(i));
        runner_ = *makeRunner(recipe, *problem_, start_);
      }
      const int begin = slice_ * kSlice, end = std::min(begin + kSlice, steps_);
      for (int t = begin + 1; t <= end && runner_.status == Status::kRunning; ++t) {
        runner_.step(*problem_, t, steps_, far);
      }
      if (++slice_ < slices() && runner_.status == Status::kRunning) continue;
      const bool diverged = runner_.status == Status::kDiverged;
      lengths_.push_back(diverged ? kNaN : runner_.optimizer->evaluationPoint(runner_.x).norm());
      slice_ = 0;
    }
  }
  Table result() const override {
    Table table{"Final ‖θ‖ by rate and decay",
                {{"Decay", ""},
                 {"Rate", "Learning rate of the run."},
                 {"Final ‖θ‖", "After " + counted(steps_, "step") + "."}},
                {}};
    for (int i = 0; i < static_cast<int>(lengths_.size()); ++i) {
      table.rows.push_back(
          {i / kSide,
           {"λ = " + printShort(decayOf(i)), rateOf(i), lengths_[static_cast<std::size_t>(i)]}});
    }
    return table;
  }

 private:
  static constexpr int kSide = 8;
  static double decayOf(int i) {
    return *parseNumber(printShort(std::pow(10, i / kSide / 2.0 - 3)));
  }
  static double rateOf(int i) {
    return *parseNumber(printShort(std::pow(10, i % kSide / 2.0 - 4)));
  }

  static constexpr int kSlice = 50;  // steps of a unit of work
  int slices() const { return (steps_ + kSlice - 1) / kSlice; }

  Polymorphic<Problem> problem_;
  Vector start_;
  Recipe recipe_;
  int steps_;
  std::vector<double> lengths_;
  int slice_ = 0;
  Runner runner_;
};

class Decay final : public Cloneable<Decay, GroundLab> {
 public:
  std::vector<Recipe> runnerRecipes =
      *parseRecipes("adam(lr=0.01, beta2=0.99, weightDecay=0.01), adamw(lr=0.01, beta2=0.99)");
  double factor = 1;
  int steps = 2000;

  Decay() { problemRecipe = *parseRecipe("two-scales"); }

  Result<void> start(Record& record) override {
    const auto laid = layGround("decay");
    if (!laid) return laid.error();
    plain_ = problem_;
    if (factor != 1) problem_ = std::unique_ptr<Problem>(new Rescaled(*plain_, factor));
    runners_.clear();
    twins_.clear();
    free_.clear();
    decaysAtOnce_.clear();
    carried_.assign(runnerRecipes.size(), Vector::Zero(start_.size()));
    series_.clear();
    for (std::size_t i = 0; i < runnerRecipes.size(); ++i) {
      auto runner = makeRunner(runnerRecipes[i], *problem_, start_);
      if (!runner) return runner.error();
      runners_.push_back(*runner);
      twins_.push_back(std::move(*runner));
      free_.push_back(*makeRunner(withDecay(runnerRecipes[i], 0), *problem_, start_));
      decaysAtOnce_.push_back(isTwoScales() && decaysAtOnce(runners_[i], free_[i]));
      const std::string at = "/" + std::to_string(i);
      series_.push_back({record.add("weight0" + at), record.add("weight1" + at),
                         record.add("norm" + at), record.add("loss" + at),
                         record.add("heldOut" + at), record.add("apart" + at)});
      put(record, i, 0);
    }
    runs::label(runners_);
    return {};
  }

  void advance(int t, Record& record) override {
    for (std::size_t i = 0; i < runners_.size(); ++i) {
      runners_[i].step(*problem_, t, steps, farAway_);
      twins_[i].step(*plain_, t, steps, farAway_);
      const Vector before = free_[i].x;
      free_[i].step(*problem_, t, steps, farAway_);
      carry(i, t, free_[i].x - before);
      put(record, i, t);
    }
  }
  bool turn(const std::string&) override { return false; }

  int total() const override { return steps; }
  std::string subtitle() const override {
    return print(groundRecipe()) + (factor == 1 ? "" : ", loss times " + printShort(factor));
  }
  std::vector<Subject> subjects() const override { return subjectsOf(runners_); }
  std::vector<SubjectState> states() const override { return statesOf(runners_); }

  std::vector<Channel> channels() const override {
    std::vector<Channel> all;
    for (std::size_t i = 0; i < runners_.size(); ++i) {
      const auto add = [&](const char* kind, const char* quantity, std::string label,
                           bool log = false) {
        all.push_back({quantity + ("/" + std::to_string(i)), kind, quantity, std::move(label), "",
                       static_cast<int>(i), log});
      };
      add("trace", "weight0", runners_[i].label + " θ₁");
      if (problem_->dimension() > 1) add("trace", "weight1", runners_[i].label + " θ₂");
      add("series", "norm", "‖θ‖");
      add("series", "loss", "Loss", true);
      if (plain_->heldOut(start_)) add("series", "heldOut", "Held-out loss", true);
      if (factor != 1) add("series", "apart", "Distance from the run at factor 1", true);
    }
    return all;
  }
  Result<Array> readCall(const Recipe&, const Record&, int) const override { return Array{{0}, {}}; }

  std::vector<Reading> readings(const Record& record, int step) const override {
    std::vector<Reading> all;
    for (std::size_t i = 0; i < runners_.size(); ++i) {
      shrinking(all, i, step);
      ridge(all, i, record, step);
    }
    return all;
  }

  std::vector<Table> tables(const Record& record, int step) const override {
    Table table{"Weights",
                {{"Runner", ""},
                 {"‖θ‖", "At this step."},
                 {"Loss", "On the data that is seen, without a penalty."},
                 {"Held-out loss", "On data that no step sees."},
                 {"From the first", "‖θ − θ₁‖ from the first runner: 0 where two decays are one."},
                 {"Apart",
                  "‖θ − θ'‖/‖θ'‖ from the run whose loss is not multiplied: 0 for what does "
                  "not see the loss's scale."},
                 {"Status", ""}},
                {}};
    const auto states = this->states();
    for (std::size_t i = 0; i < runners_.size(); ++i) {
      const Series& s = series_[i];
      table.rows.push_back({static_cast<int>(i),
                            {runners_[i].label, record.at(s.norm, step), record.at(s.loss, step),
                             record.at(s.heldOut, step), (runners_[i].x - runners_[0].x).norm(),
                             record.at(s.apart, step), states[i].status}});
    }
    return {table};
  }

  std::vector<TaskDescription> tasks() const override {
    const Recipe& first = runnerRecipes.front();
    const bool hasDecay = withDecay(first, 0) != withDecay(first, 1);
    if (!hasDecay || !innermostHas(first, "lr")) return {};
    return {
        {"grid", "Grid",
         "Run the first runner at eight rates and eight decays and show where its weights end."}};
  }
  std::unique_ptr<Task> task(const std::string& id) const override {
    if (id != "grid" || tasks().empty()) return nullptr;
    return std::make_unique<Grid>(*problem_, start_, runnerRecipes.front(), steps);
  }

 private:
  struct Series {
    int weight0, weight1, norm, loss, heldOut, apart;
  };

  void put(Record& record, std::size_t i, int t) const {
    const Series& s = series_[i];
    const bool stopped = runners_[i].status == Status::kDiverged && t > runners_[i].last;
    const Vector x = runners_[i].optimizer->evaluationPoint(runners_[i].x);
    const Vector twin = twins_[i].optimizer->evaluationPoint(twins_[i].x);
    const auto row = [&](int series, double value) {
      record.put(series, t, {stopped ? kNaN : value});
    };
    row(s.weight0, x[0]);
    row(s.weight1, x.size() > 1 ? x[1] : kNaN);
    row(s.norm, x.norm());
    row(s.loss, plain_->value(x));
    row(s.heldOut, plain_->heldOut(x).value_or(kNaN));
    row(s.apart, (x - twin).norm() / twin.norm());
  }

  bool isTwoScales() const { return groundRecipe().name == "two-scales"; }

  // Is all of what decay takes from the weights taken in the first step already? Decay beside the
  // gradient is; inside it, it goes through the means that the optimizer keeps.
  bool decaysAtOnce(Runner with, Runner without) const {
    const double rate = with.optimizer->rate(0, steps);
    const auto shrinkage = with.optimizer->predict().shrinkage;
    if (!shrinkage) return false;
    const double shrunk = shrinkage(1, rate);
    with.update(*problem_, 1, steps);
    without.update(*problem_, 1, steps);
    const Vector expected = (shrunk - 1) * start_;
    return (with.x - without.x - expected).norm() <= 1e-6 * expected.norm();
  }

  // What the gradients alone have moved shrinks from then on as the weights do.
  void carry(std::size_t i, int t, const Vector& move) {
    if (!isTwoScales() || runners_[i].status != Status::kRunning) return;
    Vector g;
    problem_->at(1).gradient(start_, g);
    const double rate = runners_[i].optimizer->rate(t - 1, steps);
    const auto shrinkage = runners_[i].optimizer->predict().shrinkage;
    for (const int k : {0, 1}) {
      const double shrunk = shrinkage ? shrinkage(std::abs(g[k]), rate) : 1;
      carried_[i][k] = shrunk * carried_[i][k] + move[k];
    }
  }

  // Why weight k need not have shrunk to `left` by factors of at least `least`, though gradients of
  // this size cancel; "" where it has. What of their moves is still there must be small beside what
  // is left. What goes through means of gradients does so only if it changes slowly beside their
  // memory, and is divided by the size of the gradients only if their squares stand at their mean
  // and decay is small among them.
  std::string whyNot(std::size_t i, int k, double size, double left, double least,
                     double rate) const {
    constexpr double kFar = 0.1, kSlow = 0.1, kAmong = 0.2;
    const double weight = std::abs(start_[k]), carried = std::abs(carried_[i][k]);
    if (carried > kFar * std::abs(left)) {
      return "gradients alone carry it by " + printShort(carried, 2) +
             ", which is not small beside the " + printShort(left, 2) + " that decay leaves of it";
    }
    if (decaysAtOnce_[i]) return "";
    double memory = 1, back1 = 0, back2 = 0;
    bool isSettled = true;
    edited(runnerRecipes[i], [&](const Entry<Optimizer>& entry, Recipe& at) {
      for (const char* id : {"beta", "beta1"}) {
        const double beta = parseNumber(wordOf(entry, at, id)).value_or(0);
        memory = std::max(memory, 1 / (1 - beta));
      }
      if (!hasKnob(entry, "biasCorrection")) return;
      const auto flip = [&](const char* id) {  // how much of ±1 a mean over flips still shows
        const double beta = parseNumber(wordOf(entry, at, id)).value_or(0);
        return (1 - beta) / (1 + beta);
      };
      back1 = flip("beta1");
      back2 = flip("beta2");
      const std::string corrected = wordOf(entry, at, "biasCorrection");
      isSettled = corrected == "both" || corrected == "second" ||
                  wordOf(entry, at, "start") == "first-gradient";
    });
    // An error of the rate of decay, as large as it, grows with what has decayed.
    const double lag =
        (1 - least) * memory * std::max(1.0, std::abs(std::log(std::abs(left / start_[k]))));
    if (lag > kSlow) {
      return "decay takes " + printShort(1 - least, 2) +
             " of the weight a step, through a mean that remembers " + printShort(memory) +
             " of them, and is not slow beside it, ηλ ≪ (1−β)², over the steps so far";
    }
    const auto gainAt = runners_[i].optimizer->predict().gain;
    const double gain = gainAt(size, rate);
    if (gain == gainAt(2 * size, rate)) return "";
    if (!isSettled) return "without its correction the mean of the squares has to settle first";
    if (back1 * back2 > kSlow) return "the squares are not averaged over the flips";
    if ((1 - least) / gain * weight > kAmong * size) {
      return "λ|θ| = " + printShort((1 - least) / gain * weight, 2) +
             " is not small beside gradients of " + printShort(size);
    }
    return "";
  }

  // Where gradients cancel in the mean: Π of the factors that decay alone gives, beside the weight.
  void shrinking(std::vector<Reading>& all, std::size_t i, int step) const {
    const Runner& runner = runners_[i];
    const auto shrinkage = runner.optimizer->predict().shrinkage;
    if (!isTwoScales() || !shrinkage) return;
    const int last = std::min(step, runner.last);
    Vector g;
    problem_->at(1).gradient(start_, g);
    for (const int k : {0, 1}) {
      const double size = std::abs(g[k]);
      double predicted = start_[k], least = 1, fastest = 0;
      for (int t = 0; t < std::max(last, 1); ++t) {
        const double rate = runner.optimizer->rate(t, steps);
        const double shrunk = shrinkage(size, rate);
        if (t < last) predicted *= shrunk;
        if (shrunk >= least) continue;
        least = shrunk;
        fastest = rate;
      }
      const std::string why = whyNot(i, k, size, predicted, least, fastest);
      if (!why.empty()) predicted = kNaN;
      const double measured = runner.x[k];
      all.push_back({static_cast<int>(i), k == 0 ? "θ₁, large gradients" : "θ₂, small gradients",
                     predicted, measured, measured - predicted,
                     "gradients of size " + printShort(size) + " flip their sign and come to " +
                         printShort(carried_[i][k], 2) +
                         (why.empty() ? "" : "; nothing is predicted: " + why)});
    }
  }

  // On a quadratic, coupled decay λ leads to the ridge solution (H + λI)⁻¹(Hθ* − …) = −(H +
  // λI)⁻¹∇f(0).
  void ridge(std::vector<Reading>& all, std::size_t i, const Record& record, int step) const {
    const Runner& runner = runners_[i];
    const auto lambda = runner.optimizer->predict().penalty;
    const Eigen::Index n = problem_->dimension();
    Matrix h, elsewhere;
    if (!lambda || n > 64 || isTwoScales() || !problem_->hessian(Vector::Zero(n), h) ||
        !problem_->hessian(Vector::Ones(n), elsewhere) ||
        (h - elsewhere).norm() > 1e-12 * h.norm()) {
      return;
    }
    Vector g;
    problem_->gradient(Vector::Zero(n), g);
    const SymmetricEigen eigen = symmetricEigen(h);
    const Vector shifted = (eigen.values.array() + *lambda).matrix();
    if (shifted[0] <= 1e-12 * shifted[n - 1]) return;
    const Vector solution =
        times(eigen.vectors, -transposeTimes(eigen.vectors, g).cwiseQuotient(shifted));

    // At rest the slope of what is minimised asks for nothing more beside the solution, along flat
    // directions either, where little slope is a long way.
    constexpr double kRest = 1e-3;
    const Vector x = runner.optimizer->evaluationPoint(runner.x);
    problem_->gradient(x, g);
    const bool isWhole = seesWhole(*problem_, start_);
    const double left =
        transposeTimes(eigen.vectors, g + *lambda * x).cwiseQuotient(shifted).norm() /
        solution.norm();
    const bool rests = isWhole && left <= kRest;
    const std::string why =
        !isWhole ? "; nothing is predicted, for steps that see a part of f never rest"
        : rests  ? ""
                 : "; not at rest yet: by its slopes and curvatures, along flat directions too, it "
                   "has " +
                      printShort(left, 2) + " of ‖θ‖ to go";
    const auto add = [&](const char* quantity, double predicted, int series, std::string what) {
      const double seen = record.at(series, std::min(step, runner.last));
      if (!isWhole) predicted = kNaN;
      const double measured = isWhole && !rests ? kNaN : seen;
      all.push_back({static_cast<int>(i), quantity, predicted, measured, measured - predicted,
                     std::move(what) + why});
    };
    add("‖θ‖ at rest", solution.norm(), series_[i].norm,
        "the minimum of f + ½λ‖θ‖², λ = " + printShort(*lambda) + ", in closed form");
    if (const auto heldOut = plain_->heldOut(solution)) {
      add("held-out loss at rest", *heldOut, series_[i].heldOut, "that of the same solution");
    }
  }

  Polymorphic<Problem> plain_;  // with its loss as it is
  std::vector<Runner> runners_;
  std::vector<Runner> twins_;  // on the plain problem
  std::vector<Runner> free_;   // without decay
  std::vector<bool> decaysAtOnce_;
  std::vector<Vector> carried_;  // by gradients alone
  std::vector<Series> series_;
};

}  // namespace

void register_decay(Catalogue& catalogue) {
  Describe<Decay> lab("decay", "Weight decay");
  lab.sentence(
         "Two ways to shrink weights, inside the gradient and beside it, and when they are "
         "the same.")
      .knob("runners", &Decay::runnerRecipes, Kind::kOptimizer, 1, 8, "Who is compared.")
      .as("Runners")
      .fixed();
  describeGround(lab);
  describeStart(lab);
  lab.knob("factor", &Decay::factor, 1e-6, 1e6, "Multiplies the loss, and with it every gradient.")
      .as("Loss times", "c")
      .usual(1e-3, 1e3, Scale::kLog)
      .fixed()
      .knob("steps", &Decay::steps, 1, 20000, "Length of the run.")
      .as("Steps", "T")
      .usual(10, 10000, Scale::kLog)
      .fixed()
      .preset("adam", "L2 in Adam is not decay",
              "Both weights should shrink alike. Inside Adam the decay is divided by the size of "
              "the gradients: what has large ones hardly shrinks.",
              "")
      .preset("sgd", "For SGD they coincide",
              "g + λθ times η is ηλθ beside ηg: with momentum the same λ decays 1/(1−β) times "
              "faster inside the gradient than beside it.",
              "problem=two-scales(large=1,small=0.01)&steps=300&"
              "runners=l2(sgd(lr=0.01),lambda=0.5),decoupled-decay(sgd(lr=0.01),lambda=0.5),"
              "l2(momentum(lr=0.001),lambda=0.5),"
              "decoupled-decay(momentum(lr=0.001),lambda=0.5)")
      .preset("ridge", "Ridge regression",
              "On least squares coupled decay ends at the ridge solution, which has a closed "
              "form; AdamW does not.",
              "problem=least-squares(noise=1)&runners=sgd(lr=0.5,weightDecay=0.1),"
              "momentum(lr=0.1,weightDecay=0.1),adam(lr=0.02,weightDecay=0.1,schedule=cosine),"
              "adamw(lr=0.02,weightDecay=0.1,schedule=cosine)&steps=1000")
      .preset("rescale", "Multiply the loss",
              "The loss times 100: who walks the same path? Signs and AdamW do, SGD and L2 in "
              "Adam do not.",
              "problem=least-squares&factor=100&steps=300&runners=sgd(lr=0.005),"
              "adam(lr=0.02,weightDecay=0.1),adamw(lr=0.02,weightDecay=0.1),signsgd(lr=0.005)")
      .preset("overfit", "Overfitting",
              "The 15 weights of a polynomial that is fitted to 16 noisy points, without and with "
              "a penalty: without it the loss that is seen falls further, and the held-out loss "
              "rises to many times as much.",
              "problem=polynomial-fit&runners=momentum(lr=0.3),"
              "l2(momentum(lr=0.3),lambda=0.02)&steps=3000&view.tab=heldOut");
  catalogue.add(lab);
}

}  // namespace descent
