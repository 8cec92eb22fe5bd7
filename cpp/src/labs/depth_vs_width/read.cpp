// What may be read from the lab of depth against width, and what theory says beside it.
#include <algorithm>
#include <cmath>

#include "labs/depth_vs_width/depth_vs_width.h"

namespace descent::depth_vs_width {
namespace {

constexpr int kMostLayers = 12;

Array knotsOf(const PiecewiseLinear& f) {
  Array rows{{static_cast<int>(f.x.size()), 2}, {}};
  for (std::size_t i = 0; i < f.x.size(); ++i) {
    rows.data.push_back(f.x[i]);
    rows.data.push_back(f.y[i]);
  }
  return rows;
}

// Rows of units, pieces and, of the square, the gaps from it: measured, predicted, and the least
// that one layer of as many parameters can have. With 1, 2, … layers.
Array scaling(const Plan& plan) {
  const int most = plan.built == Built::kRandom ? plan.layers : kMostLayers;
  Array rows{{most, 5}, {}};
  for (int l = 1; l <= most; ++l) {
    const Construction network = build(plan, l);
    const PiecewiseLinear f = piecesOf(network.architecture, network.theta).function;
    rows.data.push_back(unitsOf(network.architecture));
    rows.data.push_back(f.pieces());
    if (plan.built != Built::kSquare) {
      rows.data.insert(rows.data.end(), 3, kNaN);
      continue;
    }
    const int shallow = shallowOf(network.architecture).hidden[0];
    rows.data.insert(rows.data.end(),
                     {largestGapFromSquare(f), squareError(l), leastGapFromSquare(shallow + 1)});
  }
  return rows;
}

// A bound, or what could be: it is kept or not, and has no residual.
Reading bound(int subject, std::string quantity, double limit, double measured,
              std::string assumption) {
  return {subject, std::move(quantity), limit, measured, kNaN, std::move(assumption)};
}

// Rice's formula is one of wide layers: narrow ones on top of another have fewer pieces, by 5 % of
// four layers of 16 units and by half of eight layers of 4.
bool isWide(const Architecture& architecture) {
  constexpr int kPerLayer = 5;
  return architecture.hidden[0] >= kPerLayer * (static_cast<int>(architecture.hidden.size()) - 1);
}

}  // namespace

std::string DepthVsWidth::subtitle() const {
  const int shallowUnits = shallowOf(network_->architecture).hidden[0];
  return counted(layers, "layer") + " of " + counted(unitsOf(network_->architecture), "unit") +
         " in all against one layer of " + std::to_string(shallowUnits) + "; " +
         counted(network_->theta.size(), "parameter");
}

std::vector<Channel> DepthVsWidth::channels() const {
  std::vector<Channel> all = {{"aim", "points", "aim", "Aim", "", -1},
                              {"built", "points", "built", "Built", "", -1},
                              {"jittered", "points", "jittered", "Jittered", "", -1},
                              {"plan", "row", "plan", "Plan", "", -1},
                              {"scaling", "row", "scaling", "By layers", "", -1},
                              {"layer", "call", "layer", "After a layer", "", -1}};
  for (std::size_t i = 0; i < networks_.size(); ++i) {
    const auto add = [&](const char* kind, const char* quantity, const char* label, bool log) {
      all.push_back({quantity + ("/" + std::to_string(i)), kind, quantity, label, "",
                     static_cast<int>(i), log});
    };
    add("series", "error", "Mean square", true);
    add("series", "gap", "Largest gap", true);
    add("series", "pieces", "Pieces", true);
    add("points", "fit", "Trained", false);
    if (leastError(i) > 0) add("curve", "leastError", "bound", true);
    if (leastGap(i) > 0) add("curve", "leastGap", "bound", true);
  }
  if (built == Built::kRandom) {
    all.push_back({"drawn", "trace", "drawn", "each", "", -1, false});
    all.push_back({"average", "trace", "average", "average", "", -1, false});
    all.push_back({"expected", "curve", "expected", "predicted", "", -1, false});
  }
  return all;
}

Result<Array> DepthVsWidth::readCall(const Recipe& channel, const Record&, int) const {
  const std::string& name = channel.name;
  const Plan plan{built, layers, width, bias, static_cast<std::uint64_t>(seed)};
  if (name == "aim") return knotsOf(aim_->drawn());
  if (name == "built") return knotsOf(pieces_->function);
  if (name == "jittered") return knotsOf(movedPieces_->function);
  if (name == "scaling") return scaling(plan);
  // What is built (0 the sawtooth, 1 the square, 2 drawn), layers, units of the shallow network.
  if (name == "plan") {
    return Array{{3},
                 {static_cast<double>(built), static_cast<double>(layers),
                  static_cast<double>(shallowOf(network_->architecture).hidden[0])}};
  }
  const auto level = [&](double value) {
    return Array{{steps + 1}, std::vector<double>(static_cast<std::size_t>(steps + 1), value)};
  };
  if (name == "expected") {
    const Architecture& drawn = network_->architecture;
    return level(isWide(drawn) ? expectedPieces(drawn, bias) : kNaN);
  }
  if (name == "layer") {
    const double* l =
        channel.arguments.size() == 1 ? std::get_if<double>(&channel.arguments[0].value) : nullptr;
    if (!l || !(*l >= 1 && *l <= layers) || std::floor(*l) != *l) {
      return Error{"layer takes a layer from 1 to " + std::to_string(layers) + ", got " +
                   print(channel)};
    }
    const Construction network = build(plan, static_cast<int>(*l));
    return knotsOf(piecesOf(network.architecture, network.theta).function);
  }
  for (std::size_t i = 0; i < networks_.size(); ++i) {
    const std::string at = "/" + std::to_string(i);
    if (name == "fit" + at) return knotsOf(fits_[i]->function);
    if (name == "leastError" + at) return level(leastError(i));
    if (name == "leastGap" + at) return level(leastGap(i));
  }
  return Error{"depth-vs-width has no channel " + print(channel)};
}

double DepthVsWidth::leastGap(std::size_t i) const {
  if (networks_[i].isDeep || built == Built::kRandom) return 0;
  return built == Built::kSquare ? leastGapFromSquare(most(i))
                                 : leastGapFromSawtooth(layers, most(i));
}

double DepthVsWidth::leastError(std::size_t i) const {
  if (networks_[i].isDeep || built != Built::kSawtooth) return 0;
  return leastMeanSquareFromSawtooth(layers, most(i));
}

std::vector<Reading> DepthVsWidth::readings(const Record& record, int step) const {
  std::vector<Reading> all;
  readBuilt(all);
  if (built == Built::kRandom) readDraws(all, record, step);
  for (std::size_t i = 0; i < networks_.size(); ++i) readSubject(all, i, record, step);
  return all;
}

void DepthVsWidth::readBuilt(std::vector<Reading>& all) const {
  const auto add = [&](std::string quantity, double predicted, double measured,
                       std::string assumption) {
    all.push_back({-1, std::move(quantity), predicted, measured, measured - predicted,
                   std::move(assumption)});
  };
  const PiecewiseLinear& f = pieces_->function;
  const PiecewiseLinear& moved = movedPieces_->function;
  const double power = std::exp2(layers);
  if (built == Built::kSawtooth) {
    add("pieces 2^k", power, f.pieces(), "of the tent composed k times, counted on [0, 1]");
  }
  if (built == Built::kSquare) {
    add("pieces 2^m", power, f.pieces(), "the interpolation of x² at the multiples of 2^−m");
    add("largest gap from x²", squareError(layers), largestGapFromSquare(f),
        "2^(−2m−2) with m layers, on [0, 1]");
  }
  if (jitter > 0) {
    // Not of a jitter that bends elsewhere, nor where a unit just touches its bend and the change
    // has no derivative.
    constexpr double kLinear = 0.05;
    const double change = largestGap(moved, f);
    const double off = std::max(std::abs(2 * halfChange_ / firstOrder_ - 1),
                                std::abs(change / (2 * halfChange_) - 1));
    const std::string order = "max |∂f/∂θ · δ| over [0, 1], to first order in this jitter δ; ";
    add("change by the jitter", off <= kLinear ? firstOrder_ : kNaN, change,
        off <= kLinear ? order + "half of it changes half as much"
                       : order +
                             "nothing is predicted: what half of it changes, or all of it "
                             "beside the half, is " +
                             printShort(100 * off, 2) + " % off that");
    if (built == Built::kSawtooth) {
      const bool holds = change < 0.5;
      all.push_back(bound(
          -1, "crossings of ½ with jitter, at least", holds ? power : kNaN, crossingsOf(moved, 0.5),
          holds ? "all 2^k without jitter, and it moves no tip as far as ½"
                : "nothing is promised: 2^k without jitter, but it moves some place by ½ and more, "
                  "and a tooth may no longer pass ½"));
      all.push_back(bound(
          -1, "pieces with jitter", kNaN, moved.pieces(),
          "nothing is predicted: 2^k without jitter, but a peak that passes 1 is cut off in the "
          "next layer, which adds pieces"));
    }
  }
}

void DepthVsWidth::readDraws(std::vector<Reading>& all, const Record& record, int step) const {
  const bool wide = isWide(network_->architecture);
  const double expected = wide ? expectedPieces(network_->architecture, bias) : kNaN;
  const double mean = record.at(average_, step);
  const std::string drawn = counted(step + 1, "network") + " drawn so far, a network a step";
  all.push_back(
      {-1, "pieces on average", expected, mean, mean - expected,
       (wide ? "Rice’s formula, for wide layers; "
             : "nothing is predicted: Rice’s formula is for wide layers, of five units "
               "and more for each layer below, and narrow and deep networks have fewer; ") +
           drawn});
  const double most = mostPieces(network_->architecture);
  const double here = pieces_->function.pieces();
  all.push_back(bound(-1, "pieces, at most Π(n + 1)", most, here,
                      "for every network of these widths; chance does not come near it"));
}

void DepthVsWidth::readSubject(std::vector<Reading>& all, std::size_t i, const Record& record,
                               int step) const {
  if (networks_[i].isDeep) {
    // Some weights of this network reach the construction's own distance.
    const double least = aim_->largestGap(pieces_->function);
    const double gap = record.at(series_[i].gap, step);
    all.push_back(
        bound(static_cast<int>(i), "largest gap, could be", least, gap,
              "weights of this very network that reach it are known: those that were built"));
    return;
  }
  const auto add = [&](std::string quantity, double limit, double measured,
                       std::string assumption) {
    all.push_back(
        bound(static_cast<int>(i), std::move(quantity), limit, measured, std::move(assumption)));
  };
  const int n = most(i);
  const std::string any = "for any network of one layer with " + counted(n - 1, "unit") +
                          ", which has at most " + counted(n, "piece");
  const Series& s = series_[i];
  add("pieces, at most N + 1", n, record.at(s.pieces, step), "of one layer of N units");
  if (built == Built::kRandom) return;
  add("largest gap, at least", leastGap(i), record.at(s.gap, step), any);
  if (built == Built::kSquare) return;
  add("mean square, at least", leastError(i), record.at(s.error, step), any);
  const bool known = std::isfinite(record.at(s.gap, step));
  add("extremes missed, at least", leastMissed(layers, n),
      known ? missedExtremes(fits_[i]->function, layers) : kNaN,
      "(2^k − N − 1)/2 of the 2^k + 1 points i/2^k are on the wrong side of ½, " + any);
}

std::vector<Table> DepthVsWidth::tables(const Record& record, int step) const {
  Table table{"Networks",
              {{"Network", ""},
               {"Layers", "Hidden ones."},
               {"Units", ""},
               {"Parameters", ""},
               {"Pieces", "Of its function on [0, 1], counted."},
               {"Most pieces", "That any network of these widths can have: Π (n + 1)."},
               {"Largest gap", "From what it is for, over [0, 1]."},
               {"Mean square", "Of that gap."}},
              {}};
  const auto add = [&](int subject, const std::string& name, const Architecture& architecture,
                       double pieces, double gap, double error) {
    table.rows.push_back({subject,
                          {name, static_cast<double>(architecture.hidden.size()),
                           static_cast<double>(unitsOf(architecture)),
                           static_cast<double>(parameterCount(layoutOf(architecture))), pieces,
                           mostPieces(architecture), gap, error}});
  };
  for (const bool isMoved : {false, true}) {
    const PiecewiseLinear& f = (isMoved ? movedPieces_ : pieces_)->function;
    add(-1, isMoved ? "jittered" : "built", network_->architecture, f.pieces(), aim_->largestGap(f),
        aim_->meanSquareGap(f));
  }
  for (std::size_t i = 0; i < networks_.size(); ++i) {
    const Series& s = series_[i];
    add(static_cast<int>(i), runners_[i].label, architectureOf(i), record.at(s.pieces, step),
        record.at(s.gap, step), record.at(s.error, step));
  }
  return {table};
}

}  // namespace descent::depth_vs_width
