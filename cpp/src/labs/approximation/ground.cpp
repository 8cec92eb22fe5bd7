#include "labs/approximation/ground.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "network/mlp.h"

namespace descent::approximation {
namespace {

struct Text {
  const char* title;
  const char* formula;
};
constexpr std::array<Text, 9> kTexts = {{{"sin 2πx", "sin(2*pi*x)"},
                                         {"|x − 0.3|", "abs(x - 0.3)"},
                                         {"x²", "x^2"},
                                         {"tanh 20(x − ½)", "tanh(20*(x - 0.5))"},
                                         {"1/(1 + 25(2x − 1)²)", "1/(1 + 25*(2*x - 1)^2)"},
                                         {"a curve drawn by hand", ""},
                                         {"a formula", ""},
                                         {"a hill", "exp(-10*((x - 0.5)^2 + (y - 0.5)^2))"},
                                         {"sin 2πx cos πy", "sin(2*pi*x)*cos(pi*y)"}}};

constexpr int kAcross = 201;

Vector valuesOn(const Target& f) {
  if (f.inputs() == 1) return sampled(f, kRunSamples);
  Vector values(kSide * kSide);
  for (int i = 0; i < values.size(); ++i) {
    values[i] = f(sampleAt(i % kSide, kSide), sampleAt(i / kSide, kSide));
  }
  return values;
}

// The order over the entries from n = first on; NaN where an error is 0, as of what is met exactly.
double orderFrom(const Vector& n, const Vector& error, double first) {
  Eigen::Index from = 0;
  while (from < n.size() && n[from] < first) ++from;
  const Eigen::Index count = n.size() - from;
  return fittedOrder(n.tail(count), error.tail(count));
}

// The hats' error over h² for a quadratic with these second derivatives, on a triangle with the
// edges (1, 0), (0, 1) and (1, 1), whose squared lengths by the Hessian are a, b and c: half the
// squared radius of the circle round it where the triangle is acute by that measure, and else an
// eighth of the longest.
double errorOfQuadratic(const Jet& f) {
  const double a = std::abs(f.xx), b = std::abs(f.yy), c = std::abs(f.xx + 2 * f.xy + f.yy);
  const double determinant = f.xx * f.yy - f.xy * f.xy;
  const bool isAcute = determinant > 0 && f.xy * f.xx < 0 && std::abs(f.xy) < std::min(a, b);
  return isAcute ? a * b * c / (8 * determinant) : std::max({a, b, c}) / 8;
}

}  // namespace

const char* titleOf(TargetId id) { return kTexts[static_cast<std::size_t>(id)].title; }
const char* formulaOf(TargetId id) { return kTexts[static_cast<std::size_t>(id)].formula; }

Ground::Ground(Target f)
    : target(std::move(f)),
      sizes(sizesOf(target)),
      samples(target.inputs() == 1 ? sampled(target) : Vector()),
      series(target.inputs() == 1 ? leastSquares(target, kMostDegree) : Polynomial()),
      runSamples_(valuesOn(target)),
      best_(kMostDegree + 1) {}

double Ground::hatsBound(int n) const {
  const double bound =
      isPlanar() ? squareHatsBound(sizes.curved, n) : approximation::hatsBound(sizes.curved, n);
  return std::isfinite(bound) ? bound + roundingOf(sizes) : kNaN;
}

double Ground::bumpsBound(int n, double steepness) const {
  const double bound = approximation::bumpsBound(sizes.steepest, n, steepness);
  return std::isfinite(bound) ? bound + roundingOf(sizes) : kNaN;
}

double Ground::hatsLeading() const {
  if (!isPlanar()) return sizes.curved / 8;
  if (!leading_) {
    leading_ = 0;
    for (int i = 0; i < kAcross * kAcross; ++i) {
      const Jet f = target.jet(sampleAt(i % kAcross, kAcross), sampleAt(i / kAcross, kAcross));
      leading_ = std::max(*leading_, errorOfQuadratic(f));
    }
  }
  return *leading_;
}

double Ground::Fall::at(double pieces) const {
  const auto found = std::find(n.begin(), n.end(), pieces);
  return found == n.end() ? kNaN : error[found - n.begin()];
}

const Ground::Fall& Ground::hats() const {
  if (hats_) return *hats_;
  Fall fall;
  if (isPlanar()) {
    fall.n.resize(static_cast<Eigen::Index>(kSquareKnots.size()));
    std::copy(kSquareKnots.begin(), kSquareKnots.end(), fall.n.begin());
    fall.error =
        fall.n.unaryExpr([&](double n) { return squareHatsError(target, static_cast<int>(n)); });
    fall.order = orderFrom(fall.n, fall.error, coarsest());
  } else {
    fall.n = Vector::LinSpaced(kMostKnots - 1, 2, kMostKnots);
    fall.error = fall.n.unaryExpr([&](double n) {
      return sampledHatsError(samples, knotsOf(target, static_cast<int>(std::lround(n))));
    });
    fall.order = orderFrom(fall.n, fall.error, coarsest());
  }
  hats_ = std::move(fall);
  return *hats_;
}

const Ground::Fall& Ground::bumps(double steepness) const {
  if (bumps_ && steepness_ == steepness) return *bumps_;
  Fall fall;
  fall.n = Vector{{2, 4, 8, 16, 32, 64, 128, 256}};
  fall.error = fall.n.unaryExpr([&](double n) {
    const Vector middles = middlesOf(target, static_cast<int>(n));
    return supError(samples, [&](double x) { return bumpsAt(middles, steepness, x); });
  });
  fall.order = orderFrom(fall.n, fall.error, 64);
  bumps_ = std::move(fall);
  steepness_ = steepness;
  return *bumps_;
}

const Ground::Fall& Ground::polynomials() const {
  if (polynomials_) return *polynomials_;
  Fall fall;
  fall.n = Vector::LinSpaced(kMostDegree, 1, kMostDegree);
  fall.error = fall.n.unaryExpr(
      [&](double p) { return supError(samples, polynomial(static_cast<int>(std::lround(p)))); });
  fall.order = kNaN;
  polynomials_ = std::move(fall);
  return *polynomials_;
}

const Best& Ground::best(int q) const {
  auto& known = best_[static_cast<std::size_t>(q)];
  if (!known) known = bestPolynomial(target, q);
  return *known;
}

double squareHatsError(const Target& f, int n) {
  const Matrix knots = squareKnotsOf(f, n);
  double most = 0;
  for (int i = 0; i < kAcross; ++i) {
    for (int j = 0; j < kAcross; ++j) {
      const double x = sampleAt(i, kAcross), y = sampleAt(j, kAcross);
      most = larger(most, std::abs(f(x, y) - squareHatsAt(knots, x, y)));
    }
  }
  return most;
}

double networkDifference(const Target& f, int n) {
  const bool isPlanar = f.inputs() == 2;
  const Matrix square = isPlanar ? squareKnotsOf(f, n) : Matrix();
  const Vector line = isPlanar ? Vector() : knotsOf(f, n);
  const ExactNetwork network = isPlanar ? squareHatNetwork(square) : hatNetwork(line);
  constexpr int kPoints = 441;
  Rows<double> inputs;
  inputs.resize(f.inputs(), kPoints);
  for (int j = 0; j < kPoints; ++j) {
    inputs(0, j) = isPlanar ? sampleAt(j % 21, 21) : sampleAt(j, kPoints);
    if (isPlanar) inputs(1, j) = sampleAt(j / 21, 21);
  }
  inputs.clearPadding();
  Mlp<double> mlp(network.architecture);
  const Rows<double>& outputs = mlp.forward(network.parameters.data(), inputs, Mode::kEvaluation);
  double most = 0;
  for (int j = 0; j < kPoints; ++j) {
    const double expected =
        isPlanar ? squareHatsAt(square, inputs(0, j), inputs(1, j)) : hatsAt(line, inputs(0, j));
    most = larger(most, std::abs(outputs(0, j) - expected));
  }
  return most;
}

}  // namespace descent::approximation
