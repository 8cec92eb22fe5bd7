// What theory says of attention, beside what is measured.
#include <cmath>
#include <limits>

#include "labs/attention/lab.h"

namespace descent::attention {

std::vector<Reading> AttentionLab::readings(const Record&, int) const {
  constexpr double kEpsilon = std::numeric_limits<double>::epsilon();
  std::vector<Reading> all;
  const auto n = static_cast<double>(words_.size());
  const Order set = order();
  const std::string ordered = set.none()      ? ""
                              : set.positions ? "positions tell the order of the tokens"
                                              : "a causal mask tells the order of the tokens";

  all.push_back(equals(0, "row sums", 1, worstRowSum())
                    .within(2 * kEpsilon * n)
                    .where("over the tokens that a query sees, up to rounding; of all rows in all "
                           "heads the one that is farthest off"));
  all.push_back(equals(0, "|f(PX) − Pf(X)|", 0, orderless_.outputs)
                    .within(orderless_.rounding)
                    .where("without positions and causal mask, whatever is set, up to rounding; f "
                           "is the attention, P shuffles the tokens, the largest difference"));
  if (!set.none()) {
    all.push_back(equals(0, "the same, as set", kNaN, asSet_.outputs)
                      .where("0 without positions and causal mask")
                      .unless(ordered));
  }
  all.push_back(equals(0, "mean output", 0, asSet_.pooled)
                    .within(asSet_.rounding)
                    .where("the change by shuffling the tokens, without positions and causal mask; "
                           "up to rounding")
                    .unless(ordered));
  if (const double gap = sameWordsDiffer(); !std::isnan(gap)) {
    all.push_back(equals(0, "equal words", 0, gap)
                      .within(asSet_.rounding)
                      .where("the largest difference of their outputs, without positions and "
                             "causal mask; up to rounding")
                      .unless(hasEditedToken() ? "a token's own entry is set by hand" : ordered));
  }
  all.push_back(atMost(0, "entropy, bits", std::log2(visible(query_)), entropyAt(query_))
                    .within(4 * kEpsilon * n)
                    .where("log₂ of how many tokens the query sees, for equal weights"));
  const double mean = (scaled ? 1.0 : static_cast<double>(features)) / (temperature * temperature);
  all.push_back(equals(0, "mean score²", mean, meanSquareOfScores())
                    .within(2 * mean * std::sqrt(relativeVarianceOfScores()))
                    .where("on average over drawn projections; a drawing is off by its two "
                           "standard deviations at most in 19 of 20")
                    .unless(isDrawn()                   ? ""
                            : source == Source::kRandom ? "entries are set by hand"
                                                        : "projections are fitted, and not drawn"));
  return all;
}

}  // namespace descent::attention
