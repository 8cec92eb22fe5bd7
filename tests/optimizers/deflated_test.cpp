#include "support/objectives.h"

using namespace descent;

namespace {

// f = aᵀx + ½xᵀHx.
class Tilted final : public Objective {
 public:
  Tilted(Vector a, Matrix h) : a_(std::move(a)), h_(std::move(h)) {}
  Eigen::Index dimension() const override { return a_.size(); }
  double value(const Vector& x) const override { return a_.dot(x) + x.dot(h_ * x) / 2; }
  void gradient(const Vector& x, Vector& g) const override { g = a_ + h_ * x; }
  bool hessian(const Vector&, Matrix& h) const override { return h = h_, true; }

 private:
  Vector a_;
  Matrix h_;
};

Matrix diagonal(std::initializer_list<double> entries) { return vec(entries).asDiagonal(); }

const std::string kDeflated = "deflated(lr=0.1, beta=0.5";

// With g = 1 along what is left, m = 1, 3/2, 7/4 and the points are −0.1, −0.25, −0.425 times it.
void checkLeft(const std::string& recipe, const Objective& f, const Vector& start,
               const Vector& left) {
  INFO(recipe);
  const auto points = path(recipe, f, start, 3);
  CHECK((points[1] - start + 0.1 * left).norm() < 1e-14);
  CHECK((points[2] - start + 0.25 * left).norm() < 1e-14);
  CHECK((points[3] - start + 0.425 * left).norm() < 1e-14);
}

}  // namespace

TEST_CASE("Deflated momentum does not move along the sharpest direction", "[deflated]") {
  // Curvature only along y, and only along (1, 1): what is left of (3, 1) is (1, −1).
  checkLeft(kDeflated + ")", Tilted(vec({1, 0}), diagonal({0, 4})), vec({0, 2}), vec({1, 0}));
  checkLeft(kDeflated + ")", Tilted(vec({3, 1}), Matrix::Ones(2, 2)), vec({0, 0}), vec({1, -1}));
  // A downward curvature is as sharp as an upward one.
  checkLeft(kDeflated + ")", Tilted(vec({1, 0}), diagonal({0, -4})), vec({0, 2}), vec({1, 0}));
}

TEST_CASE("Deflated momentum takes out as many directions as asked for", "[deflated]") {
  const Tilted f(vec({1, 0, 0}), diagonal({0, 4, 4}));
  checkLeft(kDeflated + ", k=2)", f, vec({0, 2, -3}), vec({1, 0, 0}));
  // All of them, and more than there are: it stands still.
  for (const char* k : {"3", "100"}) {
    const Tilted g(vec({1, 1, 1}), diagonal({1, 2, 3}));
    const auto points = path(kDeflated + ", k=" + k + ")", g, vec({1, 1, 1}), 3);
    CHECK((points[3] - vec({1, 1, 1})).norm() < 1e-14);
  }
}

TEST_CASE("The power iteration goes on from step to step", "[deflated]") {
  // Five rounds divide what is wrong by 2⁵: from tan = cos 1/cos 2 to that over 32, 32² and 32³.
  // The largest |λ| is that of y.
  const Quadratic f{1, -2};
  auto o = optimizer("deflated(lr=0.01)");
  ObjectiveOracle oracle(f);
  o->reset(vectorLayout(2));
  Vector x = vec({1, 1});
  for (int t = 1; t <= 3; ++t) {
    o->step(oracle, x, 0.01);
    const Vector& u = *o->memory()[1].values;
    INFO("step " << t);
    CHECK(u.norm() == Approx(1));
    CHECK(std::abs(u[0] / u[1]) ==
          Approx(std::abs(std::cos(1) / std::cos(2)) * std::pow(2, -5 * t)).epsilon(1e-10));
    CHECK(oracle.counts().gradients == t);
    CHECK(oracle.counts().products == 5 * t);
  }
}

TEST_CASE("Without curvature nothing is taken out", "[deflated]") {
  const Linear f{3, -1};
  CHECK(path("deflated(lr=0.1)", f, vec({1, 2}), 10) ==
        path("momentum(lr=0.1)", f, vec({1, 2}), 10));
  // Where it comes back the search begins anew: along y, as in the first test.
  auto o = optimizer(kDeflated + ")");
  const Tilted curved(vec({1, 0}), diagonal({0, 4}));
  const Linear straight{0, 0};
  ObjectiveOracle without(straight), with(curved);
  o->reset(vectorLayout(2));
  Vector x = vec({0, 2});
  o->step(without, x, 0.1);
  o->step(with, x, 0.1);
  CHECK((x - vec({-0.1, 2})).norm() < 1e-15);
}

TEST_CASE("Without the last gradient what is left is the momentum before it", "[deflated]") {
  // g = (3, 4): m = g, nothing left. g = (4, −3): m = (5.5, −1) = (1.5, 2) + g, left (1.5, 2).
  // g = (0, 5): m = (2.75, 4.5), left (2.75, 0).
  Script oracle({vec({3, 4}), vec({4, -3}), vec({0, 5})});
  const auto points = path(*optimizer(kDeflated + ", basis=gradients)"), oracle, vec({0, 0}), 3);
  CHECK(points[1].norm() < 1e-15);
  CHECK((points[2] + vec({0.15, 0.2})).norm() < 1e-15);
  CHECK((points[3] + vec({0.425, 0.2})).norm() < 1e-15);
  CHECK(oracle.counts().gradients == 3);
}

TEST_CASE("The last k gradients are taken out, the oldest gives way", "[deflated]") {
  // m = (1, 0, 0), (½, 2, 0), (¼, 1, 3): only the third has a part, ¼, outside the last two.
  Script oracle({vec({1, 0, 0}), vec({0, 2, 0}), vec({0, 0, 3})});
  const auto points =
      path(*optimizer(kDeflated + ", k=2, basis=gradients)"), oracle, vec({0, 0, 0}), 3);
  CHECK(points[1].norm() < 1e-15);
  CHECK(points[2].norm() < 1e-15);
  CHECK((points[3] + vec({0.025, 0, 0})).norm() < 1e-15);
}

TEST_CASE("Gradients that repeat or vanish count once or not", "[deflated]") {
  // (2, 0, 0) twice spans one direction, along which m is 2, then 3; then with a gradient of zero
  // 1.5, of which nothing is left either.
  Script oracle({vec({2, 0, 0}), vec({2, 0, 0}), vec({0, 0, 0}), vec({1, 1, 0})});
  const auto points =
      path(*optimizer(kDeflated + ", k=2, basis=gradients)"), oracle, vec({0, 0, 0}), 4);
  CHECK(points[2].norm() < 1e-15);
  CHECK(points[3].norm() < 1e-15);
  // (0.75, 0, 0) + (1, 1, 0) less its part along (1, 1, 0), which is 1.375 (1, 1, 0).
  CHECK((points[4] + 0.1 * vec({0.375, -0.375, 0})).norm() < 1e-15);
}

TEST_CASE("Turning k or the basis begins a new one", "[deflated]") {
  const auto f = landscape("himmelblau");
  for (const char* turned : {"deflated(lr=0.001, basis=gradients)", "deflated(lr=0.001, k=2)"}) {
    auto o = optimizer("deflated(lr=0.001)"), fresh = optimizer(turned);
    ObjectiveOracle oracle(*f);
    o->reset(vectorLayout(2));
    fresh->reset(vectorLayout(2));
    Vector x = f->starts()[0], y;
    for (int t = 0; t < 4; ++t) o->step(oracle, x, 0.001);
    REQUIRE(catalogue().configure(*o, *parseRecipe(turned)));
    y = x;
    o->step(oracle, x, 0.001);
    fresh->step(oracle, y, 0.001);
    CHECK(*o->memory()[1].values == *fresh->memory()[1].values);
  }
}

TEST_CASE("A Hessian that is no number ends the deflated run", "[deflated]") {
  auto o = optimizer("deflated");
  const Tilted f(vec({1, 1}), diagonal({INFINITY, 1}));
  ObjectiveOracle oracle(f);
  o->reset(vectorLayout(2));
  Vector x = vec({0, 0});
  CHECK(o->step(oracle, x, 0.1).status == Status::kDiverged);
}

TEST_CASE("Deflated momentum says that it is not Muon", "[deflated]") {
  const auto& entry = **catalogue().find<Optimizer>("deflated");
  CHECK(entry.sentence.find("it is not") != std::string::npos);
  // Muon moves along a gradient that deflated momentum does not follow.
  const Quadratic f{4};
  CHECK(path("deflated", f, vec({1}), 1)[1][0] == Approx(1));
  CHECK(path("muon", f, vec({1}), 1)[1][0] < 1);
}
