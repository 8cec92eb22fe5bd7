// Where gradients cancel in the mean: what decay alone leaves of a weight.
#include <algorithm>
#include <cmath>

#include "labs/decay/lab.h"
#include "runs/recipes.h"

namespace descent::decay {
namespace {

// A share that is small: of decay, beside what it goes through.
constexpr double kSlow = 0.1;
constexpr double kRounding = 1e-9;  // of thousands of steps

}  // namespace

// Is all of what decay takes from the weights taken in the first step already? Decay beside the
// gradient is; inside it, it goes through the means that the optimizer keeps.
bool Decay::decaysAtOnce(Runner with, Runner without) const {
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
void Decay::carry(std::size_t i, int t, const Vector& move) {
  if (!isTwoScales() || runs_[i].status != Status::kRunning) return;
  Vector g;
  problem_->at(1).gradient(start_, g);
  const double rate = runs_[i].optimizer->rate(t - 1, steps);
  const auto shrinkage = runs_[i].optimizer->predict().shrinkage;
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
std::string Decay::whyNotShrunk(std::size_t i, int k, double size, double left, double least,
                                double rate) const {
  constexpr double kFar = 0.1, kAmong = 0.2;
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
  const auto gainAt = runs_[i].optimizer->predict().gain;
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

// Π of the factors that decay alone gives, beside the weight.
void Decay::addShrinking(std::vector<Reading>& all, std::size_t i, int step) const {
  const Runner& runner = runs_[i];
  const auto shrinkage = runner.optimizer->predict().shrinkage;
  if (!isTwoScales() || !shrinkage) return;
  const int last = std::min(step, runner.last);
  Vector g;
  problem_->at(1).gradient(start_, g);
  for (const int k : {0, 1}) {
    const double size = std::abs(g[k]), carried = std::abs(carried_[i][k]);
    double predicted = start_[k], least = 1, fastest = 0;
    for (int t = 0; t < std::max(last, 1); ++t) {
      const double rate = runner.optimizer->rate(t, steps);
      const double shrunk = shrinkage(size, rate);
      if (t < last) predicted *= shrunk;
      if (shrunk >= least) continue;
      least = shrunk;
      fastest = rate;
    }
    const std::string why = whyNotShrunk(i, k, size, predicted, least, fastest);
    // Beside the gradients decay leaves what they carry, but for rounding.
    const double share = decaysAtOnce_[i] ? kRounding : kSlow;
    all.push_back(
        equals(static_cast<int>(i), k == 0 ? "θ₁, large gradients" : "θ₂, small gradients",
               why.empty() ? predicted : kNaN, runner.x[k])
            .within(carried + share * (std::abs(predicted) + carried))
            .where("gradients of size " + printShort(size) + " flip their sign and come to " +
                   printShort(carried_[i][k], 2) +
                   (decaysAtOnce_[i] ? "" : "; through their mean decay is known to a tenth"))
            .unless(why));
  }
}

}  // namespace descent::decay
