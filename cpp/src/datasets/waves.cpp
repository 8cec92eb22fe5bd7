// A slow wave and a fast one on it, at points equally spaced: networks learn the slow one first.
//
//   y = sin 2πx + ½ sin 5πx,   −1 ≤ x ≤ 1
//
// Rahaman et al. 2019, "On the Spectral Bias of Neural Networks", https://arxiv.org/abs/1806.08734.
#include <cmath>
#include <numbers>

#include "datasets/drawing.h"

namespace descent {
namespace {

class Waves final : public Dataset {
 public:
  int inputs() const override { return 1; }
  int classes() const override { return 0; }
  Examples draw(Random& random, int n) const override {
    constexpr double kPi = std::numbers::pi;
    Examples examples{Matrix(1, n), {}, Matrix(1, n)};
    for (int j = 0; j < n; ++j) {
      const double x = n == 1 ? 0 : (2.0 * j - (n - 1)) / (n - 1);
      examples.inputs(0, j) = x;
      examples.targets(0, j) = std::sin(2 * kPi * x) + std::sin(5 * kPi * x) / 2;
    }
    return shuffled(random, examples);
  }
};

}  // namespace

void register_waves(Catalogue& catalogue) {
  catalogue.add(
      Describe<Waves>("waves", "Waves")
          .sentence("A slow wave and a fast one on a line: a network learns the slow one first.")
          .formula(R"(y = \sin 2\pi x + \tfrac12 \sin 5\pi x)")
          .cites("Rahaman et al. 2019, On the Spectral Bias of Neural Networks",
                 "https://arxiv.org/abs/1806.08734")
          .variant("Points are equally spaced on [−1, 1]; their order is random."));
}

}  // namespace descent
