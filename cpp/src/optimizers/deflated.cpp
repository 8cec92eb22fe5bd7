// Deflated momentum: the part of the momentum along the sharpest directions is taken out, and the
// step goes along the rest.
//
//   m ← βm + g,   θ ← θ − η(m − UUᵀm)
//   power-iteration  U: the k eigenvectors of the Hessian with the largest |λ|
//   gradients        U: an orthonormal basis of the last k gradients, this one included
//
// Some course notes describe Muon so; it is not Muon, which removes no direction and makes all
// equally long. With power iteration it is Bulk-SGD of Song, Ahn & Yun 2025,
// https://arxiv.org/abs/2405.16002, with momentum.
// Variant: five rounds of U ← orth(HU) a step, from the last step's U; at first from
// cos((i + 1)(j + 1)). A direction without curvature is not taken out. Along U the run does not
// move, so with k = n it stands still.
#include <algorithm>
#include <cmath>

#include "descent/catalogue.h"
#include "numerics/products.h"

namespace descent {
namespace {

enum class Basis { kPowerIteration, kGradients };

constexpr int kRounds = 5;

// Gram–Schmidt, twice over against rounding. What depends on earlier columns becomes zero.
void orthonormalise(Matrix& u) {
  constexpr double kDependent = 1e-12;
  for (Eigen::Index j = 0; j < u.cols(); ++j) {
    const double before = u.col(j).stableNorm();
    if (before > 0) u.col(j) /= before;
    for (int pass = 0; pass < 2; ++pass) {
      u.col(j) -= times(u.leftCols(j), transposeTimes(u.leftCols(j), u.col(j)));
    }
    const double length = u.col(j).norm();
    if (length < kDependent) {
      u.col(j).setZero();
    } else {
      u.col(j) /= length;
    }
  }
}

class Deflated final : public Cloneable<Deflated, Optimizer> {
 public:
  double beta = 0.9;
  int k = 1;
  Basis basis = Basis::kPowerIteration;

  void reset(const Layout& layout) override {
    m_ = Vector::Zero(parameterCount(layout));
    forget();
  }
  std::vector<Memory> memory() const override { return {{"momentum", &m_}, {"basis", &kept_}}; }
  std::vector<Probe> probes() const override {
    return {{"momentum", Probe::Kind::kDirection, m_},
            {"removed", Probe::Kind::kDirection, kept_.head(m_.size())}};
  }

  Step step(Oracle& oracle, Vector& x, double learningRate) override {
    if (kept_.size() != columns() * x.size() || keptBasis_ != basis) forget();  // a knob was turned
    const double value = oracle.gradient(x, g_);
    m_ = beta * m_ + g_;
    const Matrix u = basis == Basis::kGradients ? recentGradients() : sharpest(oracle, x);
    x -= learningRate * (m_ - times(u, transposeTimes(u, m_)));
    return finishStep(value, x);
  }

 private:
  Eigen::Index columns() const { return std::min<Eigen::Index>(k, m_.size()); }
  Eigen::Map<Matrix> kept() { return {kept_.data(), m_.size(), columns()}; }
  void forget() {
    kept_ = Vector::Zero(m_.size() * columns());
    keptBasis_ = basis;
  }

  // The newest first, so that it is the oldest that gives way.
  Matrix recentGradients() {
    auto all = kept();
    for (Eigen::Index j = all.cols() - 1; j > 0; --j) all.col(j) = all.col(j - 1);
    all.col(0) = g_;
    Matrix u = all;
    orthonormalise(u);
    return u;
  }

  Matrix sharpest(Oracle& oracle, const Vector& x) {
    Matrix u = kept();
    for (Eigen::Index j = 0; j < u.cols(); ++j) {
      if (!u.col(j).isZero(0)) continue;
      for (Eigen::Index i = 0; i < u.rows(); ++i) {
        u(i, j) = std::cos(static_cast<double>((i + 1) * (j + 1)));
      }
    }
    Vector product;
    for (int round = 0; round < kRounds; ++round) {
      for (auto column : u.colwise()) {
        oracle.hessianVector(x, column, product);
        column = product;
      }
      orthonormalise(u);
    }
    kept() = u;
    return u;
  }

  Vector g_, m_;
  Vector kept_;  // n × columns(): U, or the last gradients
  Basis keptBasis_ = Basis::kPowerIteration;
};

}  // namespace

void register_deflated(Catalogue& catalogue) {
  catalogue.add(
      Describe<Deflated>("deflated", "Deflated momentum")
          .sentence("Momentum without its part along the sharpest directions. Some course notes "
                    "call this Muon; it is not.")
          .formula(R"(m \leftarrow \beta m + g,\quad )"
                   R"(\theta \leftarrow \theta - \eta\,(m - UU^\top m))")
          .cites("Song, Ahn & Yun 2025, Does SGD really happen in tiny subspaces?",
                 "https://arxiv.org/abs/2405.16002")
          .variant("U is kept from step to step and turned by five rounds of power iteration on "
                   "Hessian-vector products; basis=gradients takes the last k gradients. Some "
                   "course notes describe Muon so; Muon removes no direction, it makes all "
                   "equally long.")
          .card(R"(k = min(k, x.size)
m = s["m"] = beta * s.get("m", 0) + g
U = s.get("U", np.cos(np.outer(np.arange(x.size) + 1, np.arange(k) + 1)))
for _ in range(5):
    U = s["U"] = np.linalg.qr(hess(x) @ U)[0]
x = x - eta * (m - U @ (U.T @ m)))",
                "Euclidean, outside the directions that are removed",
                "In experiments on what the sharp directions contribute to training.",
                "It never descends along what it removes, so alone it does not reach a minimum.")
          .style(2, 4)
          .rate()
          .knob("beta", &Deflated::beta, 0, 0.9999, "Share of the momentum that is kept.")
          .as("Momentum", "β")
          .usual(0, 0.999, Scale::kComplement)
          .knob("k", &Deflated::k, 1, 100, "Directions that are removed, n at most.")
          .as("Removed", "k")
          .usual(1, 10)
          .choice("basis", &Deflated::basis, {"power-iteration", "gradients"},
                  "What is removed: the Hessian's sharpest directions, or the last gradients.")
          .as("Basis"));
}

}  // namespace descent
