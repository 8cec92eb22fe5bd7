#include "runs/plane.h"

#include <algorithm>
#include <cmath>

#include "numerics/jacobi.h"
#include "numerics/products.h"

namespace descent::runs {
namespace {

Vector gaussian(const Vector& centre, Random& random) {
  const Vector d = random.normalVector(centre.size());
  return centre.norm() / d.norm() * d;
}

Vector filterNormalised(const Layout& layout, const Vector& centre, Random& random) {
  Vector d = random.normalVector(centre.size());
  for (const Block& block : layout) {
    auto part = asMatrix(d, block);
    if (block.role == Role::kVector) {
      part.setZero();
      continue;
    }
    const auto weights = asMatrix(centre, block);
    for (Eigen::Index unit = 0; unit < block.rows; ++unit) {
      part.row(unit) *= weights.row(unit).norm() / part.row(unit).norm();
    }
  }
  return d;
}

Matrix topCurvatures(const Net& net, const Vector& centre, Random& random) {
  constexpr int kProducts = 40;
  const Ritz ritz = lanczos(hessianAt(net, centre), random.normalVector(centre.size()), kProducts);
  Matrix two = Matrix::Zero(centre.size(), 2);
  const auto known = std::min<Eigen::Index>(2, ritz.vectors.cols());
  two.leftCols(known) = ritz.vectors.leftCols(known);
  return two;
}

// θ_t − θ, a column a point.
Matrix displacements(const Vector& centre, const Trail& path) {
  const auto& points = path.points();
  Matrix m(centre.size(), static_cast<Eigen::Index>(points.size()));
  for (std::size_t i = 0; i < points.size(); ++i) {
    m.col(static_cast<Eigen::Index>(i)) = *points[i].x - centre;
  }
  return m;
}

// The left singular vectors of the displacements, from the eigenvectors of their small Gram matrix.
// Each points to where the run came from.
Matrix principal(const Vector& centre, const Trail& path) {
  const Matrix m = displacements(centre, path);
  const SymmetricEigen eigen = symmetricEigen(transposeTimes(m, m));
  Matrix two = Matrix::Zero(centre.size(), 2);
  const Eigen::Index n = eigen.values.size();
  for (Eigen::Index k = 0; k < std::min<Eigen::Index>(2, n); ++k) {
    const double length = std::sqrt(std::max(0.0, eigen.values[n - 1 - k]));
    if (!(length > 0)) continue;
    two.col(k) = times(m, eigen.vectors.col(n - 1 - k)) / length;
    if (two.col(k).dot(m.col(0)) < 0) two.col(k) = -two.col(k);
  }
  return two;
}

// Room for the shadows of the whole path and of further points, with a quarter of it around.
void frame(Plane& plane, const Trail& path, std::initializer_list<const Vector*> further = {}) {
  double low[2] = {0, 0}, high[2] = {0, 0};
  const auto hold = [&](const Vector& x) {
    const Shadow shadow = shadowOf(plane, x);
    const double at[2] = {shadow.a, shadow.b};
    for (const int k : {0, 1}) {
      low[k] = std::min(low[k], at[k]);
      high[k] = std::max(high[k], at[k]);
    }
  };
  for (const auto& point : path.points()) hold(*point.x);
  for (const Vector* x : further) hold(*x);
  const double widest = std::max(high[0] - low[0], high[1] - low[1]);
  for (const int k : {0, 1}) {
    plane.middle[k] = (low[k] + high[k]) / 2;
    // Not so narrow that nothing is seen beside the path.
    plane.halfWidth[k] = 0.75 * std::max(high[k] - low[k], 0.75 * widest);
    if (!(plane.halfWidth[k] > 0)) plane.halfWidth[k] = 1;
  }
}

}  // namespace

Plane layPlane(PlaneKind kind, const Net& net, const Vector& centre, const Trail& path,
               std::uint64_t seed) {
  Random random(seed, "directions of a plane");
  Plane plane{centre, Matrix(centre.size(), 2)};
  switch (kind) {
    case PlaneKind::kRandom:
      for (const int k : {0, 1}) plane.directions.col(k) = gaussian(centre, random);
      break;
    case PlaneKind::kFilter:
      for (const int k : {0, 1}) {
        plane.directions.col(k) = filterNormalised(net->layout(), centre, random);
      }
      break;
    case PlaneKind::kHessian:
      plane.directions = topCurvatures(net, centre, random);
      break;
    case PlaneKind::kPath:
      plane.directions = principal(centre, path);
      frame(plane, path);
      break;
    case PlaneKind::kLookahead:
      plane.directions.setZero();
      break;
  }
  return plane;
}

Plane planeThrough(const Vector& a, const Vector& b, const Vector& c, const Trail& path) {
  Plane plane{a, Matrix::Zero(a.size(), 2)};
  const Vector first = b - a;
  plane.directions.col(0) = first;
  Vector second = c - a;
  if (const double square = first.squaredNorm(); square > 0) {
    second -= first.dot(second) / square * first;
    if (const double length = second.norm(); length > 0) second *= std::sqrt(square) / length;
  }
  plane.directions.col(1) = second;
  frame(plane, path, {&b, &c});
  return plane;
}

Shadow shadowOf(const Plane& plane, const Vector& x) {
  // The normal equations of two directions that need not be at right angles.
  const auto d0 = plane.directions.col(0), d1 = plane.directions.col(1);
  const Vector way = x - plane.centre;
  const double g00 = d0.squaredNorm(), g01 = d0.dot(d1), g11 = d1.squaredNorm();
  const double r0 = d0.dot(way), r1 = d1.dot(way), determinant = g00 * g11 - g01 * g01;
  Shadow shadow{0, 0, 0};
  if (determinant > 0) {
    shadow.a = (g11 * r0 - g01 * r1) / determinant;
    shadow.b = (g00 * r1 - g01 * r0) / determinant;
  } else if (g00 > 0) {
    shadow.a = r0 / g00;
  }
  shadow.off = (x - plane.at(shadow.a, shadow.b)).norm();
  return shadow;
}

double explainedBy(const Plane& plane, const Trail& path) {
  double all = 0, off = 0;
  for (const auto& point : path.points()) {
    const double missed = shadowOf(plane, *point.x).off;
    all += (*point.x - plane.centre).squaredNorm();
    off += missed * missed;
  }
  return all > 0 ? 1 - off / all : 1;
}

}  // namespace descent::runs
