// Sigmoid bumps: a partition of one, the bound, and the weights as a network.
#include "approximation/bumps.h"

#include "approximation/named.h"

using namespace descent;
using namespace descent::approximation;

TEST_CASE("Bumps add to one everywhere, and are tall where they belong", "[approximation]") {
  for (const double steepness : {2.0, 10.0, 100.0}) {
    for (const double x : {-3.0, 0.0, 0.1, 0.5, 0.77, 1.0, 4.0}) {
      double sum = 0;
      for (int i = 0; i < 9; ++i) sum += bump(i, 9, steepness, x);
      CHECK(sum == Approx(1).epsilon(1e-12));
    }
  }
  CHECK(bump(4, 9, 100, 0.5) == Approx(1).epsilon(1e-12));
  CHECK(std::abs(bump(4, 9, 100, 0.3)) < 1e-12);
}

TEST_CASE("The sum of bumps is the network of two sigmoids to a bump", "[approximation]") {
  for (const char* formula : {kSine.formula, kStep.formula, kCorner}) {
    const Target f = typed(formula);
    for (const int n : {1, 2, 7, 64, 256}) {
      for (const double steepness : {1.0, 10.0, 300.0}) {
        INFO(formula << ", N = " << n << ", κ = " << steepness);
        const Vector middles = middlesOf(f, n);
        const ExactNetwork network = bumpNetwork(middles, steepness);
        CHECK(network.architecture.hidden == std::vector<int>{2 * n});
        Matrix x(1, 301);
        for (int j = 0; j < x.cols(); ++j) x(0, j) = -1 + j / 100.0;
        const Vector outputs = outputsOf(network, x);
        for (int j = 0; j < x.cols(); ++j) {
          double sum = 0;
          for (int i = 0; i < n; ++i) sum += middles[i] * bump(i, n, steepness, x(0, j));
          CHECK(bumpsAt(middles, steepness, x(0, j)) == Approx(sum).margin(1e-11));
          CHECK(outputs[j] == Approx(sum).margin(1e-11));
        }
      }
    }
  }
}

TEST_CASE("Bumps stay under L h (1/2 + 2 log 2/κ), and fall with h", "[approximation]") {
  for (const char* formula : {kSine.formula, kParabola.formula, kStep.formula, kCorner}) {
    const Target f = typed(formula);
    const Vector samples = sampled(f);
    const double steepest = sizesOf(f).steepest;
    for (const double steepness : {3.0, 10.0, 100.0}) {
      Vector n(8), error(8);
      for (int i = 0; i < 8; ++i) {
        n[i] = 2 << i;
        const Vector middles = middlesOf(f, 2 << i);
        error[i] = supError(samples, [&](double x) { return bumpsAt(middles, steepness, x); });
        INFO(formula << ", N = " << n[i] << ", κ = " << steepness);
        CHECK(error[i] <= bumpsBound(steepest, 2 << i, steepness) * (1 + 1e-12));
      }
      INFO(formula << ", κ = " << steepness);
      // Steps that are steep leave a staircase; where they blur it they do better.
      const double order = fittedOrder(n.tail(3), error.tail(3));
      CHECK(order < -0.9);
      if (steepness == 100) CHECK(order > -1.1);
    }
  }
}

TEST_CASE("At a corner bumps come near their bound, where they blur and where they do not",
          "[approximation]") {
  // f = |x − ½| has L = 1. At the corner, between two cells, f = 0 and the middles beside it are
  // h (d + ½), each side with the weight s(κ(d + 1)) − s(κ d). Summed by parts the error is
  //
  //   h (½ + 2 Σ 1/(1 + e^(κ d)), d = 1, 2, …)
  //
  // where the sum is log 2/κ − ¼ + κ/48 for a small κ: 2 log 2/κ of it for κ = 0.1, next to nothing
  // for κ = 100.
  const Target f = typed("abs(x - 0.5)");
  for (const double steepness : {0.1, 1.0, 3.0, 100.0}) {
    constexpr int kCells = 4000;
    double sum = 0;
    for (int d = 1; d < 1000; ++d) sum += 1 / (1 + std::exp(steepness * d));
    const double expected = (0.5 + 2 * sum) / kCells;
    const double error = std::abs(bumpsAt(middlesOf(f, kCells), steepness, 0.5));
    const double bound = bumpsBound(1, kCells, steepness);
    INFO("κ = " << steepness);
    CHECK(error == Approx(expected).epsilon(1e-9));
    CHECK(error <= bound);
    if (steepness == 0.1 || steepness == 100) CHECK(error > 0.96 * bound);
  }
  // By hand: 2/8 (½ + 2 · 0.69314718/2) = 0.2982867951.
  CHECK(bumpsBound(2, 8, 2) == Approx(0.2982867951).epsilon(1e-9));
}
