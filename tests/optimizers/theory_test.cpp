// What optimizers say of themselves on a quadratic, measured.
#include <complex>

#include "support/objectives.h"

using namespace descent;

namespace {

const char* const kRecipes[] = {
    "sgd",
    "momentum(beta=0.9)",
    "momentum(beta=0.5)",
    "momentum(beta=0)",
    "momentum(form=heavy-ball)",
    "momentum(form=ema)",
    "momentum(form=ema, beta=0.5)",
    "nesterov(beta=0.9)",
    "nesterov(beta=0.5)",
    "nesterov(form=framework)",
    "nesterov(form=framework, beta=0.6)",
};

std::vector<double> distances(Optimizer& optimizer, double curvature, double eta, int steps) {
  const Quadratic f{curvature};
  ObjectiveOracle oracle(f);
  optimizer.lr = eta;
  std::vector<double> x;
  for (const Vector& point : path(optimizer, oracle, vec({1}), steps)) x.push_back(point[0]);
  return x;
}

// The factor a step over a long run, of the larger of two neighbours, which hides oscillation.
double contraction(const std::vector<double>& x) {
  const auto size = [&x](std::size_t i) { return std::hypot(x[i], x[i - 1]); };
  const std::size_t last = x.size() - 1, first = last / 2;
  return std::pow(size(last) / size(first), 1.0 / static_cast<double>(last - first));
}

}  // namespace

TEST_CASE("Distances obey the recursion that the optimizer names", "[theory]") {
  for (const char* recipe : kRecipes) {
    auto o = optimizer(recipe);
    for (const double product : {0.01, 0.3, 0.9, 1.2, 1.9}) {
      const double curvature = 4, eta = product / curvature;
      REQUIRE(o->predict().characteristic);
      const Characteristic z = o->predict().characteristic(curvature, eta);
      CHECK_FALSE(z.formula.empty());
      const auto x = distances(*o, curvature, eta, 30);
      for (std::size_t t = z.c == 0 ? 1 : 2; t < x.size(); ++t) {
        const double expected = z.b * x[t - 1] - (t > 1 ? z.c * x[t - 2] : 0);
        INFO(recipe << " ηλ = " << product << " t = " << t);
        CHECK(std::abs(x[t] - expected) <=
              1e-13 * (std::abs(x[t - 1]) + std::abs(x[t - 2 + (t < 2)])));
      }
    }
  }
}

TEST_CASE("The radius is the larger root's size, and the contraction in the long run", "[theory]") {
  for (const char* recipe : kRecipes) {
    auto o = optimizer(recipe);
    for (const double product : {0.05, 0.3, 0.7}) {
      const double curvature = 4, eta = product / curvature;
      REQUIRE(o->predict().characteristic);
      const Characteristic z = o->predict().characteristic(curvature, eta);
      const std::complex<double> root = std::sqrt(std::complex<double>(z.b * z.b - 4 * z.c));
      INFO(recipe << " ηλ = " << product);
      CHECK(z.radius() == Approx(std::max(std::abs(z.b + root), std::abs(z.b - root)) / 2));
      CHECK(contraction(distances(*o, curvature, eta, 400)) == Approx(z.radius()).epsilon(0.01));
    }
  }
}

TEST_CASE("The best momentum contracts by √β, whatever the curvature between", "[theory]") {
  // L = 100, μ = 1: η = (2/(10 + 1))² = 4/121, β = (9/11)² = 81/121.
  auto o = optimizer("momentum(beta=" + print(Value(81 / 121.0)) + ")");
  for (const double curvature : {1.0, 7.0, 50.0, 100.0}) {
    CHECK(o->predict().characteristic(curvature, 4 / 121.0).radius() ==
          Approx(9 / 11.0).epsilon(1e-6));
  }
}

TEST_CASE("With coupled decay, which moves the minimum, nothing is predicted", "[theory]") {
  for (const char* recipe : {"sgd(weightDecay=0.5)", "momentum(weightDecay=0.5)"}) {
    INFO(recipe);
    CHECK_FALSE(optimizer(recipe)->predict().characteristic);
    CHECK_FALSE(optimizer(recipe)->predict().stabilityLimit);
  }
}

TEST_CASE("At the limit of stability runs turn from bounded to growing", "[theory]") {
  const Quadratic f{0.5, 1, 4};
  for (const char* recipe : kRecipes) {
    INFO(recipe);
    auto o = optimizer(recipe);
    REQUIRE(o->predict().stabilityLimit);
    const double eta = o->predict().stabilityLimit->value / 4;
    for (const double share : {0.99, 1.01}) {
      INFO("share " << share);
      ObjectiveOracle oracle(f);
      o->lr = share * eta;
      const auto points = path(*o, oracle, vec({1, 1, 1}), 1500);
      const double end = points.back().norm();
      CHECK((share < 1 ? end < 1 : !(end < 1e6)));
      CHECK((o->predict().characteristic(4, share * eta).radius() < 1) == (share < 1));
    }
  }
}

TEST_CASE("The limits of stability are those of the textbooks", "[theory]") {
  // β = 0.9: 2, 2(1 + β), the same over 1 − β, and (2 + 2β)/(1 + 2β).
  CHECK(optimizer("sgd")->predict().stabilityLimit->value == 2);
  CHECK(optimizer("momentum")->predict().stabilityLimit->value == Approx(3.8));
  CHECK(optimizer("momentum(form=heavy-ball)")->predict().stabilityLimit->value == Approx(3.8));
  CHECK(optimizer("momentum(form=ema)")->predict().stabilityLimit->value == Approx(38));
  CHECK(optimizer("nesterov")->predict().stabilityLimit->value == Approx(3.8 / 2.8));
  CHECK(optimizer("nesterov(form=framework)")->predict().stabilityLimit->value ==
        Approx(3.8 / 2.8));
}

TEST_CASE("Where theory is silent an optimizer says nothing", "[theory]") {
  for (const char* recipe : {"adam",
                             "adamw",
                             "amsgrad",
                             "nadam",
                             "radam",
                             "adamax",
                             "adagrad",
                             "rmsprop",
                             "adadelta",
                             "signsgd",
                             "signum",
                             "softsign",
                             "lion",
                             "sophia",
                             "muon",
                             "newton",
                             "armijo",
                             "lookahead(sgd)",
                             "sam(sgd)",
                             "nesterov(betaRule=accelerated)",
                             "momentum(weightDecay=0.1)"}) {
    INFO(recipe);
    CHECK_FALSE(optimizer(recipe)->predict().characteristic);
    CHECK_FALSE(optimizer(recipe)->predict().stabilityLimit);
  }
}

TEST_CASE("A preconditioner is what a step divides its mean of gradients by", "[theory]") {
  struct Said {
    const char* recipe;
    double limit;
  };
  for (const auto& [recipe, limit] :
       {Said{"adam", 38}, Said{"adam(beta1=0.5,biasCorrection=none,epsilonPlacement=inside)", 6},
        Said{"adam(start=first-gradient,epsilonPlacement=hat)", 38},
        Said{"adamw(weightDecay=0)", 38}, Said{"rmsprop", 2}}) {
    INFO(recipe);
    const Quadratic f{0.5, 1, 4};
    auto o = optimizer(recipe);
    o->reset(vectorLayout(3));
    ObjectiveOracle oracle(f);
    Vector x = vec({1, -2, 3}), g;
    for (int t = 0; t < 5; ++t) {
      const Vector before = x;
      f.gradient(x, g);
      o->step(oracle, x, 0.1);
      REQUIRE(o->predict().preconditioner);
      const Preconditioner p = o->predict().preconditioner();
      CHECK(p.limit.value == Approx(limit));
      const Vector mean = o->memory()[0].name == "first-moment" ? *o->memory()[0].values : g;
      CHECK((x - before + 0.1 * mean.cwiseQuotient(p.diagonal)).norm() < 1e-13);
    }
  }
  for (const char* recipe : {"sgd", "momentum", "adam(weightDecay=0.1)", "lion", "sam(adam)"}) {
    INFO(recipe);
    CHECK_FALSE(optimizer(recipe)->predict().preconditioner);
  }
}
