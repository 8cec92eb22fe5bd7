#include "labs/deep_linear/ground.h"

#include <algorithm>
#include <cmath>

#include "problems/draw.h"

namespace descent::deep_linear {
namespace {

constexpr int kHeldOut = 400;

// All singular values are 1, the directions random.
Matrix isometry(Eigen::Index rows, Eigen::Index cols, Random& random) {
  if (rows >= cols) return orthonormal(random, rows, cols);
  return orthonormal(random, cols, rows).transpose();
}

Matrix signs(int outputs, Eigen::Index n, Random& random) {
  Matrix y(outputs, n);
  const double size = 1 / std::sqrt(outputs);
  for (double& entry : y.reshaped()) entry = random.below(2) == 0 ? -size : size;
  return y;
}

// U diag(spectrum) Vᵀ with U random and V random in the span of the inputs. Of that any basis would
// do, but not one that rounding decides, as it does between singular vectors of equal values.
Target drawMap(const GroundSetup& setup, const Matrix& x, Random& random) {
  const auto modes = static_cast<Eigen::Index>(setup.spectrum.size());
  const Matrix span = orthonormalised(x.leftCols(std::min(x.rows(), x.cols())));
  Target map;
  map.v = times(span, isometry(span.cols(), modes, random));
  map.u = isometry(setup.outputs, modes, random);
  map.values = Eigen::Map<const Vector>(setup.spectrum.data(), modes);
  return map;
}

Target targetOf(const Matrix& x, const Matrix& y) {
  const SingularValues svd = singularValues(timesTranspose(y, x) / static_cast<double>(x.cols()));
  Eigen::Index rank = 0;
  while (rank < svd.values.size() && svd.values[rank] > 1e-12 * svd.values[0]) ++rank;
  return {svd.u.leftCols(rank), svd.v.leftCols(rank), svd.values.head(rank)};
}

}  // namespace

Ground drawGround(const GroundSetup& setup) {
  const int n = setup.points, d = setup.inputs;
  Random inputs(setup.seed, "inputs of a linear map"), labels(setup.seed, "labels of a linear map"),
      heldOut(setup.seed, "held-out points");
  Ground ground;
  double variance = 1.0 / d;  // of an entry of an input
  if (setup.data == Inputs::kGaussian) {
    ground.x = normalMatrix(inputs, d, n) * std::sqrt(variance);
  } else {
    const double square = setup.data == Inputs::kWhitened ? n : 1;
    ground.x = isometry(d, n, inputs) * std::sqrt(square);
    variance = square / std::max(n, d);
  }
  ground.heldX = normalMatrix(heldOut, d, kHeldOut) * std::sqrt(variance);
  if (setup.labels == Labels::kRandom) {
    ground.y = signs(setup.outputs, n, labels);
    ground.heldY = signs(setup.outputs, kHeldOut, heldOut);
    ground.target = targetOf(ground.x, ground.y);
    return ground;
  }
  const Target map = drawMap(setup, ground.x, labels);
  const Matrix m = timesTranspose(map.u * map.values.asDiagonal(), map.v);
  ground.y = times(m, ground.x);
  ground.heldY = times(m, ground.heldX);
  // M XXᵀ/n = c M is known as it was drawn, its modes also where they are equally strong.
  const double c = varianceOf(setup);
  ground.target = c > 0 ? Target{map.u, map.v, c * map.values} : targetOf(ground.x, ground.y);
  return ground;
}

double varianceOf(const GroundSetup& setup) {
  if (setup.data == Inputs::kGaussian) return 0;
  return setup.data == Inputs::kWhitened ? 1 : 1.0 / setup.points;
}

Vector balancedStart(const Architecture& architecture, const Target& target, double strength,
                     bool turned, Random& random) {
  const Layout layout = layoutOf(architecture);
  const int layers = architecture.depth();
  Eigen::Index modes = target.values.size();
  for (const int width : architecture.hidden) modes = std::min<Eigen::Index>(modes, width);
  const double alpha = std::pow(strength, 1.0 / layers);
  Vector theta(parameterCount(layout));
  Matrix right =
      turned ? isometry(architecture.inputs, modes, random) : Matrix(target.v.leftCols(modes));
  for (int l = 1; l <= layers; ++l) {
    const bool isKnown = l == layers && !turned;
    const Matrix left =
        isKnown ? Matrix(target.u.leftCols(modes)) : isometry(architecture.width(l), modes, random);
    asMatrix(theta, layout[static_cast<std::size_t>(l - 1)]) = alpha * timesTranspose(left, right);
    right = left;
  }
  return theta;
}

Matrix productOf(const Layout& layout, const Vector& theta) {
  // From the head down, which has the fewest rows.
  Matrix product = asMatrix(theta, layout.back());
  for (std::size_t l = layout.size() - 1; l-- > 0;) {
    product = times(product, asMatrix(theta, layout[l]));
  }
  return product;
}

}  // namespace descent::deep_linear
