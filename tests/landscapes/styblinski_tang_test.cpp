#include "landscapes/landscapes.h"

using namespace descent;

namespace {
// Published: −39.16616570377142 for each coordinate at −2.903534.
constexpr double kRaised = 2 * 39.16616570377142;
}  // namespace

TEST_CASE("Styblinski–Tang's values at points known by hand", "[landscapes][styblinski-tang]") {
  const auto surface = landscape("styblinski-tang");
  const auto published = [&](double x, double y) { return surface->f(x, y) - kRaised; };
  const auto near = [](double value) { return Approx(value).epsilon(0).margin(1e-13); };
  CHECK(published(0, 0) == near(0));
  CHECK(published(1, 0) == near(-5));    // ½(1 − 16 + 5)
  CHECK(published(0, -2) == near(-29));  // ½(16 − 64 − 10)
  CHECK(published(4, 1) == near(5));     // ½(256 − 256 + 20) − 5
}

TEST_CASE("Styblinski–Tang's slope and curvature at points known by hand",
          "[landscapes][styblinski-tang]") {
  const auto surface = landscape("styblinski-tang");
  CHECK(surface->gradientAt(0, 1) == Point(2.5, -11.5));       // 2 − 16 + 2.5
  CHECK(surface->gradientAt(-2, 3) == Point(18.5, 8.5));       // −16 + 32 + 2.5, 54 − 48 + 2.5
  const Eigen::Matrix2d expected = Point(8, 38).asDiagonal();  // 24 − 16, 54 − 16
  CHECK(surface->hessianAt(-2, 3) == expected);
}

TEST_CASE("Styblinski–Tang's lowest of four minima is 0 at (−2.9035, −2.9035)",
          "[landscapes][styblinski-tang]") {
  const auto surface = landscape("styblinski-tang");
  const auto minima = surface->minima();
  REQUIRE(minima.size() == 4);
  CHECK(minima[0].x() == Approx(-2.903534).epsilon(1e-7));
  CHECK(minima[0].y() == minima[0].x());
  CHECK(minima[3].x() == Approx(2.746803).epsilon(1e-7));
  CHECK(minima[3].y() == minima[3].x());
  CHECK(surface->f(minima[0].x(), minima[0].y()) == 0);
  // −25.02944665 for a coordinate in the shallow well: 39.16616570 − 25.02944665 more
  CHECK(surface->f(minima[1].x(), minima[1].y()) == Approx(14.13671905).epsilon(1e-9));
  CHECK(surface->f(minima[3].x(), minima[3].y()) == Approx(28.27343810).epsilon(1e-9));
}

TEST_CASE("Styblinski–Tang's coordinates may be exchanged", "[landscapes][styblinski-tang]") {
  const auto surface = landscape("styblinski-tang");
  CHECK(surface->f(1.3, -0.7) == surface->f(-0.7, 1.3));
}
