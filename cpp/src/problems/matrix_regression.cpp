// Regression on a matrix of weights, with a chosen spectrum: the smallest thing on which
// matrix-aware updates differ from element-wise ones.
//
//   f = 1/(2n) ‖AW − B‖²_F,   B = AW* + noise,   W is p × q
//
// AᵀA/n has a spectrum in equal ratios from 1 to 1/κ, so that the Hessian is I ⊗ AᵀA/n.
#include "descent/catalogue.h"
#include "problems/draw.h"

namespace descent {
namespace {

class MatrixRegression final : public Cloneable<MatrixRegression, Problem> {
 public:
  int rows = 8;
  int cols = 6;
  int n = 32;
  double kappa = 100;
  double noise = 0;

  void prepare(std::uint64_t seed) override {
    Random random(seed, "data of matrix regression");
    const Matrix a = designMatrix(random, n, rows, kappa);
    const Matrix solution = normalMatrix(random, rows, cols);
    const Matrix b = times(a, solution) + noise * normalMatrix(random, n, cols);
    c_ = transposeTimes(a, a) / n;
    ab_ = transposeTimes(a, b) / n;
    bb_ = b.squaredNorm() / n;
    inverse_ = pseudoInverse(c_);
  }
  Eigen::Index dimension() const override { return rows * cols; }
  Layout layout() const override { return {{"W", Role::kHiddenMatrix, 0, rows, cols}}; }
  Vector start() const override { return Vector::Zero(dimension()); }
  SuggestedRates rates() const override { return {1, 0.05}; }
  std::optional<double> largestCurvature(const Vector&) const override { return 1; }
  std::optional<Vector> nearestMinimum(const Vector& x) const override {
    Matrix w = matrix(x);
    w -= times(inverse_, times(c_, w) - ab_);
    return Vector(w.reshaped());
  }

  // ½ tr WᵀCW − tr WᵀD + ½‖B‖²/n with C = AᵀA/n, D = AᵀB/n.
  double value(const Vector& x) const override {
    const auto w = matrix(x);
    return (w.cwiseProduct(times(c_, w) - 2 * ab_).sum() + bb_) / 2;
  }
  void gradient(const Vector& x, Vector& g) const override {
    g = (times(c_, matrix(x)) - ab_).reshaped();
  }
  bool hessian(const Vector&, Matrix& h) const override {
    h = Matrix::Zero(dimension(), dimension());
    for (int j = 0; j < cols; ++j) h.block(j * rows, j * rows, rows, rows) = c_;
    return true;
  }

 private:
  Eigen::Map<const Matrix> matrix(const Vector& x) const { return {x.data(), rows, cols}; }

  Matrix c_, ab_, inverse_;
  double bb_ = 0;
};

}  // namespace

void register_matrix_regression(Catalogue& catalogue) {
  catalogue.add(
      Describe<MatrixRegression>("matrix-regression", "Matrix regression")
          .sentence("Regression on a matrix of weights: the smallest place where matrix-aware "
                    "updates differ from element-wise ones.")
          .formula(R"(f = \tfrac1{2n} \lVert AW - B \rVert_F^2)")
          .cites("Bernstein & Newhouse 2024, Old Optimizer, New Norm: An Anthology",
                 "https://arxiv.org/abs/2409.20325")
          .variant("AᵀA/n has eigenvalues in equal ratios from 1 to 1/κ, in random directions; W "
                   "begins at zero.")
          .knob("rows", &MatrixRegression::rows, 1, 16, "Rows of W.")
          .as("Rows", "p")
          .knob("cols", &MatrixRegression::cols, 1, 16, "Columns of W.")
          .as("Columns", "q")
          .knob("n", &MatrixRegression::n, 1, 1000, "Rows of data.")
          .as("Samples", "n")
          .usual(4, 200)
          .knob("kappa", &MatrixRegression::kappa, 1, 1e6, "Condition number of AᵀA/n.")
          .as("Condition number", "κ")
          .usual(1, 1e4, Scale::kLog)
          .knob("noise", &MatrixRegression::noise, 0, 100, "Standard deviation of B's noise.")
          .as("Noise", "σ")
          .usual(0, 1));
}

}  // namespace descent
