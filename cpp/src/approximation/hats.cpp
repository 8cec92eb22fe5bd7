#include "approximation/hats.h"

#include <algorithm>
#include <cmath>

namespace descent::approximation {
namespace {

ExactNetwork empty(int inputs, std::vector<int> hidden) {
  ExactNetwork network;
  network.architecture.inputs = inputs;
  network.architecture.hidden = std::move(hidden);
  network.architecture.activation = Activation::kRelu;
  network.parameters = Vector::Zero(parameterCount(layoutOf(network.architecture)));
  return network;
}

}  // namespace

Vector knotsOf(const Target& f, int n) {
  Vector knots(n + 1);
  for (int i = 0; i <= n; ++i) knots[i] = f(static_cast<double>(i) / n);
  return knots;
}

double hatsAt(const Vector& knots, double x, int count) {
  const auto n = static_cast<double>(knots.size() - 1);
  const double at = n * x, left = std::floor(at);
  if (!(at > -1 && at < n + 1)) return 0;
  double sum = 0;
  for (const double i : {left, left + 1}) {
    if (i >= 0 && i < std::min(n + 1, static_cast<double>(count))) {
      sum += knots[static_cast<Eigen::Index>(i)] * hat(at - i);
    }
  }
  return sum;
}

ExactNetwork hatNetwork(const Vector& knots) {
  const int hats = static_cast<int>(knots.size()), n = hats - 1;
  ExactNetwork network = empty(1, {3 * hats});
  const auto places = placesOf(network.architecture);
  for (int i = 0; i < hats; ++i) {
    for (int k = 0; k < 3; ++k) {
      const int unit = 3 * i + k;
      network.parameters[places[0].weight + unit] = n;
      network.parameters[places[0].bias + unit] = 1 - i - k;
      network.parameters[places[1].weight + unit] = (k == 1 ? -2 : 1) * knots[i];
    }
  }
  return network;
}

ExactNetwork kinkNetwork(const Vector& knots) {
  const int n = static_cast<int>(knots.size()) - 1;
  ExactNetwork network = empty(1, {n});
  const auto places = placesOf(network.architecture);
  double slope = 0;
  for (int i = 0; i < n; ++i) {
    const double next = knots[i + 1] - knots[i];
    network.parameters[places[0].weight + i] = n;
    network.parameters[places[0].bias + i] = -i;
    network.parameters[places[1].weight + i] = next - slope;
    slope = next;
  }
  network.parameters[places[1].bias] = knots[0];
  return network;
}

double hatsError(const Target& f, const Vector& knots) {
  constexpr int kParts = 32, kHalvings = 60;
  const int n = static_cast<int>(knots.size()) - 1;
  double most = 0;
  for (int i = 0; i < n; ++i) {
    const double slope = n * (knots[i + 1] - knots[i]);
    const auto rises = [&](double x) { return f.slope(x) > slope; };
    const auto at = [&](int part) { return (i + static_cast<double>(part) / kParts) / n; };
    for (int part = 0; part < kParts; ++part) {
      double low = at(part), high = at(part + 1);
      const bool first = rises(low);
      if (first == rises(high)) {
        low = high;
      } else {
        for (int k = 0; k < kHalvings; ++k) {
          const double middle = (low + high) / 2;
          (rises(middle) == first ? low : high) = middle;
        }
      }
      most = larger(most, std::abs(f(low) - hatsAt(knots, low)));
    }
  }
  return most;
}

double sampledHatsError(const Vector& f, const Vector& knots) {
  const int n = static_cast<int>(knots.size()) - 1, samples = static_cast<int>(f.size());
  const double scale = static_cast<double>(n) / (samples - 1);
  double most = 0;
  for (int j = 0; j < samples; ++j) {
    const double t = j * scale;
    const int i = std::min(static_cast<int>(t), n - 1);
    most = larger(most, std::abs(f[j] - knots[i] - (t - i) * (knots[i + 1] - knots[i])));
  }
  return most;
}

double cornerError(double corner, int n) {
  // Where the corner is a knot, to rounding, a is 0.
  const double at = corner * n, nearest = std::round(at);
  if (std::abs(at - nearest) < 1e-9) return 0;
  const double a = at - std::floor(at);  // in units of h
  return 2 * a * (1 - a) / n;
}

double fittedOrder(const Vector& n, const Vector& error) {
  const Vector x = n.array().log(), y = error.array().log();
  const Vector dx = x.array() - x.mean();
  return dx.dot(y) / dx.squaredNorm();
}

Matrix squareKnotsOf(const Target& f, int n) {
  Matrix knots(n + 1, n + 1);
  for (int i = 0; i <= n; ++i) {
    for (int j = 0; j <= n; ++j) {
      knots(i, j) = f(static_cast<double>(i) / n, static_cast<double>(j) / n);
    }
  }
  return knots;
}

double squareHatsAt(const Matrix& knots, double x, double y) {
  const auto n = static_cast<double>(knots.rows() - 1);
  const double left = std::floor(n * x), below = std::floor(n * y);
  double sum = 0;
  for (const double i : {left, left + 1}) {
    for (const double j : {below, below + 1}) {
      if (!(i >= 0 && i <= n && j >= 0 && j <= n)) continue;
      const double u = n * x - i, v = n * y - j;
      sum += knots(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j)) *
             std::max(0.0, 1 - (std::abs(u) + std::abs(v) + std::abs(u - v)) / 2);
    }
  }
  return sum;
}

ExactNetwork squareHatNetwork(const Matrix& knots) {
  const int side = static_cast<int>(knots.rows()), n = side - 1;
  const int diagonals = 2 * n + 1, sizes = 2 * side + diagonals;
  ExactNetwork network = empty(2, {2 * sizes, side * side});
  const auto places = placesOf(network.architecture);
  Vector& theta = network.parameters;
  // Sizes |Nx − i|, then |Ny − j|, then |Nx − Ny − d| with d = −N … N; two units to each.
  const auto set = [&](int size, double x, double y, double shift) {
    for (const int sign : {1, -1}) {
      const int unit = 2 * size + (sign < 0 ? 1 : 0);
      theta[places[0].weight + unit] = sign * x;
      theta[places[0].weight + 2 * sizes + unit] = sign * y;
      theta[places[0].bias + unit] = -sign * shift;
    }
  };
  for (int i = 0; i < side; ++i) set(i, n, 0, i);
  for (int j = 0; j < side; ++j) set(side + j, 0, n, j);
  for (int d = -n; d <= n; ++d) set(2 * side + n + d, n, -n, d);
  for (int i = 0; i < side; ++i) {
    for (int j = 0; j < side; ++j) {
      const int unit = i * side + j;
      for (const int size : {i, side + j, 2 * side + n + i - j}) {
        for (const int half : {0, 1}) {
          theta[places[1].weight + (2 * size + half) * side * side + unit] = -0.5;
        }
      }
      theta[places[1].bias + unit] = 1;
      theta[places[2].weight + unit] = knots(i, j);
    }
  }
  return network;
}

}  // namespace descent::approximation
