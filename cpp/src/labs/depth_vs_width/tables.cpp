// The table of the lab of depth against width.
#include "labs/depth_vs_width/lab.h"

namespace descent::depth_vs_width {

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
    add(static_cast<int>(i), runs_[i].label, architectureOf(i), record.at(s.pieces, step),
        record.at(s.gap, step), record.at(s.error, step));
  }
  return {table};
}

}  // namespace descent::depth_vs_width
