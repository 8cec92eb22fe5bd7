// Least squares as a finite sum: the quadratic that data makes.
//
//   f = 1/(2n) ‖Aθ − y‖² + ½ρ‖θ‖²,   y = Aθ* + noise
//
// Bottou, Curtis & Nocedal 2018, https://arxiv.org/abs/1606.04838. AᵀA/n has a spectrum in equal
// ratios from 1 to 1/κ, in directions drawn at random; θ* is standard normal.
#include "problems/finite_sum.h"

namespace descent {
namespace {

class LeastSquares final : public Cloneable<LeastSquares, FiniteSum> {
 public:
  double noise = 0.1;

  // A batch's own curvature may exceed that of the whole by the trace over the batch's size.
  SuggestedRates rates() const override {
    const double spread = batch > 0 ? spectrum(std::min(n, d), kappa).sum() / batch : 0;
    return {1 / (1 + ridge + spread), 0.05};
  }

 protected:
  double loss(double z, double y) const override { return (z - y) * (z - y) / 2; }
  double slope(double z, double y) const override { return z - y; }
  double curvature(double, double) const override { return 1; }
  Vector labels(Random& random, const Matrix& a) const override {
    const Vector solution = random.normalVector(d);
    return times(a, solution) + noise * random.normalVector(n);
  }
};

}  // namespace

void register_least_squares(Catalogue& catalogue) {
  Describe<LeastSquares> problem("least-squares", "Least squares");
  problem.sentence("The quadratic that data makes, seen whole or by mini-batches.")
      .formula(R"(f = \tfrac1{2n} \lVert A\theta - y \rVert^2 )"
               R"(+ \tfrac{\rho}2 \lVert\theta\rVert^2)")
      .cites("Bottou, Curtis & Nocedal 2018, Optimization Methods for Large-Scale Machine Learning",
             "https://arxiv.org/abs/1606.04838")
      .variant("AᵀA/n has eigenvalues in equal ratios from 1 to 1/κ, in random directions.");
  describeSum(problem);
  problem.knob("noise", &LeastSquares::noise, 0, 100, "Standard deviation of the labels' noise.")
      .as("Noise", "σ")
      .usual(0, 1)
      .knob("ridge", &LeastSquares::ridge, 0, 100, "Weight of the penalty ½ρ‖θ‖².")
      .as("Ridge", "ρ")
      .usual(0, 1);
  catalogue.add(problem);
}

}  // namespace descent
