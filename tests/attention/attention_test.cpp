#include "attention/attention.h"

#include <cmath>
#include <functional>
#include <numeric>

#include "attention/norm.h"
#include "attention/positions.h"
#include "attention/self_attention.h"
#include "contract/derivatives.h"
#include "descent/random.h"

using namespace descent;

namespace {

Matrix normal(Random& random, int rows, int cols) {
  Matrix m(rows, cols);
  for (double& entry : m.reshaped()) entry = random.normal();
  return m;
}

struct Drawn {
  explicit Drawn(int tokens, std::uint64_t seed = 1) {
    Random random(seed);
    x = normal(random, 8, tokens);
    for (Matrix* all : {&w.query, &w.key, &w.value, &w.output}) *all = normal(random, 8, 8) / 3;
    order.resize(static_cast<std::size_t>(tokens));
    std::iota(order.begin(), order.end(), 0);
    random.shuffle(order);
  }
  Matrix x;
  Projections w;
  std::vector<int> order;
};

// A quantity of some numbers with its gradient, to be compared with differences.
class Function final : public Objective {
 public:
  using F = std::function<double(const Vector&, Vector*)>;
  Function(Eigen::Index n, F f) : n_(n), f_(std::move(f)) {}
  Eigen::Index dimension() const override { return n_; }
  double value(const Vector& x) const override { return f_(x, nullptr); }
  void gradient(const Vector& x, Vector& g) const override { f_(x, &g); }

 private:
  Eigen::Index n_;
  F f_;
};

}  // namespace

TEST_CASE("Weights are no less than zero and sum to one, with and without masks", "[attention]") {
  const Drawn drawn(7);
  for (const bool causal : {false, true}) {
    for (const double temperature : {0.01, 1.0, 100.0}) {
      SelfAttentionOptions options;
      options.heads = 2;
      options.causal = causal;
      options.temperature = temperature;
      for (const bool pads : {false, true}) {
        options.hidden.assign(pads ? 7 : 0, 0);
        if (pads) options.hidden[5] = 1;
        const SelfAttention all = selfAttention(drawn.x, drawn.w, options);
        for (const Matrix& a : all.weights) {
          CHECK(a.minCoeff() >= 0);
          CHECK((a.rowwise().sum().array() - 1).abs().maxCoeff() < 1e-15 * 10);
          if (pads) CHECK(a.col(5).isZero(0));
          if (causal) CHECK(Matrix(a.triangularView<Eigen::StrictlyUpper>()).isZero(0));
        }
      }
    }
  }
}

TEST_CASE("A query that sees no key takes nothing", "[attention]") {
  const Drawn drawn(3);
  SelfAttentionOptions options;
  options.causal = true;
  options.hidden = {1, 0, 0};
  const SelfAttention all = selfAttention(drawn.x, drawn.w, options);
  CHECK(all.weights[0].row(0).isZero(0));
  CHECK(all.outputs.col(0).isZero(0));
  CHECK(all.weights[0](1, 1) == 1);
}

TEST_CASE("Hot weights are even, cold ones choose, and unscaled scores choose more",
          "[attention]") {
  const Drawn drawn(7);
  const auto entropyAt = [&](double temperature, bool scaled) {
    SelfAttentionOptions options;
    options.temperature = temperature;
    options.scaled = scaled;
    return entropies(selfAttention(drawn.x, drawn.w, options).weights[0]).mean();
  };
  CHECK(entropyAt(1e6, true) == Approx(std::log(7)));
  CHECK(entropyAt(1e-6, true) < 1e-9);
  CHECK(entropyAt(1, false) < entropyAt(1, true));
  // Without scaling is at a temperature of 1/√8.
  CHECK(entropyAt(1, false) == Approx(entropyAt(1 / std::sqrt(8), true)));
}

TEST_CASE("Without positions and mask, tokens that change places change the outputs' places",
          "[attention]") {
  for (const std::uint64_t seed : {1, 2, 3}) {
    const Drawn drawn(9, seed);
    for (const int heads : {1, 2, 8}) {
      SelfAttentionOptions options;
      options.heads = heads;
      CHECK(equivarianceResidual(drawn.x, drawn.w, options, drawn.order) < 1e-14);
      // What is pooled over the tokens does not change at all.
      const Matrix moved = drawn.x(Eigen::all, drawn.order);
      const Vector before = selfAttention(drawn.x, drawn.w, options).outputs.rowwise().mean();
      const Vector after = selfAttention(moved, drawn.w, options).outputs.rowwise().mean();
      CHECK((before - after).lpNorm<Eigen::Infinity>() < 1e-14);

      options.causal = true;
      CHECK(equivarianceResidual(drawn.x, drawn.w, options, drawn.order) > 0.01);
      // Positions stay where they are when tokens move.
      options.causal = false;
      const Matrix p = sinusoidalPositions(8, 9);
      const Matrix placed = selfAttention(drawn.x + p, drawn.w, options).outputs;
      const Matrix movedPlaced = selfAttention(moved + p, drawn.w, options).outputs;
      CHECK((movedPlaced - placed(Eigen::all, drawn.order)).lpNorm<Eigen::Infinity>() > 0.01);
    }
  }
}

TEST_CASE("Sinusoidal positions turn by the same angle from place to place", "[attention]") {
  const Matrix p = sinusoidalPositions(6, 40);
  CHECK(p.col(0) == (Vector(6) << 0, 1, 0, 1, 0, 1).finished());
  CHECK(p(0, 3) == std::sin(3.0));
  CHECK(p(1, 3) == std::cos(3.0));
  CHECK(p(2, 3) == Approx(std::sin(3 / std::pow(10000, 1.0 / 3))));
  // So what two places have in common depends on how far apart they are alone.
  for (const int t : {1, 7, 20})
    CHECK(p.col(t).dot(p.col(t + 9)) == Approx(p.col(0).dot(p.col(9))));
}

TEST_CASE("The gradient of multi-head attention is that of differences", "[attention]") {
  for (const bool causal : {false, true}) {
    for (const bool bias : {false, true}) {
      for (const int length : {3, 4, 7}) {
        AttentionSetup setup;
        setup.width = 6;
        setup.heads = length == 4 ? 2 : 3;
        setup.causal = causal;
        setup.bias = bias;
        setup.temperature = 1.3;
        setup.scaled = length != 3;
        AttentionPlace place{0, 36, 72, 108};
        if (bias) place = {0, 42, 84, 126, 36, 78, 120, 162};
        const int parameters = bias ? 168 : 144;
        const Columns<double> columns{2, length};
        std::vector<char> hidden(static_cast<std::size_t>(columns.total()));
        hidden[static_cast<std::size_t>(columns(1, 1))] = 1;
        MultiHeadAttention<double> attention(setup, place);
        // Of parameters and inputs: Σ r y with r from a formula.
        const Function f(parameters + 6 * 2 * length, [&](const Vector& at, Vector* g) {
          Rows<double> x, dy, dx;
          x.resize(6, columns.total());
          dy.resize(6, columns.total());
          const auto forAll = [&](auto each) {
            for (int s = 0, k = parameters; s < 2; ++s) {
              for (int t = 0; t < length; ++t) {
                for (int i = 0; i < 6; ++i) each(i, columns(s, t), k++);
              }
            }
          };
          forAll([&](int i, int j, int k) {
            x(i, j) = at[k];
            dy(i, j) = std::sin(k);
          });
          const Rows<double>& y = attention.forward(at.data(), x, columns, hidden);
          double sum = 0;
          forAll([&](int i, int j, int) { sum += y(i, j) * dy(i, j); });
          if (!g) return sum;
          *g = Vector::Zero(at.size());
          attention.backward(at.data(), x, dy, g->data(), dx);
          forAll([&](int i, int j, int k) { (*g)[k] = dx(i, j); });
          return sum;
        });
        Random random(5);
        checkDerivatives(f, random.normalVector(f.dimension()) / 2);
      }
    }
  }
}

TEST_CASE("The gradient of both norms is that of differences", "[attention]") {
  for (const NormKind kind : {NormKind::kLayer, NormKind::kRms}) {
    Norm<double> norm(kind);
    const int d = 5, n = 3;
    const Function f(2 * d + d * n, [&](const Vector& at, Vector* g) {
      Rows<double> x, y, dy, dx;
      x.resize(d, n);
      dy.resize(d, n);
      dx.resize(d, n);
      double sum = 0;
      for (int j = 0; j < n; ++j) {
        for (int i = 0; i < d; ++i) {
          x(i, j) = at[2 * d + j * d + i];
          dy(i, j) = std::sin(i + 7 * j);
        }
      }
      norm.forward(at.data(), at.data() + d, x, y);
      for (int i = 0; i < d; ++i) sum += (y.values(i) * dy.values(i)).sum();
      if (!g) return sum;
      *g = Vector::Zero(at.size());
      norm.backward(at.data(), dy, g->data(), g->data() + d, dx);
      for (int j = 0; j < n; ++j) {
        for (int i = 0; i < d; ++i) (*g)[2 * d + j * d + i] = dx(i, j);
      }
      return sum;
    });
    Random random(6);
    checkDerivatives(f, random.normalVector(f.dimension()));
  }
}

TEST_CASE("Norms do not see how long a token is, and layer norm not its mean", "[attention]") {
  Rows<double> x, y;
  x.resize(4, 2);
  const Vector a = (Vector(4) << 1, -2, 4, 0.5).finished(), gamma = Vector::Ones(4),
               beta = Vector::Zero(4);
  for (const NormKind kind : {NormKind::kLayer, NormKind::kRms}) {
    const double shift = kind == NormKind::kLayer ? 30 : 0;
    for (int i = 0; i < 4; ++i) {
      x(i, 0) = 1e3 * a[i];
      x(i, 1) = 7e3 * a[i] + shift;
    }
    Norm<double>(kind).forward(gamma.data(), beta.data(), x, y);
    double squares = 0;
    for (int i = 0; i < 4; ++i) {
      CHECK(y(i, 0) == Approx(y(i, 1)));
      squares += y(i, 0) * y(i, 0);
    }
    CHECK(squares == Approx(4));
  }
}
