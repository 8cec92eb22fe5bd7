// Logistic regression as a finite sum: convex, not quadratic, and noisy at its solution.
//
//   f = 1/n Σ log(1 + exp(−yᵢ aᵢᵀθ)) + ½ρ‖θ‖²,   yᵢ = ±1
//
// Bottou, Curtis & Nocedal 2018, https://arxiv.org/abs/1606.04838. Labels are the sign of aᵢᵀθ*
// plus noise; ρ > 0 keeps the solution finite where the classes can be told apart.
#include "problems/finite_sum.h"

namespace descent {
namespace {

class Logistic final : public Cloneable<Logistic, FiniteSum> {
 public:
  double noise = 0.5;

  Logistic() { ridge = 0.01; }
  SuggestedRates rates() const override { return {1 / (0.25 + ridge), 0.05}; }

 protected:
  // log(1 + e^(−m)) of the margin m, without overflow.
  double loss(double z, double y) const override {
    const double m = y * z;
    return std::max(-m, 0.0) + std::log1p(std::exp(-std::abs(m)));
  }
  double slope(double z, double y) const override { return -y * sigmoid(-y * z); }
  double curvature(double z, double) const override { return sigmoid(z) * sigmoid(-z); }
  Vector labels(Random& random, const Matrix& a) const override {
    const Vector solution = random.normalVector(d);
    const Vector score = times(a, solution) + noise * random.normalVector(n);
    return (score.array() >= 0).select(Vector::Ones(n), -Vector::Ones(n));
  }

 private:
  static double sigmoid(double z) { return 1 / (1 + std::exp(-z)); }
};

}  // namespace

void register_logistic(Catalogue& catalogue) {
  Describe<Logistic> problem("logistic", "Logistic regression");
  problem.sentence("Two classes and a line between them: convex, and never exactly quadratic.")
      .formula(R"(f = \tfrac1n \sum_i \log(1 + e^{-y_i a_i^\top\theta}) )"
               R"(+ \tfrac{\rho}2 \lVert\theta\rVert^2)")
      .cites("Bottou, Curtis & Nocedal 2018, Optimization Methods for Large-Scale Machine Learning",
             "https://arxiv.org/abs/1606.04838")
      .variant(
          "Labels are signs of a noisy linear score; a small ridge keeps the solution finite.");
  describeSum(problem);
  problem.knob("noise", &Logistic::noise, 0, 100, "Standard deviation of the score's noise.")
      .as("Noise", "σ")
      .usual(0, 2)
      .knob("ridge", &Logistic::ridge, 1e-6, 100, "Weight of the penalty ½ρ‖θ‖².")
      .as("Ridge", "ρ")
      .usual(1e-4, 1, Scale::kLog);
  catalogue.add(problem);
}

}  // namespace descent
