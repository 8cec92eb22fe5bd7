// The approximation lab's tables.
#include "labs/approximation/lab.h"

namespace descent::approximation {

std::vector<Table> Approximation::tables(const Record& record, int step) const {
  return {methodsTable(record, step), fallTable()};
}

Table Approximation::methodsTable(const Record& record, int step) const {
  Table table{"Methods",
              {{"Method", ""},
               {"Units", "Of its hidden layers; of a polynomial its coefficients."},
               {"Sup error", "At this step, on samples of the domain."},
               {"Bound", "What theory says that the error is at most, up to rounding."}},
              {}};
  const auto add = [&](int subject, std::string method, std::string units, double error,
                       double bound) {
    table.rows.push_back({subject, {std::move(method), std::move(units), error, bound}});
  };
  const bool isPlanar = ground_->isPlanar();
  const std::string n = std::to_string(knots);
  if (showsHats && isPlanar) {
    add(-1, "hats",
        std::to_string(8 * knots + 6) + " + " + std::to_string((knots + 1) * (knots + 1)),
        hatsError_, ground_->hatsBound(knots));
  }
  if (showsHats && !isPlanar) {
    add(-1, "hats, three ReLUs each", std::to_string(3 * (knots + 1)), hatsError_,
        ground_->hatsBound(knots));
    add(-1, "the same by one ReLU a piece", n, hatsError_, ground_->hatsBound(knots));
  }
  if (showsBumps && !isPlanar) {
    add(-1, "sigmoid bumps", std::to_string(2 * knots), bumpsError_,
        ground_->bumpsBound(knots, steepness));
  }
  if (showsPolynomial && !isPlanar) {
    add(-1, "polynomial of degree " + std::to_string(degree), std::to_string(degree + 1),
        polynomialError_, kNaN);
  }
  for (std::size_t i = 0; i < runs_.size(); ++i) {
    add(static_cast<int>(i), "network trained by " + runs_[i].label, n,
        record.at(series_[i].error, step), kNaN);
  }
  return table;
}

Table Approximation::fallTable() const {
  const bool isPlanar = ground_->isPlanar();
  Table table{isPlanar ? "Sup error by pieces of a side" : "Sup error by N",
              {{"N", ""},
               {"Hats", ""},
               {"Their bound", isPlanar ? "h²/4 max‖∇²f‖, h = 1/N." : "h²/8 max|f″|, h = 1/N."}},
              {}};
  if (!isPlanar) {
    table.columns.push_back({"Bumps", ""});
    table.columns.push_back({"Their bound", "h max|f′| (½ + 2 log 2/κ)."});
    table.columns.push_back({"Polynomial", "Of degree N, by least squares."});
  }
  for (int count = 2; count <= (isPlanar ? 64 : kMostKnots); count *= 2) {
    table.rows.push_back(
        {-1, {static_cast<double>(count), ground_->hats().at(count), ground_->hatsBound(count)}});
    if (isPlanar) continue;
    auto& cells = table.rows.back().cells;
    cells.emplace_back(ground_->bumps(steepness).at(count));
    cells.emplace_back(ground_->bumpsBound(count, steepness));
    cells.emplace_back(ground_->polynomials().at(count));
  }
  return table;
}

}  // namespace descent::approximation
