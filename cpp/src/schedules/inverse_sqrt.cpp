// Inverse square root: the Transformer's schedule, with a warm-up of its own.
//
//   peak  min(n/w, √(w/n)),   n = t + 1, which is 1 at n = w
//   noam  d^(−½) min(n^(−½), n w^(−3/2)) = (dw)^(−½) times that
//
// Vaswani et al. 2017, Equation 3, https://arxiv.org/abs/1706.03762.
// Variant: peak scales the curve to a largest factor of 1, so that the base rate is the peak's;
// noam is as printed, where the width d of the model and the warm-up set the peak and the base rate
// is to be 1. Goes on falling after T.
#include <algorithm>
#include <cmath>

#include "descent/catalogue.h"

namespace descent {
namespace {

enum class PeakScale { kPeak, kNoam };

class InverseSqrt final : public Cloneable<InverseSqrt, Schedule> {
 public:
  int warmup = 10;
  PeakScale scale = PeakScale::kPeak;
  int width = 512;

  double factor(double t, double /*total*/) const override {
    const double n = t + 1, w = warmup;
    const double curve = std::min(n / w, std::sqrt(w / n));
    return scale == PeakScale::kPeak ? curve : curve / std::sqrt(w * width);
  }
  std::string python(double /*total*/) const override {
    const std::string w = print(warmup);
    const std::string curve = "min((t + 1) / " + w + ", math.sqrt(" + w + " / (t + 1)))";
    if (scale == PeakScale::kPeak) return curve;
    return curve + " / math.sqrt(" + w + " * " + print(width) + ")";
  }
};

}  // namespace

void register_inverse_sqrt(Catalogue& catalogue) {
  catalogue.add(
      Describe<InverseSqrt>("inverse-sqrt", "Inverse square root")
          .sentence("Climb in equal steps, then fall like one over the root of time, whatever the "
                    "length of the run.")
          .formula(R"(\min\!\bigl(\tfrac{t+1}{w}, \sqrt{\tfrac{w}{t+1}}\,\bigr))")
          .cites("Vaswani et al. 2017, Attention Is All You Need",
                 "https://arxiv.org/abs/1706.03762")
          .variant("scale=peak has its peak at 1; noam is Equation 3 as printed, which divides by "
                   "the root of width times warm-up and goes with a base rate of 1.")
          .knob("warmup", &InverseSqrt::warmup, 1, 1000000, "Steps of the climb.")
          .as("Warm-up", "w")
          .usual(1, 100, Scale::kLog)
          .choice("scale", &InverseSqrt::scale, {"peak", "noam"},
                  "Largest factor 1, or the paper's, which shrinks with width and warm-up.")
          .as("Scaled to")
          .knob("width", &InverseSqrt::width, 1, 1000000, "Width of the model, for noam.")
          .as("Width", "d")
          .usual(64, 16384, Scale::kLog));
}

}  // namespace descent
