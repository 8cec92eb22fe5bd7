#include "approximation/pieces.h"

#include <cmath>
#include <numbers>

namespace descent {
namespace {

using Index = Eigen::Index;

// What the units of a layer give: values (units × knots), slopes (units × pieces).
struct Sheet {
  std::vector<double> x;
  Matrix values, slopes;

  Index pieces() const { return static_cast<Index>(x.size()) - 1; }
};

struct Crossing {
  double x;
  Index unit;
};

double slopeBelowZero(Activation activation) {
  return activation == Activation::kRelu ? 0 : activation == Activation::kLeakyRelu ? 0.01 : 1;
}

// W a + b, with what cannot be told from zero set to it.
Sheet sumsOf(const Sheet& below, const Eigen::Map<const Matrix>& w, const Vector& b) {
  Sheet z{below.x, w * below.values, w * below.slopes};
  z.values.colwise() += b;
  Matrix size = w.cwiseAbs() * below.values.cwiseAbs();
  size.colwise() += b.cwiseAbs();
  const double reach = std::max(std::abs(z.x.front()), std::abs(z.x.back()));
  for (Index i = 0; i < z.values.cols(); ++i) {
    for (Index j = 0; j < z.values.rows(); ++j) {
      const double left = i > 0 ? std::abs(z.slopes(j, i - 1)) : 0;
      const double right = i < z.pieces() ? std::abs(z.slopes(j, i)) : 0;
      const double rounding = kRoundingOfSums * (size(j, i) + reach * std::max(left, right));
      if (std::abs(z.values(j, i)) <= rounding) z.values(j, i) = 0;
    }
  }
  return z;
}

// With a knot wherever a sum crosses zero.
Sheet splitAtZeros(const Sheet& z) {
  const double reach = std::max(std::abs(z.x.front()), std::abs(z.x.back()));
  std::vector<double> x;
  std::vector<Vector> values;
  std::vector<Index> from;  // the piece that a piece is part of
  std::vector<Crossing> crossings;
  for (Index i = 0; i < z.pieces(); ++i) {
    const auto k = static_cast<std::size_t>(i);
    const auto left = z.values.col(i), right = z.values.col(i + 1);
    x.push_back(z.x[k]);
    values.push_back(left);
    from.push_back(i);
    crossings.clear();
    for (Index j = 0; j < z.values.rows(); ++j) {
      if (left[j] * right[j] >= 0) continue;
      const double share = left[j] / (left[j] - right[j]);
      const double at = z.x[k] + share * (z.x[k + 1] - z.x[k]);
      if (at > z.x[k] && at < z.x[k + 1]) crossings.push_back({at, j});
    }
    std::sort(crossings.begin(), crossings.end(),
              [](const Crossing& a, const Crossing& b) { return a.x < b.x; });
    for (const Crossing& c : crossings) {
      const bool isNew = x.back() == z.x[k] || c.x - x.back() > kRoundingOfSums * reach;
      if (isNew) {
        const double share = (c.x - z.x[k]) / (z.x[k + 1] - z.x[k]);
        x.push_back(c.x);
        values.push_back((1 - share) * left + share * right);
        from.push_back(i);
      }
      values.back()[c.unit] = 0;
    }
  }
  x.push_back(z.x.back());
  values.push_back(z.values.col(z.pieces()));

  Sheet split{std::move(x), Matrix(z.values.rows(), static_cast<Index>(values.size())),
              Matrix(z.values.rows(), static_cast<Index>(from.size()))};
  for (std::size_t i = 0; i < values.size(); ++i) {
    split.values.col(static_cast<Index>(i)) = values[i];
  }
  for (std::size_t i = 0; i < from.size(); ++i) {
    split.slopes.col(static_cast<Index>(i)) = z.slopes.col(from[i]);
  }
  return split;
}

// φ of sums that keep their sign within a piece.
void bend(Sheet& z, double below) {
  for (Index i = 0; i < z.pieces(); ++i) {
    for (Index j = 0; j < z.values.rows(); ++j) {
      if (z.values(j, i) + z.values(j, i + 1) <= 0) z.slopes(j, i) *= below;
    }
  }
  z.values = z.values.cwiseMax(below * z.values);
}

// f(x, a left end, a right end, f and g there) over the intervals between knots of either.
template <class F>
void forIntervals(const PiecewiseLinear& f, const PiecewiseLinear& g, F visit) {
  std::vector<double> x;
  std::merge(f.x.begin(), f.x.end(), g.x.begin(), g.x.end(), std::back_inserter(x));
  const double low = std::max(f.x.front(), g.x.front()), high = std::min(f.x.back(), g.x.back());
  std::size_t i = 0, j = 0;  // the pieces that an interval lies in
  const auto at = [](const PiecewiseLinear& h, std::size_t k, double where) {
    const double share = (where - h.x[k]) / (h.x[k + 1] - h.x[k]);
    return (1 - share) * h.y[k] + share * h.y[k + 1];
  };
  for (std::size_t k = 0; k + 1 < x.size(); ++k) {
    const double a = x[k], b = x[k + 1];
    if (!(a < b) || a < low || b > high) continue;
    while (i + 2 < f.x.size() && f.x[i + 1] <= a) ++i;
    while (j + 2 < g.x.size() && g.x[j + 1] <= a) ++j;
    visit(b - a, at(f, i, a) - at(g, j, a), at(f, i, b) - at(g, j, b));
  }
}

}  // namespace

double PiecewiseLinear::operator()(double at) const {
  const auto after = std::upper_bound(x.begin() + 1, x.end() - 1, at);
  const auto k = static_cast<std::size_t>(after - x.begin()) - 1;
  const double share = (at - x[k]) / (x[k + 1] - x[k]);
  return (1 - share) * y[k] + share * y[k + 1];
}

bool isPiecewiseLinear(const Architecture& a) {
  const bool hasPieces = a.activation == Activation::kRelu ||
                         a.activation == Activation::kLeakyRelu ||
                         a.activation == Activation::kIdentity;
  return hasPieces && a.inputs == 1 && a.outputs == 1 && !a.batchNorm && !a.residual &&
         a.dropout == 0;
}

Pieces piecesOf(const Architecture& architecture, const Vector& theta, double low, double high) {
  const auto places = placesOf(architecture);
  const double below = slopeBelowZero(architecture.activation);
  Sheet a{{low, high}, Matrix(1, 2), Matrix::Ones(1, 1)};
  a.values << low, high;
  for (int l = 1; l <= architecture.depth(); ++l) {
    const LayerPlace& place = places[static_cast<std::size_t>(l - 1)];
    const Index m = architecture.width(l), k = architecture.width(l - 1);
    const Eigen::Map<const Matrix> w(theta.data() + place.weight, m, k);
    const Vector b =
        place.bias < 0 ? Vector(Vector::Zero(m)) : Vector(theta.segment(place.bias, m));
    if (l < architecture.depth()) {
      a = sumsOf(a, w, b);
      if (below < 1) a = splitAtZeros(a);
      bend(a, below);
      continue;
    }
    const Matrix y = w * a.values, slopes = w * a.slopes, size = w.cwiseAbs() * a.slopes.cwiseAbs();
    Pieces found;
    found.regions = static_cast<int>(a.pieces());
    for (Index i = 0; i <= a.pieces(); ++i) {
      const bool isEnd = i == 0 || i == a.pieces();
      if (!isEnd && std::abs(slopes(0, i) - slopes(0, i - 1)) <=
                        kRoundingOfSlopes * (size(0, i) + size(0, i - 1))) {
        continue;
      }
      found.function.x.push_back(a.x[static_cast<std::size_t>(i)]);
      found.function.y.push_back(y(0, i) + b[0]);
    }
    return found;
  }
  return {};
}

double mostPieces(const Architecture& architecture) {
  double product = 1;
  for (const int width : architecture.hidden) product *= width + 1;
  return product;
}

int crossingsOf(const PiecewiseLinear& f, double level) {
  int crossings = 0;
  double side = 0;
  for (const double y : f.y) {
    const double now = y > level ? 1 : y < level ? -1 : 0;
    crossings += side * now < 0;
    if (now != 0) side = now;
  }
  return crossings;
}

double largestGap(const PiecewiseLinear& f, const PiecewiseLinear& g) {
  double largest = 0;
  forIntervals(f, g, [&](double, double left, double right) {
    largest = larger(largest, larger(std::abs(left), std::abs(right)));
  });
  return largest;
}

double meanSquareGap(const PiecewiseLinear& f, const PiecewiseLinear& g) {
  double sum = 0, length = 0;
  forIntervals(f, g, [&](double h, double left, double right) {
    sum += h * (left * left + left * right + right * right) / 3;
    length += h;
  });
  return sum / length;
}

Vector drawWeights(const Architecture& architecture, double bias, Random& random) {
  Vector theta = initialParameters(architecture, {Initialiser::kHe, 1, 0}, random);
  const auto places = placesOf(architecture);
  for (int l = 1; l < architecture.depth(); ++l) {
    for (Index j = 0; j < architecture.width(l); ++j) {
      theta[places[static_cast<std::size_t>(l - 1)].bias + j] = bias * random.normal();
    }
  }
  // w (2x − 1) + b
  for (Index j = 0; j < architecture.width(1); ++j) {
    double& w = theta[places[0].weight + j];
    theta[places[0].bias + j] -= w;
    w *= 2;
  }
  return theta;
}

double expectedPieces(const Architecture& architecture, double bias) {
  double sum = 1;
  for (int l = 1; l < architecture.depth(); ++l) {
    sum += architecture.width(l) * 2 / std::numbers::pi * std::atan2(std::sqrt(2.0 / l), bias);
  }
  return sum;
}

}  // namespace descent
