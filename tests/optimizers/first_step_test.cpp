#include "descent/random.h"
#include "support/objectives.h"

using namespace descent;

TEST_CASE("The first step is as long as was said", "[theory]") {
  Random random(31);
  for (const char* recipe : {"sgd",
                             "sgd(weightDecay=0.5)",
                             "momentum",
                             "momentum(form=heavy-ball)",
                             "momentum(form=ema, weightDecay=2)",
                             "nesterov",
                             "nesterov(form=framework)",
                             "nesterov(betaRule=accelerated)",
                             "nesterov(betaRule=accelerated, form=framework)",
                             "adam(epsilon=0)",
                             "adam(epsilon=0, weightDecay=0.3)",
                             "adam(epsilon=0, biasCorrection=none)",
                             "adam(epsilon=0, biasCorrection=first)",
                             "adam(epsilon=0, biasCorrection=second)",
                             "adam(epsilon=0, biasCorrection=none, start=first-gradient)",
                             "adamw(epsilon=0)",
                             "adamw(epsilon=0, weightDecay=3)",
                             "adamw(epsilon=0, decayScale=schedule, weightDecay=0.5)",
                             "adamw(epsilon=0, biasCorrection=first, weightDecay=2)",
                             "signsgd",
                             "signum",
                             "softsign",
                             "softsign(beta=0.99, smoothing=4)",
                             "lion",
                             "lion(weightDecay=3)",
                             "adagrad",
                             "rmsprop(epsilon=0)",
                             "rmsprop(epsilon=0, beta=0.5)",
                             "adadelta",
                             "adadelta(rho=0.5, epsilon=1)",
                             "adamax(epsilon=0, weightDecay=0.3)",
                             "amsgrad(epsilon=0)",
                             "amsgrad(epsilon=0, biasCorrection=none, weightDecay=0.3)",
                             "nadam(epsilon=0, weightDecay=0.3)",
                             "nadam(epsilon=0, beta1=0.5, momentumSchedule=constant)",
                             "radam(weightDecay=0.3)",
                             "muon",
                             "muon(orthogonaliser=svd)",
                             "muon(orthogonaliser=hybrid, scale=rms, weightDecay=2)",
                             "muon(orthogonaliser=cubic, steps=2, scale=aspect, nesterov=off)",
                             "muon(form=ema)"}) {
    for (int i = 0; i < 20; ++i) {
      auto o = optimizer(recipe);
      const Vector x = random.normalVector(4), g = 10 * random.normalVector(4);
      const Linear f(g);
      ObjectiveOracle oracle(f);
      o->reset(vectorLayout(4));
      const double eta = o->lr;
      REQUIRE(o->predict().firstStep);
      const double said = o->predict().firstStep(x, g, eta);
      const Vector moved = path(*o, oracle, x, 1)[1] - x;
      INFO(recipe << " from " << x.transpose() << " with " << g.transpose());
      CHECK(said == Approx(moved.lpNorm<Eigen::Infinity>()).epsilon(1e-6));
    }
  }
}

TEST_CASE("Where there is no gradient the first step is none", "[theory]") {
  for (const char* recipe : {"sgd", "momentum", "nesterov", "signsgd", "signum", "softsign",
                             "softsign(smoothing=0)", "lion", "adagrad", "rmsprop", "adadelta",
                             "adam", "adamw", "adamax", "amsgrad", "nadam", "radam", "muon"}) {
    INFO(recipe);
    auto o = optimizer(recipe);
    o->reset(vectorLayout(2));
    CHECK(o->predict().firstStep(vec({0, 0}), vec({0, 0}), 0.1) == 0);
  }
}

TEST_CASE("Adam's first step is said without its epsilon", "[theory]") {
  // Said η, moved η |g|/(|g| + ε) = η/(1 + ε/|g|).
  const Linear f{1e-6};
  for (const char* recipe : {"adam(lr=0.1)", "adamw(lr=0.1, weightDecay=0)"}) {
    INFO(recipe);
    CHECK(optimizer(recipe)->predict().firstStep(vec({0}), vec({1e-6}), 0.1) == Approx(0.1));
    CHECK(-path(recipe, f, vec({0}), 1)[1][0] == Approx(0.1 / 1.01));
  }
}
