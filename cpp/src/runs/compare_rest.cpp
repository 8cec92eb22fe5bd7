#include <cmath>

#include "numerics/jacobi.h"
#include "numerics/products.h"
#include "problems/added_noise.h"
#include "runs/compare.h"
#include "runs/conditions.h"

namespace descent::runs {

// The loss about which steps without memory come to rest on a quadratic with noise of variance s²
// in every slope: with x₊ = (1 − ηλ)x − ηξ along an eigenvector,
//
//   E x² = ηs²/(λ(2 − ηλ)),   E f = ½ Σ ηs²/(2 − ηλ)
//
// It is approached like (1 − ηλ)²ᵗ from the start, and a mean over n steps has a standard error of
// the root of Σ (½λ E x²)² · 2/n · (1 + ρ)/(1 − ρ), ρ = (1 − ηλ)².
std::optional<Reading> restReading(const Observed& run) {
  const Problem& problem = run.problem;
  const Optimizer& optimizer = *run.runner.optimizer;
  const Vector& start = run.runner.start;
  const auto* noisy = dynamic_cast<const AddedNoise*>(&problem);
  const Vector solution = noisy ? *problem.nearestMinimum(start) : Vector();
  Matrix h, elsewhere;
  if (!noisy || noisy->noiseVariance() == 0 || !isMemoryless(optimizer) ||
      !problem.hessian(solution, h) || !problem.hessian(start, elsewhere) || h != elsewhere) {
    return {};
  }
  const auto reading = [&](double predicted, double measured) {
    return equals(run.subject, "mean loss at rest", predicted, measured)
        .where(
            "½ Σ ηs²/(2−ηλ) for noise of variance s² in every slope, at a constant rate; within "
            "two standard errors of the mean");
  };
  if (run.runner.turned > 0) return reading(kNaN, kNaN).unless("a knob was turned");
  if (!run.hasKeptRate(0, run.last)) return reading(kNaN, kNaN).unless("the rate is not constant");
  const double rate = run.rate(0);
  const auto [curvatures, q] = symmetricEigen(h);
  const Vector shrink = (1 - rate * curvatures.array()).square().matrix();
  if (!(shrink.maxCoeff() < 1)) {
    return reading(kNaN, kNaN).unless("at this rate it does not come to rest");
  }
  const Vector settled =  // ½ λ E x²
      (rate * noisy->noiseVariance() / 2 / (2 - rate * curvatures.array())).matrix();
  const double predicted = settled.sum();
  Vector excess =
      curvatures.cwiseProduct(transposeTimes(q, start - solution).cwiseAbs2()) / 2 - settled;
  constexpr double kGone = 0.01, kScatter = 0.2;
  int from = 0;
  for (; from < run.last && excess.cwiseAbs().sum() > kGone * predicted; ++from) {
    excess = excess.cwiseProduct(shrink);
  }
  const int n = run.last - from;
  const double variance =
      (settled.array().square() * 2 * (1 + shrink.array()) / (1 - shrink.array())).sum() / n;
  const double standardError = std::sqrt(variance);
  if (n == 0 || standardError > kScatter * predicted) {
    return reading(predicted, kNaN).unless("it has not been at rest for long enough yet");
  }
  double mean = 0;
  for (int t = from + 1; t <= run.last; ++t) mean += run.loss(t) / n;
  // What the start still adds to the mean.
  const double left = (excess.cwiseAbs().array() / (1 - shrink.array())).sum() / n;
  Reading judged = reading(predicted, mean).within(2 * standardError + left);
  judged.assumption += " over steps " + std::to_string(from + 1) + " to " +
                       std::to_string(run.last) + ", ±" + printShort(standardError, 2);
  return judged;
}

}  // namespace descent::runs
