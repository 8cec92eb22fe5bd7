// Optimizers that are the same under another name, and those that only look so.
#include "optimizers/optimizers.h"

using namespace descent;

namespace {

const std::string kCosine = ", schedule=cosine)";

// Bit for bit.
bool same(const std::string& a, const std::string& b) {
  const auto f = landscape("rosenbrock");
  const Vector start = f->starts()[0];
  return path(a, *f, start, 200) == path(b, *f, start, 200);
}

}  // namespace

TEST_CASE("The heavy ball is summed momentum at a constant rate, not under a schedule",
          "[momentum]") {
  CHECK(apart("momentum(lr=0.002)", "momentum(lr=0.002, form=heavy-ball)") < 1e-12);
  CHECK(apart("momentum(lr=0.002" + kCosine, "momentum(lr=0.002, form=heavy-ball" + kCosine) >
        1e-3);
}

TEST_CASE("Averaged momentum at ten times the rate is the sum at β = 0.9", "[momentum]") {
  CHECK(apart("momentum(lr=0.002)", "momentum(lr=0.02, form=ema)") < 1e-12);
  CHECK(apart("momentum(lr=0.002" + kCosine, "momentum(lr=0.02, form=ema" + kCosine) < 1e-12);
  CHECK(apart("momentum(lr=0.002)", "momentum(lr=0.002, form=ema)") > 1e-3);
}

TEST_CASE("Nesterov's framework form is the look-ahead point at a constant rate only",
          "[nesterov]") {
  const auto f = landscape("himmelblau");
  const Vector start = f->starts()[0];
  constexpr double kBeta = 0.8;
  for (const bool scheduled : {false, true}) {
    const std::string end = scheduled ? kCosine : ")";
    // θ − ηβv, with v from the memory and η of the step to come.
    auto textbook = optimizer("nesterov(lr=0.002, beta=0.8" + end);
    ObjectiveOracle oracle(*f);
    textbook->reset(vectorLayout(2));
    Vector x = start;
    std::vector<Vector> ahead{x};
    for (int t = 0; t < 100; ++t) {
      textbook->step(oracle, x, textbook->rate(t, 100));
      ahead.push_back(x - textbook->rate(t + 1, 100) * kBeta * *textbook->memory()[0].values);
    }
    const auto framework =
        path("nesterov(lr=0.002, beta=0.8, form=framework" + end, *f, start, 100);
    INFO("scheduled " << scheduled);
    CHECK((distance(ahead, framework) < 1e-12) == !scheduled);
    if (scheduled) CHECK(distance(ahead, framework) > 1e-4);
  }
}

TEST_CASE("Without memory momentum and Nesterov are SGD", "[momentum][nesterov]") {
  CHECK(same("sgd(lr=0.001)", "momentum(lr=0.001, beta=0)"));
  CHECK(same("sgd(lr=0.001)", "momentum(lr=0.001, beta=0, form=ema)"));
  CHECK(same("sgd(lr=0.001)", "nesterov(lr=0.001, beta=0)"));
  CHECK(same("sgd(lr=0.001)", "nesterov(lr=0.001, beta=0, form=framework)"));
}

TEST_CASE("SAM without a radius is its inner optimizer", "[sam]") {
  for (const char* inner : {"sgd(lr=0.001)", "adam(lr=0.05)", "muon(lr=0.02)"}) {
    for (const char* p : {"1.5", "2", "inf"}) {
      INFO(inner << " p " << p);
      CHECK(same(inner, std::string("sam(") + inner + ", rho=0, p=" + p + ")"));
    }
  }
  CHECK_FALSE(same("sgd(lr=0.001)", "sam(sgd(lr=0.001), rho=0.01)"));
}

TEST_CASE("AdamW without decay is Adam", "[adamw]") {
  CHECK(same("adam(lr=0.05)", "adamw(lr=0.05, weightDecay=0)"));
  CHECK(same("adam(lr=0.05, biasCorrection=none, epsilonPlacement=hat)",
             "adamw(lr=0.05, biasCorrection=none, epsilonPlacement=hat, weightDecay=0, "
             "decayScale=schedule)"));
  CHECK_FALSE(same("adam(lr=0.05, weightDecay=0.1)", "adamw(lr=0.05, weightDecay=0.1)"));
}

TEST_CASE("AdamW's two decays are one where the rate is 1", "[adamw]") {
  CHECK(same("adamw(lr=1, weightDecay=0.1" + kCosine,
             "adamw(lr=1, weightDecay=0.1, decayScale=schedule" + kCosine));
}

TEST_CASE("Lookahead that goes all the way is its inner optimizer", "[lookahead]") {
  for (const char* inner : {"sgd(lr=0.002)", "momentum(lr=0.001)", "adam(lr=0.05)"}) {
    INFO(inner);
    CHECK(apart(inner, std::string("lookahead(") + inner + ", alpha=1)") < 1e-12);
    CHECK(apart(inner, std::string("lookahead(") + inner + ", alpha=0.5)") > 1e-3);
  }
}

TEST_CASE("Muon with svd and without Nesterov is normalised momentum on a vector", "[muon]") {
  const auto f = landscape("himmelblau");
  Vector x = f->starts()[0], m = Vector::Zero(2), g;
  std::vector<Vector> expected{x};
  for (int t = 0; t < 100; ++t) {
    f->gradient(x, g);
    m = 0.95 * m + g;
    x -= 0.05 / std::hypot(m[0], m[1]) * m;
    expected.push_back(x);
  }
  const Vector start = f->starts()[0];
  CHECK(distance(expected,
                 path("muon(lr=0.05, orthogonaliser=svd, nesterov=off)", *f, start, 100)) < 1e-12);
}

TEST_CASE("Muon with svd does not see whether its momentum is summed or averaged", "[muon]") {
  for (const char* nesterov : {"on", "off"}) {
    INFO(nesterov);
    const std::string base = std::string("muon(lr=0.05, orthogonaliser=svd, nesterov=") + nesterov;
    CHECK(apart(base + ")", base + ", form=ema)") < 1e-11);
  }
}
