#include "network/activation.h"

#include <numbers>

#include "numerics/kernels.h"

namespace descent {
namespace {

constexpr double kLeak = 0.01;

template <class A>
auto sigmoid(const A& z) {
  using T = typename A::Scalar;
  return (T(1) + (-z).exp()).inverse();
}

// The standard normal distribution and its density.
template <class T>
T distribution(T z) {
  return std::erfc(-z * T(std::numbers::sqrt2 / 2)) / 2;
}
template <class T>
T density(T z) {
  return std::exp(-z * z / 2) * T(std::numbers::inv_sqrtpi / std::numbers::sqrt2);
}

// tanh within 3.5e-7 of it, relatively: x P(x²)/Q(x²), where P and Q of degree 4 are the best such
// quotient for |x| ≤ 8; beyond it stays at tanh 8 = 1 − 2.3e-7. The slope 1 − tanh² is then good to
// 2 % up to |x| = 6 and lost in rounding from 7 on, where it is below 4e-6.
Lane<float> tanhOf(Lane<float> x) {
  x = kernels::atLeast(kernels::atMost(x, 8), -8);
  const Lane<float> s = x * x;
  const Lane<float> p =
      (((1.5230382e-8f * s + 2.1894635e-5f) * s + 0.0035715965f) * s + 0.13444497f) * s + 1.f;
  const Lane<float> q =
      (((8.522432e-7f * s + 3.4112894e-4f) * s + 0.026164437f) * s + 0.46777824f) * s + 1.f;
  return x * p / q;
}

void tanhOf(const Rows<float>& z, Rows<float>& h) {
  const Eigen::Index n = h.flat().size();
  for (Eigen::Index i = 0; i < n; i += kLanes<float>) {
    kernels::store(h.row(0) + i, tanhOf(kernels::load(z.row(0) + i)));
  }
}
void tanhOf(const Rows<double>& z, Rows<double>& h) { h.flat() = z.flat().tanh(); }

}  // namespace

template <class T>
void activate(Activation a, const Rows<T>& from, Rows<T>& to) {
  const auto z = from.flat();
  auto h = to.flat();
  switch (a) {
    case Activation::kIdentity:
      h = z;
      return;
    case Activation::kRelu:
      h = z.max(T(0));
      return;
    case Activation::kLeakyRelu:
      h = z.max(T(kLeak) * z);
      return;
    case Activation::kTanh:
      tanhOf(from, to);
      return;
    case Activation::kSigmoid:
      h = sigmoid(z);
      return;
    case Activation::kGelu:
      h = z.unaryExpr([](T x) { return x * distribution(x); });
      return;
    case Activation::kSilu:
      h = z * sigmoid(z);
      return;
    case Activation::kSoftplus:  // without overflow for large z
      h = z.max(T(0)) + (T(1) + (-z.abs()).exp()).log();
      return;
    case Activation::kSin:
      h = z.sin();
      return;
    case Activation::kSquare:
      h = z * z;
      return;
    case Activation::kCube:
      h = z * z * z;
      return;
  }
}

template <class T>
void slope(Activation a, const Rows<T>& from, const Rows<T>& at, Rows<T>& to) {
  const auto z = from.flat(), h = at.flat();
  auto d = to.flat();
  switch (a) {
    case Activation::kIdentity:
      d = T(1);
      return;
    case Activation::kRelu:
      d = (z > T(0)).template cast<T>();
      return;
    case Activation::kLeakyRelu:
      d = T(kLeak) + T(1 - kLeak) * (z > T(0)).template cast<T>();
      return;
    case Activation::kTanh:
      d = T(1) - h * h;
      return;
    case Activation::kSigmoid:
      d = h * (T(1) - h);
      return;
    case Activation::kGelu:
      d = z.unaryExpr([](T x) { return distribution(x) + x * density(x); });
      return;
    case Activation::kSilu:  // s + z s (1 − s)
      d = sigmoid(z) * (T(1) + z - h);
      return;
    case Activation::kSoftplus:
      d = sigmoid(z);
      return;
    case Activation::kSin:
      d = z.cos();
      return;
    case Activation::kSquare:
      d = T(2) * z;
      return;
    case Activation::kCube:
      d = T(3) * z * z;
      return;
  }
}

template <class T>
void curvature(Activation a, const Rows<T>& from, const Rows<T>& at, Rows<T>& to) {
  const auto z = from.flat(), h = at.flat();
  auto d = to.flat();
  switch (a) {
    case Activation::kIdentity:
    case Activation::kRelu:
    case Activation::kLeakyRelu:
      d = T(0);
      return;
    case Activation::kTanh:
      d = T(-2) * h * (T(1) - h * h);
      return;
    case Activation::kSigmoid:
      d = h * (T(1) - h) * (T(1) - T(2) * h);
      return;
    case Activation::kGelu:
      d = z.unaryExpr([](T x) { return (2 - x * x) * density(x); });
      return;
    case Activation::kSilu:
      d = z.unaryExpr([](T x) {
        const T s = 1 / (1 + std::exp(-x));
        return s * (1 - s) * (2 + x * (1 - 2 * s));
      });
      return;
    case Activation::kSoftplus:
      d = sigmoid(z) * (T(1) - sigmoid(z));
      return;
    case Activation::kSin:
      d = -h;
      return;
    case Activation::kSquare:
      d = T(2);
      return;
    case Activation::kCube:
      d = T(6) * z;
      return;
  }
}

template void activate(Activation, const Rows<float>&, Rows<float>&);
template void activate(Activation, const Rows<double>&, Rows<double>&);
template void slope(Activation, const Rows<float>&, const Rows<float>&, Rows<float>&);
template void slope(Activation, const Rows<double>&, const Rows<double>&, Rows<double>&);
template void curvature(Activation, const Rows<float>&, const Rows<float>&, Rows<float>&);
template void curvature(Activation, const Rows<double>&, const Rows<double>&, Rows<double>&);

}  // namespace descent
