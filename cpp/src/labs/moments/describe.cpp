// Moments: Adam opened up on a stream of gradients that is shaped by hand, with its relatives on
// the same stream.
#include <algorithm>
#include <array>
#include <cmath>

#include "core/expression.h"
#include "descent/random.h"
#include "runs/recipes.h"
#include "runs/runner.h"

namespace descent {
using namespace runs;

namespace {

enum class Stream { kConstant, kNoisy, kSpike, kSparse, kFlip, kFormula };

// The one parameter's gradient of a step, whatever the point; f is linear.
class StreamOracle final : public Oracle {
 public:
  explicit StreamOracle(double g) : g_(g) {}

  double value(const Vector& x) override { return g_ * x[0]; }
  double gradient(const Vector& x, Vector& g) override {
    g = Vector::Constant(1, g_);
    return g_ * x[0];
  }
  void hessianVector(const Vector&, const Vector&, Vector& out) override { out = Vector::Zero(1); }
  const Counts& counts() const override { return counts_; }

 private:
  double g_;
  Counts counts_;
};

// What the methods run on says nothing of itself: the stream does.
class OneParameter final : public Cloneable<OneParameter, Problem> {
 public:
  Eigen::Index dimension() const override { return 1; }
  double value(const Vector&) const override { return 0; }
  void gradient(const Vector&, Vector& g) const override { g = Vector::Zero(1); }
  Vector start() const override { return Vector::Zero(1); }
  SuggestedRates rates() const override { return {1, 1}; }
};

class Moments final : public Cloneable<Moments, Lab> {
 public:
  Stream stream = Stream::kNoisy;
  double size = 1;
  double noise = 0.5;
  int period = 10;
  std::string formulaText = "exp(-t/40)*cos(t/6)";
  double beta1 = 0.9;
  double beta2 = 0.999;
  std::vector<Recipe> methodRecipes =
      *parseRecipes("adam, adam(biasCorrection=none), rmsprop, adagrad, signsgd");
  int steps = 100;
  int seed = 7;

  Moments() { (void)setFormula(formulaText); }
  Result<void> setFormula(const std::string& text) {
    auto parsed = Expression::parse(text, {"t"});
    if (!parsed) return parsed.error();
    formulaText = text;
    formula_ = std::move(*parsed);
    return {};
  }

  Result<void> start(Record& record) override {
    m_ = v_ = onesM_ = onesV_ = 0;
    methods_.clear();
    std::vector<Runner> runners;
    for (const Recipe& recipe : methodRecipes) {
      auto runner = makeRunner(recipe);
      if (!runner) return runner.error();
      runners.push_back(std::move(*runner));
    }
    runs::label(runners);
    for (Runner& runner : runners) {
      methods_.push_back({runner.optimizer, runner.optimizer, runner.label, runner.style});
    }
    for (const char* name : {"g", "m", "mHat", "rootV", "rootVHat"}) {
      record.put(record.add(name), 0, {kNaN});
    }
    for (std::size_t i = 0; i < methods_.size(); ++i) {
      const std::string at = "/" + std::to_string(i);
      record.put(record.add("step" + at), 0, {kNaN});
      record.put(record.add("position" + at), 0, {0});
    }
    return {};
  }

  void advance(int t, Record& record) override {
    const double g = gradientAt(t);
    m_ = beta1 * m_ + (1 - beta1) * g;
    v_ = beta2 * v_ + (1 - beta2) * g * g;
    onesM_ = beta1 * onesM_ + (1 - beta1);
    onesV_ = beta2 * onesV_ + (1 - beta2);
    const double c1 = 1 - std::pow(beta1, t), c2 = 1 - std::pow(beta2, t);
    const auto put = [&](const std::string& name, double value) {
      record.put(record.find(name), t, {value});
    };
    put("g", g);
    put("m", m_);
    put("mHat", m_ / c1);
    put("rootV", std::sqrt(v_));
    put("rootVHat", std::sqrt(v_ / c2));
    for (std::size_t i = 0; i < methods_.size(); ++i) {
      Method& method = methods_[i];
      const double rate = method.optimizer->rate(t - 1, steps);
      const double before = method.x[0];
      StreamOracle oracle(g);
      if (method.status == Status::kRunning) {
        method.status = method.optimizer->step(oracle, method.x, rate).status;
        if (stays(method.status)) method.status = Status::kRunning;
        method.last = t;
      }
      const std::string at = "/" + std::to_string(i);
      put("step" + at, std::abs(method.x[0] - before) / rate);
      put("position" + at, method.x[0]);
    }
  }
  bool turn(const std::string&) override { return false; }

  int total() const override { return steps; }
  std::string subtitle() const override {
    constexpr std::array kNames = {"a constant gradient",        "a noisy gradient",
                                   "one spike among small ones", "a gradient that is mostly zero",
                                   "a gradient that flips sign", "a gradient by formula"};
    return kNames[static_cast<std::size_t>(stream)];
  }
  std::vector<Subject> subjects() const override {
    std::vector<Subject> all;
    for (std::size_t i = 0; i < methods_.size(); ++i) {
      all.push_back({methods_[i].label, print(methodRecipes[i]), methods_[i].style});
    }
    return all;
  }
  std::vector<SubjectState> states() const override {
    std::vector<SubjectState> all;
    for (const Method& method : methods_) {
      const bool diverged = method.status == Status::kDiverged;
      all.push_back({diverged ? "diverged" : "running", method.last,
                     diverged ? "diverged at step " + std::to_string(method.last) + ": " +
                                    (std::isfinite(gradientAt(method.last))
                                         ? "θ left the finite numbers"
                                         : "the gradient is no number there")
                              : ""});
    }
    return all;
  }
  std::vector<Channel> channels() const override {
    std::vector<Channel> all = {{"g", "trace", "g", "g", ""},
                                {"m", "trace", "m", "m", ""},
                                {"mHat", "trace", "mHat", "m̂", ""},
                                {"rootV", "trace", "rootV", "√v", ""},
                                {"rootVHat", "trace", "rootVHat", "√v̂", ""},
                                {"weightsM", "weights", "weightsM", "in m", ""},
                                {"weightsV", "weights", "weightsV", "in v", ""}};
    for (std::size_t i = 0; i < methods_.size(); ++i) {
      const std::string at = "/" + std::to_string(i);
      const int subject = static_cast<int>(i);
      all.push_back({"step" + at, "series", "step", "Effective step", "", subject});
      all.push_back({"position" + at, "series", "position", "θ", "", subject});
    }
    return all;
  }
  // The weight (1 − β)β^(t−i) of the gradient of step i = 1 … t, at the step now.
  Result<Array> readCall(const Recipe& channel, const Record&, int step) const override {
    const double beta = channel.name == "weightsM" ? beta1 : beta2;
    Array weights{{step + 1}, {kNaN}};
    for (int i = 1; i <= step; ++i) weights.data.push_back((1 - beta) * std::pow(beta, step - i));
    return weights;
  }

  std::vector<Reading> readings(const Record& record, int step) const override {
    std::vector<Reading> all;
    const auto at = [&](const std::string& name, int t) { return record.at(record.find(name), t); };
    const auto add = [&](int subject, std::string quantity, double predicted, double measured,
                         std::string assumption) {
      all.push_back({subject, std::move(quantity), predicted, measured, measured - predicted,
                     std::move(assumption)});
    };
    for (std::size_t i = 0; i < methods_.size(); ++i) {
      const int subject = static_cast<int>(i);
      const std::string name = "step/" + std::to_string(i);
      const auto& fresh = *methods_[i].fresh;
      const double rate = fresh.rate(0, steps), g = gradientAt(1);
      const auto first =
          firstStepOf(fresh, methodRecipes[i], Vector::Zero(1), Vector::Constant(1, g), rate);
      if (first) {
        add(subject, "first step / η", first->length / rate, step > 0 ? at(name, 1) : kNaN,
            "on its own rate" + first->note);
      }
      const double epsilon = epsilonShare(methodRecipes[i], std::abs(size));
      const std::string guard = "; nothing is predicted, for ε is " + printShort(epsilon, 2) +
                                " of the gradient and no mere guard";
      if (stream == Stream::kConstant && size != 0 && fresh.id == "adagrad") {
        const bool isGuard = epsilon <= kGuard;
        add(subject, "step / η = 1/√t", step > 0 && isGuard ? 1 / std::sqrt(step) : kNaN,
            at(name, step),
            "a constant gradient: the sum of squares grows like t" + (isGuard ? "" : guard));
      }
      if (stream == Stream::kFlip && period == 1 && size != 0 && fresh.id == "adam") {
        const double beta = ownBeta1(i);
        const std::string why = hasDecay(methodRecipes[i])
                                    ? "; nothing is predicted, for decay is among the gradients"
                                : epsilon > kGuard ? guard
                                                   : unsettled(i, step);
        add(subject, "step / η, flipping", why.empty() ? (1 - beta) / (1 + beta) : kNaN,
            at(name, step),
            "m is a geometric series of alternating signs, and m and v have settled" + why);
      }
    }
    add(-1, "Σ weights in m", 1 - std::pow(beta1, step), onesM_,
        "the same mean, run on a gradient of 1; dividing by it is the bias correction");
    add(-1, "Σ weights in v", 1 - std::pow(beta2, step), onesV_, "likewise for the squares");
    if (stream == Stream::kConstant) {
      add(-1, "m̂ on a constant gradient", size, at("mHat", step), "exact at every step");
      add(-1, "√v̂ on a constant gradient", std::abs(size), at("rootVHat", step),
          "exact at every step");
    }
    // Corrected, so that both means weigh alike. With s = v̂ − m̂² the two are the same by
    // construction: nothing is predicted.
    const double m = at("mHat", step), v = at("rootVHat", step) * at("rootVHat", step);
    const bool isSoft = v > 0 && v - m * m >= -1e-12 * v;
    add(-1, "m̂/√v̂ as a soft sign of m̂", kNaN, isSoft ? m / at("rootVHat", step) : kNaN,
        "an identity, not a prediction: m̂/√(m̂² + s) with smoothing s = v̂ − m̂², where that is not "
        "below 0" +
            (isSoft ? ": " + printShort(std::max(0.0, v - m * m)) : ""));
    return all;
  }

  std::vector<Table> tables(const Record& record, int step) const override {
    Table table{"Effective steps",
                {{"Method", ""},
                 {"Step 1", "|Δθ|/η of the first step."},
                 {"Now", "|Δθ|/η of this step."},
                 {"θ", "Where it is."}},
                {}};
    for (std::size_t i = 0; i < methods_.size(); ++i) {
      const int series = record.find("step/" + std::to_string(i));
      table.rows.push_back({static_cast<int>(i),
                            {methods_[i].label, step > 0 ? record.at(series, 1) : kNaN,
                             record.at(series, step), methods_[i].x[0]}});
    }
    return {table};
  }

 private:
  struct Method {
    Polymorphic<Optimizer> optimizer;
    Polymorphic<Optimizer> fresh;  // as it was before the first step
    std::string label;
    Style style;
    Vector x = Vector::Zero(1);
    Status status = Status::kRunning;
    int last = 0;
  };

  // β₁ and β₂ are the lab's in Adam and its kin, where a recipe leaves them open.
  Result<Runner> makeRunner(const Recipe& recipe) const {
    if (!innermostHas(recipe, "lr")) {
      return Error{"moments.methods must have a learning rate; " + print(recipe) + " has none"};
    }
    const Recipe filled = edited(recipe, [this](const Entry<Optimizer>& entry, Recipe& at) {
      for (const auto& [id, beta] : {std::pair("beta1", beta1), std::pair("beta2", beta2)}) {
        if (!hasKnob(entry, "biasCorrection") || argumentOf(entry, at, id)) continue;
        setArgument(entry, at, id, beta);
      }
    });
    auto runner = runs::makeRunner(filled, OneParameter(), Vector::Zero(1));
    if (!runner) return runner.error();
    runner->recipe = recipe;  // labels tell what was written
    return runner;
  }

  // β₁ or β₂ of a method, the lab's where its recipe leaves it open.
  double ownBeta(std::size_t i, const char* id, double common) const {
    double beta = common;
    edited(methodRecipes[i], [&](const Entry<Optimizer>& entry, Recipe& at) {
      const Argument* given = hasKnob(entry, id) ? argumentOf(entry, at, id) : nullptr;
      if (given) beta = std::get<double>(given->value);
    });
    return beta;
  }
  double ownBeta1(std::size_t i) const { return ownBeta(i, "beta1", beta1); }

  // Why m or v of Adam has not settled by this step on signs that flip; "" where both have. What m
  // began with is beside its own size there, (1 − β₁)/(1 + β₁); v is right from the first step
  // where it is corrected or begins at a gradient.
  std::string unsettled(std::size_t i, int step) const {
    constexpr double kSettled = 0.01;
    const double first = ownBeta1(i), second = ownBeta(i, "beta2", beta2);
    const Recipe& recipe = methodRecipes[i];
    const Entry<Optimizer>& entry = **catalogue().find<Optimizer>(recipe.name);
    const std::string corrected = wordOf(entry, recipe, "biasCorrection");
    const bool isRight = corrected == "both" || corrected == "second" ||
                         wordOf(entry, recipe, "start") == "first-gradient";
    const auto left = [&](const char* of, double share) {
      return share <= kSettled ? ""
                               : std::string("; not yet: ") + of + " is still " +
                                     printShort(share, 2) + " off its rest";
    };
    const double offM = std::pow(first, step) * (1 + first) / (1 - first);
    const std::string m = left("m", offM);
    return !m.empty() || isRight ? m : left("v", std::pow(second, step));
  }

  double gradientAt(int t) const {
    // Drawn by step, so that every method and every replay sees the same.
    const auto normal = [&] {
      return Random(static_cast<std::uint64_t>(seed), "noise of a gradient", t).normal();
    };
    switch (stream) {
      case Stream::kConstant:
        return size;
      case Stream::kNoisy:
        return size + noise * normal();
      case Stream::kSpike:
        return t == period ? 20 * size : size + noise * normal();
      case Stream::kSparse:
        return t % period == 0 ? size : 0;
      case Stream::kFlip:
        return ((t - 1) / period) % 2 == 0 ? size : -size;
      case Stream::kFormula:
        return formula_(t);
    }
    return 0;
  }

  Expression formula_;
  double m_ = 0, v_ = 0;
  double onesM_ = 0, onesV_ = 0;  // the same means of a gradient of 1
  std::vector<Method> methods_;
};

}  // namespace

void register_moments(Catalogue& catalogue) {
  catalogue.add(
      Describe<Moments>("moments", "Moments")
          .sentence("What Adam remembers of a stream of gradients, and the steps that it and its "
                    "relatives take from it.")
          .choice("stream", &Moments::stream,
                  {"constant", "noisy", "spike", "sparse", "flip", "formula"},
                  "The gradients that come in.")
          .as("Stream")
          .fixed()
          .knob("size", &Moments::size, -1000, 1000, "Size of the gradient.")
          .as("Size")
          .usual(-5, 5)
          .fixed()
          .knob("noise", &Moments::noise, 0, 1000,
                "Standard deviation of the noise, where there "
                "is noise.")
          .as("Noise", "σ")
          .usual(0, 5)
          .fixed()
          .knob("period", &Moments::period, 1, 1000,
                "Steps between gradients that are not zero, between flips, or until the spike.")
          .as("Period")
          .unit("steps")
          .usual(1, 50)
          .fixed()
          .text("formula", &Moments::formulaText, &Moments::setFormula,
                "The gradient as a formula in the step t, for the stream `formula`.")
          .as("g(t)")
          .fixed()
          .knob("beta1", &Moments::beta1, 0, 0.9999, "Forgetting of the mean of past gradients.")
          .as("Mean", "β_1")
          .usual(0, 0.999, Scale::kComplement)
          .fixed()
          .knob("beta2", &Moments::beta2, 0, 0.999999, "Forgetting of the mean of past squares.")
          .as("Scale", "β_2")
          .usual(0, 0.9999, Scale::kComplement)
          .fixed()
          .knob("methods", &Moments::methodRecipes, Kind::kOptimizer, 1, 8,
                "Who steps on this stream; in Adam and its kin β₁ and β₂ are the lab's unless a "
                "recipe gives its own.")
          .as("Methods")
          .fixed()
          .knob("steps", &Moments::steps, 1, 5000, "Length of the stream.")
          .as("Steps", "T")
          .usual(10, 1000, Scale::kLog)
          .fixed()
          .knob("seed", &Moments::seed, 0, 999999, "Draws the noise.")
          .as("Seed")
          .fixed()
          .preset("correction", "Why bias correction",
                  "Moments start at zero. Uncorrected, the first step is (1−β₁)/√(1−β₂) = 3.16 "
                  "times too long.",
                  "stream=constant&methods=adam,adam(biasCorrection=none),"
                  "adam(biasCorrection=first),adam(biasCorrection=second),"
                  "adam(biasCorrection=none,start=first-gradient)&steps=60")
          .preset("short-memory", "β₂ = 0.95",
                  "With a short memory the uncorrected first step is 0.45 η instead of 3.16 η.",
                  "stream=constant&beta2=0.95&methods=adam,adam(biasCorrection=none)&steps=60")
          .preset("spike", "One spike",
                  "A gradient twenty times too large: m forgets it in tens of steps, √v in "
                  "thousands, and as long the steps stay short. With β₂ = 0.95 they are back "
                  "within a hundred.",
                  "stream=spike&period=30&noise=0&methods=adam,adam(beta2=0.95)&steps=400")
          .preset("sparse", "A rare gradient",
                  "Mostly zero: AdaGrad's steps only fall, RMSProp forgets between visits.",
                  "stream=sparse&period=15&steps=150")
          .preset(
              "flip", "Flipping signs",
              "The mean cancels, the mean square does not: Adam's steps shrink to "
              "(1−β₁)/(1+β₁) of the rate, sign descent's do not.",
              "stream=flip&period=1&beta2=0.99&methods=adam,rmsprop,signsgd,softsign&steps=100"));
}

}  // namespace descent
