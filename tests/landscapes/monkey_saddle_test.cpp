#include <cmath>
#include <numbers>

#include "landscapes/landscapes.h"

using namespace descent;

TEST_CASE("The monkey saddle's values at points known by hand", "[landscapes][monkey-saddle]") {
  const auto monkey = landscape("monkey-saddle");
  CHECK(monkey->f(0, 0) == 1);
  CHECK(monkey->f(1, 1) == 0.75);      // ½(1 − 3) + 3/16·4 + 1
  CHECK(monkey->f(2, 0) == 8);         // 4 + 3 + 1
  CHECK(monkey->f(0, 2) == 4);         // 0 + 3 + 1
  CHECK(monkey->f(-1, 2) == 11.1875);  // 5.5 + 75/16 + 1
}

TEST_CASE("The monkey saddle's slope and curvature at points known by hand",
          "[landscapes][monkey-saddle]") {
  const auto monkey = landscape("monkey-saddle");
  CHECK(monkey->gradientAt(2, 0) == Point(12, 0));       // 1.5·4 + ¾·4·2
  CHECK(monkey->gradientAt(1, 2) == Point(-0.75, 1.5));  // −4.5 + 3.75, −6 + 7.5
  Eigen::Matrix2d expected;                              // 3 + ¾·7, 3 − 6, −3 + ¾·13
  expected << 8.25, -3, -3, 6.75;
  CHECK(monkey->hessianAt(1, 2) == expected);
}

TEST_CASE("The monkey saddle's centre is level and has no curvature",
          "[landscapes][monkey-saddle]") {
  const auto monkey = landscape("monkey-saddle");
  CHECK(monkey->gradientAt(0, 0) == Point(0, 0));
  CHECK(monkey->hessianAt(0, 0) == Eigen::Matrix2d::Zero());
  // Three ways down, one of them the tail's, and three up between them.
  for (int i = 0; i < 6; ++i) {
    const double angle = i * std::numbers::pi / 3, r = 0.1;
    const double rise = monkey->f(r * std::cos(angle), r * std::sin(angle)) - 1;
    CHECK(rise == Approx((i % 2 == 0 ? 0.0005 : -0.0005) + 3e-4 / 16).epsilon(1e-11));
  }
}

TEST_CASE("The monkey saddle has three minima of value zero, curved by 3 and 9",
          "[landscapes][monkey-saddle]") {
  const auto monkey = landscape("monkey-saddle");
  const auto minima = monkey->minima();
  REQUIRE(minima.size() == 3);
  const Eigen::Matrix2d expected = Point(3, 9).asDiagonal();
  CHECK(minima[0] == Point(-2, 0));
  CHECK(monkey->hessianAt(-2, 0) == expected);
  for (const Point& m : minima) {
    CHECK(m.norm() == about(2));
    CHECK(std::abs(monkey->f(m.x(), m.y())) < 1e-30);
    CHECK(monkey->hessianAt(m.x(), m.y()).trace() == about(12));
    CHECK(monkey->hessianAt(m.x(), m.y()).determinant() == Approx(27).epsilon(1e-13));
  }
}

TEST_CASE("The monkey saddle is the same turned by a third of a turn",
          "[landscapes][monkey-saddle]") {
  const auto monkey = landscape("monkey-saddle");
  const Eigen::Matrix2d turn = Eigen::Rotation2Dd(2 * std::numbers::pi / 3).toRotationMatrix();
  for (const Point& p : monkey->starts()) {
    const Point q = turn * p;
    CHECK(monkey->f(q.x(), q.y()) == Approx(monkey->f(p.x(), p.y())).epsilon(1e-13));
    CHECK((monkey->gradientAt(q.x(), q.y()) - turn * monkey->gradientAt(p.x(), p.y())).norm() <
          1e-12);
    CHECK(monkey->f(p.x(), -p.y()) == monkey->f(p.x(), p.y()));
  }
}
