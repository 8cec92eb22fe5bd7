// Muon: momentum for matrices, replaced by nearly the nearest orthogonal matrix, so that every
// direction the gradient names moves about equally far.
//
//   sum  M ← βM + G              U = G + βM (nesterov) or M
//   ema  M ← βM + (1 − β)G       U = (1 − β)G + βM (nesterov) or M
//   W ← W − η(s·msign(U) + λW)
//
// Jordan et al. 2024, https://kellerjordan.github.io/posts/muon/; scales: Bernstein 2025 and
// Liu et al. 2025, https://arxiv.org/abs/2502.16982.
// Variant: orthogonaliser quintic-kj takes `steps` Newton–Schulz steps with Jordan's coefficients;
// quintic and cubic are the classical ones; hybrid is 8 of Jordan's and 2 that finish; svd is
// exact. λ is decoupled and not scaled by s. Of a network Muon takes the hidden matrices, and an
// inner optimizer the rest (embedding, head, vectors), as Jordan et al. do with AdamW; its rate
// follows Muon's schedule. Without hidden matrices Muon takes everything: a vector is an n × 1
// matrix, and there Muon with svd is normalised momentum.
#include <algorithm>
#include <cmath>

#include "descent/catalogue.h"
#include "numerics/orthogonalise.h"

namespace descent {
namespace {

enum class MuonForm { kSum, kEma };
enum class Orthogonaliser { kQuinticKj, kQuintic, kCubic, kHybrid, kSvd };
enum class UpdateScale { kNone, kAspect, kRms };

class Muon final : public Cloneable<Muon, GradientOptimizer> {
 public:
  double beta = 0.95;
  MuonForm form = MuonForm::kSum;
  bool nesterov = true;
  Orthogonaliser orthogonaliser = Orthogonaliser::kQuinticKj;
  int steps = 5;
  UpdateScale scale = UpdateScale::kNone;
  double weightDecay = 0;
  Polymorphic<Optimizer> rest;

  Muon() { lr = 0.02; }
  void reset(const Layout& layout) override {
    const auto isHidden = [](const Block& b) { return b.role == Role::kHiddenMatrix; };
    const bool takesAll = std::none_of(layout.begin(), layout.end(), isHidden);
    layout_.clear();
    others_.clear();
    Layout packed;
    for (const Block& block : layout) {
      if (takesAll || isHidden(block)) {
        layout_.push_back(block);
      } else {
        others_.push_back(block);
        packed.push_back(block);
        packed.back().offset = parameterCount(packed) - block.size();
      }
    }
    m_ = Vector::Zero(parameterCount(layout));
    if (rest) rest->reset(packed);
    restX_ = restG_ = Vector::Zero(parameterCount(packed));
  }
  std::vector<Memory> memory() const override {
    std::vector<Memory> all = {{"momentum", &m_}};
    if (others_.empty()) return all;
    for (Memory& part : rest->memory()) all.push_back({"rest-" + part.name, part.values});
    return all;
  }

  // On one vector msign(U) is U/‖U‖ times what the iteration makes of the singular value 1.
  Predictions predict() const override {
    if (layout_.size() != 1 || layout_[0].cols != 1 || !others_.empty()) return {};
    return {.firstStep = [this](const Vector& x, const Vector& g, double eta) {
      const double length =
          g.norm() > 0 ? scaleOf(layout_[0]) * singularValueOfOne() / g.norm() : 0;
      return eta * (length * g + weightDecay * x).lpNorm<Eigen::Infinity>();
    }};
  }

 protected:
  void update(const Vector& g, Vector& x, double learningRate) override {
    const double share = form == MuonForm::kSum ? 1 : 1 - beta;
    m_ = beta * m_ + share * g;
    const Vector u = nesterov ? Vector(share * g + beta * m_) : m_;
    for (const Block& block : layout_) {
      auto w = asMatrix(x, block);
      const Matrix o = orthogonalise(asMatrix(u, block));
      w -= learningRate * (scaleOf(block) * o + weightDecay * w);
    }
    if (!others_.empty()) updateRest(g, x, learningRate / lr);
  }

 private:
  // A gradient that is at hand, for an optimizer that asks for one at the current point.
  class Given final : public Oracle {
   public:
    explicit Given(const Vector& g) : g_(g) {}
    double value(const Vector&) override { return 0; }
    double gradient(const Vector&, Vector& g) override { return g = g_, 0; }
    const Counts& counts() const override { return counts_; }

   private:
    const Vector& g_;
    Counts counts_;
  };

  void updateRest(const Vector& g, Vector& x, double factor) {
    Eigen::Index at = 0;
    for (const Block& block : others_) {
      restX_.segment(at, block.size()) = x.segment(block.offset, block.size());
      restG_.segment(at, block.size()) = g.segment(block.offset, block.size());
      at += block.size();
    }
    Given oracle(restG_);
    rest->step(oracle, restX_, rest->lr * factor);
    at = 0;
    for (const Block& block : others_) {
      x.segment(block.offset, block.size()) = restX_.segment(at, block.size());
      at += block.size();
    }
  }

  // Apply f(polynomial) for each step of the iteration.
  template <class F>
  void iterate(F f) const {
    switch (orthogonaliser) {
      case Orthogonaliser::kQuinticKj:
        return repeat(steps, kQuinticKj, f);
      case Orthogonaliser::kQuintic:
        return repeat(steps, kQuintic, f);
      case Orthogonaliser::kCubic:
        return repeat(steps, kCubic, f);
      case Orthogonaliser::kHybrid:
        repeat(8, kQuinticKj, f);
        return repeat(2, kFinish, f);
      case Orthogonaliser::kSvd:
        return;
    }
  }
  template <class F>
  static void repeat(int n, const OddPolynomial& p, F& f) {
    for (int i = 0; i < n; ++i) f(p);
  }

  Matrix orthogonalise(const Matrix& u) const {
    if (orthogonaliser == Orthogonaliser::kSvd) return polarFactor(u);
    Matrix x = normalised(u);
    iterate([&x](const OddPolynomial& p) { newtonSchulzStep(p, x); });
    return x;
  }
  double singularValueOfOne() const {
    double sigma = 1;
    iterate([&sigma](const OddPolynomial& p) { sigma = p(sigma); });
    return sigma;
  }
  double scaleOf(const Block& block) const {
    const auto rows = static_cast<double>(block.rows), cols = static_cast<double>(block.cols);
    switch (scale) {
      case UpdateScale::kNone:
        return 1;
      case UpdateScale::kAspect:
        return std::sqrt(std::max(1.0, rows / cols));
      case UpdateScale::kRms:
        return 0.2 * std::sqrt(std::max(rows, cols));
    }
    return 1;
  }

  Layout layout_;  // of what Muon takes
  Layout others_;  // of the rest
  Vector m_, restX_, restG_;
};

}  // namespace

void register_muon(Catalogue& catalogue) {
  catalogue.add(
      Describe<Muon>("muon", "Muon")
          .sentence(
              "Replace the update by nearly the nearest orthogonal matrix: every direction the "
              "gradient names moves about equally far. On a vector it is normalised momentum.")
          .formula(R"(M \leftarrow \beta M + G,\quad U = G + \beta M,\quad )"
                   R"(W \leftarrow W - \eta\,(s\,\mathrm{msign}(U) + \lambda W))")
          .cites("Jordan et al. 2024, Muon: An optimizer for hidden layers in neural networks",
                 "https://kellerjordan.github.io/posts/muon/")
          .variant("Newton–Schulz with Jordan's coefficients by default, whose singular values "
                   "end near 1 but not at 1; svd is the exact polar factor.")
          .card(R"(M = s["M"] = beta * s.get("M", 0) + g
U = (g + beta * M).reshape(-1, 1)  # a vector is a matrix of one column
O = U / (np.linalg.norm(U) + 1e-7)
for _ in range(steps):
    A = O.T @ O
    O = O @ (3.4445 * np.eye(len(A)) - 4.7750 * A + 2.0315 * A @ A)
x = x - eta * (O.ravel() + weightDecay * x))",
                "spectral norm (on a vector, its length)",
                "For the hidden matrices of language models, beside AdamW for the other blocks.",
                "It is made for matrices, costs several products of them a step, and its steps "
                "shrink only with the schedule.")
          .style(4, 4)
          .rate()
          .knob("beta", &Muon::beta, 0, 0.9999, "Share of the momentum that is kept.")
          .as("Momentum", "β")
          .usual(0, 0.999, Scale::kComplement)
          .choice("form", &Muon::form, {"sum", "ema"}, "How the momentum is written.")
          .as("Form")
          .flag("nesterov", &Muon::nesterov, "Orthogonalise the momentum one step ahead.")
          .as("Nesterov")
          .choice("orthogonaliser", &Muon::orthogonaliser,
                  {"quintic-kj", "quintic", "cubic", "hybrid", "svd"},
                  "The Newton–Schulz polynomial, or the exact polar factor.")
          .as("Orthogonaliser")
          .knob("steps", &Muon::steps, 1, 50, "Newton–Schulz steps (hybrid takes its own ten).")
          .as("Iterations")
          .usual(1, 12)
          .choice("scale", &Muon::scale, {"none", "aspect", "rms"},
                  "Factor s: 1, √max(1, rows/cols), or 0.2·√max(rows, cols).")
          .as("Scale", "s")
          .knob("weightDecay", &Muon::weightDecay, 0, 10, "Share of W that is taken off, times η.")
          .as("Decay", "λ")
          .usual(0, 0.1)
          .knob("rest", &Muon::rest, "adamw(lr=0.003)",
                "Optimizer of a network's other blocks: one that asks for a gradient a step. Its "
                "rate follows Muon's schedule.")
          .as("For the rest"));
}

}  // namespace descent
