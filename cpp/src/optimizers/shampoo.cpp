// Shampoo: a matrix of parameters has its gradient rescaled from both sides, by what its rows and
// what its columns have been through.
//
//   L ← L + GGᵀ,   R ← R + GᵀG
//   W ← W − η (L + εI)^(−1/4) G (R + εI)^(−1/4)   for every block W of the parameters
//
// Gupta, Koren & Singer 2018, Algorithm 1, https://arxiv.org/abs/1802.09568.
// Variant: Algorithm 1 starts L and R at εI; here ε is added before the root, the same numbers. A
// vector is an n × 1 matrix, so its R is the sum of ‖g‖². No momentum and no grafting; roots are
// taken anew at every step.
#include <cmath>

#include "descent/catalogue.h"
#include "numerics/jacobi.h"
#include "numerics/products.h"

namespace descent {
namespace {

// (A + εI)^(−1/4) of a positive semi-definite A. What is zero stays zero, and a matrix that has
// left the numbers has no root.
Matrix inverseFourthRoot(const Matrix& a, double epsilon) {
  if (!a.allFinite()) {
    return Matrix::Constant(a.rows(), a.cols(), kNaN);
  }
  auto [values, q] = symmetricEigen(a);
  for (double& value : values) {
    value = std::max(value, 0.0) + epsilon;  // below zero by rounding only
    value = value > 0 ? std::pow(value, -0.25) : 0;
  }
  return recompose(q, values);
}

class Shampoo final : public Cloneable<Shampoo, GradientOptimizer> {
 public:
  double epsilon = 1e-4;

  Shampoo() { lr = 0.1; }
  void reset(const Layout& layout) override {
    layout_ = layout;
    Eigen::Index rowState = 0, columnState = 0;
    for (const Block& block : layout) {
      rowState += block.rows * block.rows;
      columnState += block.cols * block.cols;
    }
    left_ = Vector::Zero(rowState);
    right_ = Vector::Zero(columnState);
  }
  std::vector<Memory> memory() const override { return {{"left", &left_}, {"right", &right_}}; }
  std::vector<Probe> probes() const override { return {}; }  // no vectors of the space

  // On one vector L = ggᵀ and R = ‖g‖², each of which has the root (‖g‖² + ε)^(−1/4) along g.
  Predictions predict() const override {
    if (layout_.size() != 1 || layout_[0].cols != 1) return {};
    return {.firstStep = [this](const Vector&, const Vector& g, double eta) {
      const double length = std::hypot(g.stableNorm(), std::sqrt(epsilon));
      return length > 0 ? eta * g.lpNorm<Eigen::Infinity>() / length : 0;
    }};
  }

 protected:
  void update(const Vector& gradient, Vector& x, double learningRate) override {
    Eigen::Index l = 0, r = 0;
    for (const Block& block : layout_) {
      const Matrix g = asMatrix(gradient, block);
      Eigen::Map<Matrix> left(left_.data() + l, block.rows, block.rows);
      Eigen::Map<Matrix> right(right_.data() + r, block.cols, block.cols);
      left += timesTranspose(g, g);
      right += transposeTimes(g, g);
      asMatrix(x, block) -= learningRate * times(times(inverseFourthRoot(left, epsilon), g),
                                                 inverseFourthRoot(right, epsilon));
      l += left.size();
      r += right.size();
    }
  }

 private:
  Layout layout_;
  Vector left_, right_;  // L and R of every block, one after another
};

}  // namespace

void register_shampoo(Catalogue& catalogue) {
  catalogue.add(
      Describe<Shampoo>("shampoo", "Shampoo")
          .sentence("Rescale a matrix's gradient from both sides by what its rows and its columns "
                    "have seen: AdaGrad that knows the shape.")
          .formula(R"(L \leftarrow L + GG^\top,\quad R \leftarrow R + G^\top G,\quad )"
                   R"(W \leftarrow W - \eta\,(L + \epsilon I)^{-1/4}\, G\, )"
                   R"((R + \epsilon I)^{-1/4})")
          .cites("Gupta, Koren & Singer 2018, Shampoo: Preconditioned Stochastic Tensor "
                 "Optimization",
                 "https://arxiv.org/abs/1802.09568")
          .variant("Algorithm 1 of the paper: sums that forget nothing, no momentum, no grafting. "
                   "A vector is a matrix of one column.")
          .card(R"(G = g.reshape(-1, 1)
L = s["L"] = s.get("L", 0) + G @ G.T
R = s["R"] = s.get("R", 0) + G.T @ G
l, P = np.linalg.eigh(L + epsilon * np.eye(len(L)))
r, Q = np.linalg.eigh(R + epsilon * np.eye(len(R)))
x = x - eta * ((P * l**-0.25) @ P.T @ G @ (Q * r**-0.25) @ Q.T).ravel())",
                "spectral norm at the first step, then learned from past gradients",
                "For training networks at scale, with blocked matrices and grafted step lengths.",
                "Roots of matrices are dear, and its sums only grow, so its steps only shrink.")
          .style(4, 1)
          .rate()
          .knob("epsilon", &Shampoo::epsilon, 0, 1, "Added to both matrices before their roots.")
          .as("Epsilon", "ε")
          .usual(1e-8, 1, Scale::kLog));
}

}  // namespace descent
