// Polynomials: least squares, the best in the sup norm, and why a polynomial unit is no better.
#include "approximation/polynomial.h"

#include "approximation/named.h"
#include "descent/catalogue.h"
#include "network/training.h"

using namespace descent;
using namespace descent::approximation;

namespace {

double supOf(const Target& f, const Polynomial& p) { return supError(sampled(f), p); }

ExactNetwork randomNetwork(Activation activation, int width, std::uint64_t seed) {
  ExactNetwork network;
  network.architecture.inputs = 1;
  network.architecture.hidden = {width};
  network.architecture.activation = activation;
  Random random(seed);
  network.parameters = initialParameters(network.architecture, {Initialiser::kHe, 1, 1}, random);
  return network;
}

// Outputs at `count` points i/(count − 1) of [0, 1].
Vector onLine(const ExactNetwork& network, int count) {
  Matrix x(1, count);
  for (int j = 0; j < count; ++j) x(0, j) = sampleAt(j, count);
  return outputsOf(network, x);
}

// The network after so many steps of Adam on f at 129 points.
ExactNetwork trained(ExactNetwork network, const Target& f, int steps) {
  auto split = std::make_shared<Split>();
  split->inputs = 1;
  split->classes = 0;
  split->training.inputs = Matrix(1, 129);
  split->training.targets = Matrix(1, 129);
  for (int j = 0; j < 129; ++j) {
    split->training.inputs(0, j) = sampleAt(j, 129);
    split->training.targets(0, j) = f(sampleAt(j, 129));
  }
  split->validation.inputs = Matrix(1, 0);
  split->validation.targets = Matrix(1, 0);
  TrainingSetup setup;
  setup.architecture = network.architecture;
  setup.loss = Loss::kSquared;
  const Training<double> problem(setup, split);
  auto built = catalogue().build<Optimizer>(*parseRecipe("adam(lr=0.01)"));
  REQUIRE(built);
  auto& adam = *built;
  adam->reset(problem.layout());
  Counts counts;
  for (int t = 1; t <= steps; ++t) {
    ObjectiveOracle oracle(problem.at(t), counts);
    adam->step(oracle, network.parameters, 0.01);
    counts = oracle.counts();
  }
  return network;
}

struct Unit {
  Activation activation;
  int degree;
};
const Unit kUnits[] = {
    {Activation::kIdentity, 1}, {Activation::kSquare, 2}, {Activation::kCube, 3}};

}  // namespace

TEST_CASE("Least squares gives a polynomial back", "[approximation]") {
  const Target f = typed("3 - x + 4*x^2 - 7*x^5");
  for (const int degree : {5, 8, 32}) CHECK(supOf(f, leastSquares(f, degree)) < 1e-12);
  CHECK(supOf(f, leastSquares(f, 4)) > 0.005);
}

TEST_CASE("Least squares leaves residuals orthogonal to every lower polynomial",
          "[approximation]") {
  const Target f = typed("exp(x) + abs(x - 0.3)");
  const Polynomial p = leastSquares(f, 6);
  // At the zeros of T_1024, against Chebyshev's polynomials by angles.
  for (int k = 0; k <= 6; ++k) {
    double sum = 0;
    for (int j = 0; j < 1024; ++j) {
      const double angle = kPi * (j + 0.5) / 1024, x = (1 + std::cos(angle)) / 2;
      sum += (f(x) - p(x)) * std::cos(k * angle);
    }
    CHECK(std::abs(sum) < 1e-10);
  }
  const Polynomial longer = leastSquares(f, 9);
  CHECK((longer.c.head(7) - p.c).norm() < 1e-13);
}

TEST_CASE("The best polynomial's errors alternate, and it is never beaten", "[approximation]") {
  for (const char* formula :
       {kSine.formula, kCorner, kStep.formula, "exp(x)", "1/(1 + 25*(2*x - 1)^2)", "sqrt(x)"}) {
    const Target f = typed(formula);
    for (const int degree : {0, 1, 2, 3, 5, 9, 16}) {
      INFO(formula << ", degree " << degree);
      const Best best = bestPolynomial(f, degree);
      CHECK(best.reference.size() == degree + 2);
      CHECK(best.level <= best.error * (1 + 1e-9) + 1e-14);
      CHECK(best.error <= best.level * 1.001 + 1e-13);
      for (int i = 0; i < best.reference.size() && best.error > 1e-9; ++i) {
        const double x = best.reference[i], error = f(x) - best.polynomial(x);
        CHECK(std::abs(error) == Approx(best.level).epsilon(2e-3));
        if (i == 0) continue;
        const double left = best.reference[i - 1];
        CHECK(left < x);
        CHECK(error * (f(left) - best.polynomial(left)) < 0);
      }
      const double fitted = supOf(f, leastSquares(f, degree));
      CHECK(fitted >= best.level * (1 - 1e-9) - 1e-13);
      // Chebyshev's projection is near the best: within 4 + 4/π² log p.
      CHECK(fitted <= best.error * 6.5 + 1e-12);
    }
  }
}

TEST_CASE("Known best polynomials", "[approximation]") {
  // x² by a line: x − 1/8. |x − 1/2| by a parabola: 1/16 (|t| by t² + 1/8, halved).
  CHECK(bestPolynomial(typed("x^2"), 1).level == Approx(0.125).epsilon(1e-9));
  CHECK(bestPolynomial(typed("abs(x - 0.5)"), 2).level == Approx(1 / 16.0).epsilon(1e-6));
  // xⁿ by degree n − 1: 2¹⁻²ⁿ on [0, 1].
  CHECK(bestPolynomial(typed("x^5"), 4).level == Approx(std::pow(2, -9)).epsilon(1e-5));
  CHECK(bestPolynomial(typed("sin(2*pi*x)"), 0).level == Approx(1).epsilon(1e-9));
  CHECK(bestPolynomial(typed("x^3"), 3).error < 1e-13);
}

TEST_CASE(
    "A network of one hidden layer of polynomial units of degree q is a polynomial of degree "
    "q at any width",
    "[approximation]") {
  for (const Unit& unit : kUnits) {
    for (const int width : {1, 2, 8, 64, 512}) {
      for (const std::uint64_t seed : {1, 2, 3}) {
        INFO("degree " << unit.degree << ", width " << width << ", seed " << seed);
        const Vector f = onLine(randomNetwork(unit.activation, width, seed), 33);
        CHECK(differences(f, unit.degree + 1) < 1e-13);
        if (unit.degree > 1) CHECK(differences(f, unit.degree) > 1e-9);
      }
    }
  }
  // A ReLU network is none.
  CHECK(differences(onLine(randomNetwork(Activation::kRelu, 64, 1), 33), 4) > 1e-4);
}

TEST_CASE("Nor does training help it: its error stays above the best polynomial's",
          "[approximation]") {
  for (const char* formula : {kSine.formula, kCorner, kStep.formula}) {
    const Target f = typed(formula);
    const Vector samples = sampled(f, kExchangeSamples);
    for (const Unit& unit : kUnits) {
      const double least = bestPolynomial(f, unit.degree).level;
      CHECK(least > 0.03);
      for (const int width : {4, 32}) {
        INFO(formula << ", degree " << unit.degree << ", width " << width);
        const ExactNetwork network = trained(randomNetwork(unit.activation, width, 5), f, 300);
        const Vector outputs = onLine(network, kExchangeSamples);
        CHECK(differences(onLine(network, 33), unit.degree + 1) < 1e-12);
        CHECK((outputs - samples).lpNorm<Eigen::Infinity>() >= least);
      }
    }
  }
}
