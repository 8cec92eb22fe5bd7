// What theory says of Adam's moments, and of the steps that a method takes on a stream.
#include <cmath>
#include <limits>

#include "labs/moments/lab.h"
#include "runs/conditions.h"
#include "runs/recipes.h"

namespace descent::moments {
namespace {

constexpr double kEpsilon = std::numeric_limits<double>::epsilon();
constexpr double kSettled = 0.01;

}  // namespace

// β₁ or β₂ of a method, the lab's where its recipe leaves it open.
double Moments::ownBeta(const Recipe& recipe, const char* id, double common) const {
  double beta = common;
  edited(recipe, [&](const Entry<Optimizer>& entry, Recipe& at) {
    const Argument* given = hasKnob(entry, id) ? argumentOf(entry, at, id) : nullptr;
    if (given) beta = std::get<double>(given->value);
  });
  return beta;
}

// What m began with is beside its own size there, (1 − β₁)/(1 + β₁).
double Moments::unsettledM(const Recipe& recipe, int step) const {
  const double beta = ownBeta(recipe, "beta1", beta1);
  return std::pow(beta, step) * (1 + beta) / (1 - beta);
}

// v is right from the first step where it is corrected or begins at a gradient.
double Moments::unsettledV(const Recipe& recipe, int step) const {
  const Entry<Optimizer>& entry = **catalogue().find<Optimizer>(recipe.name);
  const std::string corrected = wordOf(entry, recipe, "biasCorrection");
  const bool isRight = corrected == "both" || corrected == "second" ||
                       wordOf(entry, recipe, "start") == "first-gradient";
  return isRight ? 0 : std::pow(ownBeta(recipe, "beta2", beta2), step);
}

void Moments::addMethodReadings(std::vector<Reading>& all, std::size_t i, const Record& record,
                                int step) const {
  const int subject = static_cast<int>(i);
  const Recipe& recipe = runs_[i].recipe;
  const auto fresh = runs_[i].optimizer->clone();
  fresh->reset(vectorLayout(1));
  const double now = record.at(series_[i].step, step);
  const double rate = fresh->rate(0, steps);
  const Vector g = Vector::Constant(1, shape().at(1));
  if (const auto first = firstStepOf(*fresh, recipe, Vector::Zero(1), g, rate)) {
    const std::string early = step > 0 ? "" : "judged after the first step";
    all.push_back(equals(subject, "first step / η", first->length / rate,
                         step > 0 ? record.at(series_[i].step, 1) : kNaN)
                      .within(first->tolerance / rate)
                      .where("on its own rate" + first->note)
                      .unless(first->pending.empty() ? early : first->pending));
  }
  const double epsilon = epsilonShare(recipe, std::abs(size));
  const std::string guard =
      epsilon <= kGuard ? ""
                        : "ε is " + printShort(epsilon, 2) + " of the gradient and no mere guard";
  const double rounding = 8 * kEpsilon * (step + 1);
  if (stream == Stream::kConstant && size != 0 && fresh->id == "adagrad") {
    const bool isJudged = step > 0 && guard.empty();
    all.push_back(equals(subject, "step / η = 1/√t", isJudged ? 1 / std::sqrt(step) : kNaN, now)
                      .withinShare(epsilon + rounding)
                      .where("a constant gradient: the sum of squares grows like t")
                      .unless(step > 0 ? guard : "judged after the first step"));
  }
  if (stream == Stream::kFlip && period == 1 && size != 0 && fresh->id == "adam") {
    const double beta = ownBeta(recipe, "beta1", beta1);
    const double offM = unsettledM(recipe, step), offV = unsettledV(recipe, step);
    const auto unsettled = [](const char* mean, double off) {
      return std::string(mean) + " is still " + printShort(off, 2) + " off its rest";
    };
    const std::string why = hasDecay(recipe)  ? "decay is among the gradients"
                            : !guard.empty()  ? guard
                            : offM > kSettled ? unsettled("m", offM)
                            : offV > kSettled ? unsettled("v", offV)
                                              : "";
    all.push_back(
        equals(subject, "step / η, flipping", why.empty() ? (1 - beta) / (1 + beta) : kNaN, now)
            .withinShare(offM + offV + epsilon + rounding)
            .where("m is a geometric series of alternating signs, and m and v have "
                   "settled to a hundredth")
            .unless(why));
  }
}

std::vector<Reading> Moments::readings(const Record& record, int step) const {
  std::vector<Reading> all;
  for (std::size_t i = 0; i < runs_.size(); ++i) addMethodReadings(all, i, record, step);
  const double sumM = 1 - std::pow(beta1, step), sumV = 1 - std::pow(beta2, step);
  const double rounding = 4 * kEpsilon * (step + 1);  // of a mean of so many numbers of size 1
  all.push_back(
      equals(-1, "Σ weights in m", sumM, onesM_)
          .within(rounding)
          .where("the same mean, run on a gradient of 1; dividing by it is the bias correction"));
  all.push_back(equals(-1, "Σ weights in v", sumV, onesV_)
                    .within(rounding)
                    .where("likewise for the squares"));
  if (stream == Stream::kConstant) {
    const std::string early = step > 0 ? "" : "judged after the first step";
    all.push_back(equals(-1, "m̂ on a constant gradient", size, record.at(means_.mHat, step))
                      .withinShare(rounding / sumM)
                      .where("exact at every step")
                      .unless(early));
    all.push_back(
        equals(-1, "√v̂ on a constant gradient", std::abs(size), record.at(means_.rootVHat, step))
            .withinShare(rounding / sumV)
            .where("exact at every step")
            .unless(early));
  }
  return all;
}

}  // namespace descent::moments
