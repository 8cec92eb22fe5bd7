// What the networks say: over the plane of the first two inputs, and of the examples.
#include <algorithm>
#include <cmath>

#include "labs/network/network.h"
#include "numerics/jacobi.h"
#include "numerics/products.h"

namespace descent::network {
namespace {

constexpr int kChunk = 256;  // examples of a pass, so that what it computes stays in the cache

// The probability of the second of two classes, by how far it is ahead.
double probabilityOf(double lead, Loss loss) {
  const bool isLogOdds = loss == Loss::kLogistic || loss == Loss::kSoftmax;
  return isLogOdds ? 1 / (1 + std::exp(-lead)) : std::clamp((1 + lead) / 2, 0.0, 1.0);
}

}  // namespace

Array Network::field(std::size_t i, const Grid& grid, int first, int last) const {
  const int nx = grid.nx, ny = grid.ny, n = nx * ny;
  const Architecture& shape = training().setup().architecture;
  int channels = 0;
  for (int l = first; l <= last; ++l) channels += shape.width(l);
  Array field{{channels, ny, nx}, std::vector<double>(static_cast<std::size_t>(channels * n))};

  const Vector x = judged(i);
  const Vector means = data()->training.inputs.rowwise().mean();
  Rows<float> inputs;
  training().normalise(x);
  for (int begin = 0; begin < n; begin += kChunk) {
    const int count = std::min(kChunk, n - begin);
    inputs.resize(shape.inputs, count);
    for (int j = 0; j < count; ++j) {
      const int column = (begin + j) % nx, row = (begin + j) / nx;
      for (int d = 0; d < shape.inputs; ++d) inputs(d, j) = static_cast<float>(means[d]);
      inputs(0, j) = static_cast<float>(grid.x0 + (grid.x1 - grid.x0) * column / (nx - 1));
      if (shape.inputs > 1) {
        inputs(1, j) =
            static_cast<float>(ny > 1 ? grid.y0 + (grid.y1 - grid.y0) * row / (ny - 1) : grid.y0);
      }
    }
    inputs.clearPadding();
    const Mlp<float>& mlp = training().forward(x, inputs);
    int channel = 0;
    for (int l = first; l <= last; ++l) {
      const Rows<float>& values = mlp.activations(l);
      for (int unit = 0; unit < values.rows(); ++unit, ++channel) {
        std::copy_n(values.row(unit), count,
                    field.data.begin() + static_cast<std::ptrdiff_t>(channel) * n + begin);
      }
    }
  }
  return field;
}

Array Network::decision(std::size_t i, const Grid& grid) const {
  const int depth = training().setup().architecture.depth();
  const Array outputs = field(i, grid, depth, depth);
  const int k = outputs.shape[0], shown = k > 2 ? k : 1;
  const auto n = static_cast<std::size_t>(grid.nx) * static_cast<std::size_t>(grid.ny);
  Array parts{{2, shown, grid.ny, grid.nx},
              std::vector<double>(2 * static_cast<std::size_t>(shown) * n)};
  double* lead = parts.data.data();
  double* probability = lead + static_cast<std::size_t>(shown) * n;
  for (std::size_t at = 0; at < n; ++at) {
    const double* f = outputs.data.data() + at;  // of class c: f[c n]
    if (k <= 2) {
      lead[at] = k == 1 ? f[0] : f[n] - f[0];
      probability[at] = probabilityOf(lead[at], loss);
      continue;
    }
    std::size_t top = 0, second = 1;
    for (std::size_t c = 1; c < static_cast<std::size_t>(k); ++c) {
      if (f[c * n] > f[top * n]) {
        second = top;
        top = c;
      } else if (f[c * n] > f[second * n]) {
        second = c;
      }
    }
    double sum = 0;
    for (std::size_t c = 0; c < static_cast<std::size_t>(k); ++c) {
      lead[c * n + at] = f[c * n] - f[(c == top ? second : top) * n];
      sum += probability[c * n + at] = std::exp(f[c * n] - f[top * n]);
    }
    for (std::size_t c = 0; c < static_cast<std::size_t>(k); ++c) probability[c * n + at] /= sum;
  }
  return parts;
}

// The points as they come out of layer l: two units as they are, more by their first two principal
// components.
Array Network::seen(std::size_t i, int l) const {
  const Training<float>& problem = training();
  const int n = problem.training().size() + problem.validation().size();
  const Vector x = judged(i);
  Matrix h(problem.setup().architecture.width(l), n);
  problem.normalise(x);
  Eigen::Index column = 0;
  for (const auto* part : {&problem.training(), &problem.validation()}) {
    if (part->size() == 0) continue;
    const Rows<float>& values = problem.forward(x, part->inputs).activations(l);
    for (int j = 0; j < part->size(); ++j, ++column) {
      for (int unit = 0; unit < values.rows(); ++unit) h(unit, column) = values(unit, j);
    }
  }
  if (h.rows() > 2 && h.allFinite()) {
    h.colwise() -= Vector(h.rowwise().mean());
    const SymmetricEigen eigen = symmetricEigen(timesTranspose(h, h));
    Matrix axes = eigen.vectors.rightCols(2).rowwise().reverse();
    // The sign of an axis is free: the largest part of it is positive, so that it does not flip.
    for (const int k : {0, 1}) {
      Eigen::Index most;
      axes.col(k).cwiseAbs().maxCoeff(&most);
      if (axes(most, k) < 0) axes.col(k) *= -1;
    }
    h = transposeTimes(axes, h);
  }
  Array points{{n, 2}, {}};
  for (int j = 0; j < n; ++j) {
    points.data.insert(points.data.end(), {h(0, j), h.rows() > 1 ? h(1, j) : 0.0});
  }
  return points;
}

Array Network::activations(std::size_t i, int l) const {
  const Rows<float>& values =
      training().evaluate(judged(i), training().training().inputs).activations(l);
  Array all{{values.rows(), values.cols()}, {}};
  for (int unit = 0; unit < values.rows(); ++unit) {
    all.data.insert(all.data.end(), values.row(unit), values.row(unit) + values.cols());
  }
  return all;
}

}  // namespace descent::network
