// A training step allocates nothing once a batch of its size has been seen. Calls of malloc are
// counted here; where the sanitizers bring their own, this file is left out.
#include <features.h>
#if defined(__GLIBC__)

#include <cstdlib>

#include "descent/catalogue.h"
#include "network/training.h"
#include "support/catch.h"

namespace {

bool counting = false;
int allocations = 0;

}  // namespace

// Eigen and operator new both come here.
extern "C" void* __libc_malloc(std::size_t size);
extern "C" void* malloc(std::size_t size) {
  if (counting) ++allocations;
  return __libc_malloc(size);
}

using namespace descent;

namespace {

int allocationsOf(const TrainingSetup& setup, const char* recipe) {
  auto split = std::make_shared<Split>();
  Random random(1);
  split->training.inputs = Matrix(2, 47);
  for (double& entry : split->training.inputs.reshaped()) entry = random.normal();
  for (int i = 0; i < 47; ++i) split->training.labels.push_back(i % 2);
  split->validation.inputs = Matrix(2, 0);
  Training<float> problem(setup, split);
  problem.prepare(3);
  const auto optimizer = std::move(*catalogue().build<Optimizer>(*parseRecipe(recipe)));
  optimizer->reset(problem.layout());
  Vector x = problem.start();
  const auto train = [&](int from, int to) {
    for (int t = from; t <= to; ++t) {
      ObjectiveOracle oracle(problem.at(t));
      optimizer->step(oracle, x, optimizer->rate(t - 1, 100));
    }
  };
  train(1, 10);  // two epochs: batches of ten and of seven
  allocations = 0;
  counting = true;
  train(11, 40);
  counting = false;
  return allocations;
}

}  // namespace

TEST_CASE("Allocations are counted", "[network]") {
  allocations = 0;
  counting = true;
  const Vector x = Vector::Zero(50);
  counting = false;
  CHECK(allocations == 1);
  CHECK(x.size() == 50);
}

TEST_CASE("A training step allocates nothing after the first epoch", "[network]") {
  for (const char* recipe : {"sgd", "momentum", "adam", "adamw", "rmsprop", "adagrad"}) {
    for (const int shape : {0, 1, 2, 3}) {
      TrainingSetup setup;
      setup.batch = 10;
      setup.architecture.batchNorm = shape == 1;
      setup.architecture.residual = shape == 2;
      setup.architecture.dropout = shape == 3 ? 0.3 : 0;
      INFO(recipe << ", shape " << shape);
      CHECK(allocationsOf(setup, recipe) == 0);
    }
  }
}

#endif
