// Parameters are one flat vector and a layout that names its blocks.
#pragma once

#include <Eigen/Dense>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

namespace descent {

using Vector = Eigen::VectorXd;
using Matrix = Eigen::MatrixXd;

// No number: what is not known, or not there.
inline constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

// The larger of two; no number where one of them is none, so that it stands out in a maximum.
inline double larger(double a, double b) { return std::isnan(a) || a > b ? a : b; }

// What a block of parameters is for. Matrix-aware optimizers act on hidden matrices only.
enum class Role { kHiddenMatrix, kEmbedding, kHead, kVector };

// Entries [offset, offset + rows·cols) of the parameter vector, column-major.
struct Block {
  std::string name;
  Role role = Role::kVector;
  Eigen::Index offset = 0;
  Eigen::Index rows = 0;
  Eigen::Index cols = 1;

  Eigen::Index size() const { return rows * cols; }
};

using Layout = std::vector<Block>;

// One vector of n parameters, which is all a landscape has.
inline Layout vectorLayout(Eigen::Index n) { return {{"x", Role::kVector, 0, n, 1}}; }

// Parameters that a layout covers.
inline Eigen::Index parameterCount(const Layout& layout) {
  Eigen::Index n = 0;
  for (const Block& block : layout) n += block.size();
  return n;
}

// A block of a vector, as the matrix it is.
inline Eigen::Map<Matrix> asMatrix(Vector& x, const Block& b) {
  return {x.data() + b.offset, b.rows, b.cols};
}
inline Eigen::Map<const Matrix> asMatrix(const Vector& x, const Block& b) {
  return {x.data() + b.offset, b.rows, b.cols};
}

}  // namespace descent
