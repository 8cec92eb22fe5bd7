// Adam's direction m̂/(√v̂ + ε), shared by Adam and AdamW, which differ in where weight decay goes.
#pragma once

#include <cmath>

#include "descent/catalogue.h"

namespace descent {

enum class BiasCorrection { kBoth, kFirst, kSecond, kNone };
enum class MomentStart { kZero, kFirstGradient };
enum class EpsilonPlacement { kOutside, kInside, kHat };

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
  // Take in a gradient and return the direction of Kingma & Ba 2015, Algorithm 1.
  Vector direction(const Vector& g) {
    ++t_;
    if (t_ == 1 && start == MomentStart::kFirstGradient) {
      m_ = g;
      v_ = g.cwiseAbs2();
    } else {
      m_ = beta1 * m_ + (1 - beta1) * g;
      v_ = beta2 * v_ + (1 - beta2) * g.cwiseAbs2();
    }
    const double c1 = correctsFirst() ? 1 - std::pow(beta1, t_) : 1;
    const double c2 = correctsSecond() ? 1 - std::pow(beta2, t_) : 1;
    const auto v = v_.array();
    Eigen::ArrayXd root;
    switch (epsilonPlacement) {
      case EpsilonPlacement::kOutside:
        root = (v / c2).sqrt() + epsilon;
        break;
      case EpsilonPlacement::kInside:
        root = (v / c2 + epsilon).sqrt();
        break;
      case EpsilonPlacement::kHat:
        root = (v.sqrt() + epsilon) / std::sqrt(c2);
        break;
    }
    // Without ε a coordinate that never had a gradient would be 0/0; it stays.
    return (m_.array() == 0).select(0, m_.array() / c1 / root);
  }

  // Length of every coordinate of the first direction where g is not zero, leaving out ε: m̂/√v̂
  // is 1 with both corrections, (1 − β₁)/√(1 − β₂) with none.
  double firstDirection() const {
    if (start == MomentStart::kFirstGradient) return 1;
    return (correctsFirst() ? 1 : 1 - beta1) / (correctsSecond() ? 1 : std::sqrt(1 - beta2));
  }

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

  Vector m_, v_;
  int t_ = 0;
};

// The knobs of the moments, for the description of an optimizer that has them.
template <class T>
void describeMoments(Describe<T>& description) {
  description.rate()
      .knob("beta1", &T::beta1, 0, 0.9999, "Forgetting of the mean of past gradients.")
      .as("Mean", "β_1")
      .usual(0, 0.999, Scale::kComplement)
      .knob("beta2", &T::beta2, 0, 0.999999, "Forgetting of the mean of past squares.")
      .as("Scale", "β_2")
      .usual(0, 0.9999, Scale::kComplement)
      .knob("epsilon", &T::epsilon, 0, 1, "Keeps the division away from zero.")
      .as("Epsilon", "ε")
      .usual(1e-12, 1e-2, Scale::kLog)
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

}  // namespace descent
