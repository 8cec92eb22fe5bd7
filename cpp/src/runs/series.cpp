#include "runs/series.h"

namespace descent::runs {

Series declareSeries(Record& record, int subject, const Recorded& recorded) {
  const auto add = [&](const char* quantity, const char* label, bool log = true) {
    return record.declare({subject, quantity, ChannelKind::kSeries, label, log});
  };
  const int path =
      recorded.path
          ? record.declare(Channel(subject, "path", ChannelKind::kPath, "Path").named({"x", "y"}))
          : -1;
  return {path,
          add("loss", "Loss"),
          add("distance", "Distance"),
          add("gradient", "Gradient"),
          add("step", "Step"),
          recorded.evaluations ? add("evaluations", "Gradient evaluations", false) : -1};
}

void putRow(const Problem& problem, const Runner& r, const Series& s, int t, double stepLength,
            Record& record) {
  const auto put = [&](int series, std::initializer_list<double> row) {
    if (series >= 0) record.put(series, t, row);
  };
  if (t > r.last) {
    const bool holds = stays(r.status);
    for (const int series : {s.loss, s.distance, s.gradient, s.evaluations}) {
      put(series, {holds && series >= 0 ? record.at(series, t - 1) : kNaN});
    }
    put(s.step, {holds ? 0 : kNaN});
    if (s.path >= 0) put(s.path, {holds ? r.x[0] : kNaN, holds ? r.x[1] : kNaN});
    return;
  }
  const Vector x = r.optimizer->evaluationPoint(r.x);
  const auto minimum = problem.nearestMinimum(x);
  Vector g;
  problem.gradient(x, g);
  const bool isSomewhere = x.allFinite();  // f may well have a value at infinity
  if (s.path >= 0) put(s.path, {r.x[0], r.x[1]});
  put(s.loss, {isSomewhere ? problem.value(x) : kNaN});
  put(s.distance, {isSomewhere && minimum ? (x - *minimum).norm() : kNaN});
  put(s.gradient, {isSomewhere ? g.norm() : kNaN});
  put(s.step, {t == 0 ? kNaN : stepLength});
  put(s.evaluations, {static_cast<double>(r.counts.gradientEvaluations())});
}

}  // namespace descent::runs
