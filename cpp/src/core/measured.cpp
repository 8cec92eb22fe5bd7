#include "descent/measured.h"

#include <algorithm>

namespace descent {
namespace {

constexpr int kRows = 8, kCols = 6, kSteps = 100;

// ½ Σ λᵢ (θᵢ − 1)² · scale with curvatures from 1 to 10, on an 8 × 6 matrix or a vector.
class Bowl final : public Objective {
 public:
  explicit Bowl(double scale) : scale_(scale) {}

  Eigen::Index dimension() const override { return kRows * kCols; }
  double value(const Vector& x) const override {
    Vector g;
    gradient(x, g);
    return g.dot((x.array() - 1).matrix()) / 2;
  }
  void gradient(const Vector& x, Vector& g) const override {
    g = scale_ * curvatures().cwiseProduct((x.array() - 1).matrix());
  }
  bool hessian(const Vector&, Matrix& h) const override {
    h = scale_ * curvatures().asDiagonal();
    return true;
  }

 private:
  Vector curvatures() const { return Vector::LinSpaced(dimension(), 1, 10); }
  double scale_;
};

struct Run {
  Matrix path;  // a column a step
  Counts counts;
  double state;
  int steps;
};

// Guards ε are set as low as they go: what is asked is what the method does, not its guard.
Recipe unguarded(const Entry<Optimizer>& entry) {
  Recipe recipe{entry.id, {}};
  for (const auto& [knob, apply] : entry.knobs) {
    if (knob.id == "epsilon") recipe.arguments.push_back({knob.id, knob.low});
  }
  return recipe;
}

Run run(const Recipe& recipe, double scale, const Layout& layout) {
  const std::unique_ptr<Optimizer> optimizer = std::move(*catalogue().build<Optimizer>(recipe));
  const Bowl bowl(scale);
  ObjectiveOracle oracle(bowl);
  Vector x = Vector::LinSpaced(bowl.dimension(), -1, 0.5);
  Matrix path = Matrix::Zero(x.size(), kSteps);
  optimizer->reset(layout);
  int steps = 0;
  // What finds nothing more to do stops being counted.
  for (Status status = Status::kRunning; steps < kSteps && status == Status::kRunning; ++steps) {
    status = optimizer->step(oracle, x, optimizer->rate(steps, kSteps) / 10).status;
    path.col(steps) = x;
  }
  Eigen::Index remembered = 0;
  for (const Memory& memory : optimizer->memory()) remembered += memory.values->size();
  return {path, oracle.counts(), static_cast<double>(remembered) / static_cast<double>(x.size()),
          steps};
}

// The same points at every step that both took.
bool isSame(const Run& a, const Run& b, double tolerance) {
  const int n = std::min(a.steps, b.steps);
  return (a.path.leftCols(n) - b.path.leftCols(n)).norm() <= tolerance * a.path.leftCols(n).norm();
}

}  // namespace

Measured measure(const Entry<Optimizer>& entry) {
  const Layout matrix = {{"W", Role::kHiddenMatrix, 0, kRows, kCols}};
  const Recipe plain{entry.id, {}}, bare = unguarded(entry);
  const Run whole = run(plain, 1, matrix);
  const Run flat = run(plain, 1, vectorLayout(kRows * kCols));
  const Run base = run(bare, 1, matrix);
  const auto perStep = [&whole](long count) {
    return static_cast<double>(count) / static_cast<double>(whole.steps);
  };
  return {
      perStep(whole.counts.gradients),
      perStep(whole.counts.values),
      perStep(whole.counts.products),
      whole.state,
      !isSame(whole, flat, 1e-9),
      isSame(base, run(bare, 1000, matrix), 1e-3) && isSame(base, run(bare, 0.001, matrix), 1e-3)};
}

}  // namespace descent
