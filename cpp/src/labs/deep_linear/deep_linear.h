// The lab of linear networks: its knobs, its state and one step of it.
#pragma once

#include <algorithm>
#include <cmath>

#include "labs/deep_linear/ground.h"
#include "numerics/jacobi.h"
#include "numerics/products.h"
#include "runs/network_lab.h"
#include "theory/deep_linear.h"

namespace descent::deep_linear {

using namespace runs;
using theory::Mode;

// How the weights begin; of a pair, the first runner from the aligned start and the others from the
// unaligned one.
enum class Begin { kRandom, kAligned, kUnaligned, kPair };

class DeepLinear final : public Cloneable<DeepLinear, Lab> {
 public:
  int points = 16;
  int inputs = 32;
  int outputs = 8;
  std::string layers = "64, 64";
  int bottleneck = 0;
  Inputs data = Inputs::kGaussian;
  Labels labels = Labels::kRandom;
  std::string spectrum = "4, 2, 1, 0.5";
  Begin begin = Begin::kRandom;
  double strength = 0.002;
  std::vector<Recipe> runnerRecipes = *parseRecipes("sgd(lr=0.8)");
  int steps = 600;
  int seed = 7;

  Result<void> setLayers(const std::string& text);
  Result<void> setSpectrum(const std::string& text);

  Result<void> start(Record& record) override {
    const auto laid = lay();
    if (!laid) return laid.error();
    std::vector<Runner> fresh;
    for (const Recipe& recipe : runnerRecipes) {
      auto runner = makeRunner(recipe, *problem_, problem_->start());
      if (!runner) return runner.error();
      fresh.push_back(std::move(*runner));
    }
    runs::label(fresh);
    runners_.clear();
    besides_.clear();
    for (const Runner& runner : fresh) {
      const Begin balanced = runners_.empty() ? Begin::kAligned : Begin::kUnaligned;
      add(runner, begin == Begin::kPair ? balanced : begin, record);
    }
    return {};
  }

  void advance(int t, Record& record) override {
    for (std::size_t i = 0; i < runners_.size(); ++i) {
      Runner& runner = runners_[i];
      runner.update(*problem_, t, steps);
      const double rate = runner.optimizer->rate(t - 1, steps);
      for (std::size_t k = 0; k < modes_.size() && runner.last == t; ++k) {
        double& alpha = besides_[i].alphas[k];
        alpha = theory::descend(alpha, modes_[k], depth(), rate);
      }
      put(record, i, t);
    }
  }
  bool turn(const std::string&) override { return false; }

  int total() const override { return steps; }
  std::string subtitle() const override {
    return shapeOf(setup_.architecture) + " without bends, " +
           (labels == Labels::kRandom ? counted(points, "random label")
                                      : counted(points, "point") + " of a linear map");
  }
  std::vector<Subject> subjects() const override { return subjectsOf(runners_); }
  std::vector<SubjectState> states() const override { return statesOf(runners_); }
  std::vector<Channel> channels() const override;
  Result<Array> readCall(const Recipe& channel, const Record& record, int step) const override;
  std::vector<Reading> readings(const Record& record, int step) const override;
  std::vector<Table> tables(const Record& record, int step) const override;

 private:
  static constexpr int kMostShown = 6;
  static constexpr double kFitted = 1e-10;
  static constexpr double kChance = 0.5;  // ½ ‖y‖² of random labels: what predicting nothing costs

  // What is kept of a runner besides.
  struct Beside {
    Begin from;
    std::vector<double> alphas;  // what the modes' own recursion says, a root each
    std::vector<int> sigmas;     // series
    int loss, gap, heldOut;
    double slope;  // |∇loss| at the start
  };

  Result<void> lay();
  void add(Runner runner, Begin from, Record& record);
  void put(Record& record, std::size_t i, int t);

  int depth() const { return setup_.architecture.depth(); }
  static std::string sigma(int k) {
    constexpr const char* kDigits[] = {"₁", "₂", "₃", "₄", "₅", "₆"};
    return std::string("σ") + kDigits[k];
  }
  // Modes whose closed form is drawn.
  int closedForms() const {
    return depth() == 2 ? std::min(shown_, static_cast<int>(modes_.size())) : 0;
  }
  static bool isDescent(const Runner& runner) {
    return runner.optimizer->id == "sgd" && runner.optimizer->predict().penalty == 0.0;
  }
  // By whose rates the time of the closed form runs, where by anybody's.
  const Runner* timekeeper() const {
    const auto found = std::find_if(runners_.begin(), runners_.end(), isDescent);
    return found == runners_.end() ? nullptr : &*found;
  }
  // W_L … W₁ where a runner is judged.
  Matrix productOf(const Runner& runner) const {
    return deep_linear::productOf(problem_->layout(), runner.optimizer->evaluationPoint(runner.x));
  }
  // |∇loss| there.
  double slopeOf(const Runner& runner) const {
    Vector g;
    problem_->gradient(runner.optimizer->evaluationPoint(runner.x), g);
    return g.norm();
  }
  // The first row up to `step` at which the distance from the floor counts as none, −1 if none is.
  int reachedAt(const Record& record, const Beside& beside, int step) const;
  std::string whyFloor() const;
  void readFloor(std::vector<Reading>& all, int i, const Record& record, int step) const;
  void readChance(std::vector<Reading>& all, int i, const Record& record, int step) const;
  void readModes(std::vector<Reading>& all, int i, const Record& record, int step) const;

  std::vector<int> hidden_ = {64, 64};
  std::vector<double> spectrum_ = {4, 2, 1, 0.5};
  TrainingSetup setup_;
  Ground ground_;
  std::vector<Mode> modes_;  // empty where they do not move on their own
  int rank_ = 0;             // the narrowest width
  int shown_ = 0;            // singular values that are recorded
  double floor_ = 0;
  double outside_ = 0;  // what of it lies outside the span of the inputs
  Polymorphic<Problem> problem_;
  std::vector<Runner> runners_;
  std::vector<Beside> besides_;
};

}  // namespace descent::deep_linear
