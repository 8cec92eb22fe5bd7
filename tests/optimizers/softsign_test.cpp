#include "support/objectives.h"

using namespace descent;

TEST_CASE("Soft sign divides momentum by the root of its square plus the softness", "[softsign]") {
  // β = ½, ε = 144, g = 10, 13, −41: m = 5, 9, −16, and √(m² + 144) = 13, 15, 20.
  Script oracle({vec({10}), vec({13}), vec({-41})});
  const double x1 = -5 / 13.0, x2 = x1 - 3 / 5.0, x3 = x2 + 4 / 5.0;
  checkSteps("softsign(lr=1, beta=0.5, smoothing=144)", oracle, 0, {x1, x2, x3});
}

TEST_CASE("Soft sign bends at a hundredth unless told", "[softsign]") {
  // m = 0.1·0.1 = 0.01 = √(1e-4): 1/√2.
  checkSteps("softsign(lr=1)", Linear{0.1}, 0, {-std::sqrt(0.5)});
}

TEST_CASE("As its softness vanishes soft sign is Signum", "[softsign][signum]") {
  const auto f = landscape("himmelblau");
  const Vector start = f->starts()[0];
  const auto signum = path("signum(lr=0.03)", *f, start, 100);
  CHECK(signum == path("softsign(lr=0.03, smoothing=0)", *f, start, 100));
  CHECK(distance(signum, path("softsign(lr=0.03, smoothing=1e-18)", *f, start, 100)) < 1e-12);
  CHECK(distance(signum, path("softsign(lr=0.03, smoothing=1)", *f, start, 100)) > 1e-3);
}

TEST_CASE("Where it is very soft it is averaged momentum at the rate η/√ε", "[softsign]") {
  // m/√(m² + ε) = m/√ε (1 − m²/2ε + …), here with |m| < 30 and ε = 1e6.
  const auto f = landscape("bowl");
  const Vector start = f->starts()[0];
  const double apart = distance(path("momentum(lr=0.05, form=ema)", *f, start, 100),
                                path("softsign(lr=50, smoothing=1e6)", *f, start, 100));
  CHECK(apart < 1e-3);
  CHECK(apart > 1e-8);
}

TEST_CASE("A momentum of any size has a soft sign", "[softsign]") {
  checkSteps("softsign(lr=0.1)", Linear{1e300}, 0, {-0.1, -0.2, -0.3});
  checkSteps("softsign(lr=0.1, smoothing=0)", Linear{1e-300}, 0, {-0.1, -0.2, -0.3});
  checkSteps("softsign(lr=0.1, smoothing=0)", Linear{0}, 1, {1, 1, 1});
}
