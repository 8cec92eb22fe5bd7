#include "labs/deep_linear/ground.h"

#include <algorithm>
#include <cmath>

#include "core/jacobi.h"
#include "core/products.h"

namespace descent::linear {
namespace {

// Streams of the seed, apart from one another.
constexpr std::uint64_t kInputStream = 1, kLabelStream = 2, kHeldOutStream = 3;
constexpr int kHeldOut = 400;

Matrix normals(Eigen::Index rows, Eigen::Index cols, Random& random) {
  Matrix m(rows, cols);
  for (double& entry : m.reshaped()) entry = random.normal();
  return m;
}

// The orthogonal factor of a Gaussian matrix: all singular values are 1, the directions random.
Matrix isometry(Eigen::Index rows, Eigen::Index cols, Random& random) {
  const SingularValues svd = singularValues(normals(rows, cols, random));
  return timesTranspose(svd.u, svd.v);
}

Matrix signs(int outputs, Eigen::Index n, Random& random) {
  Matrix y(outputs, n);
  const double size = 1 / std::sqrt(outputs);
  for (double& entry : y.reshaped()) entry = random.below(2) == 0 ? -size : size;
  return y;
}

// U diag(spectrum) Vᵀ with U random and V random in the span of the inputs.
Matrix mapFor(const GroundSetup& setup, const Matrix& x, Random& random) {
  const auto modes = static_cast<Eigen::Index>(setup.spectrum.size());
  const Matrix span = singularValues(x).u;
  const Matrix v = times(span, isometry(span.cols(), modes, random));
  Matrix u = isometry(setup.outputs, modes, random);
  for (Eigen::Index i = 0; i < modes; ++i) u.col(i) *= setup.spectrum[static_cast<std::size_t>(i)];
  return timesTranspose(u, v);
}

}  // namespace

Ground drawGround(const GroundSetup& setup) {
  const int n = setup.points, d = setup.inputs;
  Random inputs(setup.seed, kInputStream), labels(setup.seed, kLabelStream),
      heldOut(setup.seed, kHeldOutStream);
  Ground ground;
  double variance = 1.0 / d;  // of an entry of an input
  if (setup.data == Inputs::kGaussian) {
    ground.x = normals(d, n, inputs) * std::sqrt(variance);
  } else {
    const double square = setup.data == Inputs::kWhitened ? n : 1;
    ground.x = isometry(d, n, inputs) * std::sqrt(square);
    variance = square / std::max(n, d);
  }
  ground.heldX = normals(d, kHeldOut, heldOut) * std::sqrt(variance);
  if (setup.labels == Labels::kRandom) {
    ground.y = signs(setup.outputs, n, labels);
    ground.heldY = signs(setup.outputs, kHeldOut, heldOut);
  } else {
    const Matrix map = mapFor(setup, ground.x, labels);
    ground.y = times(map, ground.x);
    ground.heldY = times(map, ground.heldX);
  }
  return ground;
}

double varianceOf(const GroundSetup& setup) {
  if (setup.data == Inputs::kGaussian) return 0;
  return setup.data == Inputs::kWhitened ? 1 : 1.0 / setup.points;
}

Target targetOf(const Ground& ground) {
  const SingularValues svd =
      singularValues(timesTranspose(ground.y, ground.x) / static_cast<double>(ground.x.cols()));
  Eigen::Index rank = 0;
  while (rank < svd.values.size() && svd.values[rank] > 1e-12 * svd.values[0]) ++rank;
  return {svd.u.leftCols(rank), svd.v.leftCols(rank), svd.values.head(rank)};
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

}  // namespace descent::linear
