// What the project promises to have, id by id.
#include <algorithm>
#include <set>
#include <string>

#include "descent/catalogue.h"
#include "support/catch.h"

using namespace descent;

namespace {

template <class Base>
void checkHas(std::initializer_list<const char*> promised) {
  std::set<std::string> ids;
  for (const auto& entry : catalogue().entries<Base>()) ids.insert(entry.id);
  for (const char* id : promised) {
    INFO(id);
    CHECK(ids.count(id) == 1);
  }
}

}  // namespace

TEST_CASE("Every promised optimizer, schedule, landscape and problem is there", "[contract]") {
  checkHas<Optimizer>({"sgd",
                       "momentum",
                       "nesterov",
                       "signsgd",
                       "signum",
                       "softsign",
                       "lion",
                       "adagrad",
                       "rmsprop",
                       "adam",
                       "adamw",
                       "amsgrad",
                       "nadam",
                       "radam",
                       "adamax",
                       "adadelta",
                       "sophia",
                       "muon",
                       "shampoo",
                       "lars",
                       "normalized",
                       "lamb",
                       "deflated",
                       "newton",
                       "newton-cg",
                       "lbfgs",
                       "armijo",
                       "preconditioned",
                       "lookahead",
                       "sam",
                       "clip",
                       "noise",
                       "l2",
                       "decoupled-decay",
                       "ema",
                       "swa",
                       "reduce-on-plateau"});
  checkHas<Schedule>({"constant", "step", "multistep", "exponential", "linear", "inverse-time",
                      "cyclic", "polynomial", "cosine", "warm-restarts", "inverse-sqrt", "wsd",
                      "one-cycle", "warmup", "join"});
  checkHas<Landscape>({"bowl", "ravine", "rosenbrock", "beale", "himmelblau", "booth",
                       "three-hump-camel", "styblinski-tang", "rastrigin", "ackley",
                       "monkey-saddle", "saddle", "plateau", "cliff", "double-well", "sparse",
                       "custom"});
  checkHas<Problem>({"least-squares", "logistic", "noisy-quadratic", "matrix-regression",
                     "associative-memory", "warmup-toy"});
}
