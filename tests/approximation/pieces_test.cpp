// The piece counter against another that walks along the input from bend to bend, in long double.
#include "approximation/pieces.h"

#include <cmath>
#include <limits>

#include "network/mlp.h"
#include "support/catch.h"

using namespace descent;

namespace {

Architecture shape(std::vector<int> hidden, Activation activation = Activation::kRelu) {
  Architecture a;
  a.inputs = 1;
  a.hidden = std::move(hidden);
  a.activation = activation;
  return a;
}

using Wide = long double;
struct Line {
  Wide slope, offset;
  Wide at(Wide x) const { return slope * x + offset; }
};

// The output near x from the right, and where the first unit bends after that.
struct Stretch {
  Line output;
  Wide end;
};
Stretch stretchAt(const Architecture& a, const Vector& theta, Wide x, Wide high) {
  const Wide leak = a.activation == Activation::kLeakyRelu ? static_cast<Wide>(0.01) : 0;
  const auto places = placesOf(a);
  std::vector<Line> below = {{1, 0}};
  Wide end = high;
  for (int l = 1; l <= a.depth(); ++l) {
    const auto& at = places[static_cast<std::size_t>(l - 1)];
    std::vector<Line> units;
    for (int i = 0; i < a.width(l); ++i) {
      Line z{0, theta[at.bias + i]};
      for (int j = 0; j < a.width(l - 1); ++j) {
        const Wide w = theta[at.weight + i + j * a.width(l)];
        z.slope += w * below[static_cast<std::size_t>(j)].slope;
        z.offset += w * below[static_cast<std::size_t>(j)].offset;
      }
      if (l < a.depth()) {
        const Wide zero = z.slope == 0 ? high : -z.offset / z.slope;
        // What bends at x itself has done so.
        const bool bendsHere = std::abs(zero - x) < 1e-14L;
        const bool positive = bendsHere ? z.slope > 0 : z.at(x) > 0;
        if (!bendsHere && zero > x) end = std::min(end, zero);
        if (!positive) z = {leak * z.slope, leak * z.offset};
      }
      units.push_back(z);
    }
    below = units;
  }
  return {below[0], end};
}

struct Walked {
  int regions = 0, pieces = 0;
};
Walked walk(const Architecture& a, const Vector& theta, Wide low, Wide high) {
  Walked walked;
  Wide slope = std::numeric_limits<Wide>::quiet_NaN();
  for (Wide x = low; x < high;) {
    const Stretch stretch = stretchAt(a, theta, x, high);
    ++walked.regions;
    // Far finer than what chance gives, far above the rounding of long double.
    const Wide scale = 1e-3L + std::abs(slope);
    if (!(std::abs(stretch.output.slope - slope) < 1e-13L * scale)) ++walked.pieces;
    slope = stretch.output.slope;
    x = stretch.end;
  }
  return walked;
}

Architecture randomShape(Random& random) {
  std::vector<int> hidden(1 + random.below(4));
  for (int& width : hidden) width = 1 + static_cast<int>(random.below(12));
  return shape(hidden, random.below(4) == 0 ? Activation::kLeakyRelu : Activation::kRelu);
}

}  // namespace

TEST_CASE("The piece counter agrees with a walk along the input on 1000 random networks",
          "[pieces]") {
  Random random(11);
  int pieces = 0, hidden = 0;
  for (int trial = 0; trial < 1000; ++trial) {
    const Architecture a = randomShape(random);
    const Vector theta = drawWeights(a, 0.6, random);
    REQUIRE(isPiecewiseLinear(a));
    const Pieces found = piecesOf(a, theta);
    const Walked walked = walk(a, theta, 0, 1);
    INFO("trial " << trial);
    CHECK(found.function.pieces() == walked.pieces);
    CHECK(found.regions == walked.regions);
    CHECK(found.function.pieces() <= mostPieces(a));
    pieces += walked.pieces;
    hidden += walked.regions - walked.pieces;
  }
  // Neither trivially few, nor all seen.
  CHECK(pieces > 6000);
  CHECK(hidden > 100);
}

TEST_CASE("What is counted is the network's own function", "[pieces]") {
  Random random(12);
  for (int trial = 0; trial < 200; ++trial) {
    const Architecture a = randomShape(random);
    const Vector theta = drawWeights(a, 0.6, random);
    const double low = random.uniform(-3, 0), high = low + random.uniform(0.5, 4);
    const PiecewiseLinear f = piecesOf(a, theta, low, high).function;
    REQUIRE(f.x.front() == low);
    REQUIRE(f.x.back() == high);
    Rows<double> inputs;
    constexpr int kPoints = 60;
    inputs.resize(1, kPoints + static_cast<int>(f.x.size()));
    for (int j = 0; j < kPoints; ++j) inputs(0, j) = random.uniform(low, high);
    for (std::size_t i = 0; i < f.x.size(); ++i) inputs(0, kPoints + static_cast<int>(i)) = f.x[i];
    Mlp<double> mlp(a);
    const Rows<double>& y = mlp.forward(theta.data(), inputs, Mode::kEvaluation);
    double worst = 0;
    for (int j = 0; j < inputs.cols(); ++j) {
      worst = std::max(worst, std::abs(f(inputs(0, j)) - y(0, j)));
    }
    CHECK(worst < 1e-11);
    for (std::size_t i = 1; i < f.x.size(); ++i) CHECK(f.x[i - 1] < f.x[i]);
  }
}

TEST_CASE("A layer of N units has N + 1 pieces where all bend within", "[pieces]") {
  for (const int n : {1, 2, 7, 24, 64}) {
    const Architecture a = shape({n});
    const auto at = placesOf(a);
    Vector theta = Vector::Ones(parameterCount(layoutOf(a)));
    for (int i = 0; i < n; ++i) theta[at[0].bias + i] = -(i + 0.5) / n;
    CHECK(piecesOf(a, theta).function.pieces() == n + 1);
    CHECK(mostPieces(a) == n + 1);
    CHECK(piecesOf(a, theta, 2, 3).function.pieces() == 1);
    Architecture identity = a;
    identity.activation = Activation::kIdentity;
    CHECK(piecesOf(identity, theta).function.pieces() == 1);
    Architecture leaky = a;
    leaky.activation = Activation::kLeakyRelu;
    CHECK(piecesOf(leaky, theta).function.pieces() == n + 1);
  }
}

TEST_CASE("Layers multiply how many pieces there can be", "[pieces]") {
  Architecture a;
  a.inputs = 1;
  a.hidden = {3, 5};
  CHECK(mostPieces(a) == 24);  // (3 + 1)(5 + 1)
  a.hidden = {1, 1, 1, 1};
  CHECK(mostPieces(a) == 16);
}

TEST_CASE("A knot that the output does not show is a region's and not a piece's", "[pieces]") {
  // relu(x − ½) − relu(x − ½), and a unit with no weight ahead of it.
  const Architecture a = shape({3});
  Vector theta(10);
  theta << 1, 1, 1, -0.5, -0.5, -0.25, 3, -3, 0, 7;
  const Pieces found = piecesOf(a, theta);
  CHECK(found.regions == 3);
  CHECK(found.function.pieces() == 1);
  CHECK(found.function(0.9) == 7);
  // Three knots that are one, up to rounding.
  theta << 0.1, 0.7, 0.3, -0.03, -0.21, -0.09, 3, 2, 1, 0;
  CHECK(piecesOf(a, theta).regions == 2);
}

TEST_CASE("Crossings and gaps of functions with pieces are exact", "[pieces]") {
  const PiecewiseLinear f{{0, 0.5, 1}, {0, 1, 0}}, g{{0, 0.25, 1}, {0, 1, 1}};
  CHECK(f(0.25) == 0.5);
  CHECK(f(0.75) == 0.5);
  CHECK(f(1) == 0);
  CHECK(crossingsOf(f, 0.5) == 2);
  CHECK(crossingsOf(f, 1) == 0);
  CHECK(crossingsOf(f, 0) == 0);
  CHECK(crossingsOf({{0, 1, 2, 3}, {1, 0, 0, -1}}, 0) == 1);
  CHECK(largestGap(f, g) == 1);
  CHECK(largestGap(f, f) == 0);
  // ∫ of (2x)², from 0 to ¼; (1 − 2x)² to ½; (2x − 1)² to 1.
  CHECK(meanSquareGap(f, g) == Approx(4.0 / 192 + 1.0 / 48 + 1.0 / 6));
  CHECK(meanSquareGap(g, f) == Approx(meanSquareGap(f, g)));
}

TEST_CASE("Random wide networks have as many pieces as Rice's formula says", "[pieces]") {
  struct Case {
    std::vector<int> hidden;
    double bias;
  };
  for (const Case& c :
       {Case{{40}, 1}, Case{{40, 40}, 0.5}, Case{{48, 48, 48}, 1}, Case{{64, 32, 64}, 0.3}}) {
    const Architecture a = shape(c.hidden);
    constexpr int kNetworks = 300;
    double sum = 0, squares = 0;
    for (int seed = 0; seed < kNetworks; ++seed) {
      Random random(static_cast<std::uint64_t>(seed), 5);
      const double n = piecesOf(a, drawWeights(a, c.bias, random)).function.pieces();
      sum += n / kNetworks;
      squares += n * n / kNetworks;
    }
    const double error = std::sqrt((squares - sum * sum) / (kNetworks - 1));
    INFO(expectedPieces(a, c.bias) << " predicted, " << sum << " ± " << error);
    // Four standard errors, and one in a hundred for widths that are finite.
    CHECK(std::abs(sum - expectedPieces(a, c.bias)) < 4 * error + 0.01 * sum);
  }
}

TEST_CASE("Networks with units that are not piecewise linear are told apart", "[pieces]") {
  CHECK_FALSE(isPiecewiseLinear(shape({2}, Activation::kTanh)));
  Architecture a = shape({2});
  CHECK(isPiecewiseLinear(a));
  a.batchNorm = true;
  CHECK_FALSE(isPiecewiseLinear(a));
  a = shape({2});
  a.inputs = 2;
  CHECK_FALSE(isPiecewiseLinear(a));
}
