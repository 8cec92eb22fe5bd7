// What every landscape keeps.
#include "landscapes/landscapes.h"

#include "contract/derivatives.h"
#include "contract/trial.h"

using namespace descent;

namespace {

// Every landscape as it comes, bowls round, long and turned, and wells at the ends of their knobs.
std::vector<std::string> landscapeRecipes() {
  std::vector<std::string> all = {
      "bowl(kappa=1)",
      "bowl(kappa=1000)",
      "bowl(kappa=1, rotation=30)",
      "bowl(kappa=25, rotation=-70)",
      "bowl(kappa=1000, rotation=30)",
      "bowl(kappa=1000, rotation=180)",
      "double-well(difference=0.8)",
      "double-well(difference=-0.8)",
      "double-well(sharp=0.1, flat=0.5)",
      "double-well(sharp=0.1, flat=1.5, difference=0.8)",
      "double-well(sharp=0.1, flat=1.5, difference=-0.8)",
      "double-well(sharp=1, flat=0.5, difference=0.8)",
      "double-well(sharp=1, flat=1.5, difference=-0.8)",
      "double-well(sharp=1, flat=1.5, difference=0.8)",
  };
  for (const auto& entry : catalogue().entries<Landscape>()) all.push_back(entry.id);
  return all;
}

bool contains(const Window& w, const Point& p) {
  return w.x0 <= p.x() && p.x() <= w.x1 && w.y0 <= p.y() && p.y() <= w.y1;
}

Point within(const Window& w, double u, double v) {
  return {w.x0 + u * (w.x1 - w.x0), w.y0 + v * (w.y1 - w.y0)};
}

// The surface around p in a unit of 1/10, which is small beside the finest feature of any: the
// differences of derivatives.h are taken over a share of that unit.
class Near final : public Objective {
 public:
  Near(const Landscape& landscape, const Point& p) : landscape_(landscape), p_(p) {}

  Eigen::Index dimension() const override { return 2; }
  double value(const Vector& u) const override { return landscape_.value(p_ + kUnit * u); }
  void gradient(const Vector& u, Vector& g) const override {
    landscape_.gradient(p_ + kUnit * u, g);
    g *= kUnit;
  }
  bool hessian(const Vector& u, Matrix& h) const override {
    landscape_.hessian(p_ + kUnit * u, h);
    h *= kUnit * kUnit;
    return true;
  }

 private:
  static constexpr double kUnit = 0.1;
  const Landscape& landscape_;
  Point p_;
};

double at(const Landscape& landscape, const Point& p) { return landscape.f(p.x(), p.y()); }

Vector eigenvalues(const Landscape& landscape, const Point& p) {
  return Eigen::SelfAdjointEigenSolver<Matrix>(landscape.hessianAt(p.x(), p.y())).eigenvalues();
}

// Newton with |λ| in place of λ, halved until f falls: it goes downhill into a minimum. The last
// steps no longer change f and are taken whole. False where it leaves the window.
bool descend(const Landscape& landscape, Point& p) {
  constexpr int kEnough = 2000;
  for (int i = 0; i < kEnough; ++i) {
    const Point g = landscape.gradientAt(p.x(), p.y());
    const Eigen::SelfAdjointEigenSolver<Eigen::Matrix2d> h(landscape.hessianAt(p.x(), p.y()));
    const Point lambda = h.eigenvalues().cwiseAbs().cwiseMax(1e-8);
    const Point step = h.eigenvectors() * (h.eigenvectors().transpose() * g).cwiseQuotient(lambda);
    double share = 1;
    while (at(landscape, p - share * step) > at(landscape, p) && share > 1e-3) share /= 2;
    p -= share * step;
    if (!contains(landscape.window(), p)) return false;
    if (share * step.norm() < 1e-12) return true;
  }
  FAIL("no end of the descent at " << p.transpose());
  return false;
}

// A minimum without derivatives that is no farther than this.
std::optional<Point> kinkNear(const Landscape& landscape, const Point& p, double distance) {
  for (const Point& m : landscape.minima()) {
    if (!landscape.isSmoothAt(m) && (m - p).norm() <= distance) return m;
  }
  return {};
}

bool isKnown(const Landscape& landscape, const Point& p) {
  const auto minima = landscape.minima();
  return std::any_of(minima.begin(), minima.end(),
                     [&](const Point& m) { return (m - p).norm() < 1e-6; });
}

}  // namespace

TEST_CASE("Every landscape's gradient and Hessian agree with central differences",
          "[contract][landscapes]") {
  for (const std::string& recipe : landscapeRecipes()) {
    INFO(recipe);
    const auto surface = landscape(recipe);
    for (int i = 1; i <= 9; ++i) {
      // Multiples of 1/ρ and 1/ρ², ρ³ = ρ + 1, spread evenly over the window.
      const double u = std::fmod(0.5 + 0.7548776662466927 * i, 1);
      const double v = std::fmod(0.5 + 0.5698402909980532 * i, 1);
      const Point p = within(surface->window(), u, v);
      REQUIRE(surface->isSmoothAt(p));
      checkDerivatives(Near(*surface, p), Point(0, 0));
    }
  }
}

TEST_CASE("Every landscape is level and curved upwards at its minima", "[contract][landscapes]") {
  for (const std::string& recipe : landscapeRecipes()) {
    INFO(recipe);
    const auto surface = landscape(recipe);
    REQUIRE_FALSE(surface->minima().empty());
    for (const Point& m : surface->minima()) {
      if (!surface->isSmoothAt(m)) continue;
      INFO("minimum " << m.transpose());
      const Vector lambda = eigenvalues(*surface, m);
      CHECK(lambda[0] > 0);
      // A coordinate's rounding moves the gradient by λ·ε|x|/2; its own terms cancel as coarsely.
      const double rounding = std::numeric_limits<double>::epsilon() * lambda[1] * (1 + m.norm());
      CHECK(surface->gradientAt(m.x(), m.y()).norm() <= 2 * rounding);
    }
  }
}

TEST_CASE("Every landscape rises from its minima without derivatives, where it gives numbers",
          "[contract][landscapes]") {
  for (const std::string& recipe : landscapeRecipes()) {
    const auto surface = landscape(recipe);
    for (const Point& m : surface->minima()) {
      if (surface->isSmoothAt(m)) continue;
      INFO(recipe << " at " << m.transpose());
      CHECK(surface->gradientAt(m.x(), m.y()) == Point(0, 0));
      CHECK(surface->hessianAt(m.x(), m.y()).allFinite());
      for (int i = 0; i < 16; ++i) {
        const Point direction(std::cos(i), std::sin(i));
        for (const double r : {1e-2, 1e-4, 1e-8}) {
          const Point p = m + r * direction;
          CHECK(surface->isSmoothAt(p));
          CHECK(at(*surface, p) > at(*surface, m));
          CHECK(surface->gradientAt(p.x(), p.y()).dot(direction) > 0);
        }
      }
    }
  }
}

TEST_CASE("Every landscape's first minimum is a lowest one", "[contract][landscapes]") {
  for (const std::string& recipe : landscapeRecipes()) {
    INFO(recipe);
    const auto surface = landscape(recipe);
    const double lowest = at(*surface, surface->minima().front());
    for (const Point& m : surface->minima()) CHECK(at(*surface, m) >= lowest);
  }
}

TEST_CASE("Every landscape's window holds its starts and minima", "[contract][landscapes]") {
  for (const std::string& recipe : landscapeRecipes()) {
    INFO(recipe);
    const auto surface = landscape(recipe);
    const Window window = surface->window();
    CHECK(window.x0 < window.x1);
    CHECK(window.y0 < window.y1);
    CHECK_FALSE(surface->starts().empty());
    for (const Point& start : surface->starts()) {
      CHECK(contains(window, start));
      CHECK(surface->gradientAt(start.x(), start.y()).norm() > 0);
    }
    for (const Point& minimum : surface->minima()) CHECK(contains(window, minimum));
    CHECK(surface->rates().gradient > 0);
    CHECK(surface->rates().stride > 0);
  }
}

TEST_CASE("Every landscape names all minima in its window and none is lower",
          "[contract][landscapes]") {
  constexpr int n = 301;
  for (const std::string& recipe : landscapeRecipes()) {
    INFO(recipe);
    const auto surface = landscape(recipe);
    const auto point = [&](int i, int j) {
      return within(surface->window(), i / (n - 1.0), j / (n - 1.0));
    };
    Matrix f(n, n);
    for (int i = 0; i < n; ++i) {
      for (int j = 0; j < n; ++j) f(i, j) = at(*surface, point(i, j));
    }
    REQUIRE(f.allFinite());
    const double lowest = at(*surface, surface->minima().front());
    CHECK(f.minCoeff() >= lowest - 1e-15 * (1 + std::abs(lowest)));

    std::vector<Point> found;
    for (int i = 1; i < n - 1; ++i) {
      for (int j = 1; j < n - 1; ++j) {
        if (f(i, j) > f.block(i - 1, j - 1, 3, 3).minCoeff()) continue;
        Point p = point(i, j);
        // Newton's steps do not end at a kink.
        if (const auto kink = kinkNear(*surface, p, (point(1, 1) - point(0, 0)).norm())) {
          found.push_back(*kink);
          continue;
        }
        if (descend(*surface, p) && eigenvalues(*surface, p)[0] > 0) found.push_back(p);
      }
    }
    for (const Point& p : found) {
      INFO("found " << p.transpose());
      CHECK(isKnown(*surface, p));
    }
    for (const Point& m : surface->minima()) {
      INFO("minimum " << m.transpose());
      CHECK(std::any_of(found.begin(), found.end(),
                        [&](const Point& p) { return (m - p).norm() < 1e-6; }));
    }
  }
}

TEST_CASE("Every landscape is descended at the rates that it suggests", "[contract][landscapes]") {
  for (const std::string& recipe : landscapeRecipes()) {
    const auto surface = landscape(recipe);
    for (const char* descent : {"sgd", "adam"}) {
      INFO(descent << " on " << recipe);
      const Vector start = surface->start();
      Trial run(optimizer(descent), *surface, start, suggestedRate(*surface, descent));
      run.go(300);
      INFO("ends at " << run.x.transpose());
      CHECK(run.status != Status::kDiverged);
      CHECK(contains(surface->window(), run.x));
      CHECK(surface->value(run.x) < surface->value(start));
    }
  }
}

TEST_CASE("Every landscape's clone is the same surface", "[contract][landscapes]") {
  for (const std::string& recipe : landscapeRecipes()) {
    INFO(recipe);
    const auto surface = landscape(recipe);
    const auto clone = surface->clone();
    for (const Point& p : surface->starts()) {
      CHECK(clone->value(p) == at(*surface, p));
      Vector g;
      clone->gradient(p, g);
      CHECK(g == surface->gradientAt(p.x(), p.y()));
    }
  }
}
