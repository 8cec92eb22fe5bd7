#include "network/mlp.h"

#include <algorithm>
#include <cmath>

#include "numerics/kernels.h"

namespace descent {
namespace {

constexpr double kEpsilon = 1e-5;  // of batch normalisation, as in the frameworks

}  // namespace

template <class T>
Mlp<T>::Mlp(const Architecture& architecture) : architecture_(architecture) {
  const auto places = placesOf(architecture);
  layers_.resize(places.size());
  for (std::size_t l = 0; l < places.size(); ++l) layers_[l].at = places[l];
  parameters_ = parameterCount(layoutOf(architecture));
}

template <class T>
void Mlp<T>::drawMask(Random& random, int n) {
  const double kept = 1 - architecture_.dropout;
  masked_ = architecture_.dropout > 0;
  if (!masked_) return;
  const auto limit = static_cast<std::uint32_t>(kept * 4294967295.0);
  for (std::size_t l = 0; isHidden(l); ++l) {
    Rows<T>& mask = layers_[l].mask;
    mask.resize(architecture_.width(static_cast<int>(l) + 1), n);
    mask.flat().setZero();
    for (int i = 0; i < mask.rows(); ++i) {
      for (int j = 0; j < n; ++j) mask(i, j) = random.next() <= limit ? T(1 / kept) : T(0);
    }
  }
}

template <class T>
const Rows<T>& Mlp<T>::forward(const T* theta, const Rows<T>& inputs, Mode mode) {
  mode_ = mode;
  const int n = inputs.cols();
  for (std::size_t l = 0; l < layers_.size(); ++l) {
    Layer& layer = layers_[l];
    const Rows<T>& a = below(l, inputs);  // k × n
    const int m = architecture_.width(static_cast<int>(l) + 1);
    const T* bias = layer.at.bias < 0 ? nullptr : theta + layer.at.bias;
    layer.a.resize(m, n);
    if (!isHidden(l)) {
      affine(theta + layer.at.weight, bias, a, layer.a);  // f = W a + b   (m × n)
      break;
    }
    layer.z.resize(m, n);
    layer.h.resize(m, n);
    affine(theta + layer.at.weight, bias, a, layer.z);     // z = W a + b   (m × n)
    if (architecture_.batchNorm) normalise(layer, theta);  // u = γ ẑ + β   (m × n)
    const Rows<T>& u = architecture_.batchNorm ? layer.u : layer.z;
    Rows<T>& h = architecture_.residual ? layer.h : layer.a;
    activate(architecture_.activation, u, h);  // h = φ(u)      (m × n)
    if (mode == Mode::kTraining && masked_) {
      // φ' is found from φ, so it is taken before units are dropped.
      layer.slope.resize(m, n);
      slope(architecture_.activation, u, h, layer.slope);
      h.flat() *= layer.mask.flat();
      layer.slope.flat() *= layer.mask.flat();
    }
    if (!architecture_.residual) continue;
    const T scale = static_cast<T>(architecture_.branchScale);
    if (layer.at.shortcut < 0) {
      layer.a.flat() = a.flat() + scale * h.flat();  // a = a + s h   (m × n)
    } else {
      layer.a.flat() = scale * h.flat();
      addProduct(theta + layer.at.shortcut, a, layer.a);  // a = S a + s h (m × n)
    }
  }
  return layers_.back().a;
}

template <class T>
void Mlp<T>::backward(const T* theta, const Rows<T>& inputs, Rows<T>& d, T* gradient) {
  d.clearPadding();
  for (std::size_t l = layers_.size(); l-- > 0;) {
    Layer& layer = layers_[l];
    const Rows<T>& a = below(l, inputs);  // k × n
    const int m = architecture_.width(static_cast<int>(l) + 1), n = inputs.cols();
    const Rows<T>& da = isHidden(l) ? layer.da : d;  // m × n
    const Rows<T>* dz = &da;
    if (isHidden(l)) {
      const Rows<T>& u = architecture_.batchNorm ? layer.u : layer.z;
      const Rows<T>& h = architecture_.residual ? layer.h : layer.a;
      if (!(mode_ == Mode::kTraining && masked_)) {
        layer.slope.resize(m, n);
        slope(architecture_.activation, u, h, layer.slope);
      }
      layer.du.resize(m, n);
      const T scale = architecture_.residual ? static_cast<T>(architecture_.branchScale) : T(1);
      layer.du.flat() = scale * da.flat() * layer.slope.flat();  // du = s da φ'(u) (m × n)
      dz = &layer.du;
      if (architecture_.batchNorm) {
        normaliseBack(layer, theta, gradient);
        dz = &layer.dz;
      }
    }
    outer(*dz, a, gradient + layer.at.weight);                       // dW = dz aᵀ (m × k)
    if (layer.at.bias >= 0) rowSums(*dz, gradient + layer.at.bias);  // db = dz 1 (m)
    if (layer.at.shortcut >= 0) outer(da, a, gradient + layer.at.shortcut);  // dS = da aᵀ
    if (l == 0) break;
    Rows<T>& next = layers_[l - 1].da;  // k × n
    next.resize(a.rows(), n);
    const bool straight = isHidden(l) && architecture_.residual && layer.at.shortcut < 0;
    if (straight) {
      next.flat() = da.flat();  // da + Wᵀ dz
      addTransposedProduct(theta + layer.at.weight, *dz, next);
    } else {
      transposedProduct(theta + layer.at.weight, *dz, next);  // Wᵀ dz
      if (layer.at.shortcut >= 0) {
        addTransposedProduct(theta + layer.at.shortcut, da, next);  // + Sᵀ da
      }
    }
  }
}

template <class T>
const Rows<T>& Mlp<T>::forwardAlong(const T* theta, const T* v, const Rows<T>& inputs) {
  const int n = inputs.cols();
  for (std::size_t l = 0; l < layers_.size(); ++l) {
    Layer& layer = layers_[l];
    const Rows<T>& a = below(l, inputs);
    const int m = architecture_.width(static_cast<int>(l) + 1);
    const T* bias = layer.at.bias < 0 ? nullptr : v + layer.at.bias;
    layer.rz.resize(m, n);
    affine(v + layer.at.weight, bias, a, layer.rz);                               // rz = V a + v_b
    if (l > 0) addProduct(theta + layer.at.weight, layers_[l - 1].ra, layer.rz);  // + W ra
    layer.ra.resize(m, n);
    if (!isHidden(l)) {
      layer.ra.flat() = layer.rz.flat();
      break;
    }
    if (architecture_.batchNorm) normaliseAlong(layer, theta, v);
    const Rows<T>& ru = architecture_.batchNorm ? layer.ru : layer.rz;
    const T scale = architecture_.residual ? static_cast<T>(architecture_.branchScale) : T(1);
    layer.ra.flat() = scale * layer.slope.flat() * ru.flat();  // ra = s φ'(u) ru
    if (!architecture_.residual) continue;
    if (layer.at.shortcut < 0) {
      if (l > 0) layer.ra.flat() += layers_[l - 1].ra.flat();  // + ra
    } else {
      addProduct(v + layer.at.shortcut, a, layer.ra);                                 // + V_S a
      if (l > 0) addProduct(theta + layer.at.shortcut, layers_[l - 1].ra, layer.ra);  // + S ra
    }
  }
  return layers_.back().ra;
}

template <class T>
void Mlp<T>::backwardAlong(const T* theta, const T* v, const Rows<T>& inputs, const Rows<T>& d,
                           Rows<T>& rd, T* product) {
  Eigen::Map<Eigen::Array<T, Eigen::Dynamic, 1>>(product, parameters_).setZero();
  rd.clearPadding();
  for (std::size_t l = layers_.size(); l-- > 0;) {
    Layer& layer = layers_[l];
    const Rows<T>& a = below(l, inputs);
    const Rows<T>* ra = l == 0 ? nullptr : &layers_[l - 1].ra;
    const int n = inputs.cols();
    const Rows<T>& da = isHidden(l) ? layer.da : d;
    const Rows<T>& rda = isHidden(l) ? layer.rda : rd;
    const Rows<T>*dz = &da, *rdz = &rda;
    if (isHidden(l)) {
      bendAlong(layer);
      dz = &layer.du;
      rdz = &layer.rdu;
      if (architecture_.batchNorm) {
        normaliseBackAlong(layer, theta, v, product);
        dz = &layer.dz;
        rdz = &layer.rdz;
      }
    }
    addOuter(*rdz, a, product + layer.at.weight);           // rdz aᵀ
    if (ra) addOuter(*dz, *ra, product + layer.at.weight);  // + dz raᵀ
    if (layer.at.bias >= 0) addRowSums(*rdz, product + layer.at.bias);
    if (layer.at.shortcut >= 0) {
      addOuter(rda, a, product + layer.at.shortcut);  // rda aᵀ + da raᵀ
      if (ra) addOuter(da, *ra, product + layer.at.shortcut);
    }
    if (l == 0) break;
    Rows<T>& next = layers_[l - 1].rda;
    next.resize(a.rows(), n);
    transposedProduct(theta + layer.at.weight, *rdz, next);  // Wᵀ rdz
    addTransposedProduct(v + layer.at.weight, *dz, next);    // + Vᵀ dz
    if (!isHidden(l) || !architecture_.residual) continue;
    if (layer.at.shortcut < 0) {
      next.flat() += rda.flat();
    } else {
      addTransposedProduct(theta + layer.at.shortcut, rda, next);
      addTransposedProduct(v + layer.at.shortcut, da, next);
    }
  }
}

// rdu = s (rda φ'(u) + da φ''(u) ru).
template <class T>
void Mlp<T>::bendAlong(Layer& layer) {
  const bool drops = mode_ == Mode::kTraining && masked_;
  const Rows<T>& u = architecture_.batchNorm ? layer.u : layer.z;
  const Rows<T>& ru = architecture_.batchNorm ? layer.ru : layer.rz;
  const int m = u.rows(), n = u.cols();
  layer.curvature.resize(m, n);
  layer.rdu.resize(m, n);
  if (drops) {  // what is kept of h has lost the units that were dropped
    activate(architecture_.activation, u, layer.rdu);
    curvature(architecture_.activation, u, layer.rdu, layer.curvature);
    layer.curvature.flat() *= layer.mask.flat();
  } else {
    curvature(architecture_.activation, u, architecture_.residual ? layer.h : layer.a,
              layer.curvature);
  }
  const T scale = architecture_.residual ? static_cast<T>(architecture_.branchScale) : T(1);
  layer.rdu.flat() = scale * (layer.rda.flat() * layer.slope.flat() +
                              layer.da.flat() * layer.curvature.flat() * ru.flat());
}

// ẑ = (z − mean)/s with s = √(variance + ε) of each unit over the examples, and u = γ ẑ + β.
template <class T>
void Mlp<T>::normalise(Layer& layer, const T* theta) {
  const int m = layer.z.rows(), n = layer.z.cols();
  layer.normal.resize(m, n);
  layer.u.resize(m, n);
  if (static_cast<int>(layer.mean.size()) != m) {
    for (auto* all : {&layer.mean, &layer.inverse, &layer.populationMean, &layer.populationInverse,
                      &layer.inverseAlong}) {
      all->assign(static_cast<std::size_t>(m), T(0));
    }
  }
  for (int i = 0; i < m; ++i) {
    const auto at = static_cast<std::size_t>(i);
    const auto z = layer.z.values(i);
    if (mode_ == Mode::kEvaluation) {
      layer.mean[at] = layer.populationMean[at];
      layer.inverse[at] = layer.populationInverse[at];
    } else {
      const T mean = z.mean();
      layer.mean[at] = mean;
      layer.inverse[at] = 1 / std::sqrt((z - mean).square().mean() + T(kEpsilon));
    }
    if (mode_ == Mode::kPopulation) {
      layer.populationMean[at] = layer.mean[at];
      layer.populationInverse[at] = layer.inverse[at];
    }
    layer.normal.values(i) = (z - layer.mean[at]) * layer.inverse[at];
    layer.u.values(i) =
        theta[layer.at.scale + i] * layer.normal.values(i) + theta[layer.at.shift + i];
  }
  layer.normal.clearPadding();
  layer.u.clearPadding();
}

// With δ = γ du: dz = (δ − mean δ − ẑ mean(δ ẑ))/s, where the statistics are the batch's.
template <class T>
void Mlp<T>::normaliseBack(Layer& layer, const T* theta, T* gradient) {
  const int m = layer.z.rows(), n = layer.z.cols();
  layer.dz.resize(m, n);
  for (int i = 0; i < m; ++i) {
    const auto normal = layer.normal.values(i), du = layer.du.values(i);
    const T scale = theta[layer.at.scale + i] * layer.inverse[static_cast<std::size_t>(i)];
    const T sum = du.sum(), moment = (du * normal).sum();
    gradient[layer.at.scale + i] = moment;
    gradient[layer.at.shift + i] = sum;
    if (mode_ == Mode::kEvaluation) {
      layer.dz.values(i) = scale * du;
    } else {
      layer.dz.values(i) =
          scale * (du - sum / static_cast<T>(n) - normal * (moment / static_cast<T>(n)));
    }
  }
  layer.dz.clearPadding();
}

// rẑ = (rz − mean rz − ẑ mean(ẑ rz))/s; mean(ẑ rz)/s is the relative change of s.
template <class T>
void Mlp<T>::normaliseAlong(Layer& layer, const T* theta, const T* v) {
  const int m = layer.z.rows(), n = layer.z.cols();
  layer.rnormal.resize(m, n);
  layer.ru.resize(m, n);
  for (int i = 0; i < m; ++i) {
    const auto at = static_cast<std::size_t>(i);
    const auto normal = layer.normal.values(i), rz = layer.rz.values(i);
    auto rnormal = layer.rnormal.values(i);
    const T inverse = layer.inverse[at];
    if (mode_ == Mode::kEvaluation) {
      layer.inverseAlong[at] = 0;
      rnormal = inverse * rz;
    } else {
      const T moment = (normal * rz).mean();
      layer.inverseAlong[at] = inverse * moment;
      rnormal = inverse * (rz - rz.mean() - normal * moment);
    }
    layer.ru.values(i) = theta[layer.at.scale + i] * rnormal + v[layer.at.scale + i] * normal +
                         v[layer.at.shift + i];
  }
  layer.rnormal.clearPadding();
  layer.ru.clearPadding();
}

// The change of dz: that of δ, of ẑ and of 1/s.
template <class T>
void Mlp<T>::normaliseBackAlong(Layer& layer, const T* theta, const T* v, T* product) {
  const int m = layer.z.rows(), n = layer.z.cols();
  layer.rdz.resize(m, n);
  for (int i = 0; i < m; ++i) {
    const auto at = static_cast<std::size_t>(i);
    const auto normal = layer.normal.values(i), rnormal = layer.rnormal.values(i);
    const auto du = layer.du.values(i), rdu = layer.rdu.values(i);
    const T gamma = theta[layer.at.scale + i], rgamma = v[layer.at.scale + i];
    product[layer.at.scale + i] += (rdu * normal + du * rnormal).sum();
    product[layer.at.shift + i] += rdu.sum();
    const auto rdelta = gamma * rdu + rgamma * du;
    auto rdz = layer.rdz.values(i);
    if (mode_ == Mode::kEvaluation) {
      rdz = layer.inverse[at] * rdelta;
      continue;
    }
    const T moment = gamma * (du * normal).mean();
    const T rmoment = (rdelta * normal).mean() + gamma * (du * rnormal).mean();
    rdz = layer.inverse[at] * (rdelta - rdelta.mean() - rnormal * moment - normal * rmoment) -
          layer.inverseAlong[at] * layer.dz.values(i);
  }
  layer.rdz.clearPadding();
}

template class Mlp<float>;
template class Mlp<double>;

}  // namespace descent
