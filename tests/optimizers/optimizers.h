// What several tests of optimizers have in common.
#pragma once

#include "descent/random.h"
#include "support/objectives.h"

namespace descent {

inline Matrix matrix2(double a, double b, double c, double d) {
  Matrix m(2, 2);
  m << a, b, c, d;
  return m;
}

inline Matrix gaussian(Random& random, Eigen::Index rows, Eigen::Index cols) {
  return random.normalVector(rows * cols).reshaped(rows, cols);
}

// √(1 − β₂ᵗ) = √7/4, √37/8 for t = 2, 3 at β₂ = ¾.
inline const double kRoot7 = std::sqrt(7), kRoot37 = std::sqrt(37);

inline const Quadratic kSaddle{1, -1};  // ½(x² − y²)

// f = x⁴/4.
class Quartic final : public Objective {
 public:
  Eigen::Index dimension() const override { return 1; }
  double value(const Vector& x) const override { return std::pow(x[0], 4) / 4; }
  void gradient(const Vector& x, Vector& g) const override { g = vec({std::pow(x[0], 3)}); }
  bool hessian(const Vector& x, Matrix& h) const override {
    return h = vec({3 * x[0] * x[0]}), true;
  }
};

// Gives a slope of 1 where its value is least: no step along it falls.
class Liar final : public Oracle {
 public:
  double value(const Vector& x) override { return ++counts_.values, x[0] == 1 ? 0 : 1; }
  double gradient(const Vector& x, Vector& g) override {
    g = vec({1});
    return ++counts_.gradients, x[0] == 1 ? 0 : 1;
  }
  const Counts& counts() const override { return counts_; }

 private:
  Counts counts_;
};

// Gradients whose momentum at β = ½ is (3, 4), (0, −3), (8, 6).
inline Script planeScript() { return Script({vec({3, 4}), vec({-1.5, -5}), vec({8, 7.5})}); }

// The paths of two recipes from a landscape's first start.
inline double apart(const std::string& a, const std::string& b,
                    const std::string& name = "himmelblau", int steps = 100) {
  const auto f = landscape(name);
  const Vector start = f->starts()[0];
  return distance(path(a, *f, start, steps), path(b, *f, start, steps));
}

// W after some steps with one gradient throughout, from `start` or from zero.
inline Matrix after(const std::string& recipe, const Matrix& g, const Matrix& start,
                    int steps = 1) {
  const Layout layout{{"W", Role::kHiddenMatrix, 0, g.rows(), g.cols()}};
  const Vector gradient = g.reshaped();
  return path(recipe, Linear(gradient), start.reshaped(), steps, layout)
      .back()
      .reshaped(g.rows(), g.cols());
}
inline Matrix after(const std::string& recipe, const Matrix& g, int steps = 1) {
  return after(recipe, g, Matrix::Zero(g.rows(), g.cols()), steps);
}

// Muon by the exact factor; what follows is a knob or the bracket.
inline const std::string kSvd = "muon(lr=0.1, orthogonaliser=svd, nesterov=off";

// Where the run is judged after each of so many steps from 3, by SGD at rate 1 on f = x.
inline std::vector<double> averages(Optimizer& optimizer, int steps) {
  const Linear f{1};
  ObjectiveOracle oracle(f);
  optimizer.reset(vectorLayout(1));
  Vector x = vec({3});
  CHECK(optimizer.evaluationPoint(x) == x);
  std::vector<double> judged;
  for (int t = 0; t < steps; ++t) {
    optimizer.step(oracle, x, 1);
    judged.push_back(optimizer.evaluationPoint(x)[0]);
  }
  return judged;
}

}  // namespace descent
