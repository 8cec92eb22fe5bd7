// What every problem keeps.
#include "problems/problems.h"

#include "contract/derivatives.h"
#include "descent/random.h"

using namespace descent;

namespace {

// Every problem as it comes, and where its size, its sampling or its rank is another.
std::vector<std::string> recipes() {
  std::vector<std::string> all = {
      "least-squares(n=1, d=1)",
      "least-squares(n=5, d=10, batch=2)",
      "least-squares(n=10, d=10, kappa=1000, noise=0)",
      "least-squares(n=5, d=10, ridge=0.5)",
      "least-squares(n=30, batch=7, sampling=replacement, kappa=1)",
      "logistic(n=3, d=2)",
      "logistic(n=5, d=10, batch=2)",
      "logistic(n=30, batch=7, sampling=replacement, kappa=1000, ridge=0.5)",
      "matrix-regression(rows=1, cols=1, n=1)",
      "matrix-regression(n=4, noise=0.5)",
      "matrix-regression(rows=3, cols=9, kappa=1)",
      "noisy-quadratic(d=1, kappa=100)",
      "noisy-quadratic(batch=16, kappa=1)",
      "associative-memory(width=5, keys=1)",
      "associative-memory(width=4, keys=30, exponent=0)",
      "warmup-toy(phase=0)",
      "warmup-toy(high=7, low=5, phase=3)",
      "polynomial-fit(degree=0, n=1)",
      "polynomial-fit(degree=5, n=40)",
      "polynomial-fit(degree=9, n=4)",
      "two-scales(large=0.1, small=7)",
  };
  for (const auto& entry : catalogue().entries<Problem>()) all.push_back(entry.id);
  return all;
}

bool isOf(const std::string& recipe, const std::string& id) { return recipe.rfind(id, 0) == 0; }

// A point that nothing favours.
Vector somewhere(const Problem& problem, std::uint64_t seed = 3) {
  Random random(seed);
  return random.normalVector(problem.dimension());
}

// What can be seen of a problem: the whole and steps of it.
std::vector<double> fingerprint(const Problem& problem) {
  const Vector x = somewhere(problem);
  std::vector<double> all = {problem.value(x), problem.heldOut(x).value_or(0)};
  const auto append = [&](const Vector& v) { all.insert(all.end(), v.begin(), v.end()); };
  append(problem.start());
  append(gradientOf(problem, x));
  Matrix h;
  for (const int t : {1, 2, 3, 17, 100}) {
    all.push_back(problem.at(t).value(x));
    append(stepGradientOf(problem, t, x));
    if (problem.at(t).hessian(x, h)) append(h.reshaped());
  }
  if (const auto minimum = problem.nearestMinimum(x)) append(*minimum);
  return all;
}

}  // namespace

TEST_CASE("Every problem is the same for the same seed, and another for another seed",
          "[contract][problems]") {
  for (const std::string& recipe : recipes()) {
    INFO(recipe);
    const auto numbers = fingerprint(*problem(recipe, 7));
    CHECK(fingerprint(*problem(recipe, 7)) == numbers);
    const bool isDrawn = !isOf(recipe, "warmup-toy") && !isOf(recipe, "two-scales");
    for (const std::uint64_t seed : {std::uint64_t{0}, std::uint64_t{8}, std::uint64_t{999999}}) {
      CHECK((fingerprint(*problem(recipe, seed)) != numbers) == isDrawn);
    }
    const auto again = problem(recipe, 8);
    again->prepare(7);
    CHECK(fingerprint(*again) == numbers);
  }
}

TEST_CASE("Every problem's clone is the same problem", "[contract][problems]") {
  for (const std::string& recipe : recipes()) {
    INFO(recipe);
    auto original = problem(recipe);
    const auto numbers = fingerprint(*original);
    const auto clone = original->clone();
    CHECK(fingerprint(*clone) == numbers);
    // It does not follow the original's next data.
    original->prepare(99);
    CHECK(fingerprint(*clone) == numbers);
    original.reset();
    CHECK(fingerprint(*clone) == numbers);
  }
}

TEST_CASE("Every problem's gradient and Hessian agree with central differences, whole and by step",
          "[contract][problems]") {
  for (const std::string& recipe : recipes()) {
    INFO(recipe);
    const auto own = problem(recipe);
    for (const std::uint64_t seed : {std::uint64_t{3}, std::uint64_t{4}}) {
      const Vector x = somewhere(*own, seed);
      checkDerivatives(*own, x);
      for (const int t : {1, 2, 3, 4, 21}) {
        INFO("step " << t);
        checkDerivatives(own->at(t), x);
      }
    }
  }
}

TEST_CASE("Every problem is level at its solutions, and nowhere lower", "[contract][problems]") {
  for (const std::string& recipe : recipes()) {
    INFO(recipe);
    const auto own = problem(recipe);
    for (const Vector& x : {own->start(), somewhere(*own)}) {
      const auto minimum = own->nearestMinimum(x);
      if (!minimum) continue;
      REQUIRE(minimum->size() == own->dimension());
      CHECK(gradientOf(*own, *minimum).norm() <= 1e-10);
      const double lowest = own->value(*minimum);
      for (std::uint64_t seed = 0; seed < 10; ++seed) {
        CHECK(own->value(*minimum + 0.1 * somewhere(*own, seed)) >= lowest - 1e-12);
      }
      // It is the nearest one to itself.
      CHECK((*own->nearestMinimum(*minimum) - *minimum).norm() <= 1e-9 * (1 + minimum->norm()));
    }
  }
}

TEST_CASE("Every problem's solution is the nearest: the way there leads along curved directions",
          "[contract][problems]") {
  for (const std::string& recipe : recipes()) {
    INFO(recipe);
    const auto own = problem(recipe);
    const Vector x = somewhere(*own);
    const auto minimum = own->nearestMinimum(x);
    if (!minimum) continue;
    const Eigen::SelfAdjointEigenSolver<Matrix> h(hessianOf(*own, *minimum));
    const double tiny = 1e-9 * h.eigenvalues().maxCoeff();
    for (Eigen::Index i = 0; i < own->dimension(); ++i) {
      if (h.eigenvalues()[i] > tiny) continue;
      CHECK(std::abs(h.eigenvectors().col(i).dot(*minimum - x)) <= 1e-8);
    }
  }
}

TEST_CASE("Every problem's largest curvature is its Hessian's at the solution",
          "[contract][problems]") {
  for (const std::string& recipe : recipes()) {
    INFO(recipe);
    const auto own = problem(recipe);
    const Vector x = somewhere(*own);
    const auto curvature = own->largestCurvature(x);
    CHECK(curvature.has_value() == own->nearestMinimum(x).has_value());
    if (!curvature) continue;
    Matrix h = hessianOf(*own, *own->nearestMinimum(x));
    // The toy's limit is felt in its first phase, by which it is described.
    if (isOf(recipe, "warmup-toy") && recipe != "warmup-toy(phase=0)") {
      own->at(1).hessian(*own->nearestMinimum(x), h);
    }
    if (recipe == "warmup-toy(phase=0)") continue;
    CHECK(*curvature == Approx(eigenvaluesOf(h).maxCoeff()).epsilon(1e-12));
  }
}

TEST_CASE("Every problem's layout covers each parameter once", "[contract][problems]") {
  for (const std::string& recipe : recipes()) {
    INFO(recipe);
    const auto own = problem(recipe);
    Eigen::Index next = 0;
    for (const Block& block : own->layout()) {
      CHECK(block.offset == next);
      CHECK(block.size() > 0);
      CHECK_FALSE(block.name.empty());
      next += block.size();
    }
    CHECK(next == own->dimension());
    CHECK(parameterCount(own->layout()) == own->dimension());
  }
}

TEST_CASE("Every problem starts at finite numbers, with a slope, and suggests rates",
          "[contract][problems]") {
  for (const std::string& recipe : recipes()) {
    INFO(recipe);
    const auto own = problem(recipe);
    const Vector start = own->start();
    REQUIRE(start.size() == own->dimension());
    CHECK(start.allFinite());
    CHECK(std::isfinite(own->value(start)));
    CHECK(stepGradientOf(*own, 1, start).norm() > 0);
    CHECK(own->rates().gradient > 0);
    CHECK(own->rates().stride > 0);
    // A rate of one over the largest curvature at most.
    if (const auto curvature = own->largestCurvature(start)) {
      CHECK(own->rates().gradient * *curvature < 2);
    }
  }
}

TEST_CASE("Every problem is descended at the rates that it suggests", "[contract][problems]") {
  for (const std::string& recipe : recipes()) {
    const auto own = problem(recipe);
    // Nothing to descend, or batches that are more curved than the whole.
    if (!own->nearestMinimum(own->start()) || recipe.find("batch=7") != std::string::npos) continue;
    for (const auto& [name, rate] :
         {std::pair{"sgd", own->rates().gradient}, {"adam", own->rates().stride}}) {
      INFO(name << " on " << recipe);
      const auto runner = optimizer(name);
      runner->reset(own->layout());
      Vector x = own->start();
      for (int t = 1; t <= 300; ++t) {
        ObjectiveOracle oracle(own->at(t));
        REQUIRE(runner->step(oracle, x, rate).status == Status::kRunning);
      }
      CHECK(own->value(x) < own->value(own->start()));
    }
  }
}
