// An associative memory: one matrix has to answer many keys, of which a few come often and most
// come rarely.
//
//   f = ½ Σ pᵢ ‖W kᵢ − vᵢ‖²,   pᵢ ∝ i^(−s)
//
// Zipf's law makes the gradient nearly of low rank: what is rare hides behind what is frequent.
// Wang et al. 2025, "Muon Outperforms Adam in Tail-End Associative Memory Learning",
// https://arxiv.org/abs/2509.26030. Variant: squared error, full batch, random unit keys and
// values, W = 0 at the start.
#include "descent/catalogue.h"
#include "problems/draw.h"

namespace descent {
namespace {

class AssociativeMemory final : public Cloneable<AssociativeMemory, Problem> {
 public:
  int width = 8;
  int keys = 7;
  double exponent = 1.5;

  void prepare(std::uint64_t seed) override {
    Random random(seed, "keys and values");
    const Matrix k = normalMatrix(random, width, keys).colwise().normalized();
    const Matrix v = normalMatrix(random, width, keys).colwise().normalized();
    Vector p(keys);
    for (int i = 0; i < keys; ++i) p[i] = std::pow(i + 1, -exponent);
    p /= p.sum();
    const Matrix rooted = k * p.cwiseSqrt().asDiagonal();
    c_ = timesTranspose(rooted, rooted);  // symmetric to the bit
    vk_ = timesTranspose(v, k * p.asDiagonal());
    vv_ = p.dot(v.colwise().squaredNorm());
    inverse_ = pseudoInverse(c_);
  }
  Eigen::Index dimension() const override { return width * width; }
  Layout layout() const override { return {{"W", Role::kHiddenMatrix, 0, width, width}}; }
  Vector start() const override { return Vector::Zero(dimension()); }
  SuggestedRates rates() const override { return {1, 0.02}; }
  std::optional<double> largestCurvature(const Vector&) const override {
    return symmetricEigen(c_).values[width - 1];
  }
  std::optional<Vector> nearestMinimum(const Vector& x) const override {
    Matrix w = matrix(x);
    w -= times(times(w, c_) - vk_, inverse_);
    return Vector(w.reshaped());
  }

  // ½ tr WCWᵀ − tr W Dᵀ + ½ Σ pᵢ‖vᵢ‖² with C = Σ pᵢ kᵢkᵢᵀ, D = Σ pᵢ vᵢkᵢᵀ.
  double value(const Vector& x) const override {
    const auto w = matrix(x);
    return (w.cwiseProduct(times(w, c_) - 2 * vk_).sum() + vv_) / 2;
  }
  void gradient(const Vector& x, Vector& g) const override {
    g = (times(matrix(x), c_) - vk_).reshaped();
  }
  // C ⊗ I, in the column-major order of W.
  bool hessian(const Vector&, Matrix& h) const override {
    h = Matrix::Zero(dimension(), dimension());
    for (int i = 0; i < width; ++i) {
      for (int j = 0; j < width; ++j) {
        h.block(i * width, j * width, width, width).diagonal().setConstant(c_(i, j));
      }
    }
    return true;
  }

 private:
  Eigen::Map<const Matrix> matrix(const Vector& x) const { return {x.data(), width, width}; }

  Matrix c_, vk_, inverse_;
  double vv_ = 0;
};

}  // namespace

void register_associative_memory(Catalogue& catalogue) {
  catalogue.add(
      Describe<AssociativeMemory>("associative-memory", "Associative memory")
          .sentence("One matrix answers many keys, most of them rare: matrix-aware updates learn "
                    "the rare ones sooner.")
          .formula(R"(f = \tfrac12 \textstyle\sum_i p_i \lVert W k_i - v_i \rVert^2,\quad )"
                   R"(p_i \propto i^{-s})")
          .cites("Wang et al. 2025, Muon Outperforms Adam in Tail-End Associative Memory Learning",
                 "https://arxiv.org/abs/2509.26030")
          .variant("Squared error over all keys; keys and values are random unit vectors.")
          .knob("width", &AssociativeMemory::width, 2, 16, "Rows and columns of W.")
          .as("Width", "d")
          .knob("keys", &AssociativeMemory::keys, 1, 64, "Pairs of key and value.")
          .as("Keys", "N")
          .knob("exponent", &AssociativeMemory::exponent, 0, 4, "How fast frequencies fall.")
          .as("Zipf exponent", "s")
          .usual(0, 3));
}

}  // namespace descent
