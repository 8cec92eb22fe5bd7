// Gradients and Hessian-vector products of every kind of network against central differences.
#include <algorithm>
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
        const Objective& f = problem.at(t);
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
      sum += sizes[i] / 9.0 * gradientAt(problem.at(first + i), x);
      loss += sizes[i] / 9.0 * problem.at(first + i).value(x);
    }
    CHECK((sum - gradientAt(problem, x)).norm() < 1e-12 * sum.norm());
    CHECK(loss == Approx(problem.value(x)).epsilon(1e-12));
  }
  CHECK((gradientAt(problem.at(1), x) - gradientAt(problem.at(4), x)).norm() > 1e-6);
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

TEST_CASE("Dropout leaves out its share of the hidden units and divides the others by what is kept",
          "[network]") {
  // Every hidden unit gives 1, from its bias alone, before units are dropped. Of 2 × 64 × 200 units
  // a share q is dropped, give or take √(q (1 − q)/25,600).
  constexpr int kUnits = 64, kExamples = 200;
  for (const double dropped : {0.25, 0.5, 0.8}) {
    INFO("dropout " << dropped);
    Architecture architecture;
    architecture.inputs = 1;
    architecture.hidden = {kUnits, kUnits};
    architecture.activation = Activation::kIdentity;
    architecture.dropout = dropped;
    Vector theta = Vector::Zero(parameterCount(layoutOf(architecture)));
    const auto places = placesOf(architecture);
    for (const int l : {0, 1}) theta.segment(places[l].bias, kUnits).setOnes();
    Mlp<double> mlp(architecture);
    Rows<double> inputs;
    inputs.resize(1, kExamples);
    inputs.clearPadding();

    Random random(5);
    mlp.drawMask(random, kExamples);
    mlp.forward(theta.data(), inputs, Mode::kTraining);
    int zeros = 0;
    for (const int l : {1, 2}) {
      for (int i = 0; i < kUnits; ++i) {
        for (int j = 0; j < kExamples; ++j) {
          const double a = mlp.activations(l)(i, j);
          // 1/0.75 = 4/3, 1/0.5 = 2 and 1/0.2 = 5.
          const double kept = dropped == 0.25 ? 4.0 / 3 : dropped == 0.5 ? 2 : 5;
          if (a != 0) CHECK(a == Approx(kept).epsilon(1e-12));
          zeros += a == 0;
        }
      }
    }
    const double n = 2 * kUnits * kExamples;
    CHECK(std::abs(zeros / n - dropped) < 5 * std::sqrt(dropped * (1 - dropped) / n));

    mlp.forward(theta.data(), inputs, Mode::kEvaluation);
    for (const int l : {1, 2}) CHECK(mlp.activations(l)(7, 11) == 1);
  }
}

TEST_CASE("Every epoch has an order of its own, in which each place is as likely", "[network]") {
  // One example a step and no hidden layer: at θ = 0 the gradient along the bias is −y, which tells
  // the examples 1 to 6 apart.
  constexpr int kExamples = 6, kEpochs = 600;
  auto split = std::make_shared<Split>();
  split->inputs = 1;
  split->classes = 0;
  split->training.inputs = Matrix::Ones(1, kExamples);
  split->training.targets = Vector::LinSpaced(kExamples, 1, kExamples).transpose();
  split->validation.inputs = Matrix(1, 0);
  split->validation.targets = Matrix(1, 0);
  TrainingSetup setup;
  setup.architecture.inputs = 1;
  setup.architecture.hidden = {};
  setup.loss = Loss::kSquared;
  setup.batch = 1;
  const auto prepared = [&](std::uint64_t seed) {
    Training<double> problem(setup, split);
    problem.prepare(seed);
    return problem;
  };
  const auto orderOf = [](const Training<double>& problem, int epoch) {
    std::vector<int> order;
    for (int i = 1; i <= kExamples; ++i) {
      const Vector g = gradientAt(problem.at(epoch * kExamples + i), Vector::Zero(2));
      order.push_back(static_cast<int>(std::lround(-g[1])));
    }
    return order;
  };

  const auto problem = prepared(5);
  REQUIRE(problem.epoch() == kExamples);
  std::vector<std::vector<int>> orders;
  int firsts[kExamples + 1] = {}, asBefore = 0;
  for (int epoch = 0; epoch < kEpochs; ++epoch) {
    const auto order = orderOf(problem, epoch);
    auto sorted = order;
    std::sort(sorted.begin(), sorted.end());
    REQUIRE(sorted == std::vector{1, 2, 3, 4, 5, 6});
    asBefore += epoch > 0 && order == orders.back();
    orders.push_back(order);
    ++firsts[order[0]];
  }
  // Each comes first in 100 of them, give or take √(600/6 · 5/6) = 9.1; one order follows itself in
  // 599/720 of a case.
  for (int example = 1; example <= kExamples; ++example) {
    CHECK(std::abs(firsts[example] - 100) < 5 * 9.2);
  }
  CHECK(asBefore <= 6);
  // The order hangs on the seed and the epoch, not on what came before.
  for (const int epoch : {3, 599, 0, 42}) {
    CHECK(orderOf(problem, epoch) == orders[static_cast<std::size_t>(epoch)]);
    CHECK(orderOf(prepared(5), epoch) == orders[static_cast<std::size_t>(epoch)]);
  }
  CHECK(orderOf(prepared(6), 0) != orderOf(prepared(7), 0));
}
