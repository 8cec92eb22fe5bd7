// Adam's two moments and its direction m̂/(√v̂ + ε), shared by the whole family: weight decay goes
// elsewhere in AdamW, v is another in AMSGrad, m̂ in NAdam, and RAdam rectifies the quotient.
#pragma once

#include <cmath>

#include "descent/catalogue.h"
#include "optimizers/root.h"

namespace descent {

// 1 − βᵗ, which a mean of β that began at zero is divided by; 1 as soon as βᵗ < e⁻⁴⁰ is rounded
// away.
inline double correction(double beta, int t) {
  return t * (1 - beta) > 40 ? 1 : 1 - std::pow(beta, t);
}

enum class BiasCorrection { kBoth, kFirst, kSecond, kNone };
enum class MomentStart { kZero, kFirstGradient };

class AdamMoments : public GradientOptimizer {
 public:
  double beta1 = 0.9;
  double beta2 = 0.999;
  double epsilon = 1e-8;
  double weightDecay = 0;
  BiasCorrection biasCorrection = BiasCorrection::kBoth;
  MomentStart start = MomentStart::kZero;
  EpsilonPlacement epsilonPlacement = EpsilonPlacement::kOutside;

  AdamMoments() { lr = 0.001; }
  void reset(const Layout& layout) override {
    m_ = v_ = Vector::Zero(parameterCount(layout));
    t_ = 0;
  }
  std::vector<Memory> memory() const override {
    return {{"first-moment", &m_}, {"second-moment", &v_}};
  }
  std::vector<Probe> probes() const override {
    return {{"first-moment", Probe::Kind::kDirection, m_}};
  }

 protected:
  // Expressions, of types to be deduced: they stand before what uses them.
  auto correctedMean() const { return m_ * (correctsFirst() ? 1 / correction(beta1, t_) : 1); }
  auto correctedRoot(const Vector& v) const {
    return guardedRoot(v, epsilon, epsilonPlacement, correctsSecond() ? correction(beta2, t_) : 1);
  }

  // Take in a gradient and return the direction of Kingma & Ba 2015, Algorithm 1.
  template <class G>
  auto direction(const G& g) {
    remember(g);
    return quotient(correctedMean(), correctedRoot(v_));
  }

  // The first part of it: m and v take in a gradient.
  template <class G>
  void remember(const G& g) {
    ++t_;
    if (t_ == 1 && start == MomentStart::kFirstGradient) {
      m_ = g;
      v_ = g.cwiseAbs2();
    } else {
      m_ = beta1 * m_ + (1 - beta1) * g;
      v_ = beta2 * v_ + (1 - beta2) * g.cwiseAbs2();
    }
  }

  // Length of every coordinate of the first direction where g is not zero, leaving out ε: m̂/√v̂
  // is 1 with both corrections, (1 − β₁)/√(1 − β₂) with none.
  double firstDirection() const {
    if (start == MomentStart::kFirstGradient) return 1;
    return (correctsFirst() ? 1 : 1 - beta1) / (correctsSecond() ? 1 : std::sqrt(1 - beta2));
  }

  // Predictions::preconditioner, P = (1 − β₁ᵗ)(√v̂ + ε): Cohen, Ghorbani, Krishnan et al. 2022,
  // https://arxiv.org/abs/2207.14484.
  Preconditioner settledPreconditioner() const {
    Preconditioner p{Vector::Zero(m_.size()), {2 * (1 + beta1) / (1 - beta1), "2(1+β₁)/(1−β₁)"}};
    if (t_ == 0) return p;
    p.diagonal = correctedRoot(v_);
    if (correctsFirst()) p.diagonal *= correction(beta1, t_);
    return p;
  }

  // Predictions::gain once the squares have settled at their mean.
  double settledGain(double rootMeanSquare, double eta) const {
    const double scale = epsilonPlacement == EpsilonPlacement::kInside
                             ? std::sqrt(rootMeanSquare * rootMeanSquare + epsilon)
                             : rootMeanSquare + epsilon;
    return eta / scale;
  }

  Vector m_, v_;
  int t_ = 0;

 private:
  // The correction undoes the zero start; after another start there is none to undo.
  bool correctsFirst() const {
    return start == MomentStart::kZero &&
           (biasCorrection == BiasCorrection::kBoth || biasCorrection == BiasCorrection::kFirst);
  }
  bool correctsSecond() const {
    return start == MomentStart::kZero &&
           (biasCorrection == BiasCorrection::kBoth || biasCorrection == BiasCorrection::kSecond);
  }
};

// The knobs that every description of this family has: the rate, β₁, β₂ and ε.
template <class T>
void describeBetas(Describe<T>& description) {
  description.rate()
      .knob("beta1", &T::beta1, 0, 0.9999, "Forgetting of the mean of past gradients.")
      .as("Mean", "β_1")
      .usual(0, 0.999, Scale::kComplement)
      .knob("beta2", &T::beta2, 0, 0.999999, "Forgetting of the mean of past squares.")
      .as("Scale", "β_2")
      .usual(0, 0.9999, Scale::kComplement)
      .knob("epsilon", &T::epsilon, 0, 1, "Keeps the division away from zero.")
      .as("Epsilon", "ε")
      .usual(1e-12, 1e-2, Scale::kLog);
}

// These and the variants of Adam.
template <class T>
void describeMoments(Describe<T>& description) {
  describeBetas(description);
  description
      .choice("biasCorrection", &T::biasCorrection, {"both", "first", "second", "none"},
              "Which moments are corrected for their start at zero.")
      .as("Bias correction")
      .choice("start", &T::start, {"zero", "first-gradient"},
              "Moments start at zero, or at the first gradient, and then need no correction.")
      .as("Moments start at")
      .choice("epsilonPlacement", &T::epsilonPlacement, {"outside", "inside", "hat"},
              "ε outside the root, inside it, or added before the correction.")
      .as("Epsilon stands");
}

template <class T>
void describeCoupledDecay(Describe<T>& description) {
  description
      .knob("weightDecay", &T::weightDecay, 0, 10,
            "λ times θ is added to the gradient, before the moments.")
      .as("Decay", "λ")
      .usual(0, 0.1);
}

}  // namespace descent
