// What a pass through a network tells of it, layer by layer.
#pragma once

#include "network/training.h"

namespace descent::depth {

struct Profile {
  double loss = 0;      // mean over the training examples, without penalties
  double accuracy = 0;  // NaN of a regression
  // By hidden layer l = 1 … L: root mean squares over its units and the examples of what the units
  // give and of an example's loss differentiated by that; and of a residual network the norm of
  // what the branch adds over that of the shortcut that it is added to.
  Vector signals, backward, branches;
  // ‖∂loss/∂(W, b, …)‖ of layer l = 1 … L + 1, the last of them the output's.
  Vector gradients;
};

// Measures a network that is being trained: one pass forward and one back over its training
// examples. What it works on is kept from one measurement to the next.
class Gauge {
 public:
  explicit Gauge(const Training<double>& problem);

  Profile measure(const Training<double>& problem, const Vector& x);
  // In how many directions the examples differ, (tr C)²/tr C² of the covariance C of a layer's
  // units over them: the fewest of all hidden layers but the last, at the weights measured last. Of
  // examples that differ alike in n directions it is n.
  double directions() const;

 private:
  Mlp<double> mlp_;
  std::vector<LayerPlace> places_;
  Rows<double> d_;
  Vector gradient_;
};

}  // namespace descent::depth
