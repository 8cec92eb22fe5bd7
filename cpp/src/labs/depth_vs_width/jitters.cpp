#include "labs/depth_vs_width/jitters.h"

#include <algorithm>
#include <cmath>

#include "descent/text.h"

namespace descent::depth_vs_width {
namespace {

double median(std::vector<double>& values) {
  std::sort(values.begin(), values.end());
  const std::size_t n = values.size();
  const double m = (values[(n - 1) / 2] + values[n / 2]) / 2;
  values.clear();
  return m;
}

}  // namespace

void Jitters::advance(int units) {
  for (; units > 0 && done_ < total(); --units) {
    const int power = done_ / kDraws - kDecades * kPerDecade;
    const double deviation = *parseNumber(printShort(std::pow(10.0, double(power) / kPerDecade)));
    Random random(seed_, "jitters of the table", done_ % kDraws);
    const Vector theta = jittered(network_->theta, deviation, random);
    const Pieces moved = piecesOf(network_->architecture, theta);
    gaps_.push_back(largestGap(moved.function, pieces_->function));
    firstOrders_.push_back(firstOrderGap(*network_, theta - network_->theta, pieces_->function.x));
    counts_.push_back(moved.function.pieces());
    if (++done_ % kDraws > 0) continue;
    measured_.push_back({0, {"measured", deviation, median(gaps_), median(counts_)}});
    predicted_.push_back({1,
                          {"to first order", deviation, median(firstOrders_),
                           static_cast<double>(pieces_->function.pieces())}});
  }
}

Table Jitters::result() const {
  Table table{"What a jitter does",
              {{"Line", ""},
               {"Jitter", "Standard deviation, as a share of each parameter."},
               {"Largest change", "Of the function over [0, 1]: the median over 20 draws."},
               {"Pieces", "Of the function then: the median over the draws."}},
              measured_};
  table.rows.insert(table.rows.end(), predicted_.begin(), predicted_.end());
  return table;
}

}  // namespace descent::depth_vs_width
