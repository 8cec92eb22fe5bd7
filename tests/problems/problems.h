// Problems from recipes, their data drawn.
#pragma once

#include "support/objectives.h"

namespace descent {

inline std::unique_ptr<Problem> problem(const std::string& text, std::uint64_t seed = 7) {
  INFO(text);
  const auto recipe = parseRecipe(text);
  REQUIRE(recipe);
  auto built = catalogue().build<Problem>(*recipe);
  INFO((built ? "" : built.error().message));
  REQUIRE(built);
  (*built)->prepare(seed);
  return std::move(*built);
}

inline Vector gradientOf(const Problem& problem, const Vector& x) {
  Vector g;
  problem.gradient(x, g);
  return g;
}
inline Vector stepGradientOf(const Problem& problem, int t, const Vector& x) {
  Vector g;
  problem.at(t).gradient(x, g);
  return g;
}
inline Matrix hessianOf(const Problem& problem, const Vector& x) {
  Matrix h;
  REQUIRE(problem.hessian(x, h));
  return h;
}

// Eigenvalues, ascending, by Eigen.
inline Vector eigenvaluesOf(const Matrix& symmetric) {
  return Eigen::SelfAdjointEigenSolver<Matrix>(symmetric).eigenvalues();
}

}  // namespace descent
