// What may be read from the approximation lab: functions to draw, and errors by N.
#include <algorithm>

#include "labs/approximation/lab.h"

namespace descent::approximation {
namespace {

constexpr int kMostPoints = 65536;

}  // namespace

std::vector<Channel> Approximation::channels() const {
  const ChannelArgument runner{"runner", 0, static_cast<double>(runs_.size()) - 1};
  std::vector<Channel> all;
  const auto add = [&](const char* name, ChannelKind kind, const char* label,
                       std::vector<std::string> columns,
                       std::vector<ChannelArgument> arguments = {}) {
    all.push_back(Channel(name, kind, label).named(std::move(columns)).takes(std::move(arguments)));
  };
  add("domain", ChannelKind::kRow, "Inputs, N, and the range of the target",
      {"inputs", "pieces", "low", "high"});
  add("fall", ChannelKind::kRows, "Sup error of the hats by N", {"n", "error", "bound"});
  if (ground_->isPlanar()) {
    std::vector<ChannelArgument> ofRunner = gridArguments();
    ofRunner.insert(ofRunner.begin(), runner);
    add("targetField", ChannelKind::kField, "Target", {}, gridArguments());
    add("hatsField", ChannelKind::kField, "Sum of the hats", {}, gridArguments());
    add("networkField", ChannelKind::kField, "Network", {}, ofRunner);
    add("errorField", ChannelKind::kField, "Network minus target", {}, ofRunner);
    return all;
  }
  add("bumpFall", ChannelKind::kRows, "Sup error of the bumps by N", {"n", "error", "bound"});
  add("polynomialFall", ChannelKind::kRows, "Sup error of least squares by degree",
      {"n", "error", "bound"});
  add("now", ChannelKind::kRow, "Sup errors now", {"hats", "bumps", "polynomial"});
  if (targetId == TargetId::kDrawn) {
    add("drawing", ChannelKind::kRows, "Points of the drawing", {"x", "y"});
  }
  add("hats", ChannelKind::kRows, "Hats, and the sum of the first ones, at its corners",
      {"x", "height", "sum"}, {{"summed", 0, knots + 1.0}});
  std::vector<ChannelArgument> line = {
      {"x0", -1e6, 1e6, false}, {"x1", -1e6, 1e6, false}, {"points", 2, kMostPoints}};
  add("functions", ChannelKind::kRows, "Target and constructions",
      {"x", "target", "hats", "bumps", "polynomial"}, line);
  line.insert(line.begin(), runner);
  add("network", ChannelKind::kRows, "What a network gives", {"x", "y"}, line);
  return all;
}

Result<Array> Approximation::read(const Request& request, const Record&, int) const {
  const std::string& name = request.name;
  const auto fall = [](const Ground::Fall& found, const std::function<double(int)>& bound) {
    Array rows{{static_cast<int>(found.n.size()), 3}, {}};
    for (Eigen::Index i = 0; i < found.n.size(); ++i) {
      rows.data.insert(rows.data.end(),
                       {found.n[i], found.error[i], bound(static_cast<int>(found.n[i]))});
    }
    return rows;
  };
  if (name == "domain") {
    const Vector& f = ground_->runSamples();
    return Array{{4},
                 {static_cast<double>(ground_->target.inputs()), static_cast<double>(knots),
                  f.minCoeff(), f.maxCoeff()}};
  }
  if (name == "fall") return fall(ground_->hats(), [&](int n) { return ground_->hatsBound(n); });
  if (name == "bumpFall") {
    return fall(ground_->bumps(steepness),
                [&](int n) { return ground_->bumpsBound(n, steepness); });
  }
  if (name == "polynomialFall") return fall(ground_->polynomials(), [](int) { return kNaN; });
  if (name == "now") return Array{{3}, {hatsError_, bumpsError_, polynomialError_}};
  if (name == "drawing") {
    Array rows{{static_cast<int>(drawn_.size()), 2}, {}};
    for (std::size_t i = 0; i < drawn_.size(); ++i) {
      rows.data.insert(rows.data.end(), {sampleAt(static_cast<int>(i), rows.shape[0]), drawn_[i]});
    }
    return rows;
  }
  if (name == "hats") return hats(request.whole(0));

  const bool isOfRunner = name == "network" || name == "networkField" || name == "errorField";
  const std::size_t from = isOfRunner ? 1 : 0;
  const Vector weights = isOfRunner ? judged(request.index(0)) : Vector();
  if (ground_->isPlanar()) {
    const auto grid = request.grid(from);
    if (!grid) return grid.error();
    return field(*grid, [&](const Matrix& inputs) -> Vector {
      if (name == "targetField") return targetAt(inputs);
      if (name == "networkField") return outputs(weights, inputs);
      if (name == "errorField") return outputs(weights, inputs) - targetAt(inputs);
      Vector sum(inputs.cols());
      for (Eigen::Index j = 0; j < sum.size(); ++j) {
        sum[j] = squareHatsAt(squareKnots_, inputs(0, j), inputs(1, j));
      }
      return sum;
    });
  }
  const double x0 = request.arguments[from], x1 = request.arguments[from + 1];
  if (!(x0 < x1)) return Error{name + " takes x0 < x1, got " + print(x0) + ", " + print(x1)};
  const Vector x = Vector::LinSpaced(request.whole(from + 2), x0, x1);
  if (!isOfRunner) return functions(x);
  const Vector y = outputs(weights, x.transpose());
  Array rows{{static_cast<int>(x.size()), 2}, {}};
  for (Eigen::Index j = 0; j < x.size(); ++j) rows.data.insert(rows.data.end(), {x[j], y[j]});
  return rows;
}

Array Approximation::functions(const Vector& x) const {
  const Polynomial polynomial = ground_->polynomial(degree);
  Array rows{{static_cast<int>(x.size()), 5}, {}};
  for (const double at : x) {
    rows.data.insert(rows.data.end(), {at, ground_->target(at), hatsAt(knotValues_, at),
                                       bumpsAt(middles_, steepness, at), polynomial(at)});
  }
  return rows;
}

// The tops of the hats, and 0 a piece before the first and after the last.
Array Approximation::hats(int summed) const {
  Array rows{{knots + 3, 3}, {}};
  for (int i = -1; i <= knots + 1; ++i) {
    const double x = static_cast<double>(i) / knots;
    rows.data.insert(rows.data.end(),
                     {x, i < 0 || i > knots ? 0 : knotValues_[i], hatsAt(knotValues_, x, summed)});
  }
  return rows;
}

// Row 0 at y0.
Array Approximation::field(const Grid& grid,
                           const std::function<Vector(const Matrix&)>& values) const {
  Matrix inputs(2, grid.nx * grid.ny);
  for (int j = 0; j < inputs.cols(); ++j) {
    inputs.col(j) << grid.x0 + (grid.x1 - grid.x0) * (j % grid.nx) / (grid.nx - 1),
        grid.y0 + (grid.y1 - grid.y0) * (j / grid.nx) / std::max(grid.ny - 1, 1);
  }
  const Vector f = values(inputs);
  return {{grid.ny, grid.nx}, {f.begin(), f.end()}};
}

Vector Approximation::targetAt(const Matrix& inputs) const {
  Vector f(inputs.cols());
  for (Eigen::Index j = 0; j < f.size(); ++j) f[j] = ground_->target(inputs(0, j), inputs(1, j));
  return f;
}

}  // namespace descent::approximation
