// The targets that approximation is tested on, and a network evaluated by the network's own code.
#pragma once

#include <cmath>
#include <numbers>

#include "approximation/hats.h"
#include "network/mlp.h"
#include "support/catch.h"

namespace descent::approximation {

inline constexpr double kPi = std::numbers::pi;

inline Target typed(const std::string& formula) {
  auto target = Target::typed(formula);
  INFO(formula);
  REQUIRE(target);
  return *target;
}

struct Named {
  const char* formula;
  double curved;  // max |f″|
};
inline const Named kSine{"sin(2*pi*x)", 4 * kPi* kPi};
inline const Named kParabola{"x^2", 2};
inline const Named kStep{"tanh(20*(x - 0.5))", 1600 / (3 * std::numbers::sqrt3)};
inline const char* const kCorner = "abs(x - 0.3)";

// The outputs of a network for inputs (d × n), by the pass that training uses.
inline Vector outputsOf(const ExactNetwork& network, const Matrix& inputs) {
  REQUIRE(network.parameters.size() == parameterCount(layoutOf(network.architecture)));
  Rows<double> rows;
  rows.resize(static_cast<int>(inputs.rows()), static_cast<int>(inputs.cols()));
  for (int i = 0; i < rows.rows(); ++i) {
    for (int j = 0; j < rows.cols(); ++j) rows(i, j) = inputs(i, j);
  }
  rows.clearPadding();
  Mlp<double> mlp(network.architecture);
  const Rows<double>& f = mlp.forward(network.parameters.data(), rows, Mode::kEvaluation);
  Vector outputs(inputs.cols());
  for (int j = 0; j < rows.cols(); ++j) outputs[j] = f(0, j);
  return outputs;
}

}  // namespace descent::approximation
