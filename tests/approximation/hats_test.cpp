// The exact ReLU constructions: errors at their predicted sizes, and the weights, evaluated by the
// network itself, giving the same function.
#include <functional>

#include "approximation/named.h"

using namespace descent;
using namespace descent::approximation;

namespace {

double supOf(const Vector& f, const Vector& knots) { return sampledHatsError(f, knots); }

// The largest error of a straight line from (a, f(a)) to (b, f(b)), by the places where the slopes
// agree.
double pieceError(const std::function<double(double)>& f, double a, double b,
                  const std::vector<double>& places) {
  double most = 0;
  for (const double x : places) {
    if (!(a <= x && x <= b)) continue;
    most = std::max(most, std::abs(f(a) + (f(b) - f(a)) * (x - a) / (b - a) - f(x)));
  }
  return most;
}

double sineError(int n) {
  const auto f = [](double x) { return std::sin(2 * kPi * x); };
  double most = 0;
  for (int i = 0; i < n; ++i) {
    const double a = static_cast<double>(i) / n, b = (i + 1.0) / n;
    const double x = std::acos(n * (f(b) - f(a)) / (2 * kPi)) / (2 * kPi);
    most = std::max(most, pieceError(f, a, b, {x, 1 - x}));
  }
  return most;
}

double stepError(int n) {
  const auto f = [](double x) { return std::tanh(20 * (x - 0.5)); };
  double most = 0;
  for (int i = 0; i < n; ++i) {
    const double a = static_cast<double>(i) / n, b = (i + 1.0) / n;
    const double u = std::atanh(std::sqrt(1 - n * (f(b) - f(a)) / 20)) / 20;
    most = std::max(most, pieceError(f, a, b, {0.5 - u, 0.5 + u}));
  }
  return most;
}

// Points of [−½, 1½], of which the n-th parts are knots.
Matrix line(int n) {
  Matrix x(1, 2 * 7 * n + 1);
  for (int j = 0; j < x.cols(); ++j) x(0, j) = -0.5 + static_cast<double>(j) / (7 * n);
  return x;
}

}  // namespace

TEST_CASE("Hats stay under h²/8 max |f″| for N = 2 to 256", "[approximation]") {
  for (const Named& named : {kSine, kParabola, kStep}) {
    const Target f = typed(named.formula);
    const Vector samples = sampled(f);
    for (int n = 2; n <= 256; ++n) {
      INFO(named.formula << ", N = " << n);
      const Vector knots = knotsOf(f, n);
      const double bound = hatsBound(named.curved, n);
      const double measured = supOf(samples, knots);
      CHECK(measured <= bound * (1 + 1e-9));
      const double exact = hatsError(f, knots);
      CHECK(exact <= bound * (1 + 1e-9) + 1e-15);
      // The samples come within half of their distance of every maximum.
      CHECK(measured <= exact + 1e-14);
      CHECK(measured >= exact - named.curved / 8 / 2e4 / 2e4 - 1e-14);
    }
  }
}

TEST_CASE("The piecewise maximum is the one that calculus gives", "[approximation]") {
  const Target sine = typed(kSine.formula), step = typed(kStep.formula),
               parabola = typed(kParabola.formula);
  for (int n = 2; n <= 256; n += n < 32 ? 1 : 28) {
    INFO("N = " << n);
    CHECK(hatsError(sine, knotsOf(sine, n)) == Approx(sineError(n)).epsilon(1e-9));
    CHECK(hatsError(step, knotsOf(step, n)) == Approx(stepError(n)).epsilon(1e-9));
    // The bound is reached where f″ is constant.
    CHECK(hatsError(parabola, knotsOf(parabola, n)) == Approx(0.25 / n / n).epsilon(1e-9));
  }
}

TEST_CASE("The error falls with the square of h: the slope over N = 64 to 256 is −2",
          "[approximation]") {
  for (const Named& named : {kSine, kParabola, kStep}) {
    const Target f = typed(named.formula);
    const Vector samples = sampled(f);
    Vector n(256 - 64 + 1), error(n.size());
    for (int i = 0; i < n.size(); ++i) {
      n[i] = 64 + i;
      error[i] = supOf(samples, knotsOf(f, 64 + i));
    }
    INFO(named.formula);
    CHECK(std::abs(fittedOrder(n, error) + 2) <= 0.05);
  }
}

TEST_CASE("A corner costs 2a(h − a)/h, and nothing where it is a knot", "[approximation]") {
  const Target f = typed(kCorner);
  const Vector samples = sampled(f);
  for (int n = 2; n <= 256; ++n) {
    INFO("N = " << n);
    const double h = 1.0 / n, a = n % 10 == 0 ? 0 : 0.3 - std::floor(0.3 * n) / n;
    const double expected = 2 * a * (h - a) / h;
    CHECK(cornerError(0.3, n) == Approx(expected).margin(1e-14));
    CHECK(supOf(samples, knotsOf(f, n)) == Approx(expected).margin(1e-14));
    CHECK(hatsError(f, knotsOf(f, n)) == Approx(expected).margin(1e-14));
    if (n % 10 == 0) CHECK(cornerError(0.3, n) == 0);
  }
}

TEST_CASE("What is drawn is met exactly where its corners are knots", "[approximation]") {
  const Target f = Target::drawn(Vector{{0, 2, -1, 1, 0.5}});
  CHECK(hatsError(f, knotsOf(f, 8)) < 1e-13);
  // A corner of slopes 8 and −12 half way between two knots of distance 1/2 errs by 20/8.
  CHECK(hatsError(f, knotsOf(f, 2)) == Approx(2.5).epsilon(1e-12));
}

TEST_CASE("Three ReLUs to a hat: the network is the sum of the hats, and 0 far outside",
          "[approximation]") {
  for (const char* formula : {kSine.formula, kStep.formula, kCorner, "exp(x)"}) {
    const Target f = typed(formula);
    for (const int n : {2, 3, 10, 64, 256}) {
      INFO(formula << ", N = " << n);
      const Vector knots = knotsOf(f, n);
      const ExactNetwork network = hatNetwork(knots);
      CHECK(network.architecture.hidden == std::vector<int>{3 * (n + 1)});
      const Matrix x = line(n);
      const Vector outputs = outputsOf(network, x);
      for (int j = 0; j < x.cols(); ++j) {
        CHECK(outputs[j] == Approx(hatsAt(knots, x(0, j))).margin(1e-9));
        if (std::abs(x(0, j) - 0.5) > 0.5 + 1.0 / n + 1e-12) {
          CHECK(std::abs(outputs[j]) < 1e-9);
        }
      }
    }
  }
}

TEST_CASE("N ReLUs are the same function on [0, 1], and go on straight outside",
          "[approximation]") {
  for (const char* formula : {kSine.formula, kStep.formula, kCorner, "exp(x)"}) {
    const Target f = typed(formula);
    for (const int n : {1, 2, 3, 10, 64, 256}) {
      INFO(formula << ", N = " << n);
      const Vector knots = knotsOf(f, n);
      const ExactNetwork network = kinkNetwork(knots);
      CHECK(network.architecture.hidden == std::vector<int>{n});
      const Matrix x = line(n);
      const Vector outputs = outputsOf(network, x);
      const double last = knots[n] - knots[n - 1];
      for (int j = 0; j < x.cols(); ++j) {
        const double t = x(0, j);
        const double expected = t <= 0   ? knots[0]
                                : t <= 1 ? hatsAt(knots, t)
                                         : knots[n] + n * (t - 1) * last;
        CHECK(outputs[j] == Approx(expected).margin(1e-10));
      }
    }
  }
}

TEST_CASE("One hat is 1 at its knot, 0 at the others, and all together are 1", "[approximation]") {
  constexpr int n = 7;
  for (int i = 0; i <= n; ++i) {
    const Vector knots = Vector::Unit(n + 1, i);
    for (int j = 0; j <= n; ++j) {
      CHECK(hatsAt(knots, static_cast<double>(j) / n) == Approx(i == j ? 1 : 0).margin(1e-15));
    }
  }
  const Target f = typed("exp(x)");
  const Vector values = knotsOf(f, n), samples = sampled(f);
  CHECK(sampledHatsError(samples, values) ==
        Approx(supError(samples, [&](double x) { return hatsAt(values, x); })).epsilon(1e-9));
  const Vector ones = Vector::Ones(n + 1);
  CHECK(supError(Vector::Ones(1001), [&](double x) { return hatsAt(ones, x); }) < 1e-14);
  // The first three reach to the knot 3.
  CHECK(hatsAt(ones, 2.5 / n, 3) == Approx(0.5));
  CHECK(hatsAt(ones, 3.5 / n, 3) == 0);
}

TEST_CASE("On the square two hidden layers are the hats of the mesh", "[approximation]") {
  const Target f = typed("sin(2*pi*x)*cos(pi*y) + x*y");
  for (const int n : {1, 2, 5, 12}) {
    INFO("N = " << n);
    const Matrix knots = squareKnotsOf(f, n);
    const ExactNetwork network = squareHatNetwork(knots);
    CHECK(network.architecture.hidden == std::vector<int>{8 * n + 6, (n + 1) * (n + 1)});
    Matrix points(2, 33 * 33);
    for (int j = 0; j < points.cols(); ++j) points.col(j) << j % 33 / 32.0, j / 33 / 32.0;
    const Vector outputs = outputsOf(network, points);
    for (int j = 0; j < points.cols(); ++j) {
      CHECK(outputs[j] == Approx(squareHatsAt(knots, points(0, j), points(1, j))).margin(1e-12));
    }
    for (int i = 0; i <= n; ++i) {
      for (int j = 0; j <= n; ++j) {
        const double x = static_cast<double>(i) / n, y = static_cast<double>(j) / n;
        CHECK(squareHatsAt(knots, x, y) == Approx(f(x, y)).margin(1e-12));
      }
    }
  }
}

TEST_CASE("On the square hats are linear on every triangle, and stay under h²/4 max ‖∇²f‖",
          "[approximation]") {
  // Linear functions are met exactly, x² + y² worst of all: in the middle of a diagonal.
  const Target plane = typed("2*x - 3*y + 1"), bowl = typed("x^2 + y^2");
  for (const int n : {1, 2, 4, 9, 16}) {
    INFO("N = " << n);
    const Matrix flat = squareKnotsOf(plane, n), round = squareKnotsOf(bowl, n);
    double worst = 0;
    for (int i = 0; i <= 288; ++i) {
      for (int j = 0; j <= 288; ++j) {
        const double x = i / 288.0, y = j / 288.0;
        CHECK(std::abs(squareHatsAt(flat, x, y) - plane(x, y)) < 1e-12);
        worst = std::max(worst, std::abs(squareHatsAt(round, x, y) - bowl(x, y)));
      }
    }
    CHECK(worst <= squareHatsBound(2, n) * (1 + 1e-12));
    CHECK(worst == Approx(squareHatsBound(2, n)).epsilon(1e-9));
  }
}
