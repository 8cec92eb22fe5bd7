// Whatever is typed: f(x, y) by a small expression parser, its gradient and Hessian exact by
// forward dual numbers, its minima found by search.
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>

#include "core/expression.h"
#include "descent/catalogue.h"
#include "numerics/jacobi.h"

namespace descent {
namespace {

class Custom final : public Cloneable<Custom, Landscape> {
 public:
  std::string text = "x^2/2 + 2*y^2 + sin(3*x)";
  double x0 = -4, x1 = 4, y0 = -3, y1 = 3;

  Custom() { (void)setText(text); }

  Result<void> setText(const std::string& formula) {
    auto parsed = Expression::parse(formula);
    if (!parsed) return parsed.error();
    text = formula;
    f_ = std::move(*parsed);
    minima_.reset();
    return {};
  }
  void prepare(std::uint64_t) override { minima_.reset(); }

  double f(double x, double y) const override { return f_(x, y); }
  Point gradientAt(double x, double y) const override {
    const Jet jet = f_.jet(x, y);
    return {jet.x, jet.y};
  }
  Eigen::Matrix2d hessianAt(double x, double y) const override {
    const Jet jet = f_.jet(x, y);
    Eigen::Matrix2d h;
    h << jet.xx, jet.xy, jet.xy, jet.yy;
    return h;
  }

  // The ends of an axis may be given in either order.
  Window window() const override {
    const auto span = [](double a, double b) {
      if (a == b) return std::pair(a - 1, a + 1);
      return std::pair(std::min(a, b), std::max(a, b));
    };
    const auto [left, right] = span(x0, x1);
    const auto [bottom, top] = span(y0, y1);
    return {left, right, bottom, top};
  }
  // Points where f is finite and slopes; a corner of the window where there is none.
  std::vector<Point> starts() const override {
    std::vector<Point> good;
    for (const Point& share : {Point(0.12, 0.85), Point(0.85, 0.2), Point(0.3, 0.1),
                               Point(0.6, 0.9), Point(0.9, 0.6), Point(0.45, 0.3)}) {
      const Point p = place(share[0], share[1]);
      const Point g = gradientAt(p[0], p[1]);
      if (std::isfinite(f(p[0], p[1])) && g.allFinite() && g.norm() > 0) good.push_back(p);
    }
    if (good.empty()) good.push_back(place(0, 0));
    return good;
  }
  std::vector<Point> minima() const override {
    if (!minima_) minima_ = search();
    return *minima_;
  }
  // At a kink the slope stays on the way to it, whatever it is said to be there.
  bool isSmoothAt(const Point& p) const override {
    if (!isMinimum(p)) return true;
    const Eigen::Matrix2d hessian = hessianAt(p[0], p[1]);
    if (!hessian.allFinite()) return false;
    const double small = 1e-6 * (1 + hessian.norm());
    const std::array ways = {Point(0, 0), Point(1, 1), Point(-1, 1), Point(1, -1), Point(-1, -1)};
    return std::all_of(ways.begin(), ways.end(), [&](const Point& way) {
      const Point q = p + 1e-9 * (1 + p.norm()) * way;
      return gradientAt(q[0], q[1]).norm() <= small;
    });
  }
  // One over the largest curvature at the start and at the minima.
  SuggestedRates rates() const override {
    double largest = 0;
    std::vector<Point> points = minima();
    points.push_back(starts().front());
    for (const Point& p : points) {
      const double curvature = hessianAt(p[0], p[1]).norm();
      if (std::isfinite(curvature)) largest = std::max(largest, curvature);
    }
    const Window w = window();
    return {largest > 0 ? std::clamp(1 / largest, 1e-8, 1e3) : 0.1,
            std::clamp((w.x1 - w.x0) / 100, 1e-8, 1e3)};
  }

 private:
  Point place(double u, double v) const {
    const Window w = window();
    return {w.x0 + u * (w.x1 - w.x0), w.y0 + v * (w.y1 - w.y0)};
  }
  bool isInside(const Point& p) const {
    const Window w = window();
    return w.x0 <= p[0] && p[0] <= w.x1 && w.y0 <= p[1] && p[1] <= w.y1;
  }
  bool isMinimum(const Point& p) const {
    const auto all = minima();
    return std::any_of(all.begin(), all.end(),
                       [&](const Point& m) { return (m - p).norm() < 1e-9; });
  }

  // Every grid point with no lower neighbour and some higher one leads to one, the lowest first.
  std::vector<Point> search() const {
    constexpr int n = 161;
    constexpr std::size_t kMany = 64, kTries = 1000;
    Matrix values(n, n);
    for (int i = 0; i < n; ++i) {
      for (int j = 0; j < n; ++j) {
        const Point p = place(i / (n - 1.0), j / (n - 1.0));
        values(i, j) = f(p[0], p[1]);
      }
    }
    std::vector<std::pair<double, Point>> low;
    for (int i = 0; i < n; ++i) {
      for (int j = 0; j < n; ++j) {
        const int left = std::max(i - 1, 0), bottom = std::max(j - 1, 0);
        const auto around =
            values.block(left, bottom, std::min(i + 2, n) - left, std::min(j + 2, n) - bottom)
                .array();
        const double here = values(i, j);
        if (!std::isfinite(here) || (around < here).any() || !(around > here).any()) continue;
        low.emplace_back(here, place(i / (n - 1.0), j / (n - 1.0)));
      }
    }
    std::stable_sort(low.begin(), low.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    if (low.size() > kTries) low.resize(kTries);
    std::vector<Point> found;
    for (const auto& [value, start] : low) {
      const auto p = refine(start);
      if (!p || !std::isfinite(f((*p)[0], (*p)[1])) || found.size() == kMany) continue;
      const bool isKnown = std::any_of(found.begin(), found.end(),
                                       [&](const Point& m) { return (m - *p).norm() < 1e-6; });
      if (!isKnown) found.push_back(*p);
    }
    std::stable_sort(found.begin(), found.end(), [this](const Point& a, const Point& b) {
      return f(a[0], a[1]) < f(b[0], b[1]);
    });
    return found;
  }

  // Newton with |λ| in the place of λ; where f has a kink, a compass search. Empty where it leaves
  // the window or ends in a valley without a lowest point.
  std::optional<Point> refine(Point p) const {
    const double size = (place(1, 1) - place(0, 0)).norm();
    for (int i = 0; i < 100; ++i) {
      const Point g = gradientAt(p[0], p[1]);
      const Eigen::Matrix2d hessian = hessianAt(p[0], p[1]);
      if (!g.allFinite() || !hessian.allFinite()) break;
      const SymmetricEigen h = symmetricEigen(hessian);
      const Point lambda = h.values.cwiseAbs().cwiseMax(1e-12);
      const Point step = h.vectors * (h.vectors.transpose() * g).cwiseQuotient(lambda);
      const Point next = p - step;
      const bool isDone = step.norm() <= 1e-15 * size;
      if (!isDone && !(f(next[0], next[1]) <= f(p[0], p[1]))) {
        if (step.norm() > 1e-7 * size) break;  // no smooth minimum here
        p = next;
        continue;
      }
      p = next;
      if (!isInside(p)) return {};
      if (isDone) break;
    }
    const Eigen::Matrix2d hessian = hessianAt(p[0], p[1]);
    const double slope = gradientAt(p[0], p[1]).norm();
    if (hessian.allFinite() && slope <= 1e-9 * (1 + hessian.norm() * size)) {
      const Vector lambda = symmetricEigen(hessian).values;
      return lambda[0] > 1e-9 * lambda[1] || isLowest(p) ? std::optional(p) : std::nullopt;
    }
    const auto lowest = compass(p, size / 100);
    return lowest && isLowest(*lowest) ? lowest : std::nullopt;
  }

  // Does f rise from p in every direction, also in that in which it rises least? Along the floor of
  // a valley it does not.
  bool isLowest(const Point& p) const {
    constexpr int kWays = 64;
    constexpr double kPart = 2 * std::numbers::pi / kWays;
    const double radius = 1e-3 * (place(1, 1) - place(0, 0)).norm(), here = f(p[0], p[1]);
    const auto rise = [&](double angle) {
      return f(p[0] + radius * std::cos(angle), p[1] + radius * std::sin(angle)) - here;
    };
    double least = std::numeric_limits<double>::infinity(), most = 0, way = 0;
    for (int i = 0; i < kWays; ++i) {
      const double value = rise(i * kPart);
      most = std::max(most, value);
      if (!(value < least)) continue;
      least = value;
      way = i * kPart;
    }
    double low = way - kPart, high = way + kPart;
    for (int i = 0; i < 100; ++i) {
      const double third = (high - low) / 3;
      if (rise(low + third) < rise(high - third)) {
        high -= third;
      } else {
        low += third;
      }
    }
    return rise((low + high) / 2) > 1e-9 * most;
  }

  std::optional<Point> compass(Point p, double step) const {
    double least = f(p[0], p[1]);
    while (step > 1e-15 * (1 + p.norm())) {
      bool improved = false;
      for (const Point& way : {Point(1, 0), Point(-1, 0), Point(0, 1), Point(0, -1), Point(1, 1),
                               Point(-1, -1), Point(1, -1), Point(-1, 1)}) {
        const Point next = p + step * way;
        const double value = f(next[0], next[1]);
        if (!(value < least)) continue;
        p = next;
        least = value;
        improved = true;
      }
      if (!isInside(p)) return {};
      if (!improved) step /= 2;
    }
    return p;
  }

  Expression f_;
  mutable std::optional<std::vector<Point>> minima_;
};

}  // namespace

void register_custom(Catalogue& catalogue) {
  catalogue.add(
      Describe<Custom>("custom", "Your own")
          .sentence("Type any f(x, y): its slope and curvature are exact, its minima are searched.")
          .formula(R"(f(x, y) = \ldots)")
          .cites("Griewank & Walther 2008, Evaluating Derivatives, Section 13.2",
                 "https://doi.org/10.1137/1.9780898717761")
          .variant("Forward dual numbers of second order. Minima are searched on a grid of 161 × "
                   "161 points in the window and refined; where f has a kink they are its lowest "
                   "points. At a kink the gradient is that of one side, and 0 at the tip of "
                   "√(x² + y²) and of |x|: a subgradient, where the run may rest.")
          .text("f", &Custom::text, &Custom::setText,
                "A formula in x and y with + − * / ^, sin cos tan exp log sqrt abs tanh min max, "
                "pi and e.")
          .as("f(x, y)")
          .knob("x0", &Custom::x0, -1e6, 1e6, "Left end of the window.")
          .as("Left")
          .usual(-10, 10)
          .knob("x1", &Custom::x1, -1e6, 1e6, "Right end of the window.")
          .as("Right")
          .usual(-10, 10)
          .knob("y0", &Custom::y0, -1e6, 1e6, "Lower end of the window.")
          .as("Bottom")
          .usual(-10, 10)
          .knob("y1", &Custom::y1, -1e6, 1e6, "Upper end of the window.")
          .as("Top")
          .usual(-10, 10));
}

}  // namespace descent
