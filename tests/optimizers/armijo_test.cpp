#include "optimizers/optimizers.h"

using namespace descent;

TEST_CASE("Armijo halves its first trial until f has fallen enough", "[armijo]") {
  // f = 3/2 x²: the trial (1 − 3α) x is −2x at α = 1, where f is 4 times as high, and −x/2 at
  // α = ½, where it is a quarter.
  checkSteps("armijo", Quadratic{3}, 1, {-0.5, 0.25, -0.125});
}

TEST_CASE("A larger c demands a shorter step", "[armijo]") {
  // c = ½ accepts α ≤ 1/3: ¼, where the trial is x/4.
  checkSteps("armijo(c=0.5)", Quadratic{3}, 1, {0.25, 0.0625, 0.015625});
}

TEST_CASE("Armijo begins at `initial` and multiplies by `shrink`", "[armijo]") {
  // α = 2: −5x. α = 0.2: 0.4x.
  checkSteps("armijo(initial=2, shrink=0.1)", Quadratic{3}, 1, {0.4, 0.16, 0.064});
  // The rate of the run has no part in it.
  checkSteps("armijo(initial=0.1)", Quadratic{3}, 1, {0.7, 0.49, 0.343});
}

TEST_CASE("Armijo's rejected trials are counted as values and shown as probes", "[armijo]") {
  // f = 4x² at 1, g = 8. Trials −7 (f = 196), −3 (36), −1 (4, not below 4 − 1e-4·¼·64), 0.
  const Quadratic f{8};
  ObjectiveOracle oracle(f);
  auto armijo = optimizer("armijo");
  armijo->reset(vectorLayout(1));
  Vector x = vec({1});
  const Step first = armijo->step(oracle, x, 0.1);
  CHECK(x[0] == 0);
  CHECK(first.value == 4);
  CHECK(first.status == Status::kRunning);
  CHECK(oracle.counts().gradients == 1);
  CHECK(oracle.counts().values == 4);
  REQUIRE(armijo->probes().size() == 1);
  const Probe probe = armijo->probes()[0];
  CHECK(probe.kind == Probe::Kind::kPoints);
  Matrix expected(1, 3);
  expected << -7, -3, -1;
  CHECK(probe.values == expected);

  // At the minimum there is nothing to search.
  CHECK(armijo->step(oracle, x, 0.1).status == Status::kConverged);
  CHECK(x[0] == 0);
  CHECK(oracle.counts().values == 4);
  CHECK(armijo->probes()[0].values.cols() == 0);
}

TEST_CASE("Where no step that can be resolved falls, Armijo has stopped", "[armijo]") {
  Liar oracle;
  auto armijo = optimizer("armijo");
  armijo->reset(vectorLayout(1));
  Vector x = vec({1});
  const Step step = armijo->step(oracle, x, 0.1);
  CHECK(step.status == Status::kStopped);
  CHECK(step.gradient == 1);
  CHECK(x[0] == 1);
  // 1 − 2⁻⁵³ is the last trial that is not 1: 2⁰ … 2⁻⁵³.
  CHECK(oracle.counts().values == 54);
}

TEST_CASE("Armijo says that it diverged where the gradient is not finite", "[armijo]") {
  auto armijo = optimizer("armijo");
  armijo->reset(vectorLayout(1));
  Script oracle({vec({INFINITY}), vec({NAN})});
  Vector x = vec({1});
  CHECK(armijo->step(oracle, x, 0.1).status == Status::kDiverged);
  CHECK(armijo->step(oracle, x, 0.1).status == Status::kDiverged);
  CHECK(x[0] == 1);
}

TEST_CASE("Any step up to 2(1 − c)/L is accepted, and none above", "[armijo]") {
  for (const double c : {1e-4, 0.25, 0.5, 0.9}) {
    for (const double curvature : {0.5, 3.0, 40.0}) {
      const double limit = 2 * (1 - c) / curvature;
      const Quadratic f{curvature};
      for (const double share : {0.999, 1.001}) {
        const std::string recipe =
            "armijo(initial=" + print(Value(share * limit)) + ", c=" + print(Value(c)) + ")";
        ObjectiveOracle oracle(f);
        auto armijo = optimizer(recipe);
        path(*armijo, oracle, vec({1}), 1);
        INFO(recipe << " at curvature " << curvature);
        CHECK((armijo->probes()[0].values.cols() == 0) == (share < 1));
      }
    }
  }
}

TEST_CASE("Armijo never increases f", "[armijo]") {
  CHECK(optimizer("armijo")->predict().isMonotone);
  for (const char* name : {"rosenbrock", "himmelblau", "beale", "saddle", "plateau"}) {
    const auto f = landscape(name);
    for (const Point& start : f->starts()) {
      const auto points = path("armijo", *f, start, 300);
      for (std::size_t i = 1; i < points.size(); ++i) {
        INFO(name << " step " << i);
        REQUIRE(f->value(points[i]) <= f->value(points[i - 1]));
      }
    }
  }
}

namespace {

// How a line search stands after some steps from the point.
Step ended(const std::string& recipe, const Objective& f, Vector x, int steps) {
  ObjectiveOracle oracle(f);
  const auto o = optimizer(recipe);
  o->reset(vectorLayout(x.size()));
  Step step{0, Status::kRunning};
  for (int t = 0; t < steps && step.status == Status::kRunning; ++t) step = o->step(oracle, x, 0);
  return step;
}

// Another function in other units: scale · f(θ/unit) + shift.
class InUnits final : public Objective {
 public:
  InUnits(const Objective& f, double scale, double unit, double shift)
      : f_(f), scale_(scale), unit_(unit), shift_(shift) {}
  Eigen::Index dimension() const override { return f_.dimension(); }
  double value(const Vector& x) const override { return scale_ * f_.value(x / unit_) + shift_; }
  void gradient(const Vector& x, Vector& g) const override {
    f_.gradient(x / unit_, g);
    g *= scale_ / unit_;
  }

 private:
  const Objective& f_;
  double scale_, unit_, shift_;
};

}  // namespace

TEST_CASE("A search has converged where the gradient is small, in whatever units", "[armijo]") {
  // From (3, 1) on x²/2 + 5y²: the search ends where f no longer changes in its last digit.
  const Quadratic f{1, 10};
  for (const char* recipe : {"lbfgs", "lbfgs(memory=2)"}) {
    for (const double scale : {1e-9, 1.0, 1e9}) {
      for (const double unit : {1e-6, 1.0, 1e6}) {
        if (scale / (unit * unit) < 1e-12) continue;  // its first trial, −g, is too short to see
        INFO(recipe << ", f in " << scale << ", θ in " << unit);
        const Step step =
            ended(recipe, InUnits(f, scale, unit, 2 * scale), unit * vec({3, 1}), 3000);
        CHECK(step.status == Status::kConverged);
        CHECK(step.gradient < 1e-6 * scale / unit * 11);
      }
    }
  }
}

TEST_CASE("A search that fails on a crease has stopped, not converged", "[armijo]") {
  // |x| + y² from (1, 1): the slope across the crease is 1 wherever it ends.
  const auto crease = landscape("custom(f=\"max(x,-x)+y^2\")");
  const Step step = ended("lbfgs", *crease, vec({1, 1}), 100);
  CHECK(step.status == Status::kStopped);
  CHECK(step.gradient >= 1);
}

TEST_CASE("A search that starts at a minimum to rounding has converged", "[armijo]") {
  // ½(x − 3)² from the next number to 3: g = 4e-16 is the first gradient, too, and rounding of 3.
  const auto f = landscape("custom(f=\"(x-3)^2/2+(y-5)^2+1\")");
  for (const char* recipe : {"armijo", "lbfgs"}) {
    const Step step = ended(recipe, *f, vec({std::nextafter(3, 4), 5}), 5);
    CHECK(step.status == Status::kConverged);
    CHECK(step.gradient < 1e-15);
  }
}

TEST_CASE("Armijo searches where the gradient's square is beyond the numbers", "[armijo]") {
  // f = 1e200 x²/2 at 1e-20 and 1e-200 x²/2 at 1e-150: g² = 1e360 and 1e-700.
  const Quadratic high{1e200}, low{1e-200};
  CHECK(std::abs(path("armijo(initial=1e-8, shrink=0.01)", high, vec({1e-20}), 1)[1][0]) < 1e-20);
  CHECK(ended("armijo", low, vec({1e-150}), 1).status != Status::kDiverged);
}
