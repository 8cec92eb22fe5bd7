#include "optimizers/optimizers.h"

using namespace descent;

namespace {

// Pairs (s, y) that an optimizer remembers, the oldest first.
std::vector<std::pair<Vector, Vector>> pairsOf(const Optimizer& o, Eigen::Index n) {
  const Vector s = *o.memory()[0].values, y = *o.memory()[1].values;
  std::vector<std::pair<Vector, Vector>> pairs;
  for (Eigen::Index at = s.size() - n; at >= 0; at -= n) {
    if (!s.segment(at, n).isZero(0)) pairs.push_back({s.segment(at, n), y.segment(at, n)});
  }
  return pairs;
}

// The inverse Hessian of the BFGS formula, H ← (I − ρsyᵀ) H (I − ρysᵀ) + ρssᵀ, as a full matrix.
Matrix denseInverse(const std::vector<std::pair<Vector, Vector>>& pairs) {
  const auto& [s0, y0] = pairs.back();
  const Matrix identity = Matrix::Identity(s0.size(), s0.size());
  Matrix h = s0.dot(y0) / y0.dot(y0) * identity;
  for (const auto& [s, y] : pairs) {
    const double rho = 1 / s.dot(y);
    h = (identity - rho * s * y.transpose()) * h * (identity - rho * y * s.transpose()) +
        rho * s * s.transpose();
  }
  return h;
}

// f of three coupled variables, curved differently everywhere: Σ eˣ − x and a coupling.
class Coupled final : public Objective {
 public:
  Eigen::Index dimension() const override { return 3; }
  double value(const Vector& x) const override {
    return (x.array().exp() - x.array()).sum() + std::pow(x.sum(), 2);
  }
  void gradient(const Vector& x, Vector& g) const override {
    g = x.array().exp() - 1 + 2 * x.sum();
  }
};

}  // namespace

TEST_CASE("In one dimension L-BFGS is the secant method after a first trial of length 1",
          "[lbfgs]") {
  // x⁴/4 from 2: g = 8, the direction −8·min(1, 1/8) = −1: x = 1, where the slope is an eighth.
  // s = −1, y = 1 − 8 = −7: x = 1 − 1/7 = 6/7. s = −1/7, y = 216/343 − 1 = −127/343:
  // x = 6/7 − (216/343)(49/127) = 6/7 − 216/889 = 78/127.
  checkSteps("lbfgs", Quartic(), 2, {1, 6 / 7.0, 78 / 127.0});
}

TEST_CASE("Where the gradient is short the first trial of L-BFGS is the gradient", "[lbfgs]") {
  // ½x² at ¼: g = ¼, and −g leads to the minimum. ‖g‖₁ = 7/4: the trial −g/1.75 = (−4, −3)/7 is
  // accepted.
  checkSteps("lbfgs", Quadratic{1}, 0.25, {0, 0});
  const auto points = path("lbfgs", Quadratic{1, 1}, vec({1, 0.75}), 1);
  CHECK((points[1] - vec({1 - 4 / 7.0, 0.75 - 3 / 7.0})).norm() < 1e-15);
}

TEST_CASE("L-BFGS goes along the direction of the dense BFGS formula", "[lbfgs]") {
  const Coupled f;
  int firsts = 0;
  for (const int memory : {1, 2, 3, 10}) {
    auto o = optimizer("lbfgs(memory=" + std::to_string(memory) + ")");
    ObjectiveOracle oracle(f);
    o->reset(vectorLayout(3));
    Vector x = vec({2, -1, 1.5}), g;
    for (int t = 1; t <= 8; ++t) {
      const auto pairs = pairsOf(*o, 3);
      CHECK(static_cast<int>(pairs.size()) == std::min(memory, t - 1));
      f.gradient(x, g);
      const Vector before = x;
      o->step(oracle, x, 0);
      if (pairs.empty()) continue;
      const Vector moved = x - before, direction = -denseInverse(pairs) * g;
      const double alpha = moved.dot(direction) / direction.squaredNorm();
      INFO("memory " << memory << " step " << t << " α " << alpha);
      CHECK((moved - alpha * direction).norm() < 1e-12 * x.norm());
      // The first trial is 1, and is taken unless it is shown as rejected.
      const bool isFirst = o->probes()[0].values.cols() == 0;
      CHECK((std::abs(alpha - 1) < 1e-6) == isFirst);
      if (isFirst) ++firsts;
    }
  }
  CHECK(firsts > 20);  // of 28
}

TEST_CASE("Every step of L-BFGS meets the strong Wolfe conditions", "[lbfgs]") {
  for (const char* name : {"rosenbrock", "himmelblau", "beale"}) {
    const auto f = landscape(name);
    for (const Point& start : f->starts()) {
      const auto points = path("lbfgs", *f, start, 12);
      Vector g, ahead;
      for (std::size_t t = 1; t < points.size(); ++t) {
        const Vector s = points[t] - points[t - 1];
        f->gradient(points[t - 1], g);
        f->gradient(points[t], ahead);
        if (g.norm() < 1e-6) break;
        INFO(name << " step " << t);
        CHECK(f->value(points[t]) <= f->value(points[t - 1]) + 1e-4 * g.dot(s) * (1 - 1e-9));
        CHECK(std::abs(ahead.dot(s)) <= 0.9 * std::abs(g.dot(s)) * (1 + 1e-9));
      }
    }
  }
}

TEST_CASE("L-BFGS solves a quadratic of n dimensions in little more than n steps", "[lbfgs]") {
  Matrix h(3, 3);
  h << 4, 1, 0, 1, 3, -1, 0, -1, 2;
  CHECK(path("lbfgs", Quadratic(h), vec({1, -2, 3}), 12).back().norm() < 1e-7);
}

TEST_CASE("L-BFGS finds the end of Rosenbrock's valley", "[lbfgs]") {
  const auto f = landscape("rosenbrock");
  ObjectiveOracle oracle(*f);
  const auto points = path(*optimizer("lbfgs"), oracle, vec({-1.2, 1}), 40);
  CHECK((points.back() - vec({1, 1})).norm() < 1e-12);
  // Two a step, and what was rejected on the way.
  CHECK(oracle.counts().gradients < 100);
}

TEST_CASE("The rejected trials of L-BFGS are counted as gradients and shown as probes", "[lbfgs]") {
  // 8x² at ½: g = 8, direction −1. At −½ f is as high; at 0 it is least.
  const Quadratic f{16};
  ObjectiveOracle oracle(f);
  auto o = optimizer("lbfgs");
  o->reset(vectorLayout(1));
  Vector x = vec({0.5});
  const Step first = o->step(oracle, x, 0);
  CHECK(x[0] == 0);
  CHECK(first.value == 2);
  CHECK(first.status == Status::kRunning);
  CHECK(oracle.counts().gradients == 3);
  CHECK(oracle.counts().values == 0);
  REQUIRE(o->probes().size() == 1);
  CHECK(o->probes()[0].kind == Probe::Kind::kPoints);
  CHECK(o->probes()[0].values == Matrix(vec({-0.5})));
  // At the minimum there is nothing to search.
  CHECK(o->step(oracle, x, 0).status == Status::kConverged);
  CHECK(x[0] == 0);
  CHECK(oracle.counts().gradients == 4);
  CHECK(o->probes()[0].values.cols() == 0);
}

TEST_CASE("Pairs without positive curvature are skipped", "[lbfgs]") {
  // −½x² from 1: g = −1, direction 1, and doubled 59 times f still falls. s = 2⁵⁹, y = −2⁵⁹.
  auto o = optimizer("lbfgs");
  const auto run = [&o](const Objective& f) {
    ObjectiveOracle oracle(f);
    return path(*o, oracle, vec({1}), 1)[1][0];
  };
  CHECK(run(Quadratic{-1}) == 1 + std::pow(2, 59));
  CHECK(o->memory()[0].values->isZero(0));
  // On a straight slope y = 0.
  CHECK(run(Linear{1}) == 1 - std::pow(2, 59));
  CHECK(o->memory()[0].values->isZero(0));
  CHECK(run(Quadratic{4}) == 0);
  CHECK((*o->memory()[0].values)[0] == -1);
  CHECK((*o->memory()[1].values)[0] == -4);
}

TEST_CASE("Where no step that can be resolved falls, L-BFGS has stopped", "[lbfgs]") {
  Liar oracle;
  auto o = optimizer("lbfgs");
  o->reset(vectorLayout(1));
  Vector x = vec({1});
  const Step step = o->step(oracle, x, 0);
  CHECK(step.status == Status::kStopped);
  CHECK(step.gradient == 1);
  CHECK(x[0] == 1);
  // 61 of the search, and two of the difference that looks for curvature.
  CHECK(oracle.counts().gradients == 63);
  // A gradient that does not move x, far below the first.
  const Quadratic faint{1e-20};
  ObjectiveOracle weak(faint);
  CHECK(o->step(weak, x, 0).status == Status::kConverged);
}

TEST_CASE("Where its direction leads nowhere L-BFGS forgets and follows the slope", "[lbfgs]") {
  // A curvature of 1e-15 makes γ = 1e15; the next function has a gradient of 1e295, and γ times it
  // is beyond the numbers. Along the slope the first trial is of length 1.
  const Quadratic faint{1e-15}, steep{1e295};
  ObjectiveOracle first(faint), second(steep);
  auto o = optimizer("lbfgs");
  o->reset(vectorLayout(1));
  Vector x = vec({1});
  o->step(first, x, 0);
  CHECK(pairsOf(*o, 1).size() == 1);
  const double before = x[0];
  CHECK(o->step(second, x, 0).status == Status::kRunning);
  CHECK(std::abs(x[0]) < std::abs(before));
  CHECK(second.counts().gradients < 10);
}

TEST_CASE("The memory of L-BFGS may be turned during a run", "[lbfgs]") {
  const Coupled f;
  auto o = optimizer("lbfgs");
  ObjectiveOracle oracle(f);
  o->reset(vectorLayout(3));
  Vector x = vec({2, -1, 1.5});
  for (int t = 0; t < 5; ++t) o->step(oracle, x, 0);
  const auto five = pairsOf(*o, 3);
  REQUIRE(five.size() == 5);
  REQUIRE(catalogue().configure(*o, *parseRecipe("lbfgs(memory=3)")));
  o->step(oracle, x, 0);
  // The newest is new, the other two are the newest of before.
  CHECK(o->memory()[0].values->size() == 9);
  const auto three = pairsOf(*o, 3);
  REQUIRE(three.size() == 3);
  CHECK(three[0].first == five[3].first);
  CHECK(three[1].second == five[4].second);
  REQUIRE(catalogue().configure(*o, *parseRecipe("lbfgs(memory=5)")));
  o->step(oracle, x, 0);
  CHECK(o->memory()[0].values->size() == 15);
  CHECK(pairsOf(*o, 3).size() == 4);
}

TEST_CASE("L-BFGS says that it diverged where f or its gradient is no number", "[lbfgs]") {
  auto o = optimizer("lbfgs");
  o->reset(vectorLayout(1));
  Script oracle({vec({INFINITY}), vec({NAN})});
  Vector x = vec({1});
  CHECK(o->step(oracle, x, 0).status == Status::kDiverged);
  CHECK(o->step(oracle, x, 0).status == Status::kDiverged);
  CHECK(x[0] == 1);
}

TEST_CASE("L-BFGS never increases f", "[lbfgs]") {
  CHECK(optimizer("lbfgs")->predict().isMonotone);
  for (const char* name : {"rosenbrock", "himmelblau", "beale", "saddle", "plateau"}) {
    const auto f = landscape(name);
    for (const Point& start : f->starts()) {
      const auto points = path("lbfgs", *f, start, 100);
      for (std::size_t i = 1; i < points.size(); ++i) {
        INFO(name << " step " << i);
        REQUIRE(f->value(points[i]) <= f->value(points[i - 1]));
      }
    }
  }
}

TEST_CASE("A change of the gradient that is only rounding is no curvature", "[lbfgs]") {
  // Slope 1e8 along x beside the curvature 1 along y: in y the gradient changes for good, in x by
  // a rounding that would make γ = 1e24 of a step of 1.
  class Slope final : public Objective {
   public:
    Eigen::Index dimension() const override { return 1; }
    double value(const Vector& x) const override { return 1e8 * x[0]; }
    void gradient(const Vector& x, Vector& g) const override {
      g = vec({x[0] < 0.5 ? 1e8 * (1 - 1.1e-16) : 1e8});
    }
  };
  auto o = optimizer("lbfgs");
  const Slope f;
  ObjectiveOracle seen(f);
  path(*o, seen, vec({1}), 1);
  CHECK(o->memory()[0].values->isZero(0));
}
