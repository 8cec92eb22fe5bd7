// What theory says of a linear network's run, beside what the run measures.
#include "labs/deep_linear/deep_linear.h"
#include "runs/recipes.h"

namespace descent::deep_linear {
namespace {

Reading reading(int subject, std::string quantity, double predicted, double measured,
                std::string assumption) {
  return {subject,  std::move(quantity),  predicted,
          measured, measured - predicted, std::move(assumption)};
}

}  // namespace

std::vector<Channel> DeepLinear::channels() const {
  std::vector<Channel> all;
  for (std::size_t i = 0; i < runners_.size(); ++i) {
    const auto add = [&](const char* kind, const std::string& quantity, const std::string& label,
                         bool log) {
      all.push_back({quantity + "/" + std::to_string(i), kind, quantity, label, "",
                     static_cast<int>(i), log});
    };
    for (int k = 0; k < shown_; ++k) {
      add("trace", "sigma" + std::to_string(k),
          (runners_.size() > 1 ? runners_[i].label + " " : "") + sigma(k), false);
    }
    add("series", "loss", "Loss", true);
    add("series", "gap", "Distance from the floor", true);
    add("series", "heldOut", "Held-out loss", true);
  }
  const auto curve = [&](const std::string& name, const std::string& label, bool log) {
    all.push_back({name, "curve", name, label, "", -1, log});
  };
  if (floor_ > 0) curve("floor", "floor", true);
  if (labels == Labels::kRandom) curve("chance", "chance", true);
  for (int k = 0; k < closedForms() && timekeeper(); ++k) {
    curve("mode" + std::to_string(k), sigma(k) + " predicted", false);
  }
  return all;
}

Result<Array> DeepLinear::readCall(const Recipe& channel, const Record&, int) const {
  const double level = channel.name == "floor" ? floor_ : kChance;
  Array curve{{steps + 1}, std::vector<double>(static_cast<std::size_t>(steps + 1), level)};
  if (channel.name == "floor" || channel.name == "chance") return curve;
  const Mode& mode = modes_[static_cast<std::size_t>(channel.name.back() - '0')];
  double time = 0;
  for (int t = 0; t <= steps; ++t) {
    curve.data[static_cast<std::size_t>(t)] = mode.flow(time);
    time += timekeeper()->optimizer->rate(t, steps);
  }
  return curve;
}

int DeepLinear::reachedAt(const Record& record, const Beside& beside, int step) const {
  for (int t = 0; t <= step; ++t) {
    if (record.at(beside.gap, t) < kFitted) return t;
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

void DeepLinear::readFloor(std::vector<Reading>& all, int i, const Record& record, int step) const {
  const Beside& beside = besides_[static_cast<std::size_t>(i)];
  const Runner& runner = runners_[static_cast<std::size_t>(i)];
  const double loss = record.at(beside.loss, step);
  if (hasDecay(runner.recipe)) {
    all.push_back(reading(i, "loss at rest", kNaN, loss,
                          "nothing is predicted: weight decay moves the rest away from the floor " +
                              printShort(floor_) + " of the loss"));
    return;
  }
  if (runner.status == Status::kDiverged) {
    all.push_back(reading(i, "loss at rest", kNaN, kNaN, "nothing is predicted: it has diverged"));
    return;
  }
  constexpr double kRest = 0.01;
  const double left = slopeOf(runner) / beside.slope;
  const int reached = reachedAt(record, beside, step);
  all.push_back(reading(
      i, "loss at rest", floor_, left <= kRest ? loss : kNaN,
      whyFloor() +
          ". Every local minimum of a linear network is a global one (Baldi & Hornik 1989, " +
          "Kawaguchi 2016). " +
          (reached >= 0    ? "Within 10⁻¹⁰ since step " + std::to_string(reached)
           : left <= kRest ? "Not within 10⁻¹⁰ yet"
                           : "Not at rest yet: the slope is " + printShort(left, 2) +
                                 " of what it was at the start")));
}

// For labels drawn apart from all else, of mean zero: the mean of ½‖f − y‖² is ½(‖y‖² + ‖f‖²), no
// less than what predicting nothing costs.
void DeepLinear::readChance(std::vector<Reading>& all, int i, const Record& record,
                            int step) const {
  if (labels != Labels::kRandom) return;
  const auto at = static_cast<std::size_t>(i);
  const auto n = static_cast<double>(ground_.heldX.cols());
  const double measured = record.at(besides_[at].heldOut, step);
  if (!std::isfinite(measured)) return;
  const double square = times(productOf(runners_[at]), ground_.heldX).squaredNorm();
  // f·y has mean 0 and variance ‖f‖²/outputs over the signs of an example.
  const double deviation = std::sqrt(square / outputs) / n;
  all.push_back(reading(i, "held-out loss", kChance + square / (2 * n), measured,
                        "½(1 + mean ‖f‖²), as for labels that nothing tells of: never below the ½ "
                        "of predicting nothing; " +
                            std::to_string(ground_.heldX.cols()) + " labels scatter it by ±" +
                            printShort(deviation, 2)));
}

void DeepLinear::readModes(std::vector<Reading>& all, int i, const Record& record, int step) const {
  const auto at = static_cast<std::size_t>(i);
  const Runner& runner = runners_[at];
  const Beside& beside = besides_[at];
  if (modes_.empty() || !isDescent(runner)) return;
  const bool aligned = beside.from == Begin::kAligned;
  const int last = std::min(step, runner.last);
  const auto measured = [&](int k, int t) {
    return record.at(beside.sigmas[static_cast<std::size_t>(k)], t);
  };

  // The whole run so far: how far from the closed form it came, and how far descent should.
  double time = 0, apart = 0, ahead = 0;
  for (int t = 0; t <= last; ++t) {
    const double rate = runner.optimizer->rate(t, steps);
    for (int k = 0; k < closedForms(); ++k) {
      const Mode& mode = modes_[static_cast<std::size_t>(k)];
      apart = larger(apart, std::abs(measured(k, t) - mode.flow(time)));
      ahead = larger(ahead, std::abs(mode.descentAhead(time, rate)));
    }
    if (rate != runner.optimizer->rate(0, steps)) ahead = kNaN;
    if (t < last) time += rate;
  }
  const std::string unlike =
      "nothing is predicted: the closed form is that of an aligned start, and this one's singular "
      "vectors are random";
  for (int k = 0; k < closedForms(); ++k) {
    all.push_back(reading(
        i, sigma(k) + " of the product",
        aligned ? modes_[static_cast<std::size_t>(k)].flow(time) : kNaN, measured(k, step),
        aligned ? "gradient flow from a balanced, aligned start, at t = Ση = " + printShort(time)
                : unlike));
  }
  if (closedForms() > 0) {
    all.push_back(reading(
        i, "max |σ − flow| so far", aligned ? ahead : kNaN, apart,
        aligned ? "what gradient descent differs by to first order in a constant η" : unlike));
  }
  if (!aligned) return;
  double most = 0;
  for (int k = 0; k < std::min(shown_, static_cast<int>(modes_.size())); ++k) {
    const double own = std::pow(beside.alphas[static_cast<std::size_t>(k)], depth());
    most = larger(most, std::abs(measured(k, step) - own));
  }
  all.push_back(reading(i, "max |σ − recursion|", 0, most,
                        "each mode by itself: α ← α + ηc α^(L−1)(s − α^L), σ = α^L, which is "
                        "exact for descent from a balanced, aligned start"));
}

std::vector<Reading> DeepLinear::readings(const Record& record, int step) const {
  std::vector<Reading> all;
  for (int i = 0; i < static_cast<int>(runners_.size()); ++i) {
    readFloor(all, i, record, step);
    readChance(all, i, record, step);
    readModes(all, i, record, step);
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
  for (std::size_t i = 0; i < runners_.size(); ++i) {
    const Beside& beside = besides_[i];
    const int reached = reachedAt(record, beside, step);
    table.rows.push_back({static_cast<int>(i),
                          {runners_[i].label, record.at(beside.loss, step), floor_,
                           record.at(beside.gap, step), reached < 0 ? kNaN : double(reached),
                           record.at(beside.heldOut, step), states[i].status}});
  }
  return {table};
}

}  // namespace descent::deep_linear
