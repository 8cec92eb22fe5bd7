#include "theory/depth.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <numeric>
#include <vector>

namespace descent::theory {
namespace {

// Nodes and weights of a rule for E f(g), g ~ N(0, 1): 5 points to a panel, panels to ±kReach.
struct Rule {
  Vector nodes, weights;
};
Rule normalRule() {
  constexpr int kPanels = 12;
  constexpr double kReach = 8.4;
  const double a = std::sqrt(5 - 2 * std::sqrt(10.0 / 7)) / 3,
               b = std::sqrt(5 + 2 * std::sqrt(10.0 / 7)) / 3;
  const double wa = (322 + 13 * std::sqrt(70.0)) / 900, wb = (322 - 13 * std::sqrt(70.0)) / 900;
  const std::array at = {-b, -a, 0.0, a, b};
  const std::array weight = {wb, wa, 128 / 225.0, wa, wb};
  const double half = kReach / kPanels / 2;
  Rule rule{Vector(10 * kPanels), Vector(10 * kPanels)};
  Eigen::Index i = 0;
  for (int panel = -kPanels; panel < kPanels; ++panel) {
    for (std::size_t k = 0; k < at.size(); ++k, ++i) {
      const double g = half * (2 * panel + 1 + at[k]);
      rule.nodes[i] = g;
      rule.weights[i] =
          half * weight[k] * std::exp(-g * g / 2) * std::numbers::inv_sqrtpi / std::numbers::sqrt2;
    }
  }
  return rule;
}

// Columns that represent the lengths of all, evenly in their order.
std::vector<Eigen::Index> representatives(const Matrix& examples) {
  constexpr Eigen::Index kMost = 64;
  std::vector<Eigen::Index> order(static_cast<std::size_t>(examples.cols()));
  std::iota(order.begin(), order.end(), 0);
  const Vector lengths = examples.colwise().squaredNorm();
  std::stable_sort(order.begin(), order.end(),
                   [&](Eigen::Index i, Eigen::Index j) { return lengths[i] < lengths[j]; });
  if (examples.cols() <= kMost) return order;
  std::vector<Eigen::Index> some;
  for (Eigen::Index i = 0; i < kMost; ++i) {
    some.push_back(order[static_cast<std::size_t>((2 * i + 1) * examples.cols() / (2 * kMost))]);
  }
  return some;
}

}  // namespace

Moments momentsOf(const Unit& unit, double variance) {
  static const Rule rule = normalRule();
  Vector value, slope;
  unit(std::sqrt(variance) * rule.nodes, value, slope);
  return {rule.weights.dot(value), rule.weights.dot(value.cwiseAbs2()),
          rule.weights.dot(slope.cwiseAbs2())};
}

Scatter scatterOf(const Unit& unit, double w, double variance) {
  const Unit squared = [&unit](const Vector& z, Vector& value, Vector& slope) {
    unit(z, value, slope);
    value = value.cwiseAbs2().eval();
    slope = slope.cwiseAbs2().eval();
  };
  const Unit leaning = [&unit](const Vector& z, Vector& value, Vector& slope) {
    unit(z, value, slope);
    value = slope.cwiseProduct(z).eval();
  };
  const Moments second = momentsOf(unit, variance), fourth = momentsOf(squared, variance);
  return {fourth.square / (second.square * second.square) - 1,
          3 * fourth.slope / (second.slope * second.slope) - 1,
          std::sqrt(w / variance) * momentsOf(leaning, variance).mean};
}

Passage passageOf(const Stack& stack, const Unit& unit, const Matrix& examples) {
  const int depth = stack.depth;
  const double s = stack.branch;
  Passage mean{Vector::Zero(depth), Vector::Zero(depth), Vector::Zero(depth)};
  Vector shortcuts = Vector::Zero(depth);
  const Vector centre = examples.rowwise().mean();
  const double spread = (examples.colwise() - centre).squaredNorm() /
                        static_cast<double>(examples.size());  // variance over the examples
  const Moments normal = momentsOf(unit, 1);
  const auto chosen = representatives(examples);
  for (const Eigen::Index j : chosen) {
    const double input = examples.col(j).squaredNorm() / static_cast<double>(examples.rows());
    double q = input;
    double mu = examples.col(j).mean();
    double c = spread;
    Vector factors(depth);  // of δ², from layer l to l − 1
    for (int l = 0; l < depth; ++l) {
      const double w = l == 0 ? stack.first : stack.w;
      const Moments m = stack.batchNorm ? normal : momentsOf(unit, w * q);
      // Without any weight there is nothing to normalise.
      const double slope = !stack.batchNorm ? w * m.slope : w > 0 ? m.slope / c : kNaN;
      const double varying = m.square - m.mean * m.mean;
      if (!stack.residual) {
        factors[l] = slope;
        q = m.square;
        c = varying;
      } else {
        factors[l] = 1 + s * s * slope;
        if (l == 0 && stack.projected) {
          q *= w;
          c *= w;
          mu = 0;
        }
        shortcuts[l] += q;
        mean.branch[l] += s * s * m.square;
        q += 2 * s * mu * m.mean + s * s * m.square;
        c += s * s * varying;
        mu += s * m.mean;
      }
      mean.signal[l] += q;
    }
    double backward = 1;
    for (int l = depth - 1; l >= 0; --l) {
      mean.backward[l] += backward;
      backward *= factors[l];
    }
  }
  const auto n = static_cast<double>(chosen.size());
  if (stack.residual) mean.branch = mean.branch.cwiseQuotient(shortcuts);
  return {mean.signal / n, mean.branch, mean.backward / n};
}

}  // namespace descent::theory
