// What theory says of how far signals and gradients reach at the start.
#include <cmath>

#include "labs/depth/depth.h"

namespace descent::depth {
namespace {

// The factor by which something grows from one layer to the next: its geometric mean over them.
double factorOf(double first, double last, Eigen::Index layers) {
  return std::pow(last / first, 1 / static_cast<double>(layers - 1));
}

// The variance of the log of a square over a layer of one unit: of a plain layer `scatter`; where a
// shortcut is added to, whose square the branch makes r times as large, that of 2 a·h + |h|².
double varianceOf(const theory::Stack& stack, double scatter, double r) {
  if (!stack.residual) return scatter;
  const double added = std::max(0.0, r - 1);
  return (4 * added + scatter * added * added) / (r * r);
}

// By how much a network's factor may differ from the average over first weights: two standard
// errors of its log, and the log's own mean, which is half its variance lower.
double reach(double variance, double layers) {
  return std::expm1(variance / 2 + 2 * std::sqrt(variance / layers));
}

}  // namespace

std::vector<Reading> Depth::passing(int i) const {
  const auto& [variant, problem, gauge, first, stack, predicted, scatter, directions] =
      networks_[static_cast<std::size_t>(i)];
  const Eigen::Index n = hiddenLayers, last = n - 1;
  const auto passed = static_cast<double>(last);
  const std::string average =
      "at the start, on average over first weights as the width grows; one network of width " +
      std::to_string(width) + " scatters by ";
  const std::string normal =
      variant->batchNorm ? "; normalised values take a normal distribution over the batch" : "";
  const auto reading = [&](const char* quantity, double expected, double measured, double share,
                           const std::string& further) {
    const bool passes = std::isfinite(expected) && std::isfinite(measured) && measured > 0;
    return equals(i, quantity, expected, measured)
        .withinShare(share)
        .where(average + "±" + printShort(100 * share, 2) + " %" + normal + further)
        .unless(passes ? "" : "nothing passes these first weights, or nothing finite");
  };

  const double forward = factorOf(predicted.signal[0], predicted.signal[last], n);
  const double square = std::pow(factorOf(first.signals[0], first.signals[last], n), 2);
  const double ahead = varianceOf(stack, scatter.forward, forward) / width;
  std::vector<Reading> all = {
      reading("signal's square a layer", forward, square, reach(ahead, passed), "")};

  const double back = factorOf(predicted.backward[last], predicted.backward[0], n);
  const double steep = std::pow(factorOf(first.backward[last], first.backward[0], n), 2);
  const double behind = varianceOf(stack, scatter.backward, back) / width;
  const std::string many = "examples that differ in " + printShort(theory::kManyDirections) +
                           " directions and more in every layer";
  // Of so many directions the units' variances scatter by 2/r (theory/depth.h).
  const double apart = variant->batchNorm ? 2 / directions : 0;
  all.push_back(reading("gradient's square a layer back", back, steep,
                        reach(behind, passed) + apart,
                        "; ∂L/∂a taken as independent of a" +
                            (variant->batchNorm ? "; for " + many : std::string())));
  if (networks_[static_cast<std::size_t>(i)].resemble()) {
    all.back().predicted = kNaN;
    all.back().pending = "known is the limit for " + many + "; here there are " +
                         printShort(directions) +
                         " in some layer, and units that vary little over the batch are magnified";
  }

  // The part that is not left to chance, over what is predicted.
  const double coherent = variant->residual && !variant->batchNorm
                              ? std::pow(1 + stack.branch * std::abs(scatter.lean), 2 * passed) /
                                    (width * std::pow(back, passed))
                              : 0;
  if (coherent > 1) {
    all.back().pending =
        "known is the limit of wide networks; at this depth the part of the gradient along the "
        "units' mean, a share 1/m, grows faster and outweighs the rest up to " +
        printShort(coherent, 2) + " times";
  } else {
    all.back().tolerance += back * std::log1p(coherent) / passed;
  }

  if (variant->residual) {
    // Half of the log of the branch's square over the stream's, which has scattered in every layer.
    const double apiece = (scatter.forward / width + passed * ahead) / 4;
    all.push_back(reading("branch over stream, last block", std::sqrt(predicted.branch[last]),
                          first.branches[last], reach(apiece, 1), ""));
  }
  return all;
}

std::vector<Reading> Depth::readings(const Record&, int) const {
  std::vector<Reading> all;
  for (int i = 0; i < static_cast<int>(networks_.size()); ++i) {
    for (Reading& reading : passing(i)) all.push_back(std::move(reading));
    const int parted = parted_[static_cast<std::size_t>(i)];
    if (parted == 0) continue;
    all.push_back(
        equals(i, "step by which a rounding has grown to 10⁻¹⁰", kNaN, parted)
            .where("of the weights: a twin began with each of them off by one rounding. Where a "
                   "machine rounds otherwise, and in the program beside the page, the numbers of "
                   "this network are others from about here on")
            .unless("theory does not say when"));
  }
  return all;
}

}  // namespace descent::depth
