#include <cmath>

#include "landscapes/landscapes.h"

using namespace descent;

TEST_CASE("The sparse landscape's values at points known by hand", "[landscapes][sparse]") {
  const auto sparse = landscape("sparse");
  CHECK(sparse->f(0, 0) == 0);
  CHECK(sparse->f(0, 4) == 1);          // on a stripe: y²/16
  CHECK(sparse->f(2, -4) == about(3));  // 2 + 1
  CHECK(sparse->f(3, 2) == 4.75);       // where y² = 4 a stripe makes no difference: 4.5 + ¼
  CHECK(sparse->f(0.5, 4) == about(0.375 + 0.75 * std::exp(-6)));  // ⅛ + (12 e^−6 + 4)/16
  CHECK(sparse->f(1, 0) == about(0.75 - 0.25 * std::exp(-12)));
}

TEST_CASE("The sparse landscape's y has a gradient on stripes only", "[landscapes][sparse]") {
  const auto sparse = landscape("sparse");
  for (const double x : {-4, -2, 0, 2, 4}) {
    CHECK(about(sparse->gradientAt(x, 3), {x, 0.375}));  // 3/8
  }
  for (const double x : {-3, -1, 1, 3}) {
    CHECK(about(sparse->gradientAt(x, 3), {x, 0.375 * std::exp(-12)}));
  }
  // At x = ½ sin πx = 1: w = e^−6 and w′ = −6π e^−6, which y² − 4 = 5 multiplies
  CHECK(about(sparse->gradientAt(0.5, 3),
              {0.5 - 5 * 6 * kPi * std::exp(-6) / 16, 0.375 * std::exp(-6)}));
}

TEST_CASE("The sparse landscape's curvature at points known by hand", "[landscapes][sparse]") {
  const auto sparse = landscape("sparse");
  // w″ = −6π² on a stripe: 1 + 4·6π²/16
  const auto h = sparse->hessianAt(0, 0);
  CHECK(h(0, 0) == about(1 + 1.5 * kPi * kPi));
  CHECK(h(0, 1) == 0);
  CHECK(h(1, 1) == 0.125);
  // w″ = 36π² e^−6 where sin πx = 1, and ∂²f/∂x∂y = y w′/8
  const auto side = sparse->hessianAt(0.5, 4);
  CHECK(side(0, 0) == about(1 + 27 * kPi * kPi * std::exp(-6)));
  CHECK(side(0, 1) == about(-3 * kPi * std::exp(-6)));
}

TEST_CASE("The sparse landscape is even in both coordinates", "[landscapes][sparse]") {
  const auto sparse = landscape("sparse");
  for (const Point& p : sparse->starts()) {
    CHECK(sparse->f(-p.x(), p.y()) == sparse->f(p.x(), p.y()));
    CHECK(sparse->f(p.x(), -p.y()) == sparse->f(p.x(), p.y()));
  }
}

TEST_CASE("On the way to the last stripe a rate of its own moves y and a common one does not",
          "[landscapes][sparse]") {
  const auto sparse = landscape("sparse");
  const auto whenNear = [&](const std::string& recipe) {
    const auto points = path(recipe, *sparse, sparse->start(), 100);
    std::size_t t = 0;
    while (points.at(t)[0] < -1) ++t;
    return points[t][1];
  };
  CHECK(whenNear("sgd(lr=0.05)") > 1.9);  // of 2
  CHECK(std::abs(whenNear("adam(lr=0.1)")) < 0.2);
}
