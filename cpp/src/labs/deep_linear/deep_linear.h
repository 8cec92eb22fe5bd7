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

class DeepLinear final : public Cloneable<DeepLinear, RunsLab> {
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
  int steps = 600;
  int seed = 7;

  Result<void> setLayers(const std::string& text);
  Result<void> setSpectrum(const std::string& text);

  DeepLinear() { runnerRecipes = *parseRecipes("sgd(lr=0.8)"); }

  Result<void> start(Record& record) override;
  void advance(int t, Record& record) override;

  int total() const override { return steps; }
  std::string subtitle() const override {
    return shapeOf(setup_.architecture) + " without bends, " +
           (labels == Labels::kRandom ? counted(points, "random label")
                                      : counted(points, "point") + " of a linear map");
  }
  std::vector<Channel> channels() const override;
  Result<Array> read(const Request& request, const Record& record, int step) const override;
  std::vector<Reading> readings(const Record& record, int step) const override;
  std::vector<Table> tables(const Record& record, int step) const override;

 private:
  static constexpr int kMostShown = 6;
  static constexpr double kFitted = 1e-10;
  static constexpr double kChance = 0.5;  // ½ ‖y‖² of random labels: what predicting nothing costs

  // What is kept of a runner besides.
  struct RunnerExtras {
    Begin from;
    std::vector<double> alphas;  // what the modes' own recursion says, a root each
    double slope;                // |∇loss| at the start
  };
  struct Series {
    std::vector<int> sigmas;
    int loss, gap, heldOut;
  };

  Result<void> lay();
  // Move a runner to its start, and tell it apart where another has a start of its own.
  RunnerExtras place(Runner& runner, Begin from) const;
  Series declare(Record& record, int i) const;
  void put(Record& record, std::size_t i, int t);

  int depth() const { return setup_.architecture.depth(); }
  static std::string sigma(int k) {
    constexpr const char* kDigits[] = {"₁", "₂", "₃", "₄", "₅", "₆"};
    return std::string("σ") + kDigits[k];
  }
  // Of a mode's recorded strength, and of its closed form.
  static std::string strengthName(int k) { return "sigma" + std::to_string(k); }
  static std::string predictedName(int k) { return strengthName(k) + "Predicted"; }
  // Modes whose closed form is drawn.
  int closedForms() const {
    return depth() == 2 ? std::min(shown_, static_cast<int>(modes_.size())) : 0;
  }
  static bool isDescent(const Runner& runner) {
    return runner.optimizer->id == "sgd" && runner.optimizer->predict().penalty == 0.0;
  }
  // By whose rates the time of the closed form runs, where by anybody's.
  const Runner* timekeeper() const {
    const auto found = std::find_if(runs_.begin(), runs_.end(), isDescent);
    return found == runs_.end() ? nullptr : &*found;
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
  int reachedAt(const Record& record, std::size_t i, int step) const;
  std::string whyFloor() const;
  // How far the modes have come from the closed form, and how far descent should have.
  struct Apart {
    double time;  // of the flow
    double measured, foretold;
    bool isConstant;  // whether the rate has been
  };
  Apart apart(std::size_t i, const Record& record, int step) const;
  Reading restOf(int i, const Record& record, int step) const;
  Reading heldOutOf(int i, const Record& record, int step) const;
  std::vector<Reading> modesOf(int i, const Record& record, int step) const;

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
  std::vector<RunnerExtras> extras_;
  std::vector<Series> series_;
};

}  // namespace descent::deep_linear
