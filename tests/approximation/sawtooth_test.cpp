// Constructions by depth, through the ordinary network code, and the bounds on what has few pieces.
#include "approximation/sawtooth.h"

#include <cmath>

#include "network/mlp.h"
#include "support/catch.h"

using namespace descent;

namespace {

double tent(double x) { return x < 0.5 ? 2 * x : 2 - 2 * x; }

double sawtooth(double x, int k) {
  for (int s = 0; s < k; ++s) x = tent(x);
  return x;
}

double throughNetwork(const Construction& network, double x) {
  Rows<double> input;
  input.resize(1, 1);
  input(0, 0) = x;
  Mlp<double> mlp(network.architecture);
  return mlp.forward(network.theta.data(), input, Mode::kEvaluation)(0, 0);
}

// A random function with n pieces on [0, 1], within a little of [0, 1].
PiecewiseLinear randomFunction(int n, Random& random) {
  PiecewiseLinear f{{0, 1}, {}};
  for (int i = 1; i < n; ++i) f.x.push_back(random.uniform());
  std::sort(f.x.begin(), f.x.end());
  for (int i = 0; i <= n; ++i) f.y.push_back(random.uniform(-0.2, 1.2));
  return f;
}

// The sawtooth's first teeth, and then ½ all along: what uses its pieces well.
PiecewiseLinear firstTeeth(int k, int pieces) {
  PiecewiseLinear f;
  for (int i = 0; i < pieces; ++i) {
    f.x.push_back(std::ldexp(i, -k));
    f.y.push_back(i % 2);
  }
  f.x.push_back(1);
  f.y.push_back(0.5);
  return f;
}

}  // namespace

TEST_CASE("The tent composed k times is a network of 2k units with 2^k pieces", "[sawtooth]") {
  for (int k = 1; k <= 12; ++k) {
    const Construction network = sawtoothNetwork(k);
    CHECK(unitsOf(network.architecture) == 2 * k);
    CHECK(network.theta.size() == 6 * k + 1);
    const Pieces found = piecesOf(network.architecture, network.theta);
    CHECK(found.function.pieces() == 1 << k);
    for (std::size_t i = 0; i < found.function.x.size(); ++i) {
      REQUIRE(found.function.x[i] == std::ldexp(static_cast<double>(i), -k));
      REQUIRE(found.function.y[i] == static_cast<double>(i % 2));
    }
    CHECK(crossingsOf(found.function, 0.5) == 1 << k);
    CHECK(missedExtremes(found.function, k) == 0);
    for (double x = 0.0007; x < 1; x += 0.0131) {
      CHECK(throughNetwork(network, x) == Approx(sawtooth(x, k)).margin(1e-9));
    }
  }
}

TEST_CASE("Sums of sawtooths are within 2^(−2m−2) of the square, and no nearer", "[sawtooth]") {
  for (int m = 1; m <= 12; ++m) {
    const Construction network = squareNetwork(m);
    CHECK(unitsOf(network.architecture) == 3 * m - 1);
    CHECK(network.theta.size() == (m == 1 ? 7 : 12 * m - 7));
    const PiecewiseLinear f = piecesOf(network.architecture, network.theta).function;
    CHECK(f.pieces() == 1 << m);
    CHECK(largestGapFromSquare(f) == Approx(squareError(m)).epsilon(1e-6));
    // An interpolation leaves e = h²/4 times 1 − u²: of its square 8/15 on average.
    const double e = squareError(m);
    CHECK(meanSquareGapFromSquare(f) == Approx(e * e * 8 / 15).epsilon(1e-6));
    for (double x = 0.0007; x < 1; x += 0.0131) {
      double expected = x;
      for (int s = 1; s <= m; ++s) expected -= sawtooth(x, s) / std::ldexp(1, 2 * s);
      CHECK(throughNetwork(network, x) == Approx(expected).margin(1e-12));
    }
    for (int i = 0; i <= 1 << m; ++i) {
      const double x = std::ldexp(i, -m);
      CHECK(std::abs(f(x) - x * x) < 1e-13);
    }
  }
}

TEST_CASE("The shallow network has as many parameters as the deep one", "[sawtooth]") {
  for (int k = 1; k <= 12; ++k) {
    const Construction tents = sawtoothNetwork(k);
    const Architecture shallow = shallowOf(tents.architecture);
    CHECK(shallow.hidden == std::vector<int>{2 * k});
    CHECK(parameterCount(layoutOf(shallow)) == tents.theta.size());
    const Construction square = squareNetwork(k);
    const auto fewer =
        square.theta.size() - parameterCount(layoutOf(shallowOf(square.architecture)));
    CHECK((fewer >= 0 && fewer <= 2));
  }
}

TEST_CASE("What has few pieces misses the sawtooth by the bounds at least", "[sawtooth]") {
  Random random(3);
  for (int trial = 0; trial < 400; ++trial) {
    const int k = 1 + static_cast<int>(random.below(7));
    const int n = 1 + static_cast<int>(random.below(40));
    const Construction network = sawtoothNetwork(k);
    const PiecewiseLinear g = piecesOf(network.architecture, network.theta).function;
    const bool teeth = trial % 2 && n < 1 << k;
    const PiecewiseLinear f = teeth ? firstTeeth(k, n) : randomFunction(n, random);
    CHECK(largestGap(f, g) >= leastGapFromSawtooth(k, n));
    CHECK(missedExtremes(f, k) >= leastMissed(k, n));
    CHECK(meanSquareGap(f, g) >= leastMeanSquareFromSawtooth(k, n));
    CHECK(largestGapFromSquare(f) >= leastGapFromSquare(n));
  }
  // Some are reached: the constant ½, and teeth alternating as long as there are pieces.
  const Construction network = sawtoothNetwork(5);
  const PiecewiseLinear g = piecesOf(network.architecture, network.theta).function;
  CHECK(largestGap({{0, 1}, {0.5, 0.5}}, g) == 0.5);
  CHECK(leastGapFromSawtooth(5, 31) == 0.5);
  CHECK(leastGapFromSawtooth(5, 32) == 0);
  PiecewiseLinear f = firstTeeth(5, 11);
  f.y.back() = f.y[10];  // level, on the even side: every second of what is left is wrong
  CHECK(missedExtremes(f, 5) == 11);
  CHECK(leastMissed(5, 10) == 11);  // it has crossed ten times only
  CHECK(leastMeanSquareFromSawtooth(3, 8) == 0);
}

TEST_CASE("The best n pieces for the square leave 1/(8 n²)", "[sawtooth]") {
  for (const int n : {1, 2, 9, 24}) {
    PiecewiseLinear f;
    const double h = 1.0 / n;
    for (int i = 0; i <= n; ++i) {
      f.x.push_back(i * h);
      f.y.push_back(f.x.back() * f.x.back() - h * h / 8);
    }
    CHECK(largestGapFromSquare(f) == Approx(leastGapFromSquare(n)).epsilon(1e-9));
  }
}

TEST_CASE("The gap from the square is what sums over many points give", "[sawtooth]") {
  Random random(4);
  const PiecewiseLinear f = randomFunction(6, random);
  double largest = 0, squares = 0;
  constexpr int kPoints = 200000;
  for (int i = 0; i < kPoints; ++i) {
    const double x = (i + 0.5) / kPoints, gap = f(x) - x * x;
    largest = std::max(largest, std::abs(gap));
    squares += gap * gap / kPoints;
  }
  CHECK(largestGapFromSquare(f) == Approx(largest).epsilon(1e-4));
  CHECK(meanSquareGapFromSquare(f) == Approx(squares).epsilon(1e-6));
}

TEST_CASE("A small jitter changes the sawtooth as its derivative says, twice as much a layer",
          "[sawtooth]") {
  double before = 0;
  for (const int k : {2, 4, 6, 8}) {
    const Construction network = sawtoothNetwork(k);
    const PiecewiseLinear g = piecesOf(network.architecture, network.theta).function;
    double mean = 0;
    constexpr int kDraws = 20;
    for (int draw = 0; draw < kDraws; ++draw) {
      Random random(static_cast<std::uint64_t>(draw));
      const Vector moved = jittered(network.theta, 1e-7, random);
      const PiecewiseLinear f = piecesOf(network.architecture, moved).function;
      const double predicted = firstOrderGap(network, moved - network.theta, g.x);
      CHECK(largestGap(f, g) == Approx(predicted).epsilon(2e-3));
      mean += predicted / kDraws;
    }
    if (before > 0) {
      CHECK(mean / before > 3);
      CHECK(mean / before < 5.5);
    }
    before = mean;
  }
}

TEST_CASE("Jitter is relative to each parameter and the same for the same seed", "[sawtooth]") {
  const Vector theta = sawtoothNetwork(3).theta;
  Random a(5), b(5), c(5);
  const Vector one = jittered(theta, 0.01, a), two = jittered(theta, 0.01, b);
  CHECK(one == two);
  CHECK(jittered(theta, 0, c) == theta);
  for (Eigen::Index i = 0; i < theta.size(); ++i) {
    if (theta[i] == 0) CHECK(one[i] == 0);
    if (theta[i] != 0) CHECK(std::abs(one[i] / theta[i] - 1) < 0.05);
  }
}

TEST_CASE("The least mean square is half a tooth's for every one that cannot be crossed",
          "[sawtooth]") {
  // A tooth of width w over ½ has the mean square 1/12 of it, and ½ − (n + 1)/2^k of [0, 1] is
  // missed at least: of 8 pieces with 1, ½ − 2/8; of 32 with 7, ½ − 8/32; of 1024 with 127, ⅜.
  CHECK(leastMeanSquareFromSawtooth(3, 1) == Approx(1.0 / 48).epsilon(1e-15));
  CHECK(leastMeanSquareFromSawtooth(5, 7) == Approx(1.0 / 48).epsilon(1e-15));
  CHECK(leastMeanSquareFromSawtooth(10, 127) == Approx(1.0 / 32).epsilon(1e-15));
  // Nothing is left where n + 1 is half of the pieces, and the last one before it leaves 2^−k/12.
  CHECK(leastMeanSquareFromSawtooth(5, 15) == 0);
  CHECK(leastMeanSquareFromSawtooth(5, 14) == Approx(1.0 / 384).epsilon(1e-15));
  // What follows the first n teeth and then stays at ½ misses all of the others: twice the bound,
  // for long sawtooths.
  const Construction network = sawtoothNetwork(10);
  const PiecewiseLinear g = piecesOf(network.architecture, network.theta).function;
  CHECK(meanSquareGap({{0, 1}, {0.5, 0.5}}, g) == Approx(1.0 / 12).epsilon(1e-12));
  CHECK(leastMeanSquareFromSawtooth(10, 1) == Approx(0.5 / 12 - 2.0 / 1024 / 12).epsilon(1e-12));
}
