// What networks compute in lanes, against the same one number at a time.
#include <cmath>
#include <limits>

#include "descent/random.h"
#include "network/activation.h"
#include "numerics/kernels.h"
#include "numerics/precision.h"
#include "support/catch.h"

using namespace descent;

namespace {

float tanhInLanes(float x) {
  Rows<float> z, h;
  z.resize(1, 1);
  h.resize(1, 1);
  z(0, 0) = x;
  activate(Activation::kTanh, z, h);
  return h(0, 0);
}

Rows<float> drawnRows(Random& random, int rows, int cols) {
  Rows<float> all;
  all.resize(rows, cols);
  all.flat().setZero();
  for (int i = 0; i < rows; ++i) {
    for (int j = 0; j < cols; ++j) all(i, j) = static_cast<float>(random.normal());
  }
  return all;
}

}  // namespace

TEST_CASE("The tanh of floats is within 3.5e-7, odd, and never above 1", "[network]") {
  double worst = 0, largest = 0;
  for (double x = 1e-6; x < 100; x *= 1.0003) {
    const auto given = static_cast<float>(x);
    const double exact = std::tanh(static_cast<double>(given)), found = tanhInLanes(given);
    worst = std::max(worst, std::abs(found / exact - 1));
    largest = std::max(largest, found);
    REQUIRE(tanhInLanes(-given) == -found);
  }
  CHECK(worst < 3.5e-7);
  CHECK(largest <= 1);
  CHECK(tanhInLanes(0) == 0);
  CHECK(tanhInLanes(std::numeric_limits<float>::infinity()) == tanhInLanes(8));
}

TEST_CASE("The tanh of what is not a number is none", "[network]") {
  CHECK(std::isnan(tanhInLanes(std::numeric_limits<float>::quiet_NaN())));
}

TEST_CASE("Products of any shape are those of single numbers", "[network]") {
  Random random(4);
  for (int m = 1; m <= 9; ++m) {
    for (int n = 1; n <= 37; ++n) {
      const int k = 1 + (m + n) % 9;
      const auto w = drawnRows(random, k, m);  // a row of it is a column of W (m × k)
      std::vector<float> flat;
      for (int l = 0; l < k; ++l) flat.insert(flat.end(), w.row(l), w.row(l) + m);
      const auto bias = drawnRows(random, 1, m), below = drawnRows(random, k, n);
      const auto above = drawnRows(random, m, n), before = drawnRows(random, m, n);
      const auto product = [&](int i, int j) {
        double sum = 0;
        for (int l = 0; l < k; ++l) sum += static_cast<double>(w(l, i) * below(l, j));
        return sum;
      };
      const auto transposed = [&](int l, int j) {
        double sum = 0;
        for (int i = 0; i < m; ++i) sum += static_cast<double>(w(l, i) * above(i, j));
        return sum;
      };
      Rows<float> c = before, back = below;
      const auto check = [&](const Rows<float>& found, const auto& expected) {
        for (int i = 0; i < found.rows(); ++i) {
          for (int j = 0; j < n; ++j) REQUIRE(found(i, j) == Approx(expected(i, j)).margin(1e-5));
        }
      };
      addProduct(flat.data(), below, c);
      check(c, [&](int i, int j) { return static_cast<double>(before(i, j)) + product(i, j); });
      affine(flat.data(), bias.row(0), below, c);
      check(c, [&](int i, int j) { return static_cast<double>(bias(0, i)) + product(i, j); });
      affine(flat.data(), static_cast<const float*>(nullptr), below, c);
      check(c, product);
      addTransposedProduct(flat.data(), above, back);
      check(back,
            [&](int l, int j) { return static_cast<double>(below(l, j)) + transposed(l, j); });
      transposedProduct(flat.data(), above, back);
      check(back, transposed);
    }
  }
}

TEST_CASE("Outer products and sums of rows of any shape are those of single numbers", "[network]") {
  Random random(3);
  for (int m = 1; m <= 9; ++m) {
    for (int k = 1; k <= 9; ++k) {
      const int n = 1 + (5 * m + k) % 11;
      const auto z = drawnRows(random, m, n), b = drawnRows(random, k, n);
      std::vector<float> dw(static_cast<std::size_t>(m * k), 7), db(static_cast<std::size_t>(m), 7);
      const auto check = [&](double times) {
        for (int i = 0; i < m; ++i) {
          double sum = 0;
          for (int j = 0; j < n; ++j) sum += static_cast<double>(z(i, j));
          REQUIRE(db[static_cast<std::size_t>(i)] == Approx(times * sum).margin(1e-5));
          for (int l = 0; l < k; ++l) {
            double dot = 0;
            for (int j = 0; j < n; ++j) dot += static_cast<double>(z(i, j) * b(l, j));
            REQUIRE(dw[static_cast<std::size_t>(i + l * m)] == Approx(times * dot).margin(1e-5));
          }
        }
      };
      outer(z, b, dw.data());
      rowSums(z, db.data());
      check(1);
      addOuter(z, b, dw.data());
      addRowSums(z, db.data());
      check(2);
    }
  }
}

TEST_CASE("Parameters go to float and back as casts do, whatever their number", "[network]") {
  Random random(5);
  for (int n = 0; n < 7; ++n) {
    Vector x(n);
    for (double& entry : x) entry = random.normal();
    std::vector<float> memory;
    const float* there = inScalar(x, memory);
    Vector back;
    fromScalar(n, back, memory, [&](float* out) { CHECK(out == there); });
    for (int i = 0; i < n; ++i) {
      CHECK(there[i] == static_cast<float>(x[i]));
      CHECK(back[i] == static_cast<double>(static_cast<float>(x[i])));
    }
    std::vector<double> unused;
    CHECK(inScalar(x, unused) == x.data());
  }
}
