// What the presets of approximation and of depth against width say is what their runs show.
#include <numeric>

#include "labs/labs.h"

using namespace descent;

namespace {

Reading ofAll(const Session& session, const std::string& quantity) {
  return readingOf(session, quantity, -1);
}

// From the table of errors by N: one method's at n.
double errorBy(const Session& session, double n, std::size_t column) {
  const auto tables = session.tables();
  for (const Row& row : tables.at(1).rows) {
    if (number(row, 0) == n) return number(row, column);
  }
  FAIL("no row for N = " << n);
  return kNaN;
}
constexpr std::size_t kHats = 1, kBumps = 3, kPolynomial = 5;

}  // namespace

TEST_CASE("Seventeen knots are within 0.02 of a sine at once, sixteen trained ReLUs nearly",
          "[approximation][approximation/sine]") {
  const auto session = finished("approximation", "sine");
  CHECK(ofAll(*session, "hats, largest error").measured < 0.02);
  CHECK(data(*session, "error/0").front() > 0.5);
  CHECK(data(*session, "error/0").back() < 0.04);
}

TEST_CASE("A corner on a knot costs nothing, one between two knots what its place says",
          "[approximation][approximation/corner]") {
  const auto session = opened(presetOf("approximation", "corner"));
  // 0.3 lies 0.4 of a piece behind the knot 2/8: 2 · 0.4 · 0.6 / 8.
  CHECK(ofAll(*session, "hats, largest error").measured == Approx(0.06).epsilon(1e-12));
  REQUIRE(session->set("knots", "10"));
  CHECK(ofAll(*session, "hats, largest error").measured < 1e-14);
}

TEST_CASE("On x² every piece of four errs by a sixty-fourth",
          "[approximation][approximation/parabola]") {
  const auto session = opened(presetOf("approximation", "parabola"));
  CHECK(ofAll(*session, "hats, largest error").measured == Approx(1.0 / 64).epsilon(1e-12));
  CHECK(ofAll(*session, "hats, sup error at most").predicted == Approx(1.0 / 64).epsilon(1e-9));
}

TEST_CASE("The error of bumps halves with h, that of hats falls to a quarter",
          "[approximation][approximation/bumps]") {
  const auto session = opened(presetOf("approximation", "bumps"));
  for (const double n : {32.0, 64.0, 128.0}) {
    CHECK(errorBy(*session, 2 * n, kBumps) ==
          Approx(errorBy(*session, n, kBumps) / 2).epsilon(0.02));
    CHECK(errorBy(*session, 2 * n, kHats) == Approx(errorBy(*session, n, kHats) / 4).epsilon(0.02));
  }
}

TEST_CASE("Polynomials come to Runge's function as slowly as its poles allow",
          "[approximation][approximation/runge]") {
  const auto session = opened(presetOf("approximation", "runge"));
  // Poles at ±i/5 of [−1, 1]: a degree more divides by 1/5 + √(1 + 1/25).
  const double factor = 0.2 + std::sqrt(1.04);
  CHECK(errorBy(*session, 16, kPolynomial) / errorBy(*session, 32, kPolynomial) ==
        Approx(std::pow(factor, 16)).epsilon(0.05));
  CHECK(errorBy(*session, 8, kPolynomial) > errorBy(*session, 8, kHats));
  CHECK(ofAll(*session, "polynomial of degree 10").measured > 0.05);
  const auto sine = opened("lab=approximation");
  CHECK(errorBy(*sine, 8, kPolynomial) < errorBy(*session, 8, kPolynomial) / 100);
}

TEST_CASE("64 units that square are no nearer to a sine than the best parabola",
          "[approximation][approximation/square]") {
  const auto session = finished("approximation", "square");
  // Its best parabola is the line a(½ − x), which errs by a/2 at 0, where sin 2πx is nearest
  // above it, and mirrored: four times with signs in turn.
  double low = 0.1, high = 2 * M_PI;
  for (int i = 0; i < 60; ++i) {
    const double a = (low + high) / 2, x = std::acos(-a / (2 * M_PI)) / (2 * M_PI);
    (std::sin(2 * M_PI * x) - a * (0.5 - x) > a / 2 ? low : high) = a;
  }
  CHECK(low / 2 > 0.6);
  for (const double error : data(*session, "error/0")) CHECK(error >= low / 2 - 1e-9);
  CHECK(ofAll(*session, "polynomial of degree 2").measured >= low / 2);
}

TEST_CASE("Right on [0, 1], hats, bumps, a polynomial and a network part behind it",
          "[approximation][approximation/outside]") {
  const auto session = finished("approximation", "outside");
  CHECK(ofAll(*session, "hats, largest error").measured < 0.2);
  CHECK(ofAll(*session, "bumps, sup error").measured < 0.2);
  CHECK(ofAll(*session, "polynomial of degree 9").measured < 0.2);
  for (const char* network : {"error/0", "error/1"}) CHECK(last(*session, network) < 0.2);
  std::vector<double> seen = {
      ofAll(*session, "hats at").measured, ofAll(*session, "bumps at").measured,
      ofAll(*session, "polynomial at").measured, readingOf(*session, "network at", 0).measured};
  std::sort(seen.begin(), seen.end());
  for (std::size_t i = 1; i < seen.size(); ++i) CHECK(seen[i] - seen[i - 1] > 0.1);
}

TEST_CASE("Corners at sixteenths are met where 16 divides N",
          "[approximation][approximation/drawn]") {
  const auto session = opened(presetOf("approximation", "drawn"));
  CHECK(ofAll(*session, "hats, largest error").measured > 0.01);
  for (const char* n : {"16", "32", "64"}) {
    REQUIRE(session->set("knots", n));
    CHECK(ofAll(*session, "hats, largest error").measured < 1e-12);
  }
  REQUIRE(session->set("drawing", "0, 1, 0, 1"));
  CHECK(ofAll(*session, "hats, largest error").measured > 0.01);
}

TEST_CASE("A formula in x is approximated, and one in x and y on the square",
          "[approximation][approximation/typed]") {
  const auto session = opened(presetOf("approximation", "typed"));
  // |f″| = e^(−3x) |−391 sin 20x − 120 cos 20x| at its largest, times h²/8.
  double bend = 0;
  for (int i = 0; i <= 100000; ++i) {
    const double x = i / 1e5;
    bend = std::max(bend,
                    std::exp(-3 * x) * std::abs(391 * std::sin(20 * x) + 120 * std::cos(20 * x)));
  }
  const double bound = bend / (8 * 32 * 32);
  CHECK(ofAll(*session, "hats, sup error at most").predicted == Approx(bound).epsilon(1e-4));
  CHECK(ofAll(*session, "hats, sup error at most").measured < bound);
  CHECK(ofAll(*session, "hats, sup error at most").measured > 0.9 * bound);
  REQUIRE(session->set("formula", "exp(-x)*sin(3*y)"));
  CHECK(text(session->tables().at(0).rows[0], 1).find("1089") != std::string::npos);
}

TEST_CASE("On the square hats take 33² units, and a network of 32 learns",
          "[approximation][approximation/hill][long]") {
  const auto session = finished("approximation", "hill");
  CHECK(text(session->tables().at(0).rows[0], 1).find("1089") != std::string::npos);
  CHECK(text(session->tables().at(0).rows[1], 1) == "32");
  CHECK(data(*session, "error/0").front() > 0.2);
  CHECK(data(*session, "error/0").back() < 0.03);
}

TEST_CASE("Ten units have 32 pieces in five layers, in one eleven, which stay ½ away",
          "[depth-vs-width][depth-vs-width/sawtooth]") {
  const auto session = finished("depth-vs-width", "sawtooth");
  CHECK(ofAll(*session, "pieces 2^k").measured == 32);
  for (const double n : data(*session, "pieces/0")) CHECK(n <= 11);
  for (const double gap : data(*session, "gap/0")) CHECK(gap >= 0.5);
}

TEST_CASE("Twelve folds make 4096 pieces of 24 units, where a layer has 25",
          "[depth-vs-width][depth-vs-width/twelve]") {
  const auto session = finished("depth-vs-width", "twelve");
  CHECK(ofAll(*session, "pieces 2^k").measured == 4096);
  for (const double n : data(*session, "pieces/0")) CHECK(n <= 25);
  for (const double gap : data(*session, "gap/0")) CHECK(gap >= 0.5);
}

TEST_CASE("Each layer of the square takes three quarters off, a single one stays four times as far",
          "[depth-vs-width][depth-vs-width/square]") {
  const auto session = finished("depth-vs-width", "square");
  const double built = ofAll(*session, "largest gap from x²").measured;
  CHECK(built == Approx(std::pow(2, -14)).epsilon(1e-9));
  CHECK(
      ofAll(*opened("lab=depth-vs-width&built=square&layers=5"), "largest gap from x²").measured ==
      Approx(4 * built).epsilon(1e-9));
  for (const double gap : data(*session, "gap/0")) CHECK(gap > 4 * built);
}

TEST_CASE("A jitter doubles with every layer, and a hundredth loses teeth after eight",
          "[depth-vs-width][depth-vs-width/jitter]") {
  int lost = 0;
  const auto session = opened(presetOf("depth-vs-width", "jitter"));
  for (const char* seed : {"1", "2", "3", "4", "5"}) {
    REQUIRE(session->set("jitterSeed", seed));
    lost += ofAll(*session, "crossings of ½ with jitter").measured < 256;
  }
  CHECK(lost == 5);
  // Over twenty draws of a jitter that is small: four layers more, sixteen times as much.
  const auto changes = [](const std::string& layers) {
    const auto small = opened("lab=depth-vs-width&jitter=1e-7&steps=1&batch=64&layers=" + layers);
    double sum = 0;
    for (int seed = 0; seed < 20; ++seed) {
      REQUIRE(small->set("jitterSeed", std::to_string(seed)));
      sum += std::log2(ofAll(*small, "change by the jitter").measured) / 20;
    }
    return sum;
  };
  CHECK(std::abs(changes("8") - changes("4") - 4) < 1);
}

TEST_CASE("Drawn networks have fewer pieces than units, fewer the deeper and the larger the biases",
          "[depth-vs-width][depth-vs-width/random]") {
  const auto session = finished("depth-vs-width", "random");
  const auto drawn = data(*session, "drawn");
  REQUIRE(drawn.size() > 200);
  const double mean =
      std::accumulate(drawn.begin(), drawn.end(), 0.0) / static_cast<double>(drawn.size());
  const double expected = data(*session, "expected").front();
  CHECK(mean == Approx(expected).epsilon(0.12));
  CHECK(mean < 64);
  const auto share = [](const std::string& layers, const std::string& bias) {
    const auto other =
        opened("lab=depth-vs-width&built=random&width=16&steps=1&batch=64&layers=" + layers +
               "&bias=" + bias);
    return data(*other, "expected").front() / (16 * std::stod(layers));
  };
  CHECK(share("4", "1") == Approx(expected / 64));
  CHECK(share("4", "1") < share("2", "1"));
  CHECK(share("2", "1") < share("1", "1"));
  CHECK(share("4", "4") < share("4", "1"));
  CHECK(share("4", "1") < share("4", "0.25"));
}
