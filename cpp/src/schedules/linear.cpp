// A straight line from one factor to another.
//
//   a + (b − a) min(t, T)/T
//
// Goyal et al. 2017 climb by such a line, https://arxiv.org/abs/1706.02677; Devlin et al. 2019 fall
// by one, https://arxiv.org/abs/1810.04805.
// Variant: held at b after T.
#include <algorithm>

#include "descent/catalogue.h"

namespace descent {
namespace {

class LinearDecay final : public Cloneable<LinearDecay, Schedule> {
 public:
  double start = 1;
  double end = 0;

  double factor(double t, double total) const override {
    return start + (end - start) * std::min(t / total, 1.0);
  }
  std::string python(double total) const override {
    return print(start) + " + (" + print(end) + " - " + print(start) + ") * min(t / " +
           print(total) + ", 1)";
  }
  // PyTorch multiplies from step to step, which does not lead away from zero.
  std::string pytorch(double total) const override {
    if (start == 0) return Schedule::pytorch(total);
    return "LinearLR(optimizer, start_factor=" + print(start) + ", end_factor=" + print(end) +
           ", total_iters=" + print(total) + ")";
  }
};

}  // namespace

void register_linear(Catalogue& catalogue) {
  catalogue.add(Describe<LinearDecay>("linear", "Linear")
                    .sentence("A straight line, down to nothing unless told otherwise.")
                    .formula(R"(a + (b-a)\,\min(t, T)/T)")
                    .cites("Devlin, Chang, Lee & Toutanova 2019, BERT: Pre-training of Deep "
                           "Bidirectional Transformers for Language Understanding",
                           "https://arxiv.org/abs/1810.04805")
                    .variant("From start to end over the run, held at the end after T.")
                    .knob("start", &LinearDecay::start, 0, 1, "Factor of the first step.")
                    .as("From", "a")
                    .knob("end", &LinearDecay::end, 0, 1, "Factor at T.")
                    .as("To", "b"));
}

}  // namespace descent
