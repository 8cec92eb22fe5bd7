// A multilayer perceptron and its derivatives, by hand: forward, backward, and Pearlmutter's
// R{·} of both, which is the Hessian times a vector (Pearlmutter 1994, "Fast Exact Multiplication
// by the Hessian", Neural Computation 6).
//
// It keeps what the passes compute, so that a step allocates nothing once a batch of that size has
// been seen. Parameters are a flat array in the order of layoutOf().
#pragma once

#include <cstdint>
#include <vector>

#include "network/architecture.h"
#include "numerics/rows.h"

namespace descent {

// How batch normalisation and dropout act in a pass.
enum class Mode {
  kTraining,    // by the statistics of the batch; units are dropped by the mask drawn last
  kPopulation,  // by the statistics of the batch, which are kept as the population's; none dropped
  kEvaluation,  // by the population's statistics; no unit is dropped
};

template <class T>
class Mlp {
 public:
  explicit Mlp(const Architecture& architecture);

  const Architecture& architecture() const { return architecture_; }

  // Draw which units of a batch of n the next training passes drop.
  void drawMask(Random& random, int n);

  // The outputs (outputs × n) for inputs (inputs × n).
  const Rows<T>& forward(const T* theta, const Rows<T>& inputs, Mode mode);
  const Rows<T>& output() const { return layers_.back().a; }
  // After forward: writes dLoss/dθ from d = dLoss/df (outputs × n, changed in its padding).
  void backward(const T* theta, const Rows<T>& inputs, Rows<T>& d, T* gradient);

  // After forward and backward: how the outputs change when θ moves along v.
  const Rows<T>& forwardAlong(const T* theta, const T* v, const Rows<T>& inputs);
  // After these: writes ∇²Loss v from d and rd, its change along v (changed in its padding).
  void backwardAlong(const T* theta, const T* v, const Rows<T>& inputs, const Rows<T>& d,
                     Rows<T>& rd, T* product);

  // What the units of layer l = 1 … depth() gave in the last forward pass.
  const Rows<T>& activations(int l) const { return layers_[static_cast<std::size_t>(l - 1)].a; }
  // What a residual layer's branch added to the stream, l = 1 … depth() − 1.
  const Rows<T>& branch(int l) const { return layers_[static_cast<std::size_t>(l - 1)].h; }
  // After backward: dLoss/da of what the units of layer l gave, l = 1 … depth() − 1.
  const Rows<T>& backpropagated(int l) const { return layers_[static_cast<std::size_t>(l - 1)].da; }

 private:
  struct Layer {
    LayerPlace at;
    // Forward: the sum, what is normalised (ẑ), what φ sees, branch, output; with φ'.
    Rows<T> z, normal, u, h, a, slope;
    // Backward: gradients with respect to the output a, to φ's argument and to z.
    Rows<T> da, du, dz;
    // The same along a direction.
    Rows<T> rz, rnormal, ru, ra, rda, rdu, rdz, curvature;
    Rows<T> mask;
    std::vector<T> mean, inverse, populationMean, populationInverse;
    std::vector<T> inverseAlong;  // relative change of the deviation s along the direction
  };

  bool isHidden(std::size_t l) const { return l + 1 < layers_.size(); }
  const Rows<T>& below(std::size_t l, const Rows<T>& inputs) const {
    return l == 0 ? inputs : layers_[l - 1].a;
  }
  void normalise(Layer& layer, const T* theta);
  void normaliseBack(Layer& layer, const T* theta, T* gradient);
  void normaliseAlong(Layer& layer, const T* theta, const T* v);
  void bendAlong(Layer& layer);
  void normaliseBackAlong(Layer& layer, const T* theta, const T* v, T* product);

  Architecture architecture_;
  std::vector<Layer> layers_;
  Eigen::Index parameters_ = 0;
  Mode mode_ = Mode::kTraining;
  bool masked_ = false;
};

extern template class Mlp<float>;
extern template class Mlp<double>;

}  // namespace descent
