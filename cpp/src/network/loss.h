// What a prediction costs.
#pragma once

#include <initializer_list>

#include "numerics/rows.h"

namespace descent {

// Mean over the examples of ℓ(f, y), f and y of `outputs` numbers each:
//   squared   ½ ‖f − y‖²
//   logistic  Σ log(1 + exp(−y f)), y = ±1
//   softmax   −Σ y log p, p = exp f / Σ exp f, y one-hot
//   hinge     Σ max(0, 1 − y f), y = ±1
enum class Loss { kSquared, kLogistic, kSoftmax, kHinge };
inline constexpr std::initializer_list<const char*> kLosses = {"squared", "logistic", "softmax",
                                                               "hinge"};
inline const char* nameOf(Loss loss) { return kLosses.begin()[static_cast<int>(loss)]; }

inline bool isSmooth(Loss loss) { return loss != Loss::kHinge; }

// The loss of outputs f for targets y; both outputs × n.
template <class T>
double lossOf(Loss loss, const Rows<T>& f, const Rows<T>& y);
// The same, and its gradient d with respect to f.
template <class T>
double lossAndSlope(Loss loss, const Rows<T>& f, const Rows<T>& y, Rows<T>& d);
// out = (∂²loss/∂f²) v: how the gradient changes where f changes by v.
template <class T>
void lossCurvature(Loss loss, const Rows<T>& f, const Rows<T>& y, const Rows<T>& v, Rows<T>& out);

// The class that outputs f of example j stand for: the largest, or the sign where there is one.
template <class T>
int predictedClass(const Rows<T>& f, int j) {
  if (f.rows() == 1) return f(0, j) > 0 ? 1 : 0;
  int best = 0;
  for (int i = 1; i < f.rows(); ++i) {
    if (f(i, j) > f(best, j)) best = i;
  }
  return best;
}

}  // namespace descent
