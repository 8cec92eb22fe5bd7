#include "approximation/target.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>
#include <utility>
#include <vector>

#include "descent/text.h"

namespace descent::approximation {
namespace {

constexpr int kAcross = 201;  // samples along a side of the square
constexpr double kInfinity = std::numeric_limits<double>::infinity();

// What is no number is larger than any.
double orInfinity(double size) { return std::isnan(size) ? kInfinity : size; }

double steepnessOf(const Jet& j) { return orInfinity(std::hypot(j.x, j.y)); }

// The largest |eigenvalue| of the Hessian.
double curvatureOf(const Jet& j) {
  const double mean = (j.xx + j.yy) / 2, half = std::hypot((j.xx - j.yy) / 2, j.xy);
  return orInfinity(std::abs(mean) + half);
}

// Whether the gradient changes over a distance h by more than second derivatives explain.
bool hasKinkBetween(const Jet& a, const Jet& b, double h, double steepest) {
  const double change = std::hypot(b.x - a.x, b.y - a.y);
  const double expected = h * std::max(curvatureOf(a), curvatureOf(b));
  return !(change <= 2 * expected + 1e-10 * steepest);
}

// The largest size of a derivative: what the samples of it show, where differences of values, which
// are at most as large, agree. Where these are larger something happens between the samples.
double agreed(double shown, double differences, double rounding) {
  if (differences <= shown + rounding) return shown;
  return differences <= 1.01 * shown + rounding ? differences : kInfinity;
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

// Knots i/N and middles (i + ½)/N of N ≤ kMostKnots pieces, each once. The examples are among them.
template <class Visit>
void forPlacesOnLine(Visit visit) {
  for (int n = 1; n <= 2 * kMostKnots; ++n) {
    if (n > kMostKnots && n % 2 == 1) continue;
    for (int i = 0; i <= n; ++i) {
      if (std::gcd(i, n) == 1) visit(static_cast<double>(i) / n);
    }
  }
}

template <class Visit>
void forPlacesOnSquare(Visit visit) {
  for (const int n : kSquareKnots) {
    for (int j = 0; j <= n; ++j) {
      for (int i = 0; i <= n; ++i) visit(static_cast<double>(i) / n, static_cast<double>(j) / n);
    }
  }
}

// By differences of first and second order besides the derivatives. At the samples the error of a
// straight line between two of them is at most h²/8 times the second differences, as of a parabola.
Sizes sizesOnLine(const Target& f) {
  constexpr double h = 1.0 / (kSamples - 1);
  Sizes sizes;
  std::vector<Jet> jets(kSamples);
  double place = 0;
  for (int i = 0; i < kSamples; ++i) {
    const Jet& now = jets[static_cast<std::size_t>(i)] = f.jet(sampleAt(i));
    sizes.most = std::max(sizes.most, std::abs(now.value));
    sizes.steepest = std::max(sizes.steepest, steepnessOf(now));
    const double curved = orInfinity(std::abs(now.xx));
    if (curved > sizes.curved) {
      sizes.curved = curved;
      place = sampleAt(i);
    }
  }
  bool hasKink = false;
  double first = 0, second = 0;
  for (std::size_t i = 1; i < jets.size(); ++i) {
    const Jet &before = jets[i - 1], &now = jets[i];
    hasKink = hasKink || hasKinkBetween(before, now, h, sizes.steepest);
    first = std::max(first, std::abs(now.value - before.value) / h);
    if (i + 1 == jets.size()) continue;
    second = std::max(second, std::abs(before.value - 2 * now.value + jets[i + 1].value) / (h * h));
  }
  const double rounding = roundingOf(sizes);
  if (!hasKink && std::isfinite(sizes.curved)) {
    sizes.curved = std::max(sizes.curved, largestNear(f, place, h));
  }
  sizes.steepest = agreed(sizes.steepest, first, rounding / h);
  sizes.curved = hasKink ? kInfinity : agreed(sizes.curved, second, rounding / (h * h));
  // Places between the samples, by Taylor's formula from the nearest.
  bool isLipschitz = true, isSmooth = true;
  forPlacesOnLine([&](double x) {
    const auto i = static_cast<int>(std::lround(x * (kSamples - 1)));
    const Jet& near = jets[static_cast<std::size_t>(i)];
    const double away = x - sampleAt(i), change = f(x) - near.value;
    isLipschitz =
        isLipschitz && std::abs(change) <= 1.01 * sizes.steepest * std::abs(away) + rounding;
    isSmooth = isSmooth &&
               std::abs(change - away * near.x) <= 1.01 * sizes.curved * away * away / 2 + rounding;
  });
  if (!isLipschitz) sizes.steepest = kInfinity;
  if (!isLipschitz || !isSmooth) sizes.curved = kInfinity;
  return sizes;
}

Sizes sizesOnSquare(const Target& f) {
  constexpr double h = 1.0 / (kAcross - 1);
  Sizes sizes;
  std::vector<Jet> jets;
  jets.reserve(kAcross * kAcross);
  for (int j = 0; j < kAcross; ++j) {
    for (int i = 0; i < kAcross; ++i) {
      jets.push_back(f.jet(sampleAt(i, kAcross), sampleAt(j, kAcross)));
      sizes.most = std::max(sizes.most, std::abs(jets.back().value));
      sizes.steepest = std::max(sizes.steepest, steepnessOf(jets.back()));
      sizes.curved = std::max(sizes.curved, curvatureOf(jets.back()));
    }
  }
  const auto at = [&](int i, int j) -> const Jet& {
    return jets[static_cast<std::size_t>(j * kAcross + i)];
  };
  bool hasKink = false;
  double first = 0, second = 0;
  // To the right, up, and along both diagonals.
  for (const auto& [right, up] : {std::pair{1, 0}, {0, 1}, {1, 1}, {1, -1}}) {
    const double length = h * std::hypot(right, up);
    const auto isInside = [](int i) { return 0 <= i && i < kAcross; };
    for (int j = 0; j < kAcross; ++j) {
      for (int i = 0; i < kAcross; ++i) {
        if (!isInside(i + right) || !isInside(j + up)) continue;
        const Jet &here = at(i, j), &next = at(i + right, j + up);
        hasKink = hasKink || hasKinkBetween(here, next, length, sizes.steepest);
        first = std::max(first, std::abs(next.value - here.value) / length);
        if (!isInside(i - right) || !isInside(j - up)) continue;
        const double change = at(i - right, j - up).value - 2 * here.value + next.value;
        second = std::max(second, std::abs(change) / (length * length));
      }
    }
  }
  const double rounding = roundingOf(sizes);
  sizes.steepest = agreed(sizes.steepest, first, rounding / h);
  sizes.curved = hasKink ? kInfinity : agreed(sizes.curved, second, rounding / (h * h));
  bool isLipschitz = true, isSmooth = true;
  forPlacesOnSquare([&](double x, double y) {
    const auto i = static_cast<int>(std::lround(x / h)), j = static_cast<int>(std::lround(y / h));
    const Jet& near = at(i, j);
    const double right = x - sampleAt(i, kAcross), up = y - sampleAt(j, kAcross);
    const double away = std::hypot(right, up), change = f(x, y) - near.value;
    isLipschitz = isLipschitz && std::abs(change) <= 1.01 * sizes.steepest * away + rounding;
    isSmooth = isSmooth && std::abs(change - right * near.x - up * near.y) <=
                               1.01 * sizes.curved * away * away / 2 + rounding;
  });
  if (!isLipschitz) sizes.steepest = kInfinity;
  if (!isLipschitz || !isSmooth) sizes.curved = kInfinity;
  return sizes;
}

}  // namespace

Result<void> Target::check(double x, double y) const {
  const double value = (*this)(x, y);
  if (std::abs(value) <= kMostSize) return {};
  const bool isPlanar = inputs_ == 2;
  return Error{std::string(std::isfinite(value)
                               ? "a formula must be at most " + print(kMostSize) + " in size on "
                               : "a formula must be finite on ") +
               (isPlanar ? "the unit square" : "[0, 1]") + ", at x = " + printShort(x) +
               (isPlanar ? ", y = " + printShort(y) : "") + " it is " + printShort(value)};
}

Result<Target> Target::typed(const std::string& formula) {
  Target target;
  Result<void> fine;
  const auto look = [&](double x, double y = 0) {
    if (fine) fine = target.check(x, y);
  };
  auto one = Expression::parse(formula, {"x"});
  if (one) {
    target.formula_ = std::move(*one);
    for (int i = 0; i < kSamples; ++i) look(sampleAt(i));
    forPlacesOnLine(look);
    for (int j = 0; j < kChebyshevNodes; ++j) look(chebyshevNode(j));
  } else {
    auto two = Expression::parse(formula, {"x", "y"});
    if (!two) return two.error();
    target.formula_ = std::move(*two);
    target.inputs_ = 2;
    for (int j = 0; j < kAcross; ++j) {
      for (int i = 0; i < kAcross; ++i) look(sampleAt(i, kAcross), sampleAt(j, kAcross));
    }
    forPlacesOnSquare(look);
  }
  if (!fine) return fine.error();
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

double chebyshevNode(int j) {
  return (1 + std::cos(std::numbers::pi * (j + 0.5) / kChebyshevNodes)) / 2;
}

Vector sampled(const Target& f, int samples) {
  Vector values(samples);
  for (int i = 0; i < samples; ++i) values[i] = f(sampleAt(i, samples));
  return values;
}

}  // namespace descent::approximation
