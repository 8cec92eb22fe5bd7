// Small objectives whose gradients can be taken in the head, and runs of optimizers on them.
#pragma once

#include <cmath>
#include <initializer_list>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "descent/catalogue.h"
#include "support/catch.h"

namespace descent {

inline Vector vec(std::initializer_list<double> entries) {
  Vector v(static_cast<Eigen::Index>(entries.size()));
  std::copy(entries.begin(), entries.end(), v.begin());
  return v;
}

// f = ½ xᵀ H x.
class Quadratic final : public Objective {
 public:
  explicit Quadratic(Matrix hessian) : h_(std::move(hessian)) {}
  // H = diag(curvatures); {1} is f = ½x².
  Quadratic(std::initializer_list<double> curvatures) : h_(vec(curvatures).asDiagonal()) {}

  Eigen::Index dimension() const override { return h_.rows(); }
  double value(const Vector& x) const override { return x.dot(h_ * x) / 2; }
  void gradient(const Vector& x, Vector& g) const override { g = h_ * x; }
  bool hessian(const Vector&, Matrix& h) const override { return h = h_, true; }

 private:
  Matrix h_;
};

// f = gᵀx: the same gradient everywhere.
class Linear final : public Objective {
 public:
  explicit Linear(Vector g) : g_(std::move(g)) {}
  Linear(std::initializer_list<double> g) : g_(vec(g)) {}

  Eigen::Index dimension() const override { return g_.size(); }
  double value(const Vector& x) const override { return g_.dot(x); }
  void gradient(const Vector&, Vector& g) const override { g = g_; }

 private:
  Vector g_;
};

// c times another objective.
class Scaled final : public Objective {
 public:
  Scaled(const Objective& f, double c) : f_(f), c_(c) {}

  Eigen::Index dimension() const override { return f_.dimension(); }
  double value(const Vector& x) const override { return c_ * f_.value(x); }
  void gradient(const Vector& x, Vector& g) const override {
    f_.gradient(x, g);
    g *= c_;
  }

 private:
  const Objective& f_;
  double c_;
};

// Gives the listed gradients one after another, wherever it is asked. Its values are zero.
class Script final : public Oracle {
 public:
  explicit Script(std::vector<Vector> gradients) : gradients_(std::move(gradients)) {}

  double value(const Vector&) override { return ++counts_.values, 0; }
  double gradient(const Vector&, Vector& g) override {
    g = gradients_.at(static_cast<std::size_t>(counts_.gradients++));
    return 0;
  }
  const Counts& counts() const override { return counts_; }

 private:
  std::vector<Vector> gradients_;
  Counts counts_;
};

inline std::unique_ptr<Optimizer> optimizer(const std::string& recipe) {
  INFO("recipe " << recipe);
  const auto parsed = parseRecipe(recipe);
  REQUIRE(parsed);
  auto built = catalogue().build<Optimizer>(*parsed);
  INFO((built ? "" : built.error().message));
  REQUIRE(built);
  return std::move(*built);
}

inline std::unique_ptr<Landscape> landscape(const std::string& recipe) {
  const auto parsed = parseRecipe(recipe);
  REQUIRE(parsed);
  auto built = catalogue().build<Landscape>(*parsed);
  REQUIRE(built);
  return std::move(*built);
}

// The start and the point after each step; the rate follows the optimizer's schedule.
inline std::vector<Vector> path(Optimizer& optimizer, Oracle& oracle, Vector x, int steps,
                                Layout layout = {}) {
  optimizer.reset(layout.empty() ? vectorLayout(x.size()) : layout);
  std::vector<Vector> points{x};
  for (int t = 0; t < steps; ++t) {
    optimizer.step(oracle, x, optimizer.rate(t, steps));
    points.push_back(x);
  }
  return points;
}

inline std::vector<Vector> path(const std::string& recipe, const Objective& objective,
                                const Vector& start, int steps, const Layout& layout = {}) {
  ObjectiveOracle oracle(objective);
  return path(*optimizer(recipe), oracle, start, steps, layout);
}

// After `expected.size()` steps of one parameter, the points are these.
inline void checkSteps(const std::string& recipe, Oracle& oracle, double start,
                       const std::vector<double>& expected) {
  INFO(recipe);
  const auto points =
      path(*optimizer(recipe), oracle, vec({start}), static_cast<int>(expected.size()));
  for (std::size_t i = 0; i < expected.size(); ++i) {
    INFO("step " << i + 1);
    CHECK(points[i + 1][0] == Approx(expected[i]).epsilon(1e-13).margin(1e-15));
  }
}

inline void checkSteps(const std::string& recipe, const Objective& objective, double start,
                       const std::vector<double>& expected) {
  ObjectiveOracle oracle(objective);
  checkSteps(recipe, oracle, start, expected);
}

// Largest distance between two paths, relative to the largest entry of the first.
inline double distance(const std::vector<Vector>& a, const std::vector<Vector>& b) {
  REQUIRE(a.size() == b.size());
  double difference = 0, size = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    REQUIRE(a[i].allFinite());
    REQUIRE(b[i].allFinite());
    difference = std::max(difference, (a[i] - b[i]).lpNorm<Eigen::Infinity>());
    size = std::max(size, a[i].lpNorm<Eigen::Infinity>());
  }
  return difference / size;
}

}  // namespace descent
