// What theory says of networks of many layers and of one, beside what is measured.
#include <algorithm>
#include <cmath>
#include <limits>

#include "labs/depth_vs_width/lab.h"

namespace descent::depth_vs_width {
namespace {

// Rice's formula is one of wide layers: narrow ones on top of another have fewer pieces, by 5 % of
// four layers of 16 units and by half of eight layers of 4.
constexpr double kWide = 0.05;
bool isWide(const Architecture& architecture) {
  constexpr int kPerLayer = 5;
  return architecture.hidden[0] >= kPerLayer * (static_cast<int>(architecture.hidden.size()) - 1);
}

// Of the mean of `mean` over the first rows of a series.
double standardError(const Record& record, int series, int rows, double mean) {
  double sum = 0;
  for (int t = 0; t < rows; ++t) sum += std::pow(record.at(series, t) - mean, 2);
  return std::sqrt(sum / (rows - 1) / rows);
}

}  // namespace

double DepthVsWidth::leastGap(std::size_t i) const {
  if (networks_[i].isDeep || built == Built::kRandom) return 0;
  return built == Built::kSquare ? leastGapFromSquare(most(i))
                                 : leastGapFromSawtooth(layers, most(i));
}

double DepthVsWidth::leastError(std::size_t i) const {
  if (networks_[i].isDeep || built != Built::kSawtooth) return 0;
  return leastMeanSquareFromSawtooth(layers, most(i));
}

double DepthVsWidth::expectedOnAverage() const {
  const Architecture& drawn = network_->architecture;
  return isWide(drawn) ? expectedPieces(drawn, bias) : kNaN;
}

std::vector<Reading> DepthVsWidth::readings(const Record& record, int step) const {
  std::vector<Reading> all;
  readBuilt(all);
  if (jitter > 0) readJitter(all);
  if (built == Built::kRandom) readDraws(all, record, step);
  for (std::size_t i = 0; i < networks_.size(); ++i) readSubject(all, i, record, step);
  return all;
}

void DepthVsWidth::readBuilt(std::vector<Reading>& all) const {
  const PiecewiseLinear& f = pieces_->function;
  const double power = std::exp2(layers);
  if (built == Built::kSawtooth) {
    all.push_back(equals(-1, "pieces 2^k", power, f.pieces())
                      .where("of the tent composed k times, counted on [0, 1]"));
  }
  if (built == Built::kSquare) {
    // Of numbers up to 1.
    constexpr double kRounding = 32 * std::numeric_limits<double>::epsilon();
    all.push_back(equals(-1, "pieces 2^m", power, f.pieces())
                      .where("the interpolation of x² at the multiples of 2^−m"));
    all.push_back(equals(-1, "largest gap from x²", squareError(layers), largestGapFromSquare(f))
                      .within(kRounding)
                      .where("2^(−2m−2) with m layers, on [0, 1]; up to rounding"));
  }
}

// A jitter is small where half of it changes half as much, and the opposite of the half as much as
// the half: else it bends elsewhere, or a unit just touches its bend and the change has no
// derivative.
void DepthVsWidth::readJitter(std::vector<Reading>& all) const {
  constexpr double kStraight = 0.05;
  const PiecewiseLinear& moved = movedPieces_->function;
  const double change = largestGap(moved, pieces_->function);
  const double off =
      std::max(std::abs(change / (2 * halfChange_) - 1), std::abs(backChange_ / halfChange_ - 1));
  all.push_back(equals(-1, "change by the jitter", firstOrder_, change)
                    .withinShare(kStraight)
                    .where("max |∂f/∂θ · δ| over [0, 1], to first order in this jitter δ; to 5 %")
                    .unless(off <= kStraight
                                ? ""
                                : "this jitter is not small: its half, doubled or reversed, is " +
                                      printShort(100 * off, 2) + " % off"));
  if (built != Built::kSawtooth) return;
  const double power = std::exp2(layers);
  all.push_back(
      atLeast(-1, "crossings of ½ with jitter", power, crossingsOf(moved, 0.5))
          .where("all 2^k of the sawtooth, while no tip moves as far as ½")
          .unless(change < 0.5 ? "" : "some place moves by ½ and more, and a tooth may be lost"));
  all.push_back(baseline(-1, "pieces with jitter", "without", power, moved.pieces())
                    .where("a peak that passes 1 is cut off in the next layer, which adds pieces"));
}

void DepthVsWidth::readDraws(std::vector<Reading>& all, const Record& record, int step) const {
  constexpr int kFew = 10;  // draws, whose spread is not known well
  const double expected = expectedOnAverage();
  const double mean = record.at(average_, step);
  const int draws = step + 1;
  const std::string drawn = counted(draws, "network") + " drawn so far, a network a step";
  all.push_back(
      equals(-1, "pieces on average", expected, mean)
          .within(2 * standardError(record, drawn_, draws, mean) + kWide * expected)
          .where("Rice’s formula for wide layers, to 5 % and two standard errors; " + drawn)
          .unless(std::isnan(expected)
                      ? "Rice’s formula is for wide layers, of five units and more for each layer "
                        "below; narrow and deep networks have fewer pieces"
                  : draws < kFew ? "judged from " + std::to_string(kFew) + " networks on"
                                 : ""));
  all.push_back(atMost(-1, "pieces of what is built", mostPieces(network_->architecture),
                       pieces_->function.pieces())
                    .where("Π(n + 1), for every network of these widths; chance does not come "
                           "near it"));
}

void DepthVsWidth::readSubject(std::vector<Reading>& all, std::size_t i, const Record& record,
                               int step) const {
  const int subject = static_cast<int>(i);
  const Series& s = series_[i];
  const double gap = record.at(s.gap, step);
  if (networks_[i].isDeep) {
    all.push_back(
        baseline(subject, "largest gap", "as built", aim_->largestGap(pieces_->function), gap)
            .where("weights of this very network that reach it are known: those that were built"));
    return;
  }
  const bool hasFunction = std::isfinite(gap);
  const auto add = [&](Reading reading) {
    all.push_back(std::move(reading).unless(hasFunction ? "" : "it has diverged"));
  };
  const int n = most(i);
  add(atMost(subject, "pieces", n, record.at(s.pieces, step))
          .where("N + 1 of one layer of N units"));
  // Where one layer may have all pieces there is nothing that it cannot do.
  const std::string any = "for any network of one layer with " + counted(n - 1, "unit") +
                          ", which has at most " + counted(n, "piece");
  if (leastGap(i) > 0) add(atLeast(subject, "largest gap", leastGap(i), gap).where(any));
  if (built != Built::kSawtooth) return;
  if (leastError(i) > 0) {
    add(atLeast(subject, "mean square", leastError(i), record.at(s.error, step)).where(any));
  }
  const double missed = leastMissed(layers, n);
  if (missed > 0) {
    add(atLeast(subject, "extremes missed", missed,
                hasFunction ? missedExtremes(fits_[i]->function, layers) : kNaN)
            .where("(2^k − N − 1)/2 of the 2^k + 1 points i/2^k are on the wrong side of ½, " +
                   any));
  }
}

}  // namespace descent::depth_vs_width
