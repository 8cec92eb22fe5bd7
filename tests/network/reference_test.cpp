// Networks against PyTorch's automatic differentiation in double precision: see
// tests/reference/README.md, networks.py there for the formulas of data and parameters.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string_view>

#include "network/spectrum.h"
#include "network/training.h"
#include "support/objectives.h"

using namespace descent;
using Json = nlohmann::json;

namespace {

// A permutation of [−1, 1] in steps of 1/506 for each stream.
double number(Eigen::Index i, int stream) {
  const std::int64_t k = i + 10 + 137 * stream;
  return static_cast<double>(k * k * k % 1013) / 506 - 1;
}

enum Stream { kParameters, kInputs, kTargets, kV, kW, kOthers, kDiagonal };

Vector numbers(Eigen::Index n, Stream stream) {
  return Vector::NullaryExpr(n, [&](Eigen::Index i) { return number(i, stream); });
}

// n examples side by side.
Matrix examples(Eigen::Index rows, Eigen::Index n, Stream stream) {
  return Eigen::Map<const Matrix>(numbers(rows * n, stream).eval().data(), rows, n);
}

int indexOf(std::initializer_list<const char*> names, const std::string& name) {
  const auto found = std::find(names.begin(), names.end(), std::string_view(name));
  INFO(name);
  REQUIRE(found != names.end());
  return static_cast<int>(found - names.begin());
}

struct Case {
  TrainingSetup setup;
  std::shared_ptr<const Split> data;
  Vector theta, v, w;
};

Examples draw(const Case& one, int classes, int n, Stream inputs) {
  Examples all;
  all.inputs = 1.5 * examples(one.setup.architecture.inputs, n, inputs);
  if (classes == 0) all.targets = examples(one.setup.architecture.outputs, n, kTargets);
  for (int j = 0; classes > 0 && j < n; ++j) all.labels.push_back(j % classes);
  return all;
}

Case caseOf(const Json& row) {
  Case one;
  Architecture& a = one.setup.architecture;
  const std::vector<int> widths = row["layers"];
  a.inputs = widths.front();
  a.outputs = widths.back();
  a.hidden.assign(widths.begin() + 1, widths.end() - 1);
  a.activation = static_cast<Activation>(indexOf(kActivations, row["activation"]));
  a.bias = row["bias"];
  a.batchNorm = row["batchNorm"];
  a.residual = row["residual"];
  a.branchScale = row["branchScale"];
  one.setup.loss = static_cast<Loss>(indexOf(kLosses, row["loss"]));

  auto split = std::make_shared<Split>();
  split->inputs = a.inputs;
  split->classes = one.setup.loss == Loss::kSquared ? 0 : std::max(2, a.outputs);
  split->training = draw(one, split->classes, row["examples"], kInputs);
  split->validation = draw(one, split->classes, 0, kInputs);
  split->cleanLabels = split->training.labels;
  one.data = std::move(split);

  const Layout layout = layoutOf(a);
  const Eigen::Index n = parameterCount(layout);
  one.theta = 0.7 * numbers(n, kParameters);
  for (const Block& block : layout) {
    if (block.name.starts_with("gamma")) {
      one.theta.segment(block.offset, block.size()).array() += 1;
    }
  }
  one.v = numbers(n, kV);
  one.w = numbers(n, kW);
  return one;
}

struct Derivatives {
  double value;
  Vector gradient, product;
};

// The loss of a portion, its gradient and its Hessian times v.
template <class T>
Derivatives derivativesOf(const Case& one, Mlp<T>& mlp, const Portion<T>& portion, Mode mode) {
  using Parameters = Eigen::Matrix<T, Eigen::Dynamic, 1>;
  const Loss loss = one.setup.loss;
  const Parameters theta = one.theta.cast<T>(), v = one.v.cast<T>();
  Parameters gradient(theta.size()), product(theta.size());
  const Rows<T>& f = mlp.forward(theta.data(), portion.inputs, mode);
  Rows<T> d, rd;
  d.resize(f.rows(), f.cols());
  rd.resize(f.rows(), f.cols());
  const double value = lossAndSlope(loss, f, portion.targets, d);
  mlp.backward(theta.data(), portion.inputs, d, gradient.data());
  const Rows<T>& rf = mlp.forwardAlong(theta.data(), v.data(), portion.inputs);
  lossCurvature(loss, f, portion.targets, rf, rd);
  mlp.backwardAlong(theta.data(), v.data(), portion.inputs, d, rd, product.data());
  return {value, gradient.template cast<double>(), product.template cast<double>()};
}

// Largest difference of derivatives: of the value, and of norms and products relative to the
// lengths of their factors.
double difference(const Case& one, const Derivatives& found, const Json& expected) {
  const double value = expected["value"];
  double most = std::abs(found.value - value) / std::max(1.0, std::abs(value));
  const auto compare = [&](const Vector& x, const Json& numbers) {
    const double length = numbers[0];
    for (const double apart :
         {x.norm() - length, (x.dot(one.v) - numbers[1].get<double>()) / one.v.norm(),
          (x.dot(one.w) - numbers[2].get<double>()) / one.w.norm()}) {
      most = std::max(most, std::isfinite(apart) ? std::abs(apart) / length : HUGE_VAL);
    }
  };
  compare(found.gradient, expected["gradient"]);
  compare(found.product, expected["product"]);
  return most;
}

// f(row, case) for every row of the data that has such a result.
template <class F>
void forEvery(const char* result, std::size_t cases, F f) {
  std::ifstream file(std::string(DESCENT_REFERENCE) + "/networks.json");
  REQUIRE(file);
  std::size_t seen = 0;
  const Json data = Json::parse(file);
  for (const Json& row : data["networks"]) {
    if (!row.contains(result)) continue;
    INFO(row["name"].get<std::string>());
    f(row, caseOf(row));
    ++seen;
  }
  CHECK(seen == cases);
}

template <class T>
double pointDifference(const Json& row, const Case& one) {
  const auto portion = portionOf<T>(one.data->training, one.setup.loss, one.data->classes);
  Mlp<T> mlp(one.setup.architecture);
  const auto found = derivativesOf(one, mlp, portion, Mode::kTraining);
  return difference(one, found, row["derivatives"]);
}

}  // namespace

TEST_CASE("Loss, gradient and Hessian product of every kind of network are PyTorch's",
          "[network][reference]") {
  forEvery("derivatives", 9 * 4 * 4, [](const Json& row, const Case& one) {
    CHECK(pointDifference<double>(row, one) <= row["tolerance"].get<double>());
  });
}

TEST_CASE("In single precision they are PyTorch's to five digits", "[network][reference]") {
  forEvery("derivatives", 9 * 4 * 4, [](const Json& row, const Case& one) {
    CHECK(pointDifference<float>(row, one) <= 1e-5);
  });
}

TEST_CASE("Adam trains a network as PyTorch's does", "[network][reference]") {
  forEvery("adam", 3, [](const Json& row, const Case& one) {
    const Json& run = row["adam"];
    const std::vector<double> losses = run["losses"], end = run["end"];
    const double tolerance = row["tolerance"];
    const Training<double> problem(one.setup, one.data);
    ObjectiveOracle oracle(problem);
    const auto adam = optimizer("adam(lr=" + run["lr"].dump() + ")");
    adam->reset(problem.layout());
    Vector x = one.theta;
    for (std::size_t t = 0; t < losses.size(); ++t) {
      const double now = static_cast<double>(t), total = static_cast<double>(losses.size() - 1);
      if (t > 0) adam->step(oracle, x, adam->rate(now - 1, total));
      INFO("step " << t);
      CHECK(std::abs(problem.value(x) - losses[t]) <= tolerance);
    }
    const Vector expected = Eigen::Map<const Vector>(end.data(), x.size());
    REQUIRE(static_cast<Eigen::Index>(end.size()) == x.size());
    CHECK((x - expected).lpNorm<Eigen::Infinity>() <= tolerance);
  });
}

TEST_CASE("Top eigenvalue, trace and norm of the Hessian are those of PyTorch's matrix",
          "[network][reference]") {
  forEvery("hessian", 5, [](const Json& row, const Case& one) {
    const Training<double> problem(one.setup, one.data);
    const Eigen::Index n = one.theta.size();
    const auto check = [&](const Vector& d, const Json& expected) {
      // D^(-1/2) H D^(-1/2)
      const Vector root = d.cwiseSqrt();
      const Product product = [&](const Vector& v, Vector& out) {
        REQUIRE(problem.hessianVector(one.theta, v.cwiseQuotient(root), out));
        out = out.cwiseQuotient(root).eval();
      };
      Matrix h(n, n);
      Vector column;
      for (Eigen::Index i = 0; i < n; ++i) {
        product(Vector::Unit(n, i), column);
        h.col(i) = column;
      }
      const auto close = [&](double found, const char* name) {
        INFO(name);
        const double number = expected[name];
        CHECK(std::abs(found - number) <= row["tolerance"].get<double>() * h.norm());
      };
      close(h.trace(), "trace");
      close(h.norm(), "norm");
      // An eigenvalue is found to the square of its vector's residual.
      close(topEigenvalue(product, one.v, 1e-8, static_cast<int>(n)).value, "top");
    };
    check(Vector::Ones(n), row["hessian"]);
    check((1.5 + numbers(n, kDiagonal).array()).matrix(), row["preconditioned"]);
  });
}

TEST_CASE("Batch normalisation evaluates by the training examples' statistics as in PyTorch",
          "[network][reference]") {
  forEvery("evaluation", 3, [](const Json& row, const Case& one) {
    const Json& expected = row["evaluation"];
    const double tolerance = row["tolerance"];
    const int n = static_cast<int>(expected["outputs"].size()), classes = one.data->classes;
    const auto all = portionOf<double>(one.data->training, one.setup.loss, classes);
    const auto others = portionOf<double>(draw(one, classes, n, kOthers), one.setup.loss, classes);
    Mlp<double> mlp(one.setup.architecture);
    mlp.forward(one.theta.data(), all.inputs, Mode::kPopulation);
    const auto found = derivativesOf(one, mlp, others, Mode::kEvaluation);
    CHECK(difference(one, found, expected) <= tolerance);

    const Training<double> problem(one.setup, one.data);
    const Rows<double>& f = problem.evaluate(one.theta, others.inputs).output();
    for (int j = 0; j < n; ++j) {
      for (int i = 0; i < f.rows(); ++i) {
        const double output =
            expected["outputs"][static_cast<std::size_t>(j)][static_cast<std::size_t>(i)];
        CHECK(std::abs(mlp.output()(i, j) - output) <= tolerance);
        CHECK(std::abs(f(i, j) - output) <= tolerance);
      }
    }
    CHECK(std::abs(problem.score(one.theta, others).loss - expected["value"].get<double>()) <=
          tolerance);
  });
}
