// What theory says of a linear network's run, beside what the run measures.
#include <limits>

#include "labs/deep_linear/deep_linear.h"
#include "runs/recipes.h"

namespace descent::deep_linear {
namespace {

// Standard errors that a sampled number may be off by: it is looked at in every step of a run.
constexpr double kErrors = 3;
constexpr double kEpsilon = std::numeric_limits<double>::epsilon();

}  // namespace

std::vector<Channel> DeepLinear::channels() const {
  std::vector<Channel> all;
  const auto curve = [&](const std::string& name, const std::string& label, bool log) {
    all.emplace_back(name, ChannelKind::kCurve, label, log);
  };
  if (floor_ > 0) curve("floor", "floor", true);
  if (labels == Labels::kRandom) curve("chance", "chance", true);
  for (int k = 0; k < closedForms() && timekeeper(); ++k) {
    curve(predictedName(k), sigma(k) + " predicted", false);
  }
  return all;
}

Result<Array> DeepLinear::read(const Request& request, const Record&, int) const {
  const double level = request.name == "floor" ? floor_ : kChance;
  Array curve{{steps + 1}, std::vector<double>(static_cast<std::size_t>(steps + 1), level)};
  if (request.name == "floor" || request.name == "chance") return curve;
  std::size_t k = 0;
  while (predictedName(static_cast<int>(k)) != request.name) ++k;
  double time = 0;
  for (int t = 0; t <= steps; ++t) {
    curve.data[static_cast<std::size_t>(t)] = modes_[k].flow(time);
    time += timekeeper()->optimizer->rate(t, steps);
  }
  return curve;
}

int DeepLinear::reachedAt(const Record& record, std::size_t i, int step) const {
  for (int t = 0; t <= step; ++t) {
    if (record.at(series_[i].gap, t) < kFitted) return t;
  }
  return -1;
}

std::string DeepLinear::whyFloor() const {
  const std::string room = counted(points, "point") + " in " + counted(inputs, "dimension");
  if (floor_ == 0) {
    return "it can fit exactly: " + room +
           (points <= inputs ? " can have any labels" : " with labels in their span") +
           ", and no width is below the labels' rank";
  }
  std::string why;
  if (outside_ > 0) why = room + ": what of the labels is outside their span stays";
  if (floor_ > outside_) {
    why += (why.empty() ? "" : "; ") + ("no product has a rank above " + std::to_string(rank_)) +
           ": the labels' further singular values stay";
  }
  return why;
}

// Near a minimum the loss is above its floor by about the square of the slope over the curvature:
// at a ten-thousandth of the first slope by less than a hundredth of what it fell, where curvatures
// are less than a million times apart.
Reading DeepLinear::restOf(int i, const Record& record, int step) const {
  constexpr double kRest = 1e-4, kLeft = 0.01;
  const auto at = static_cast<std::size_t>(i);
  const Runner& runner = runs_[at];
  const double loss = record.at(series_[at].loss, step);
  const double fell = record.at(series_[at].loss, 0) - floor_;
  const double left = slopeOf(runner) / extras_[at].slope;
  const int reached = reachedAt(record, at, step);
  const std::string why =
      hasDecay(runner.recipe)
          ? "weight decay moves the rest away from the floor " + printShort(floor_) + " of the loss"
      : runner.status == Status::kDiverged ? "it has diverged"
      : !(left <= kRest)
          ? "not at rest yet: the slope is " + printShort(left, 2) + " of what it was at the start"
          : "";
  return equals(i, "loss at rest", floor_, loss)
      .within(kLeft * std::abs(fell))
      .where(whyFloor() +
             ". Every local minimum of a linear network is a global one (Baldi & "
             "Hornik 1989, Kawaguchi 2016)" +
             (reached >= 0 ? ". Within 10⁻¹⁰ since step " + std::to_string(reached) : ""))
      .unless(why);
}

// For labels drawn apart from all else, of mean zero: the mean of ½‖f − y‖² is ½(‖y‖² + ‖f‖²), no
// less than what predicting nothing costs.
Reading DeepLinear::heldOutOf(int i, const Record& record, int step) const {
  const auto at = static_cast<std::size_t>(i);
  const auto n = static_cast<double>(ground_.heldX.cols());
  const double measured = record.at(series_[at].heldOut, step);
  const double square = times(productOf(runs_[at]), ground_.heldX).squaredNorm();
  // f·y has mean 0 and variance ‖f‖²/outputs over the signs of an example.
  const double deviation = std::sqrt(square / outputs) / n;
  return equals(i, "held-out loss", kChance + square / (2 * n), measured)
      .within(kErrors * deviation + kEpsilon * kChance)
      .where(
          "½(1 + mean ‖f‖²), as for labels that nothing tells of: never below the ½ of "
          "predicting nothing; " +
          std::to_string(ground_.heldX.cols()) + " labels scatter it by ±" +
          printShort(deviation, 2) + ", of which three times is allowed")
      .unless(std::isfinite(measured) ? "" : "it has diverged");
}

DeepLinear::Apart DeepLinear::apart(std::size_t i, const Record& record, int step) const {
  Apart apart{0, 0, 0, true};
  const Optimizer& optimizer = *runs_[i].optimizer;
  const int last = std::min(step, runs_[i].last);
  double fastest = 0;
  for (int t = 0; t <= last; ++t) {
    const double rate = optimizer.rate(t, steps);
    fastest = std::max(fastest, rate);
    for (int k = 0; k < closedForms(); ++k) {
      const auto at = static_cast<std::size_t>(k);
      const double measured = record.at(series_[i].sigmas[at], t);
      const double ahead = modes_[at].descentAhead(apart.time, fastest);
      apart.measured = larger(apart.measured, std::abs(measured - modes_[at].flow(apart.time)));
      apart.foretold = larger(apart.foretold, std::abs(ahead));
    }
    apart.isConstant = apart.isConstant && rate == optimizer.rate(0, steps);
    if (t < last) apart.time += rate;
  }
  return apart;
}

std::vector<Reading> DeepLinear::modesOf(int i, const Record& record, int step) const {
  const auto at = static_cast<std::size_t>(i);
  if (modes_.empty() || !isDescent(runs_[at])) return {};
  const bool aligned = extras_[at].from == Begin::kAligned;
  const auto measured = [&](int k) {
    return record.at(series_[at].sigmas[static_cast<std::size_t>(k)], step);
  };
  const Apart apart = this->apart(at, record, step);
  constexpr double kSmall = 0.1;  // of the strongest mode, what is still of first order
  const double share = apart.foretold / modes_[0].s;
  const std::string why =
      !aligned ? "the closed form is that of an aligned start, and this one's singular vectors are "
                 "random"
      : runs_[at].status == Status::kDiverged ? "it has diverged"
      : !(share <= kSmall) ? "at so large a rate descent is not the flow: to first order in η it "
                             "differs by " +
                                 printShort(100 * share, 2) + " %"
                           : "";
  std::vector<Reading> all;
  for (int k = 0; k < closedForms(); ++k) {
    const Mode& mode = modes_[static_cast<std::size_t>(k)];
    all.push_back(
        equals(i, sigma(k) + " of the product", aligned ? mode.flow(apart.time) : kNaN, measured(k))
            .within(2 * apart.foretold + kEpsilon * mode.s)
            .where("gradient flow from a balanced, aligned start, at t = Ση = " +
                   printShort(apart.time) + "; to first order in η descent differs by up to " +
                   printShort(apart.foretold, 2) + ", of which twice is allowed")
            .unless(why));
  }
  if (closedForms() > 0) {
    all.push_back(
        equals(i, "max |σ − flow| so far", aligned ? apart.foretold : kNaN, apart.measured)
            .withinShare(kSmall + share)
            .where("what gradient descent differs by to first order in a constant η")
            .unless(why.empty() && !apart.isConstant ? "the rate has changed" : why));
  }
  if (!aligned) return all;
  double most = 0, largest = 0;
  for (int k = 0; k < std::min(shown_, static_cast<int>(modes_.size())); ++k) {
    const double own = std::pow(extras_[at].alphas[static_cast<std::size_t>(k)], depth());
    most = larger(most, std::abs(measured(k) - own));
    largest = larger(largest, own);
  }
  // A step rounds a product of width terms in every layer.
  const double rounding = kEpsilon * largest * inputs * depth() * std::sqrt(1.0 + step);
  all.push_back(equals(i, "max |σ − recursion|", 0, most)
                    .within(rounding)
                    .where("each mode by itself: α ← α + ηc α^(L−1)(s − α^L), σ = α^L, which is "
                           "exact for descent from a balanced, aligned start")
                    .unless(runs_[at].status == Status::kDiverged ? "it has diverged" : ""));
  return all;
}

std::vector<Reading> DeepLinear::readings(const Record& record, int step) const {
  std::vector<Reading> all;
  for (int i = 0; i < static_cast<int>(runs_.size()); ++i) {
    all.push_back(restOf(i, record, step));
    if (labels == Labels::kRandom) all.push_back(heldOutOf(i, record, step));
    for (Reading& reading : modesOf(i, record, step)) all.push_back(std::move(reading));
  }
  return all;
}

std::vector<Table> DeepLinear::tables(const Record& record, int step) const {
  Table table{"Fit",
              {{"Runner", ""},
               {"Loss", "At this step, on the points that are fitted."},
               {"Floor", "The least that any weights can reach."},
               {"Distance", "Of the loss from its floor."},
               {"Within 10⁻¹⁰ at", "The first step so near the floor."},
               {"Held-out loss", labels == Labels::kRandom
                                     ? "On new points with random labels: chance is 0.5."
                                     : "On new points of the same linear map."},
               {"Status", ""}},
              {}};
  const auto states = this->states();
  for (std::size_t i = 0; i < runs_.size(); ++i) {
    const Series& s = series_[i];
    const int reached = reachedAt(record, i, step);
    table.rows.push_back(
        {static_cast<int>(i),
         {runs_[i].label, record.at(s.loss, step), floor_, record.at(s.gap, step),
          reached < 0 ? kNaN : double(reached), record.at(s.heldOut, step), states[i].status}});
  }
  return {table};
}

}  // namespace descent::deep_linear
