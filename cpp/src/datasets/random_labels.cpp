// Nothing to learn, only to remember: labels that do not depend on the inputs. A network that is
// large enough fits them all the same, and no better than chance where it is tested.
//
// Zhang et al. 2017, "Understanding Deep Learning Requires Rethinking Generalization",
// https://arxiv.org/abs/1611.03530.
#include "datasets/drawing.h"

namespace descent {
namespace {

class RandomLabels final : public Dataset {
 public:
  int dimension = 2;

  int inputs() const override { return dimension; }
  Examples draw(Random& random, int n) const override {
    Examples examples{Matrix(dimension, n), evenLabels(random, n, 2), {}};
    for (double& entry : examples.inputs.reshaped()) entry = random.normal();
    return examples;
  }
};

}  // namespace

void register_random_labels(Catalogue& catalogue) {
  catalogue.add(
      Describe<RandomLabels>("random-labels", "Random labels")
          .sentence("Labels drawn whatever the inputs: nothing to learn, only to remember.")
          .formula(R"(x \sim \mathcal N(0, I),\quad y = \pm 1)")
          .cites(
              "Zhang et al. 2017, Understanding Deep Learning Requires Rethinking Generalization",
              "https://arxiv.org/abs/1611.03530")
          .variant("Gaussian inputs; as many labels of one class as of the other.")
          .knob("inputs", &RandomLabels::dimension, 1, 64, "Numbers that describe an example.")
          .as("Inputs", "d"));
}

}  // namespace descent
