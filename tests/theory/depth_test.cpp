// Recursions of depth by hand: factors that are known in closed form.
#include "theory/depth.h"

#include <cmath>
#include <numbers>

#include "support/catch.h"

using namespace descent;
using namespace descent::theory;

namespace {

constexpr double kPi = std::numbers::pi;

Unit unit(double (*value)(double), double (*slope)(double)) {
  return [=](const Vector& z, Vector& v, Vector& s) {
    v = z.unaryExpr([=](double x) { return value(x); });
    s = z.unaryExpr([=](double x) { return slope(x); });
  };
}
const Unit kRelu =
    unit([](double x) { return std::max(x, 0.0); }, [](double x) { return x > 0 ? 1.0 : 0.0; });
const Unit kTanh = unit([](double x) { return std::tanh(x); },
                        [](double x) { return 1 - std::tanh(x) * std::tanh(x); });
const Unit kSin = unit([](double x) { return std::sin(x); }, [](double x) { return std::cos(x); });

// Examples (1, 2) and (−2, 1): E x² = 2.5 of both, means 1.5 and −0.5.
Matrix examples() { return Matrix{{1, -2}, {2, 1}}; }

Stack stack(double w, int depth = 5) {
  Stack s;
  s.depth = depth;
  s.first = s.w = w;
  return s;
}

}  // namespace

TEST_CASE("Moments of a bent normal variable are those in closed form", "[theory][depth]") {
  for (const double v : {0.01, 0.5, 1.0, 3.0, 40.0}) {
    INFO("variance " << v);
    const Moments relu = momentsOf(kRelu, v);
    CHECK(relu.mean == Approx(std::sqrt(v / (2 * kPi))).epsilon(1e-9));
    CHECK(relu.square == Approx(v / 2).epsilon(1e-12));
    CHECK(relu.slope == Approx(0.5).epsilon(1e-12));
    if (v > 3) continue;
    const Moments sine = momentsOf(kSin, v);
    CHECK(sine.mean == Approx(0).margin(1e-14));
    CHECK(sine.square == Approx((1 - std::exp(-2 * v)) / 2).epsilon(1e-9));
    CHECK(sine.slope == Approx((1 + std::exp(-2 * v)) / 2).epsilon(1e-9));
  }
  CHECK(momentsOf(kTanh, 0).slope == Approx(1).epsilon(1e-12));
}

TEST_CASE("One network scatters as the fourth moments of its units say", "[depth]") {
  // z⁴ on half of the line has the mean 3/2 q², z² has q/2.
  for (const double q : {0.3, 1.0, 4.0}) {
    const Scatter relu = scatterOf(kRelu, 2, q);
    CHECK(relu.forward == Approx(5).epsilon(1e-9));
    CHECK(relu.backward == Approx(5).epsilon(1e-9));
    CHECK(relu.lean == Approx(1 / std::sqrt(M_PI)).epsilon(1e-9));
    // φ' is even: it leans to neither side.
    CHECK(std::abs(scatterOf(kTanh, 1, q).lean) < 1e-12);
  }
}

TEST_CASE("A plain ReLU layer multiplies both squares by w/2", "[theory][depth]") {
  for (const double w : {2.0, 1.0, 0.5}) {
    const Passage p = passageOf(stack(w), kRelu, examples());
    for (int l = 0; l < 5; ++l) {
      CHECK(p.signal[l] == Approx(2.5 * std::pow(w / 2, l + 1)).epsilon(1e-12));
      CHECK(p.backward[l] == Approx(std::pow(w / 2, 4 - l)).epsilon(1e-12));
    }
  }
}

TEST_CASE("The first layer has its own fan-in", "[theory][depth]") {
  Stack s = stack(2);
  s.first = 0.5;
  CHECK(passageOf(s, kRelu, examples()).signal[0] == Approx(2.5 / 4).epsilon(1e-12));
  CHECK(passageOf(s, kRelu, examples()).signal[4] == Approx(2.5 / 4).epsilon(1e-12));
}

TEST_CASE("Of tanh with small weights a layer multiplies by w", "[theory][depth]") {
  const Passage p = passageOf(stack(0.01, 3), kTanh, 0.01 * examples());
  CHECK(p.signal[2] / p.signal[1] == Approx(0.01).epsilon(1e-6));
  CHECK(p.backward[0] == Approx(1e-4).epsilon(1e-5));
}

TEST_CASE("Tanh with large weights comes to its fixed point, where gradients explode",
          "[theory][depth]") {
  // At rest q = E tanh²(√(w q) g), and a layer multiplies δ² by w E tanh'².
  const double w = 4;
  const Passage p = passageOf(stack(w, 60), kTanh, examples());
  const double q = p.signal[59];
  CHECK(q == Approx(momentsOf(kTanh, w * q).square).epsilon(1e-9));
  CHECK(p.backward[40] / p.backward[41] == Approx(w * momentsOf(kTanh, w * q).slope).epsilon(1e-9));
  CHECK(p.backward[40] / p.backward[41] > 1.2);
  // At w = 1 tanh is between order and chaos: both shrink, ever more slowly.
  const Passage edge = passageOf(stack(1, 60), kTanh, examples());
  CHECK(edge.backward[58] > 0.97);
  CHECK(edge.backward[58] < 1);
}

TEST_CASE("A residual branch of odd units adds s² of its square, and back one part more",
          "[theory][depth]") {
  Stack s = stack(1, 3);
  s.residual = true;
  s.branch = 0.5;
  const Passage p = passageOf(s, kSin, examples());
  double q = 2.5;  // after the projected shortcut, since w = 1
  for (int l = 0; l < 3; ++l) {
    // Block l reads 2.5 in the first layer, the stream above it.
    const double square = momentsOf(kSin, q).square;
    CHECK(p.branch[l] == Approx(0.25 * square / q).epsilon(1e-12));
    q += 0.25 * square;
    CHECK(p.signal[l] == Approx(q).epsilon(1e-12));
  }
  CHECK(p.backward[1] == Approx(1 + 0.25 * momentsOf(kSin, p.signal[1]).slope).epsilon(1e-12));
}

TEST_CASE("Residual ReLU branches add up their means", "[theory][depth]") {
  Stack s = stack(2, 2);
  s.residual = true;
  s.projected = false;
  Matrix one(2, 1);
  one << 1, 2;  // q = 2.5, μ = 1.5
  const Passage p = passageOf(s, kRelu, one);
  const double first = 2.5 + 2 * 1.5 * std::sqrt(2.5 / kPi) + 2.5;
  CHECK(p.signal[0] == Approx(first).epsilon(1e-9));
  const double mean = 1.5 + std::sqrt(2.5 / kPi);
  CHECK(p.signal[1] == Approx(2 * first + 2 * mean * std::sqrt(first / kPi)).epsilon(1e-9));
  CHECK(p.backward[0] == Approx(2).epsilon(1e-12));
}

TEST_CASE("Under batch norm the gradient of ReLU grows by π/(π − 1) a layer, whatever w",
          "[theory][depth]") {
  for (const double w : {0.1, 2.0}) {
    Stack s = stack(w);
    s.batchNorm = true;
    const Passage p = passageOf(s, kRelu, examples());
    for (int l = 0; l < 5; ++l) {
      CHECK(p.signal[l] == Approx(0.5).epsilon(1e-12));
      CHECK(p.backward[l] == Approx(std::pow(kPi / (kPi - 1), 4 - l)).epsilon(1e-10));
    }
  }
}

TEST_CASE("With shortcuts a normalised network's gradient grows like a power of its depth",
          "[theory][depth]") {
  Stack s = stack(1, 64);
  s.batchNorm = s.residual = true;
  const Passage p = passageOf(s, kRelu, examples());
  // c = c₀ + l v with v = ½ − 1/2π: the factors are 1 + ½/c.
  const Matrix x = examples();
  double c = (x.colwise() - x.rowwise().mean()).squaredNorm() / 4, product = 1;
  const double v = 0.5 - 0.5 / kPi;
  for (int l = 1; l < 64; ++l) product *= 1 + 0.5 / (c + l * v);
  CHECK(p.backward[0] == Approx(product).epsilon(1e-10));
  CHECK(p.backward[0] < 1000);  // (π/(π − 1))⁶³ is 3e10
}

TEST_CASE("Many examples are represented by 64 of all lengths", "[theory][depth]") {
  Matrix many(1, 6400), few(1, 64);
  for (int j = 0; j < 6400; ++j) many(0, j) = 0.001 * ((j * 37) % 6400);
  for (int j = 0; j < 64; ++j) few(0, j) = 0.001 * (100 * j + 50);
  const Passage a = passageOf(stack(2), kTanh, many), b = passageOf(stack(2), kTanh, few);
  CHECK((a.signal - b.signal).norm() < 1e-14);
  CHECK((a.backward - b.backward).norm() < 1e-14);
}
