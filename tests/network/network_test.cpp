// Gradients and Hessian-vector products of every kind of network against central differences.
#include <array>
#include <cmath>

#include "network/training.h"
#include "support/catch.h"

using namespace descent;

namespace {

enum class Shape { kPlain, kBatchNorm, kResidual };

TrainingSetup setupOf(Activation activation, Loss loss, Shape shape) {
  TrainingSetup setup;
  setup.architecture.inputs = 2;
  setup.architecture.hidden = {5, 5, 4};
  setup.architecture.outputs = loss == Loss::kSoftmax ? 3 : 2;
  setup.architecture.activation = activation;
  setup.architecture.batchNorm = shape == Shape::kBatchNorm;
  setup.architecture.residual = shape == Shape::kResidual;
  setup.loss = loss;
  setup.l2 = 0.03;
  return setup;
}

// Nine generic examples with classes 0, 1, 2, or two targets for a squared loss.
std::shared_ptr<const Split> examples(Loss loss) {
  auto split = std::make_shared<Split>();
  Random random(11);
  const int n = 9;
  split->classes = loss == Loss::kSquared ? 0 : loss == Loss::kSoftmax ? 3 : 2;
  split->training.inputs = Matrix(2, n);
  for (double& entry : split->training.inputs.reshaped()) entry = random.normal();
  if (loss == Loss::kSquared) {
    split->training.targets = Matrix(2, n);
    for (double& entry : split->training.targets.reshaped()) entry = random.normal();
  } else {
    for (int i = 0; i < n; ++i) split->training.labels.push_back(i % split->classes);
  }
  split->cleanLabels = split->training.labels;
  split->validation.inputs = Matrix(2, 0);
  if (loss == Loss::kSquared) split->validation.targets = Matrix(2, 0);
  return split;
}

Training<double> problemOf(TrainingSetup setup, Loss loss) {
  auto data = examples(loss);
  setup.architecture.outputs = outputsFor(loss, data->classes, 2);
  Training<double> problem(setup, data);
  problem.prepare(5);
  return problem;
}

// A generic point: the start, with biases, scales and shifts moved, too.
Vector pointOf(const Problem& problem) {
  Random random(3);
  return problem.start() + 0.3 * random.normalVector(problem.dimension());
}

double along(const Objective& f, const Vector& x, const Vector& v) {
  const double h = 1e-5;
  return (f.value(x + h * v) - f.value(x - h * v)) / (2 * h);
}

const std::array kAllShapes = {Shape::kPlain, Shape::kBatchNorm, Shape::kResidual};

template <class F>
void forEveryNetwork(F f) {
  for (std::size_t a = 0; a < kActivations.size(); ++a) {
    for (std::size_t l = 0; l < kLosses.size(); ++l) {
      const auto activation = static_cast<Activation>(a);
      const auto loss = static_cast<Loss>(l);
      for (const Shape shape : kAllShapes) {
        INFO(nameOf(activation) << ", " << nameOf(loss) << ", shape " << static_cast<int>(shape));
        f(activation, loss, shape);
      }
    }
  }
}

Vector gradientAt(const Objective& f, const Vector& x) {
  Vector g;
  f.gradient(x, g);
  return g;
}

}  // namespace

TEST_CASE("A network's gradient is that of central differences", "[network]") {
  forEveryNetwork([](Activation activation, Loss loss, Shape shape) {
    const auto problem = problemOf(setupOf(activation, loss, shape), loss);
    const Vector x = pointOf(problem), g = gradientAt(problem, x);
    Vector numeric(x.size());
    for (Eigen::Index i = 0; i < x.size(); ++i) {
      numeric[i] = along(problem, x, Vector::Unit(x.size(), i));
    }
    CHECK(g.norm() > 1e-3);
    CHECK((g - numeric).norm() < 1e-6 * g.norm());
  });
}

TEST_CASE("A network's Hessian-vector product is the difference of its gradients", "[network]") {
  forEveryNetwork([](Activation activation, Loss loss, Shape shape) {
    const auto problem = problemOf(setupOf(activation, loss, shape), loss);
    const Vector x = pointOf(problem);
    Random random(17);
    for (int trial = 0; trial < 3; ++trial) {
      const Vector v = random.normalVector(x.size()).normalized();
      Vector product;
      REQUIRE(problem.hessianVector(x, v, product));
      // The step is small enough that no kink lies within it at this point.
      const double h = 1e-6;
      const Vector numeric =
          (gradientAt(problem, x + h * v) - gradientAt(problem, x - h * v)) / (2 * h);
      CHECK((product - numeric).norm() < 1e-6 * (1e-2 + numeric.norm()));
    }
  });
}

TEST_CASE("A network's Hessian is symmetric", "[network]") {
  forEveryNetwork([](Activation activation, Loss loss, Shape shape) {
    const auto problem = problemOf(setupOf(activation, loss, shape), loss);
    const Vector x = pointOf(problem);
    Random random(19);
    const Vector u = random.normalVector(x.size()), v = random.normalVector(x.size());
    Vector hu, hv;
    problem.hessianVector(x, u, hu);
    problem.hessianVector(x, v, hv);
    CHECK(u.dot(hv) == Approx(v.dot(hu)).epsilon(1e-10).margin(1e-12));
  });
}

TEST_CASE("A step's gradient and product see its batch and its dropout mask", "[network]") {
  for (const Activation activation : {Activation::kTanh, Activation::kGelu, Activation::kSigmoid}) {
    for (const Shape shape : kAllShapes) {
      auto setup = setupOf(activation, Loss::kLogistic, shape);
      setup.architecture.dropout = 0.4;
      setup.batch = 4;
      const auto problem = problemOf(setup, Loss::kLogistic);
      const Vector x = pointOf(problem);
      Random random(23);
      for (const int t : {1, 2, 3, 4, 7}) {
        INFO("t = " << t << ", shape " << static_cast<int>(shape));
        const AtStep f(problem, t);
        const Vector v = random.normalVector(x.size()).normalized(), g = gradientAt(f, x);
        CHECK(g.dot(v) == Approx(along(f, x, v)).epsilon(1e-6).margin(1e-9));
        Vector product;
        REQUIRE(f.hessianVector(x, v, product));
        const double h = 1e-6;
        const Vector numeric = (gradientAt(f, x + h * v) - gradientAt(f, x - h * v)) / (2 * h);
        CHECK((product - numeric).norm() < 1e-6 * (1e-2 + numeric.norm()));
      }
    }
  }
}

TEST_CASE("L1 and L2 penalise the matrices and leave the vectors alone", "[network]") {
  auto setup = setupOf(Activation::kTanh, Loss::kSquared, Shape::kPlain);
  setup.l2 = 0;
  const auto free = problemOf(setup, Loss::kSquared);
  setup.l1 = 0.01;
  setup.l2 = 0.02;
  const auto penalised = problemOf(setup, Loss::kSquared);
  const Vector x = pointOf(free);
  double expected = 0;
  for (const Block& block : free.layout()) {
    if (block.role == Role::kVector) continue;
    const auto w = x.segment(block.offset, block.size());
    expected += 0.01 * w.cwiseAbs().sum() + 0.01 * w.squaredNorm();
  }
  CHECK(penalised.value(x) - free.value(x) == Approx(expected).epsilon(1e-12));
  CHECK((gradientAt(penalised, x) - gradientAt(free, x)).norm() > 0.01);
}

TEST_CASE("In an epoch a network sees every example once", "[network]") {
  auto setup = setupOf(Activation::kIdentity, Loss::kSquared, Shape::kPlain);
  setup.batch = 4;
  setup.l2 = 0;
  const auto problem = problemOf(setup, Loss::kSquared);
  const Vector x = pointOf(problem);
  REQUIRE(problem.epoch() == 3);  // of 4, 4 and 1 examples
  for (const int first : {1, 4, 7}) {
    Vector sum = Vector::Zero(x.size());
    double loss = 0;
    const int sizes[] = {4, 4, 1};
    for (int i = 0; i < 3; ++i) {
      sum += sizes[i] / 9.0 * gradientAt(AtStep(problem, first + i), x);
      loss += sizes[i] / 9.0 * problem.stepValue(first + i, x);
    }
    CHECK((sum - gradientAt(problem, x)).norm() < 1e-12 * sum.norm());
    CHECK(loss == Approx(problem.value(x)).epsilon(1e-12));
  }
  CHECK((gradientAt(AtStep(problem, 1), x) - gradientAt(AtStep(problem, 4), x)).norm() > 1e-6);
}

TEST_CASE("Float and double networks agree to single precision", "[network]") {
  for (const Shape shape : kAllShapes) {
    const auto setup = setupOf(Activation::kTanh, Loss::kSoftmax, shape);
    const auto data = examples(Loss::kSoftmax);
    Training<double> wide(setup, data);
    Training<float> narrow(setup, data);
    wide.prepare(5);
    narrow.prepare(5);
    const Vector x = pointOf(wide), g = gradientAt(wide, x);
    CHECK(narrow.value(x) == Approx(wide.value(x)).epsilon(1e-5));
    CHECK((gradientAt(narrow, x) - g).norm() < 1e-5 * g.norm());
  }
}
