#include "labs/depth_vs_width/aim.h"

#include <cmath>

namespace descent::depth_vs_width {

Construction drawNetwork(const Plan& plan, int draw) {
  Construction network;
  network.architecture.inputs = 1;
  network.architecture.activation = Activation::kRelu;
  network.architecture.hidden.assign(static_cast<std::size_t>(plan.layers), plan.width);
  Random random(plan.seed, "random network", draw);
  network.theta = drawWeights(network.architecture, plan.bias, random);
  return network;
}

Construction build(const Plan& plan, int layers) {
  if (plan.built == Built::kSawtooth) return sawtoothNetwork(layers);
  if (plan.built == Built::kSquare) return squareNetwork(layers);
  Construction whole = drawNetwork(plan, 0);
  if (layers == plan.layers) return whole;
  Construction cut = whole;
  cut.architecture.hidden.resize(static_cast<std::size_t>(layers));
  const Layout layout = layoutOf(cut.architecture);
  const Eigen::Index head = plan.width + 1, hidden = parameterCount(layout) - head;
  cut.theta.resize(hidden + head);
  cut.theta << whole.theta.head(hidden), whole.theta.tail(head);
  return cut;
}

Aim::Aim(const Plan& plan, const PiecewiseLinear& own) : isSquare_(plan.built == Built::kSquare) {
  if (plan.built == Built::kRandom) {
    function_ = own;
    return;
  }
  constexpr int kChords = 8;  // 2^8 to the square
  const int last = 1 << (isSquare_ ? kChords : plan.layers);
  for (int i = 0; i <= last; ++i) {
    const double x = static_cast<double>(i) / last;
    function_.x.push_back(x);
    function_.y.push_back(isSquare_ ? x * x : i % 2);
  }
}

Split Aim::examples(int layers) const {
  const int n = std::clamp(8 << layers, 256, 8192);
  Split split;
  split.inputs = 1;
  split.classes = 0;
  split.training.inputs.resize(1, n);
  split.training.targets.resize(1, n);
  split.validation.inputs.resize(1, 0);
  split.validation.targets.resize(1, 0);
  for (int j = 0; j < n; ++j) {
    const double x = (j + 0.5) / n;
    split.training.inputs(0, j) = x;
    split.training.targets(0, j) = (*this)(x);
  }
  return split;
}

}  // namespace descent::depth_vs_width
