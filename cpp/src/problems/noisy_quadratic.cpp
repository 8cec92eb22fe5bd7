// A quadratic whose gradient is seen through noise: what a mini-batch does, without the data.
//
//   f = ½ Σ λᵢ θᵢ²,   g = ∇f + (σ/√B) ξ,  ξ ~ N(0, I) drawn anew at every step
//
// Zhang et al. 2019, "Which Algorithmic Choices Matter at Which Batch Sizes?",
// https://arxiv.org/abs/1907.04164. Curvatures in equal ratios from 1 to 1/κ.
// Variant: every coordinate has the noise variance σ²/B. A step's function is f plus a tilt, so
// that a second gradient within the step sees the same noise.
#include "descent/catalogue.h"
#include "problems/added_noise.h"
#include "problems/draw.h"
#include "problems/tilted.h"

namespace descent {
namespace {

class NoisyQuadratic final : public Cloneable<NoisyQuadratic, AddedNoise> {
 public:
  int d = 10;
  double kappa = 10;
  double sigma = 1;
  int batch = 1;

  void prepare(std::uint64_t seed) override { seed_ = seed; }
  Eigen::Index dimension() const override { return d; }
  Vector start() const override { return Vector::Ones(d); }
  std::optional<Vector> nearestMinimum(const Vector&) const override { return Vector::Zero(d); }
  std::optional<double> largestCurvature(const Vector&) const override { return 1; }
  SuggestedRates rates() const override { return {0.1, 0.02}; }
  double noiseVariance() const override { return sigma * sigma / batch; }

  double value(const Vector& x) const override { return x.dot(curvatures().cwiseProduct(x)) / 2; }
  void gradient(const Vector& x, Vector& g) const override { g = curvatures().cwiseProduct(x); }
  bool hessian(const Vector&, Matrix& h) const override {
    h = curvatures().asDiagonal();
    return true;
  }
  const Objective& at(int t) const override {
    Random random(seed_, "noise of a step", t);
    return seen_ = {*this, sigma / std::sqrt(batch) * random.normalVector(d)};
  }

 private:
  Vector curvatures() const { return spectrum(d, kappa); }

  std::uint64_t seed_ = 0;
  mutable Tilted seen_;
};

}  // namespace

void register_noisy_quadratic(Catalogue& catalogue) {
  catalogue.add(
      Describe<NoisyQuadratic>("noisy-quadratic", "Noisy quadratic")
          .sentence("A bowl whose slope is seen through noise: what a mini-batch does, without "
                    "the data.")
          .formula(R"(f = \tfrac12 \textstyle\sum_i \lambda_i \theta_i^2,\quad )"
                   R"(g = \nabla f + \tfrac{\sigma}{\sqrt B}\,\xi)")
          .cites("Zhang et al. 2019, Which Algorithmic Choices Matter at Which Batch Sizes? "
                 "Insights From a Noisy Quadratic Model",
                 "https://arxiv.org/abs/1907.04164")
          .variant("Noise of variance σ²/B in every coordinate; curvatures from 1 to 1/κ.")
          .knob("d", &NoisyQuadratic::d, 1, 100, "Parameters.")
          .as("Parameters", "d")
          .knob("kappa", &NoisyQuadratic::kappa, 1, 1e6, "Condition number.")
          .as("Condition number", "κ")
          .usual(1, 1e4, Scale::kLog)
          .knob("sigma", &NoisyQuadratic::sigma, 0, 100, "Standard deviation of one gradient.")
          .as("Noise", "σ")
          .usual(0, 2)
          .knob("batch", &NoisyQuadratic::batch, 1, 100000, "Gradients that are averaged.")
          .as("Batch", "B")
          .usual(1, 1000, Scale::kLog));
}

}  // namespace descent
