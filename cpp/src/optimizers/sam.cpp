// Sharpness-aware minimisation: take the gradient from the worst point nearby.
//
//   ε̂ = ρ sign(g)|g|^(q−1)/(‖g‖_q^q)^(1/p),  1/p + 1/q = 1;   the inner optimizer sees ∇f(θ + ε̂)
//
// Foret, Kleiner, Mobahi & Neyshabur 2021, Equation 2, https://arxiv.org/abs/2010.01412.
// Variant: p = 2 is ε̂ = ρg/‖g‖, p = inf is ρ sign(g). Where g is zero so is ε̂. Second-order terms
// are left out, as in the paper.
#include <cmath>
#include <limits>

#include "descent/catalogue.h"

namespace descent {
namespace {

class Sam final : public Cloneable<Sam, GradientDecorator> {
 public:
  double rho = 0.05;
  double p = 2;

 protected:
  double seenGradient(Oracle& oracle, const Vector& x, Vector& g) override {
    const double value = oracle.gradient(x, g);
    perturbed_ = x + perturbation(g);
    oracle.gradient(perturbed_, g);
    return value;
  }

 private:
  // argmax of εᵀg over ‖ε‖_p ≤ ρ. g is scaled to a largest entry of 1 first, which leaves ε̂ as it
  // is and keeps the powers in range.
  Vector perturbation(const Vector& g) const {
    const double largest = g.lpNorm<Eigen::Infinity>();
    if (largest == 0) return Vector::Zero(g.size());
    if (std::isinf(p)) return rho * g.array().sign();
    const double q = p / (p - 1);
    double sum = 0;
    Vector e = g / largest;
    for (double& entry : e) {
      const double power = std::pow(std::abs(entry), q - 1);
      sum += power * std::abs(entry);
      entry = std::copysign(power, entry);
    }
    return rho / std::pow(sum, 1 / p) * e;
  }

  Vector perturbed_;
};

}  // namespace

void register_sam(Catalogue& catalogue) {
  catalogue.add(
      Describe<Sam>("sam", "SAM")
          .sentence("Take the gradient at the worst point within ρ, so that flat minima are "
                    "preferred; two gradients a step.")
          .formula(R"(\hat\epsilon = \rho\, g / \lVert g \rVert,\quad )"
                   R"(g \leftarrow \nabla f(\theta + \hat\epsilon))")
          .cites("Foret, Kleiner, Mobahi & Neyshabur 2021, Sharpness-Aware Minimization for "
                 "Efficiently Improving Generalization",
                 "https://arxiv.org/abs/2010.01412")
          .variant("Equation 2 of the paper for any p > 1; p=inf is ρ sign(g).")
          .card(R"(def seen(y):
    v = grad(y)
    length = np.linalg.norm(v)  # p = 2
    return grad(y + rho * v / length) if length > 0 else v
x = inner(x, seen))",
                "the inner optimizer's", "Vision models, and fine-tuning where data are few.",
                "Every step costs two gradients, and close to a sharp minimum it does not settle.")
          .knob("rho", &Sam::rho, 0, 1e3, "Radius of the neighbourhood.")
          .as("Radius", "ρ")
          .usual(0, 1)
          .knob("p", &Sam::p, 1.01, std::numeric_limits<double>::infinity(),
                "Norm in which the neighbourhood is a ball; inf for the largest coordinate.")
          .as("Norm", "p")
          .usual(1.1, 10));
}

}  // namespace descent
