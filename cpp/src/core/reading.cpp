#include "descent/reading.h"

#include <algorithm>
#include <array>

#include "descent/text.h"

namespace descent {
namespace {

constexpr double kRounding = 1e-12;

Reading related(Relation relation, int subject, std::string quantity, double predicted,
                double measured) {
  Reading reading;
  reading.subject = subject;
  reading.quantity = std::move(quantity);
  reading.relation = relation;
  reading.predicted = predicted;
  reading.measured = measured;
  reading.tolerance = kRounding * std::abs(predicted);
  return reading;
}

// Two digits of a share that is not all: 99.99 % is not "100 % of it".
std::string percent(double share) {
  const double rounded = std::round(100 * share);
  if (share < 1 && rounded >= 100) return "over 99 %";
  if (share > 0 && rounded < 1) return "under 1 %";
  return printShort(rounded) + " %";
}

}  // namespace

std::string name(Relation relation) {
  constexpr std::array kNames = {"equals", "at most", "at least", "baseline"};
  return kNames[static_cast<std::size_t>(relation)];
}

std::string name(Verdict verdict) {
  constexpr std::array kNames = {"holds", "broken", "not judged", "baseline"};
  return kNames[static_cast<std::size_t>(verdict)];
}

Verdict Reading::verdict() const {
  if (!pending.empty() || std::isnan(predicted) || std::isnan(measured)) return Verdict::kPending;
  switch (relation) {
    case Relation::kBaseline:
      return Verdict::kBaseline;
    case Relation::kAtMost:
      return measured <= predicted + tolerance ? Verdict::kHolds : Verdict::kBroken;
    case Relation::kAtLeast:
      return measured >= predicted - tolerance ? Verdict::kHolds : Verdict::kBroken;
    case Relation::kEquals:
      break;
  }
  const bool same = measured == predicted;  // infinities, too
  return same || std::abs(measured - predicted) <= tolerance ? Verdict::kHolds : Verdict::kBroken;
}

double Reading::residual() const {
  return relation == Relation::kEquals ? measured - predicted : kNaN;
}

double Reading::used() const {
  if (relation == Relation::kAtMost) return measured / predicted;
  if (relation == Relation::kAtLeast) return predicted / measured;
  return kNaN;
}

std::string Reading::judged() const {
  switch (verdict()) {
    case Verdict::kPending:
      return "not judged" + (pending.empty() ? "" : ": " + pending);
    case Verdict::kBaseline:
      return predicted != 0 ? "× " + printShort(measured / predicted, 2) : "";
    case Verdict::kHolds:
      if (relation == Relation::kEquals || !(used() >= 0 && used() <= 1)) return "holds";
      return "holds, " + percent(used()) + " of it";
    case Verdict::kBroken:
      break;
  }
  const double off = measured - predicted;
  const double share = std::abs(off / predicted);
  if (relation == Relation::kEquals) return "broken, off by " + printShort(off);
  const char* way = relation == Relation::kAtMost ? " over" : " short";
  return "broken, " + (share <= 1 ? percent(share) : printShort(std::abs(off))) + way;
}

Reading equals(int subject, std::string quantity, double predicted, double measured) {
  return related(Relation::kEquals, subject, std::move(quantity), predicted, measured);
}

Reading atMost(int subject, std::string quantity, double bound, double measured) {
  return related(Relation::kAtMost, subject, std::move(quantity), bound, measured);
}

Reading atLeast(int subject, std::string quantity, double bound, double measured) {
  return related(Relation::kAtLeast, subject, std::move(quantity), bound, measured);
}

Reading baseline(int subject, std::string quantity, std::string source, double value,
                 double measured) {
  Reading reading = related(Relation::kBaseline, subject, std::move(quantity), value, measured);
  reading.source = std::move(source);
  return reading;
}

}  // namespace descent
