// Nesterov's accelerated gradient: ask for the slope where the velocity is about to lead.
//
//   look-ahead  v ← βv + ∇f(θ − ηβv)    θ ← θ − ηv
//   framework   v ← βv + g              θ ← θ − η(g + βv)
//
// Nesterov 1983, "A method of solving a convex programming problem with convergence rate
// O(1/k²)"; look-ahead as in Sutskever et al. 2013, https://proceedings.mlr.press/v28/sutskever13.
// The framework form is the look-ahead point's own path at constant rate and β, not otherwise.
// betaRule accelerated: β_t = (t − 1)/(t + 2), t = 1, 2, …
#include "descent/catalogue.h"

namespace descent {
namespace {

enum class NesterovForm { kLookAhead, kFramework };
enum class BetaRule { kConstant, kAccelerated };

class Nesterov final : public Cloneable<Nesterov, Optimizer> {
 public:
  double beta = 0.9;
  NesterovForm form = NesterovForm::kLookAhead;
  BetaRule betaRule = BetaRule::kConstant;

  void reset(const Layout& layout) override {
    v_ = Vector::Zero(parameterCount(layout));
    t_ = 0;
  }
  std::vector<Memory> memory() const override { return {{"momentum", &v_}}; }

  Step step(Oracle& oracle, Vector& x, double eta) override {
    ++t_;
    const double b = betaRule == BetaRule::kConstant ? beta : (t_ - 1.0) / (t_ + 2.0);
    if (form == NesterovForm::kLookAhead) {
      const double value = oracle.gradient(x - eta * b * v_, g_);
      v_ = b * v_ + g_;
      x -= eta * v_;
      return finishStep(value, x);
    }
    const double value = oracle.gradient(x, g_);
    v_ = b * v_ + g_;
    x -= eta * (g_ + b * v_);
    return finishStep(value, x);
  }

  Predictions predict() const override {
    Predictions said;
    const bool isConstant = betaRule == BetaRule::kConstant;
    said.firstStep = [this, isConstant](const Vector&, const Vector& g, double eta) {
      const double b = isConstant ? beta : 0;
      return (form == NesterovForm::kFramework ? 1 + b : 1) * eta * g.lpNorm<Eigen::Infinity>();
    };
    if (!isConstant) return said;
    // Distances obey x₊ = (1 − ηλ)((1 + β) x − β x₋).
    said.characteristic = [this](double curvature, double eta) {
      const double shrink = 1 - eta * curvature;
      Characteristic z{(1 + beta) * shrink, beta * shrink, "|z|",
                       "z² − (1+β)(1−ηλ)z + β(1−ηλ) = 0"};
      if (z.b * z.b < 4 * z.c) z.formula = "√(β(1−ηλ))";
      return z;
    };
    said.stabilityLimit = {(2 + 2 * beta) / (1 + 2 * beta), "(2+2β)/(1+2β)"};
    return said;
  }

 private:
  Vector v_, g_;
  int t_ = 0;
};

}  // namespace

void register_nesterov(Catalogue& catalogue) {
  catalogue.add(
      Describe<Nesterov>("nesterov", "Nesterov")
          .sentence("Momentum that asks for the slope where the velocity is about to lead, and so "
                    "brakes in time.")
          .formula(R"(v \leftarrow \beta v + \nabla f(\theta - \eta\beta v),\quad )"
                   R"(\theta \leftarrow \theta - \eta v)")
          .cites("Nesterov 1983, A method of solving a convex programming problem with "
                 "convergence rate O(1/k²)",
                 "https://www.mathnet.ru/eng/dan46009")
          .variant("form=look-ahead as in Sutskever et al. 2013; framework is the path of the "
                   "look-ahead point at constant rate and β. betaRule=accelerated takes "
                   "β = (t−1)/(t+2).")
          .card(
              R"(v = s.get("v", 0)
v = s["v"] = beta * v + grad(x - eta * beta * v)
x = x - eta * v)",
              "Euclidean",
              "Smooth convex problems, where its rate is the best a gradient method can have, and "
              "vision networks in the framework form.",
              "Noise in the gradients undoes most of the acceleration, and at high curvature it "
              "bears a smaller rate than momentum.")
          .style(2, 2)
          .rate()
          .knob("beta", &Nesterov::beta, 0, 0.9999, "Share of the velocity that is kept.")
          .as("Momentum", "β")
          .usual(0, 0.999, Scale::kComplement)
          .choice("form", &Nesterov::form, {"look-ahead", "framework"},
                  "Where the gradient is asked.")
          .as("Form")
          .choice("betaRule", &Nesterov::betaRule, {"constant", "accelerated"},
                  "Constant β, or (t−1)/(t+2), which gives O(1/t²) on convex functions.")
          .as("β rule"));
}

}  // namespace descent
