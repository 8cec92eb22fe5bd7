#include "approximation/sawtooth.h"

#include <cmath>
#include <numeric>

#include "network/mlp.h"

namespace descent {
namespace {

// The parameters of a layer as they are filled in.
struct LayerOf {
  Eigen::Map<Matrix> weights;
  Eigen::Map<Vector> biases;
};

LayerOf layerOf(Construction& network, int l) {
  const Architecture& a = network.architecture;
  const LayerPlace place = placesOf(a)[static_cast<std::size_t>(l - 1)];
  return {{network.theta.data() + place.weight, a.width(l), a.width(l - 1)},
          {network.theta.data() + place.bias, a.width(l)}};
}

Construction blank(std::vector<int> hidden) {
  Construction network;
  network.architecture.inputs = 1;
  network.architecture.hidden = std::move(hidden);
  network.architecture.activation = Activation::kRelu;
  network.theta = Vector::Zero(parameterCount(layoutOf(network.architecture)));
  return network;
}

// x and x − ½, the sums of the first tent.
void fillFirst(Construction& network) {
  auto [w, b] = layerOf(network, 1);
  w << 1, 1;
  b << 0, -0.5;
}

}  // namespace

Construction sawtoothNetwork(int k) {
  Construction network = blank(std::vector<int>(static_cast<std::size_t>(k), 2));
  fillFirst(network);
  for (int l = 2; l <= k; ++l) {
    auto [w, b] = layerOf(network, l);
    w << 2, -4,  //
        2, -4;
    b << 0, -0.5;
  }
  layerOf(network, k + 1).weights << 2, -4;
  return network;
}

Construction squareNetwork(int m) {
  std::vector<int> hidden(static_cast<std::size_t>(m), 3);
  hidden[0] = 2;
  Construction network = blank(std::move(hidden));
  fillFirst(network);
  double share = 1;  // 4^−s of the sawtooth that a layer's first two units give
  for (int l = 2; l <= m; ++l) {
    share /= 4;
    auto [w, b] = layerOf(network, l);
    w.leftCols(2) << 2, -4,  //
        2, -4,               //
        -2 * share, 4 * share;
    // The sum so far is x, which is the first unit, before it has one of its own.
    w(2, l == 2 ? 0 : 2) += 1;
    b << 0, -0.5, 0;
  }
  share /= 4;
  auto head = layerOf(network, m + 1).weights;
  head(0, 0) = -2 * share;
  head(0, 1) = 4 * share;
  head(0, m == 1 ? 0 : 2) += 1;
  return network;
}

int unitsOf(const Architecture& architecture) {
  return std::accumulate(architecture.hidden.begin(), architecture.hidden.end(), 0);
}

Architecture shallowOf(const Architecture& architecture) {
  Architecture shallow = architecture;
  shallow.hidden = {static_cast<int>((parameterCount(layoutOf(architecture)) - 1) / 3)};
  return shallow;
}

double leastGapFromSawtooth(int k, int pieces) { return pieces < std::exp2(k) ? 0.5 : 0; }

double leastMissed(int k, int pieces) { return std::max(0.0, (std::exp2(k) - pieces) / 2); }

double leastMeanSquareFromSawtooth(int k, int pieces) {
  return std::max(0.0, (0.5 - (pieces + 1) / std::exp2(k)) / 12);
}

int missedExtremes(const PiecewiseLinear& f, int k) {
  const int last = 1 << k;
  int missed = 0;
  for (int i = 0; i <= last; ++i) {
    const double y = f(static_cast<double>(i) / last);
    missed += !(i % 2 == 0 ? y < 0.5 : y > 0.5);
  }
  return missed;
}

double squareError(int m) { return std::exp2(-2 * m - 2); }

double leastGapFromSquare(int pieces) { return 1.0 / (8.0 * pieces * pieces); }

double largestGapFromSquare(const PiecewiseLinear& f) {
  double largest = 0;
  for (std::size_t i = 0; i + 1 < f.x.size(); ++i) {
    const double a = f.x[i], b = f.x[i + 1];
    const double left = f.y[i] - a * a, right = f.y[i + 1] - b * b;
    largest = larger(largest, larger(std::abs(left), std::abs(right)));
    // Where the parabola runs along the piece.
    const double slope = (f.y[i + 1] - f.y[i]) / (b - a);
    const double x = slope / 2;
    if (x > a && x < b) largest = larger(largest, std::abs(f.y[i] + slope * (x - a) - x * x));
  }
  return largest;
}

double meanSquareGapFromSquare(const PiecewiseLinear& f) {
  // Of (l(x) − x²)² with a line l: with u from −1 to 1 over a piece of length h, the difference is
  // c + d u − (h/2)² u², and the mean of its square is c² + (d² − 2c e)/3 + e²/5 with e = (h/2)².
  double sum = 0;
  for (std::size_t i = 0; i + 1 < f.x.size(); ++i) {
    const double a = f.x[i], b = f.x[i + 1], h = b - a, middle = (a + b) / 2;
    const double left = f.y[i] - a * a, right = f.y[i + 1] - b * b;
    const double c = (f.y[i] + f.y[i + 1]) / 2 - middle * middle;
    const double d = (right - left) / 2, e = h * h / 4;
    sum += h * (c * c + (d * d - 2 * c * e) / 3 + e * e / 5);
  }
  return sum / (f.x.back() - f.x.front());
}

Vector jittered(const Vector& theta, double deviation, Random& random) {
  Vector moved = theta;
  for (double& entry : moved) entry *= 1 + deviation * random.normal();
  return moved;
}

double firstOrderGap(const Construction& network, const Vector& direction,
                     const std::vector<double>& at) {
  constexpr double kWithin = 1e-6;  // of a piece
  const int n = static_cast<int>(at.size()) - 1;
  Rows<double> inputs;
  inputs.resize(1, 2 * n);
  for (int i = 0; i < n; ++i) {
    const double a = at[static_cast<std::size_t>(i)], b = at[static_cast<std::size_t>(i) + 1];
    inputs(0, 2 * i) = a + kWithin * (b - a);
    inputs(0, 2 * i + 1) = b - kWithin * (b - a);
  }
  inputs.clearPadding();
  Mlp<double> mlp(network.architecture);
  mlp.forward(network.theta.data(), inputs, Mode::kEvaluation);
  // What follows takes the slopes of the units from the backward pass.
  Rows<double> d;
  d.resize(1, 2 * n);
  Vector gradient(network.theta.size());
  mlp.backward(network.theta.data(), inputs, d, gradient.data());
  const Rows<double>& along = mlp.forwardAlong(network.theta.data(), direction.data(), inputs);
  double largest = 0;
  for (int j = 0; j < 2 * n; ++j) largest = larger(largest, std::abs(along(0, j)));
  return largest;
}

}  // namespace descent
