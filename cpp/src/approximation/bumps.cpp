#include "approximation/bumps.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace descent::approximation {
namespace {

constexpr double kSaturated = 40;  // s(z) is 1 to rounding

// Written for either sign, so that nothing overflows.
double sigmoid(double z) {
  return z >= 0 ? 1 / (1 + std::exp(-z)) : std::exp(z) / (1 + std::exp(z));
}

// The step up at the left of cell i, t being x in units of h.
double stepAt(int i, int n, double steepness, double t) {
  return i == 0 ? 1 : i == n ? 0 : sigmoid(steepness * (t - i));
}

}  // namespace

Vector middlesOf(const Target& f, int n) {
  Vector middles(n);
  for (int i = 0; i < n; ++i) middles[i] = f((i + 0.5) / n);
  return middles;
}

double bump(int i, int n, double steepness, double x) {
  return stepAt(i, n, steepness, n * x) - stepAt(i + 1, n, steepness, n * x);
}

double bumpsAt(const Vector& middles, double steepness, double x) {
  const int n = static_cast<int>(middles.size());
  // Steps farther away than this are taken or not, to rounding.
  const double t = n * x, reach = kSaturated / steepness;
  const int first = static_cast<int>(std::clamp(std::ceil(t - reach), 1.0, static_cast<double>(n)));
  double sum = middles[first - 1];
  for (int i = first; i < n && i <= t + reach; ++i) {
    sum += (middles[i] - middles[i - 1]) * sigmoid(steepness * (t - i));
  }
  return sum;
}

ExactNetwork bumpNetwork(const Vector& middles, double steepness) {
  const int n = static_cast<int>(middles.size());
  ExactNetwork network;
  network.architecture.inputs = 1;
  network.architecture.hidden = {2 * n};
  network.architecture.activation = Activation::kSigmoid;
  network.parameters = Vector::Zero(parameterCount(layoutOf(network.architecture)));
  const auto places = placesOf(network.architecture);
  for (int i = 0; i < n; ++i) {
    for (const int side : {0, 1}) {
      const int unit = 2 * i + side, step = i + side;
      const bool isOuter = step == 0 || step == n;
      network.parameters[places[0].weight + unit] = isOuter ? 0 : steepness * n;
      network.parameters[places[0].bias + unit] = step == 0   ? kSaturated
                                                  : step == n ? -kSaturated
                                                              : -steepness * step;
      network.parameters[places[1].weight + unit] = side == 0 ? middles[i] : -middles[i];
    }
  }
  return network;
}

double bumpsBound(double steepest, int n, double steepness) {
  return steepest / n * (0.5 + 2 * std::numbers::ln2 / steepness);
}

}  // namespace descent::approximation
