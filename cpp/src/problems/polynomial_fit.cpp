// A polynomial of high degree through few noisy points: it can fit them all, and should not.
//
//   f(θ) = 1/(2n) Σ (p_θ(xᵢ) − yᵢ)²,   p_θ = Σ θ_k T_k,   y = sin(πx) + noise
//
// Chebyshev polynomials T_k keep the weights comparable. The held-out loss is that against the true
// curve on [−1, 1], by 201 points.
#include <numbers>

#include "descent/catalogue.h"
#include "problems/draw.h"

namespace descent {
namespace {

class PolynomialFit final : public Cloneable<PolynomialFit, Problem> {
 public:
  int degree = 14;
  int n = 16;
  double noise = 0.3;

  void prepare(std::uint64_t seed) override {
    Random random(seed, "noise on labels");
    Vector x(n), y(n);
    for (int i = 0; i < n; ++i) {
      x[i] = n == 1 ? 0 : -1 + 2.0 * i / (n - 1);
      y[i] = truth(x[i]) + noise * random.normal();
    }
    const Matrix a = basis(x);
    h_ = transposeTimes(a, a) / n;
    ay_ = transposeTimes(a, y) / n;
    yy_ = y.squaredNorm() / n;
    inverse_ = pseudoInverse(h_);
    const Vector seen = Vector::LinSpaced(201, -1, 1);
    seenBasis_ = basis(seen);
    seenTruth_ = seen.unaryExpr(&truth);
  }
  Eigen::Index dimension() const override { return degree + 1; }
  Vector start() const override { return Vector::Zero(dimension()); }
  SuggestedRates rates() const override { return {0.5, 0.02}; }
  std::optional<double> largestCurvature(const Vector&) const override {
    return symmetricEigen(h_).values[degree];
  }
  std::optional<Vector> nearestMinimum(const Vector& x) const override {
    return Vector(x - times(inverse_, times(h_, x) - ay_));
  }
  std::optional<double> heldOut(const Vector& x) const override {
    return (times(seenBasis_, x) - seenTruth_).squaredNorm() / 2 /
           static_cast<double>(seenTruth_.size());
  }

  double value(const Vector& x) const override {
    Vector g;
    gradient(x, g);
    return (x.dot(g - ay_) + yy_) / 2;
  }
  void gradient(const Vector& x, Vector& g) const override { g = times(h_, x) - ay_; }
  bool hessian(const Vector&, Matrix& h) const override { return h = h_, true; }

 private:
  static double truth(double x) { return std::sin(std::numbers::pi * x); }
  // T₀ … T_degree at every x, by T_{k+1} = 2x T_k − T_{k−1}.
  Matrix basis(const Vector& x) const {
    Matrix a(x.size(), degree + 1);
    a.col(0).setOnes();
    if (degree > 0) a.col(1) = x;
    for (int k = 2; k <= degree; ++k) {
      a.col(k) = 2 * x.cwiseProduct(a.col(k - 1)) - a.col(k - 2);
    }
    return a;
  }

  Matrix h_, inverse_, seenBasis_;
  Vector ay_, seenTruth_;
  double yy_ = 0;
};

}  // namespace

void register_polynomial_fit(Catalogue& catalogue) {
  catalogue.add(
      Describe<PolynomialFit>("polynomial-fit", "Polynomial fit")
          .sentence("A polynomial of high degree through few noisy points: it can fit them all, "
                    "and should not.")
          .formula(R"(f = \tfrac1{2n} \textstyle\sum_i (p_\theta(x_i) - y_i)^2)")
          .cites("Bishop 2006, Pattern Recognition and Machine Learning, Section 1.1",
                 "https://www.microsoft.com/en-us/research/publication/"
                 "pattern-recognition-machine-learning/")
          .variant("Chebyshev polynomials on [−1, 1]; the true curve is sin πx.")
          .knob("degree", &PolynomialFit::degree, 0, 30, "Degree of the polynomial.")
          .as("Degree", "p")
          .knob("n", &PolynomialFit::n, 1, 200, "Points that are fitted.")
          .as("Points", "n")
          .usual(4, 100)
          .knob("noise", &PolynomialFit::noise, 0, 10, "Standard deviation of the points' noise.")
          .as("Noise", "σ")
          .usual(0, 1));
}

}  // namespace descent
