// Long runs against derivations written apart: no state is updated, every step sums over all
// gradients so far, in plain loops over scalars and with gradients taken from the formulas.
#include <array>

#include "support/objectives.h"

using namespace descent;

namespace {

using Pair = std::array<double, 2>;
using Slope = Pair (*)(double, double);

Pair rosenbrock(double x, double y) {
  return {2 * x - 2 + 400 * x * x * x - 400 * x * y, 200 * y - 200 * x * x};
}

Pair himmelblau(double x, double y) {
  return {4 * x * x * x + 4 * x * y - 42 * x + 2 * y * y - 14,
          2 * x * x + 4 * x * y + 4 * y * y * y - 26 * y - 22};
}

Pair beale(double x, double y) {
  const double a = 1.5 - x + x * y, b = 2.25 - x + x * y * y, c = 2.625 - x + x * y * y * y;
  return {2 * a * (y - 1) + 2 * b * (y * y - 1) + 2 * c * (y * y * y - 1),
          2 * a * x + 4 * b * x * y + 6 * c * x * y * y};
}

struct Case {
  const char* name;
  Slope slope;
  Pair start;
  double gradientRate, stride;  // rates that stay on the landscape
};

const Case kCases[] = {{"rosenbrock", rosenbrock, {-1.2, 1}, 0.0002, 0.05},
                       {"himmelblau", himmelblau, {0, -3}, 0.002, 0.1},
                       {"beale", beale, {1, 1.5}, 0.001, 0.05}};

constexpr int kSteps = 150;
constexpr double kBeta = 0.9;

// A run of `next`, which maps the points and gradients so far to the next point.
template <class Next>
std::vector<Vector> derived(const Case& c, Next next) {
  std::vector<Pair> points{c.start}, slopes;
  std::vector<Vector> path{vec({c.start[0], c.start[1]})};
  for (int t = 1; t <= kSteps; ++t) {
    slopes.push_back(c.slope(points.back()[0], points.back()[1]));
    Pair p;
    for (std::size_t i = 0; i < 2; ++i) {
      std::vector<double> g;
      for (const Pair& slope : slopes) g.push_back(slope[i]);
      p[i] = next(points.back()[i], g);
    }
    points.push_back(p);
    path.push_back(vec({p[0], p[1]}));
  }
  return path;
}

// Σ β^(t−i) gᵢ^power
double discounted(const std::vector<double>& g, double beta, int power) {
  double sum = 0;
  for (std::size_t i = 0; i < g.size(); ++i) {
    sum += std::pow(beta, static_cast<double>(g.size() - 1 - i)) * std::pow(g[i], power);
  }
  return sum;
}

double adamDirection(const std::vector<double>& g) {
  const auto t = static_cast<double>(g.size());
  const double mean = 0.1 * discounted(g, 0.9, 1) / (1 - std::pow(0.9, t));
  const double square = 0.001 * discounted(g, 0.999, 2) / (1 - std::pow(0.999, t));
  return mean / (std::sqrt(square) + 1e-8);
}

std::string number(double x) { return print(Value(x)); }

std::vector<Vector> ran(const Case& c, const std::string& recipe) {
  return path(recipe, *landscape(c.name), vec({c.start[0], c.start[1]}), kSteps);
}

}  // namespace

TEST_CASE("Momentum is the discounted sum of all gradients so far", "[momentum]") {
  for (const Case& c : kCases) {
    INFO(c.name);
    const double eta = c.gradientRate;
    const auto expected = derived(c, [eta](double x, const std::vector<double>& g) {
      return x - eta * discounted(g, kBeta, 1);
    });
    CHECK(distance(expected, ran(c, "momentum(lr=" + number(eta) + ")")) < 1e-12);
    const auto averaged = derived(c, [eta](double x, const std::vector<double>& g) {
      return x - eta * (1 - kBeta) * discounted(g, kBeta, 1);
    });
    CHECK(distance(averaged, ran(c, "momentum(form=ema, lr=" + number(eta) + ")")) < 1e-12);
  }
}

TEST_CASE("Nesterov extrapolates the last displacement before it descends", "[nesterov]") {
  // In two points: y = x + β(x − x₋), x₊ = y − η∇f(y).
  for (const Case& c : kCases) {
    INFO(c.name);
    for (const bool accelerated : {false, true}) {
      Pair x = c.start, before = c.start;
      std::vector<Vector> expected{vec({x[0], x[1]})}, ahead{expected[0]};
      for (int t = 1; t <= kSteps; ++t) {
        const double beta = accelerated ? (t - 1.0) / (t + 2.0) : kBeta;
        const double y0 = x[0] + beta * (x[0] - before[0]);
        const double y1 = x[1] + beta * (x[1] - before[1]);
        if (t > 1) ahead.push_back(vec({y0, y1}));
        const Pair g = c.slope(y0, y1);
        before = x;
        x = {y0 - c.gradientRate * g[0], y1 - c.gradientRate * g[1]};
        expected.push_back(vec({x[0], x[1]}));
      }
      const std::string base = "nesterov(lr=" + number(c.gradientRate);
      CHECK(distance(expected, ran(c, base + (accelerated ? ", betaRule=accelerated)" : ")"))) <
            1e-12);
      if (accelerated) continue;
      // The framework form walks from one look-ahead point to the next.
      auto framework = ran(c, base + ", form=framework)");
      framework.pop_back();
      CHECK(distance(ahead, framework) < 1e-12);
    }
  }
}

TEST_CASE("Adam is the corrected mean over the root of the corrected mean square", "[adam]") {
  for (const Case& c : kCases) {
    INFO(c.name);
    const double eta = c.stride;
    const auto expected = derived(
        c, [eta](double x, const std::vector<double>& g) { return x - eta * adamDirection(g); });
    CHECK(distance(expected, ran(c, "adam(lr=" + number(eta) + ")")) < 1e-12);
  }
}

TEST_CASE("AdamW takes off a share of the weights beside Adam's direction", "[adamw]") {
  for (const Case& c : kCases) {
    INFO(c.name);
    const double eta = c.stride;
    const auto expected = derived(c, [eta](double x, const std::vector<double>& g) {
      return (1 - 0.1 * eta) * x - eta * adamDirection(g);
    });
    CHECK(distance(expected, ran(c, "adamw(weightDecay=0.1, lr=" + number(eta) + ")")) < 1e-12);
  }
}
