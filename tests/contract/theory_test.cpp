// What optimizers say of themselves holds of what they do.
#include "contract/trial.h"

using namespace descent;

TEST_CASE("The first step is as long as the optimizer says", "[contract][optimizers]") {
  const auto surface = landscape("rosenbrock");
  const Vector start = surface->starts().front();
  for (const auto& entry : catalogue().entries<Optimizer>()) {
    INFO(entry.id);
    Trial run(optimizer(entry.id), *surface, start, 0.003);
    Vector g;
    surface->gradient(start, g);
    const auto firstStep = run.optimizer->predict().firstStep;
    if (!firstStep) continue;
    const double said = firstStep(start, g, run.rate);
    run.go(1);
    // ε is left out of the prediction.
    CHECK((run.x - start).lpNorm<Eigen::Infinity>() == Approx(said).epsilon(1e-6));
  }
}

TEST_CASE("Monotone optimizers never raise f on any landscape", "[contract][optimizers]") {
  for (const auto& entry : catalogue().entries<Optimizer>()) {
    if (!optimizer(entry.id)->predict().isMonotone) continue;
    for (const auto& surface : catalogue().entries<Landscape>()) {
      INFO(entry.id << " on " << surface.id);
      const auto f = landscape(surface.id);
      Trial run(optimizer(entry.id), *f, f->starts().front(), suggestedRate(*f, entry.id));
      for (int t = 0; t < 100; ++t) {
        const double before = f->value(run.x);
        run.go(1);
        CHECK(f->value(run.x) <= before);
      }
    }
  }
}

TEST_CASE("The stability limit is where the characteristic radius reaches one",
          "[contract][optimizers]") {
  for (const auto& entry : catalogue().entries<Optimizer>()) {
    INFO(entry.id);
    const auto own = optimizer(entry.id);
    const Predictions said = own->predict();
    if (!said.stabilityLimit || !said.characteristic) continue;
    CHECK_FALSE(said.stabilityLimit->formula.empty());
    const double limit = said.stabilityLimit->value;
    CHECK(said.characteristic(1, limit).radius() == Approx(1).epsilon(1e-12));
    CHECK(said.characteristic(1, 0.99 * limit).radius() < 1);
    CHECK(said.characteristic(1, 1.01 * limit).radius() > 1);
    CHECK(said.characteristic(4, limit / 4).radius() == Approx(1).epsilon(1e-12));
  }
}

TEST_CASE("A decorator is silent where what it wraps is", "[contract][optimizers]") {
  for (const auto& entry : catalogue().entries<Optimizer>()) {
    if (entry.decorates == Decorates::kNothing) continue;
    INFO(entry.id);
    const auto own = optimizer(entry.id + "(sophia)");
    const Predictions said = own->predict();
    CHECK_FALSE(said.firstStep);
    CHECK_FALSE(said.characteristic);
    CHECK_FALSE(said.stabilityLimit);
    CHECK_FALSE(said.preconditioner);
    CHECK_FALSE(said.convergenceOrder);
    CHECK_FALSE(said.gain);
    CHECK_FALSE(said.shrinkage);
    CHECK_FALSE(said.penalty);
  }
}
