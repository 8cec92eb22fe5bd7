// What may be read from the approximation lab: functions to draw, and errors by N.
#include <cmath>

#include "labs/approximation/approximation.h"

namespace descent::approximation {
namespace {

constexpr int kMostPoints = 65536;

Array rowOf(const Vector& values) {
  return {{static_cast<int>(values.size())},
          std::vector<double>(values.data(), values.data() + values.size())};
}

// The numbers of a call; empty where one is none.
std::vector<double> numbersOf(const Recipe& call) {
  std::vector<double> numbers;
  for (const Argument& argument : call.arguments) {
    const double* number = std::get_if<double>(&argument.value);
    if (!number || !argument.key.empty()) return {};
    numbers.push_back(*number);
  }
  return numbers;
}

bool isCount(double value, double low, double high) {
  return value >= low && value <= high && std::floor(value) == value;
}

}  // namespace

std::string Approximation::subtitle() const {
  return (name == Name::kTyped ? formula : titleOf(name)) + std::string(", N = ") +
         std::to_string(knots) + ", " + nameOf(activation) + " units";
}

std::vector<Subject> Approximation::subjects() const { return subjectsOf(runners_); }

std::vector<Channel> Approximation::channels() const {
  std::vector<Channel> all;
  const auto row = [&](const char* id, const char* label) {
    all.push_back({id, "row", id, label, "", -1, true});
  };
  row("domain", "Inputs, N, and the range of the target");
  row("fall", "Sup error of the hats by N");
  if (ground_->isPlanar()) {
    all.push_back({"surface", "call", "surface", "surface", "", -1});
  } else {
    row("knots", "Target at the knots");
    row("bumpFall", "Sup error of the bumps by N");
    row("polynomialFall", "Sup error of least squares by degree");
    row("now", "Sup errors of hats, bumps and polynomial");
    all.push_back({"functions", "call", "functions", "functions", "", -1});
  }
  for (std::size_t i = 0; i < runners_.size(); ++i) {
    const auto add = [&](const char* quantity, const char* label) {
      all.push_back({quantity + ("/" + std::to_string(i)), "series", quantity, label, "",
                     static_cast<int>(i), true});
    };
    add("error", "Sup error");
    add("loss", "Loss");
  }
  return all;
}

Result<Array> Approximation::readCall(const Recipe& call, const Record&, int) const {
  const auto fall = [](const Ground::Fall& found, const std::function<double(double)>& bound) {
    Array rows{{static_cast<int>(found.n.size()), 3}, {}};
    for (Eigen::Index i = 0; i < found.n.size(); ++i) {
      rows.data.insert(rows.data.end(), {found.n[i], found.error[i], bound(found.n[i])});
    }
    return rows;
  };
  if (call.name == "domain") {
    const Vector& f = ground_->runSamples();
    return Array{{4},
                 {static_cast<double>(ground_->target.inputs()), static_cast<double>(knots),
                  f.minCoeff(), f.maxCoeff()}};
  }
  if (call.name == "fall") {
    return fall(ground_->hats(), [&](double n) { return ground_->hatsBound(static_cast<int>(n)); });
  }
  const auto a = numbersOf(call);
  if (ground_->isPlanar()) {
    const bool valid = call.name == "surface" && a.size() == 7 &&
                       isCount(a[0], 0, 1.0 + static_cast<double>(runners_.size())) &&
                       a[1] < a[2] && a[3] < a[4] && isCount(a[5], 2, 256) && isCount(a[6], 2, 256);
    if (valid) {
      return surface(static_cast<std::size_t>(a[0]), {a[1], a[2], a[3], a[4]},
                     static_cast<int>(a[5]), static_cast<int>(a[6]));
    }
    return Error{
        "on the square approximation has surface(which, x0, x1, y0, y1, nx, ny) with which = 0 the "
        "target, 1 the hats, 2 … the networks, got " +
        print(call)};
  }
  if (call.name == "knots") return rowOf(knotValues_);
  if (call.name == "bumpFall") {
    return fall(ground_->bumps(steepness),
                [&](double n) { return ground_->bumpsBound(static_cast<int>(n), steepness); });
  }
  if (call.name == "polynomialFall") {
    return fall(ground_->polynomials(), [](double) { return kNaN; });
  }
  if (call.name == "now") {
    return Array{{3}, {hatsError_, bumpsError_, polynomialError_}};
  }
  const bool valid =
      call.name == "functions" && a.size() == 3 && a[0] < a[1] && isCount(a[2], 2, kMostPoints);
  if (valid) return functions(a[0], a[1], static_cast<int>(a[2]));
  return Error{"approximation has functions(x0, x1, n) with x0 < x1 and 2 to " +
               std::to_string(kMostPoints) + " points, got " + print(call)};
}

// Rows: target, hats, hats as N units, bumps, polynomial, and the networks.
Array Approximation::functions(double x0, double x1, int n) const {
  constexpr int kConstructions = 5;
  const Polynomial polynomial = ground_->polynomial(degree);
  const int rows = kConstructions + static_cast<int>(runners_.size());
  Array all{{rows, n}, std::vector<double>(static_cast<std::size_t>(rows * n))};
  Matrix inputs(1, n);
  const auto put = [&](int row, int j, double value) {
    all.data[static_cast<std::size_t>(row * n + j)] = value;
  };
  const double last = knotValues_[knots] - knotValues_[knots - 1];
  for (int j = 0; j < n; ++j) {
    const double x = inputs(0, j) = x0 + (x1 - x0) * j / (n - 1);
    put(0, j, ground_->target(x));
    put(1, j, hatsAt(knotValues_, x));
    put(2, j,
        x < 0    ? knotValues_[0]
        : x <= 1 ? hatsAt(knotValues_, x)
                 : knotValues_[knots] + knots * (x - 1) * last);
    put(3, j, bumpsAt(middles_, steepness, x));
    put(4, j, polynomial(x));
  }
  for (std::size_t i = 0; i < runners_.size(); ++i) {
    const Vector f = outputs(judged(i), inputs);
    for (int j = 0; j < n; ++j) put(kConstructions + static_cast<int>(i), j, f[j]);
  }
  return all;
}

// Values at nx × ny points, row 0 at y0.
Array Approximation::surface(std::size_t which, const Window& w, int nx, int ny) const {
  Array field{{ny, nx}, {}};
  Matrix inputs(2, nx * ny);
  for (int j = 0; j < nx * ny; ++j) {
    const double x = w.x0 + (w.x1 - w.x0) * (j % nx) / (nx - 1);
    const double y = w.y0 + (w.y1 - w.y0) * (j / nx) / (ny - 1);
    inputs.col(j) << x, y;
    if (which == 0) field.data.push_back(ground_->target(x, y));
    if (which == 1) field.data.push_back(squareHatsAt(squareKnots_, x, y));
  }
  if (which > 1) {
    const Vector f = outputs(judged(which - 2), inputs);
    field.data.assign(f.data(), f.data() + f.size());
  }
  return field;
}

std::vector<Table> Approximation::tables(const Record& record, int step) const {
  Table methods{"Who approximates",
                {{"Method", ""},
                 {"Units", "Of its hidden layers; of a polynomial its coefficients."},
                 {"Sup error", "At this step, on samples of the domain."},
                 {"Bound", "What theory says that the error is at most, up to rounding."}},
                {}};
  const auto add = [&](int subject, std::string method, std::string units, double error,
                       double bound) {
    methods.rows.push_back({subject, {std::move(method), std::move(units), error, bound}});
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
  for (std::size_t i = 0; i < runners_.size(); ++i) {
    add(static_cast<int>(i), "network trained by " + runners_[i].label, n,
        record.at(series_[i].error, step), kNaN);
  }

  Table fall{isPlanar ? "Sup error by pieces of a side" : "Sup error by N",
             {{"N", ""},
              {"Hats", ""},
              {"Their bound", isPlanar ? "h²/4 max‖∇²f‖, h = 1/N." : "h²/8 max|f″|, h = 1/N."}},
             {}};
  if (!isPlanar) {
    fall.columns.push_back({"Bumps", ""});
    fall.columns.push_back({"Their bound", "h max|f′| (½ + 2 log 2/κ)."});
    fall.columns.push_back({"Polynomial", "Of degree N, by least squares."});
  }
  const auto errorAt = [](const Ground::Fall& known, double at) {
    for (Eigen::Index i = 0; i < known.n.size(); ++i) {
      if (known.n[i] == at) return known.error[i];
    }
    return kNaN;
  };
  for (int count = 2; count <= (isPlanar ? 64 : kMostKnots); count *= 2) {
    fall.rows.push_back(
        {-1,
         {static_cast<double>(count), errorAt(ground_->hats(), count), ground_->hatsBound(count)}});
    if (isPlanar) continue;
    auto& cells = fall.rows.back().cells;
    cells.emplace_back(errorAt(ground_->bumps(steepness), count));
    cells.emplace_back(ground_->bumpsBound(count, steepness));
    cells.emplace_back(errorAt(ground_->polynomials(), count));
  }
  return {methods, fall};
}

}  // namespace descent::approximation
