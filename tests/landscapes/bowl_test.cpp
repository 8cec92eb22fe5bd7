#include "landscapes/landscapes.h"

using namespace descent;

TEST_CASE("A bowl is half of x² + κy²", "[landscapes][bowl]") {
  const auto bowl = landscape("bowl");  // κ = 10
  CHECK(bowl->f(0, 0) == 0);
  CHECK(bowl->f(-4, 2) == 28);  // ½(16 + 10·4)
  CHECK(bowl->f(1, 0) == 0.5);
  CHECK(bowl->f(0, 1) == 5);
  CHECK(bowl->gradientAt(-4, 2) == Point(-4, 20));
  CHECK(landscape("bowl(kappa=25)")->f(1, 1) == 13);  // ½(1 + 25)
  CHECK(landscape("bowl(kappa=1)")->f(3, 4) == 12.5);
}

TEST_CASE("A bowl curves by 1 and by κ everywhere", "[landscapes][bowl]") {
  const auto bowl = landscape("bowl(kappa=25)");
  const Eigen::Matrix2d expected = Point(1, 25).asDiagonal();
  CHECK(bowl->hessianAt(0, 0) == expected);
  CHECK(bowl->hessianAt(3, -2) == expected);
}

TEST_CASE("Turned by 90 degrees a bowl swaps its axes", "[landscapes][bowl]") {
  for (const char* rotation : {"90", "-90"}) {
    const auto bowl = landscape(std::string("bowl(kappa=10, rotation=") + rotation + ")");
    CHECK(bowl->f(2, 1) == about(20.5));  // ½(10·4 + 1)
    CHECK(about(bowl->gradientAt(2, 1), {20, 1}));
    CHECK(bowl->hessianAt(0, 0)(0, 0) == about(10));
    CHECK(bowl->hessianAt(0, 0)(1, 1) == about(1));
    CHECK(bowl->hessianAt(0, 0)(0, 1) == about(0));
  }
}

TEST_CASE("A bowl turns counter-clockwise", "[landscapes][bowl]") {
  // At 45° the flat axis is (1, 1)/√2 and the steep one (−1, 1)/√2, both √2 long at these points.
  const auto bowl = landscape("bowl(kappa=10, rotation=45)");
  CHECK(bowl->f(1, 1) == about(1));    // ½·1·2
  CHECK(bowl->f(-1, 1) == about(10));  // ½·10·2
  CHECK(about(bowl->gradientAt(1, 1), {1, 1}));
  CHECK(about(bowl->gradientAt(-1, 1), {-10, 10}));
  // At −45° they change places; at 180° nothing has changed.
  CHECK(landscape("bowl(kappa=10, rotation=-45)")->f(1, 1) == about(10));
  CHECK(landscape("bowl(kappa=10, rotation=180)")->f(-4, 2) == about(28));
}

TEST_CASE("A bowl suggests the rate 1/κ", "[landscapes][bowl]") {
  CHECK(landscape("bowl")->rates().gradient == about(0.1));
  CHECK(landscape("bowl(kappa=1000)")->rates().gradient == about(0.001));
}
