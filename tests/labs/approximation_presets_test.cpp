// What the presets of approximation and of depth against width say is what their runs show.
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
constexpr std::size_t kPolynomial = 5;

}  // namespace

TEST_CASE("A corner on a knot costs nothing", "[approximation]") {
  const auto session = opened(presetOf("approximation", "corner"));
  REQUIRE(session->set("knots", "10"));
  CHECK(ofAll(*session, "hats, largest error").measured < 1e-14);
}

TEST_CASE("Polynomials come to a sine a hundred times as near as to Runge's function",
          "[approximation]") {
  const auto runge = opened(presetOf("approximation", "runge"));
  CHECK(errorBy(*opened("lab=approximation"), 8, kPolynomial) <
        errorBy(*runge, 8, kPolynomial) / 100);
}

TEST_CASE("The best parabola errs as it does by hand", "[approximation]") {
  const auto session = opened(presetOf("approximation", "square"));
  // Its best parabola is the line a(½ − x), which errs by a/2 at 0, where sin 2πx is nearest
  // above it, and mirrored: four times with signs in turn.
  double low = 0.1, high = 2 * M_PI;
  for (int i = 0; i < 60; ++i) {
    const double a = (low + high) / 2, x = std::acos(-a / (2 * M_PI)) / (2 * M_PI);
    (std::sin(2 * M_PI * x) - a * (0.5 - x) > a / 2 ? low : high) = a;
  }
  CHECK(ofAll(*session, "polynomial of degree 2").predicted == Approx(low / 2).epsilon(1e-6));
  CHECK(ofAll(*session, "polynomial of degree 2").measured >= low / 2);
}

TEST_CASE("Corners at sixteenths are met where 16 divides N", "[approximation]") {
  const auto session = opened(presetOf("approximation", "drawn"));
  for (const char* n : {"16", "32", "64"}) {
    REQUIRE(session->set("knots", n));
    CHECK(ofAll(*session, "hats, largest error").measured < 1e-12);
  }
  REQUIRE(session->set("drawing", "0, 1, 0, 1"));
  CHECK(ofAll(*session, "hats, largest error").measured > 0.01);
}

TEST_CASE("A formula in x is approximated, and one in x and y on the square", "[approximation]") {
  const auto session = opened(presetOf("approximation", "typed"));
  // |f″| = e^(−3x) |−391 sin 20x − 120 cos 20x| at its largest, times h²/8.
  double bend = 0;
  for (int i = 0; i <= 100000; ++i) {
    const double x = i / 1e5;
    bend = std::max(bend,
                    std::exp(-3 * x) * std::abs(391 * std::sin(20 * x) + 120 * std::cos(20 * x)));
  }
  const double bound = bend / (8 * 32 * 32);
  CHECK(ofAll(*session, "hats, sup error").predicted == Approx(bound).epsilon(1e-4));
  REQUIRE(session->set("formula", "exp(-x)*sin(3*y)"));
  CHECK(text(session->tables().at(0).rows[0], 1).find("1089") != std::string::npos);
}

TEST_CASE("A jitter doubles with every layer, and a hundredth loses teeth after eight",
          "[depth-vs-width]") {
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

TEST_CASE("Fewer pieces a unit are expected of drawn networks the deeper and the larger the biases",
          "[depth-vs-width]") {
  const auto share = [](const std::string& layers, const std::string& bias) {
    const auto other =
        opened("lab=depth-vs-width&built=random&width=16&steps=1&batch=64&layers=" + layers +
               "&bias=" + bias);
    return data(*other, "expected").front() / (16 * std::stod(layers));
  };
  CHECK(share("4", "1") < share("2", "1"));
  CHECK(share("2", "1") < share("1", "1"));
  CHECK(share("4", "4") < share("4", "1"));
  CHECK(share("4", "1") < share("4", "0.25"));
}
