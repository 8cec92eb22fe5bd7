// What happens to a path when the loss is multiplied by c.
#include "support/objectives.h"

using namespace descent;

namespace {

double change(const std::string& recipe, double c, int steps = 100) {
  const auto f = landscape("himmelblau");
  const Vector start = f->starts()[0];
  return distance(path(recipe, *f, start, steps), path(recipe, Scaled(*f, c), start, steps));
}

}  // namespace

TEST_CASE("Adam and its kin without epsilon do not see the size of the loss", "[adam][adamw]") {
  for (const char* recipe :
       {"adam(lr=0.05, epsilon=0)", "adamw(lr=0.05, epsilon=0, weightDecay=0.1)",
        "adam(lr=0.05, epsilon=0, biasCorrection=none)",
        "adamw(lr=0.05, epsilon=0, start=first-gradient, decayScale=schedule)",
        "amsgrad(lr=0.05, epsilon=0)", "nadam(lr=0.05, epsilon=0)", "adamax(lr=0.05, epsilon=0)",
        "adagrad(lr=0.5, epsilon=0)", "rmsprop(lr=0.01, epsilon=0)"}) {
    INFO(recipe);
    // Powers of two are exact.
    CHECK(change(recipe, 1024) == 0);
    CHECK(change(recipe, 1.0 / 1024) == 0);
    CHECK(change(recipe, 1000) < 1e-12);
    CHECK(change(recipe, 1e-6) < 1e-12);
  }
}

TEST_CASE("Muon with svd does not see the size of the loss", "[muon]") {
  for (const char* recipe : {"muon(lr=0.05, orthogonaliser=svd)",
                             "muon(lr=0.05, orthogonaliser=svd, weightDecay=0.1)"}) {
    INFO(recipe);
    CHECK(change(recipe, 1024) == 0);
    CHECK(change(recipe, 1.0 / 1024) == 0);
    CHECK(change(recipe, 1000) < 1e-11);
    CHECK(change(recipe, 1e-6) < 1e-11);
  }
}

TEST_CASE("SGD, momentum and Adam with coupled decay see the size of the loss",
          "[sgd][momentum][adam]") {
  for (const char* recipe : {"sgd(lr=0.002)", "momentum(lr=0.001)", "nesterov(lr=0.001)",
                             "adam(lr=0.05, epsilon=0, weightDecay=1)", "radam(lr=0.002)"}) {
    INFO(recipe);
    CHECK(change(recipe, 0.125) > 1e-3);
  }
}

TEST_CASE("SGD and momentum take a multiple of the loss for a multiple of the rate",
          "[sgd][momentum]") {
  const auto f = landscape("himmelblau");
  const Vector start = f->starts()[0];
  const Scaled eightfold(*f, 8);
  for (const std::string name : {"sgd", "momentum", "nesterov"}) {
    INFO(name);
    CHECK(path(name + "(lr=0.0078125)", *f, start, 50) ==
          path(name + "(lr=0.0009765625)", eightfold, start, 50));
  }
}

TEST_CASE("Newton does not see the size of the loss where it is not damped", "[newton]") {
  class Exact final : public Objective {  // 3/2 (x² + xy + y²) with its Hessian
   public:
    explicit Exact(double c) : f_(Matrix(c * h())) {}
    static Matrix h() { return Matrix::Ones(2, 2) * 1.5 + Matrix::Identity(2, 2) * 1.5; }
    Eigen::Index dimension() const override { return 2; }
    double value(const Vector& x) const override { return f_.value(x); }
    void gradient(const Vector& x, Vector& g) const override { f_.gradient(x, g); }
    bool hessian(const Vector& x, Matrix& m) const override { return f_.hessian(x, m); }

   private:
    Quadratic f_;
  };
  const auto path1 = path("newton(lr=0.5)", Exact(1), vec({1, 2}), 10);
  CHECK(distance(path1, path("newton(lr=0.5)", Exact(1000), vec({1, 2}), 10)) < 1e-13);
  CHECK(distance(path1, path("newton(lr=0.5)", Exact(1e-6), vec({1, 2}), 10)) > 1e-2);
}

TEST_CASE("Adam's epsilon shortens the first step by ε/(|g| + ε)", "[adam]") {
  // η |g|/(|g| + ε): the loss times c has |cg| in the place of |g|.
  for (const double g : {1.0, 1e-3, 1e-8}) {
    const double step = -path("adam(lr=1, epsilon=1e-8)", Linear{g}, vec({0}), 1)[1][0];
    INFO("g " << g);
    CHECK(step == Approx(g / (g + 1e-8)).epsilon(1e-12));
  }
  // So at |g| = 1 and c = 1e-6 by a hundredth: 1e-6/(1e-6 + 1e-8) = 1/1.01.
  const auto points = path("adam(lr=1)", Scaled(Linear{1}, 1e-6), vec({0}), 1);
  CHECK(points[1][0] == Approx(-1 / 1.01).epsilon(1e-12));
}

TEST_CASE("The guard of 1e-7 in Muon's norm matters by 1e-7/‖U‖", "[muon]") {
  // The singular value begins at σ = 1/(1 + 1e-7/‖U‖), ‖U‖ = 5, and one cubic step has
  // p(σ) = 3σ/2 − σ³/2; Jordan's has p′(1) = a + 3b + 5c = −0.723, so the step grows.
  const Linear f{3, 4};
  for (const double c : {1.0, 1e-4, 1e-7}) {
    INFO("c " << c);
    const Scaled scaled(f, c);
    const double sigma = 1 / (1 + 1e-7 / (5 * c));
    const auto cubic =
        path("muon(lr=1, orthogonaliser=cubic, steps=1, nesterov=off)", scaled, vec({0, 0}), 1);
    CHECK(cubic[1].norm() == Approx((3 * sigma - sigma * sigma * sigma) / 2).epsilon(1e-12));
    const auto kj = path("muon(lr=1, steps=1, nesterov=off)", scaled, vec({0, 0}), 1);
    const double first = 0.701 + 0.723 * (1 - sigma);
    CHECK(std::abs(kj[1].norm() - first) <= 10 * (1 - sigma) * (1 - sigma) + 1e-12);
  }
}
