#include "approximation/polynomial.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <vector>

namespace descent::approximation {
namespace {

constexpr double kPi = std::numbers::pi;

// 1/Π (x_i − x_j), scaled so that it stays of the order of 1 on [0, 1].
Vector barycentricWeights(const Vector& x) {
  Vector w = Vector::Ones(x.size());
  for (Eigen::Index i = 0; i < x.size(); ++i) {
    for (Eigen::Index j = 0; j < x.size(); ++j) {
      if (i != j) w[i] /= 4 * (x[i] - x[j]);
    }
  }
  return w;
}

// Through values at nodes.
double interpolate(const Vector& nodes, const Vector& w, const Vector& values, double x) {
  double above = 0, below = 0;
  for (Eigen::Index i = 0; i < nodes.size(); ++i) {
    const double away = x - nodes[i];
    if (away == 0) return values[i];
    above += w[i] / away * values[i];
    below += w[i] / away;
  }
  return above / below;
}

// The largest error of each run of one sign, from left to right: the places of an alternation.
std::vector<int> peaksOf(const Vector& error) {
  std::vector<int> peaks;
  for (int i = 0; i < error.size(); ++i) {
    if (error[i] == 0) continue;
    const bool goesOn = !peaks.empty() && (error[peaks.back()] > 0) == (error[i] > 0);
    if (!goesOn) {
      peaks.push_back(i);
    } else if (std::abs(error[i]) > std::abs(error[peaks.back()])) {
      peaks.back() = i;
    }
  }
  return peaks;
}

}  // namespace

double Polynomial::operator()(double x) const {
  const double t = 2 * x - 1;
  double b1 = 0, b2 = 0;
  for (Eigen::Index k = c.size() - 1; k > 0; --k) {
    const double b = c[k] + 2 * t * b1 - b2;
    b2 = b1;
    b1 = b;
  }
  return c[0] + t * b1 - b2;
}

Polynomial leastSquares(const Target& f, int degree) {
  Vector c = Vector::Zero(degree + 1);
  for (int j = 0; j < kChebyshevNodes; ++j) {
    const double angle = kPi * (j + 0.5) / kChebyshevNodes;
    const double value = f(chebyshevNode(j));
    for (int k = 0; k <= degree; ++k) c[k] += value * std::cos(k * angle);
  }
  c *= 2.0 / kChebyshevNodes;
  c[0] /= 2;
  return {c};
}

Best bestPolynomial(const Target& f, int degree) {
  constexpr int kRounds = 40, kLast = kExchangeSamples - 1;
  constexpr double kLevelled = 1e-9, kRounding = 1e-14;
  const Vector values = sampled(f, kExchangeSamples);
  const double scale = values.lpNorm<Eigen::Infinity>();
  const int count = degree + 2;
  std::vector<int> at(static_cast<std::size_t>(count));
  // Zeros of T, bent to one side: on a symmetric reference a symmetric f may have the level 0.
  for (int i = 0; i < count; ++i) {
    const double even = (1 - std::cos(kPi * (i + 0.5) / count)) / 2;
    const double x = even * (1 - 0.1 * (1 - even));
    at[static_cast<std::size_t>(i)] = static_cast<int>(std::lround(x * kLast));
  }

  Best best;
  best.error = std::numeric_limits<double>::infinity();
  for (int round = 0; round < kRounds; ++round) {
    Vector reference(count), target(count);
    for (int i = 0; i < count; ++i) {
      const int sample = at[static_cast<std::size_t>(i)];
      reference[i] = sampleAt(sample, kExchangeSamples);
      target[i] = values[sample];
    }
    // The level ±E at which the errors alternate: Σ wᵢ (fᵢ − (−1)ⁱ E) = 0, as for every polynomial
    // of the degree.
    const Vector all = barycentricWeights(reference);
    double signs = 0;
    for (int i = 0; i < count; ++i) signs += i % 2 == 0 ? all[i] : -all[i];
    const double level = all.dot(target) / signs;
    Vector reached = target;
    for (int i = 0; i < count; ++i) reached[i] -= i % 2 == 0 ? level : -level;
    const Vector nodes = reference.head(count - 1), w = barycentricWeights(nodes);
    const Vector through = reached.head(count - 1);

    Vector error(kExchangeSamples);
    for (int i = 0; i < kExchangeSamples; ++i) {
      error[i] = values[i] - interpolate(nodes, w, through, sampleAt(i, kExchangeSamples));
    }
    const double largest = error.lpNorm<Eigen::Infinity>();
    if (std::abs(level) >= best.level) {
      best.level = std::abs(level);
      best.reference = reference;
    }
    if (largest < best.error) {
      best.error = largest;
      best.polynomial.c = Vector::Zero(degree + 1);
      // By its values at the zeros of T of one more than its degree.
      for (int j = 0; j <= degree; ++j) {
        const double angle = kPi * (j + 0.5) / (degree + 1);
        const double value = interpolate(nodes, w, through, (1 + std::cos(angle)) / 2);
        for (int k = 0; k <= degree; ++k) {
          best.polynomial.c[k] += (k == 0 ? 1 : 2) * value * std::cos(k * angle) / (degree + 1);
        }
      }
    }
    if (best.error <= kRounding * scale || best.error - best.level <= kLevelled * best.error) break;
    std::vector<int> peaks = peaksOf(error);
    // Fewer: only rounding is left. More: the smaller of the two at the ends goes.
    if (peaks.size() < at.size()) break;
    while (peaks.size() > at.size()) {
      const bool first = std::abs(error[peaks.front()]) < std::abs(error[peaks.back()]);
      peaks.erase(first ? peaks.begin() : peaks.end() - 1);
    }
    if (peaks == at) break;
    at = std::move(peaks);
  }
  return best;
}

double differences(Vector values, int order) {
  const double size = std::pow(2.0, order) * values.lpNorm<Eigen::Infinity>();
  for (int k = 0; k < order; ++k) {
    values = (values.tail(values.size() - 1) - values.head(values.size() - 1)).eval();
  }
  return size > 0 ? values.lpNorm<Eigen::Infinity>() / size : 0;
}

}  // namespace descent::approximation
