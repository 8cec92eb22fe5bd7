#include "approximation/target.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>
#include <vector>

#include "descent/text.h"

namespace descent::approximation {
namespace {

constexpr int kAcross = 201;  // samples along a side of the square
constexpr double kInfinity = std::numeric_limits<double>::infinity();

// The largest |eigenvalue| of the Hessian.
double curvatureOf(const Jet& j) {
  const double mean = (j.xx + j.yy) / 2, half = std::hypot((j.xx - j.yy) / 2, j.xy);
  return std::abs(mean) + half;
}

// The largest |f″| about x, by golden sections.
double largestNear(const Target& f, double x, double reach) {
  const double golden = (std::sqrt(5.0) - 1) / 2;
  const auto at = [&](double u) { return std::abs(f.jet(u).xx); };
  double low = std::max(0.0, x - reach), high = std::min(1.0, x + reach);
  for (int i = 0; i < 60; ++i) {
    const double a = high - golden * (high - low), b = low + golden * (high - low);
    if (at(a) > at(b)) {
      high = b;
    } else {
      low = a;
    }
  }
  return at((low + high) / 2);
}

Sizes sizesOnLine(const Target& f) {
  Sizes sizes;
  double place = 0;
  bool hasKink = false;
  Jet before = f.jet(0);
  for (int i = 0; i < kSamples; ++i) {
    const Jet now = f.jet(sampleAt(i));
    const double h = 1.0 / (kSamples - 1);
    sizes.most = std::max(sizes.most, std::abs(now.value));
    sizes.steepest = std::max(sizes.steepest, std::abs(now.x));
    const double curved = std::isnan(now.xx) ? kInfinity : std::abs(now.xx);
    if (curved > sizes.curved) {
      sizes.curved = curved;
      place = sampleAt(i);
    }
    // A slope changes by h f″ between two samples.
    const double change = std::abs(now.x - before.x);
    const double expected = h * std::max(std::abs(now.xx), std::abs(before.xx));
    hasKink = hasKink || change > 2 * expected + 1e-6 * (1 + sizes.steepest);
    before = now;
  }
  if (hasKink || !std::isfinite(sizes.curved)) {
    sizes.curved = kInfinity;
  } else {
    sizes.curved = std::max(sizes.curved, largestNear(f, place, 1.0 / (kSamples - 1)));
  }
  return sizes;
}

Sizes sizesOnSquare(const Target& f) {
  const double h = 1.0 / (kAcross - 1);
  Sizes sizes;
  bool hasKink = false;
  std::vector<Jet> below(kAcross), row(kAcross);
  for (int j = 0; j < kAcross; ++j) {
    for (int i = 0; i < kAcross; ++i) {
      const Jet now = row[static_cast<std::size_t>(i)] =
          f.jet(sampleAt(i, kAcross), sampleAt(j, kAcross));
      const double curved = curvatureOf(now);
      sizes.most = std::max(sizes.most, std::abs(now.value));
      sizes.steepest = std::max(sizes.steepest, std::hypot(now.x, now.y));
      sizes.curved = std::max(sizes.curved, std::isnan(curved) ? kInfinity : curved);
      const auto jumps = [&](double change, const Jet& before) {
        const double expected = h * std::max(curved, curvatureOf(before));
        return std::abs(change) > 2 * expected + 1e-3 * (1 + sizes.steepest);
      };
      if (i > 0) {
        const Jet& left = row[static_cast<std::size_t>(i - 1)];
        hasKink = hasKink || jumps(now.x - left.x, left);
      }
      if (j > 0) {
        const Jet& under = below[static_cast<std::size_t>(i)];
        hasKink = hasKink || jumps(now.y - under.y, under);
      }
    }
    std::swap(row, below);
  }
  if (hasKink) sizes.curved = kInfinity;
  return sizes;
}

// Where f is no number, in words.
Error notFinite(double x, const double* y, double value) {
  return {std::string("a formula must be finite on ") + (y ? "the unit square" : "[0, 1]") +
          ", at x = " + printShort(x) + (y ? ", y = " + printShort(*y) : "") + " it is " +
          print(value)};
}

}  // namespace

Result<Target> Target::typed(const std::string& formula) {
  Target target;
  auto one = Expression::parse(formula, {"x"});
  if (one) {
    target.formula_ = std::move(*one);
    for (int i = 0; i < kSamples; ++i) {
      const double x = sampleAt(i), value = target(x);
      if (!std::isfinite(value)) return notFinite(x, nullptr, value);
    }
    return target;
  }
  auto two = Expression::parse(formula, {"x", "y"});
  if (!two) return two.error();
  target.formula_ = std::move(*two);
  target.inputs_ = 2;
  for (int j = 0; j < kAcross; ++j) {
    for (int i = 0; i < kAcross; ++i) {
      const double x = sampleAt(i, kAcross), y = sampleAt(j, kAcross), value = target(x, y);
      if (!std::isfinite(value)) return notFinite(x, &y, value);
    }
  }
  return target;
}

Target Target::drawn(Vector values) {
  Target target;
  target.values_ = std::move(values);
  return target;
}

double Target::operator()(double x, double y) const {
  return values_.size() > 0 ? jet(x).value : formula_(x, y);
}

Jet Target::jet(double x, double y) const {
  if (values_.size() == 0) return formula_.jet(x, y);
  const auto pieces = static_cast<double>(values_.size() - 1);
  const double at = std::clamp(x, 0.0, 1.0) * pieces;
  const auto i = static_cast<Eigen::Index>(std::min(std::floor(at), pieces - 1));
  const double step = values_[i + 1] - values_[i];
  const bool isInside = 0 <= x && x <= 1;
  return {
      values_[i] + (at - static_cast<double>(i)) * step, isInside ? step * pieces : 0, 0, 0, 0, 0};
}

Sizes sizesOf(const Target& f) { return f.inputs() == 1 ? sizesOnLine(f) : sizesOnSquare(f); }

Vector sampled(const Target& f, int samples) {
  Vector values(samples);
  for (int i = 0; i < samples; ++i) values[i] = f(sampleAt(i, samples));
  return values;
}

}  // namespace descent::approximation
