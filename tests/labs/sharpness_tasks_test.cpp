// What the lab of sharpness does on demand beside its planes: flatness, noise on the inputs, the
// way from slow to fast weights.
#include "labs/sharpness_case.h"
#include "numerics/inertia.h"
#include "numerics/jacobi.h"

using namespace descent;

namespace {

double measureOf(const Table& table, const std::string& name) {
  for (const Row& row : table.rows) {
    if (text(row, 0) == name) return number(row, 1);
  }
  FAIL("no row " << name);
  return 0;
}

}  // namespace

TEST_CASE("The count of eigenvalues below a number is that of the eigenvalues", "[sharpness]") {
  Random random(8);
  for (const int n : {1, 2, 3, 7, 20}) {
    Matrix a(n, n);
    for (double& entry : a.reshaped()) entry = random.normal();
    a = (a + a.transpose()).eval();
    const Vector values = symmetricEigen(a).values;
    Inertia inertia(a);
    while (!inertia.isReady()) inertia.reduce();
    for (const double x : {-3.0, -0.1, 0.0, 0.4, 5.0}) {
      INFO(n << " below " << x);
      CHECK(inertia.below(x) == (values.array() < x).count());
    }
  }
}

TEST_CASE("Flatness measures what the whole Hessian says", "[sharpness]") {
  const Case c = someCase();
  const Matrix h = hessianOf(*c.net, c.x);
  const Vector values = symmetricEigen(h).values;
  const double radius = 1e-3, top = values[values.size() - 1];
  const auto task = sharpness::flatness({{0, "it", c.net, c.x, c.path, {}}}, radius, 5);
  const Table table = resultOf(*task);
  const auto measure = [&](const std::string& name) { return measureOf(table, name); };

  CHECK(measure("loss") == Approx(c.net->value(c.x)));
  CHECK(measure("λₘₐₓ") == Approx(top).epsilon(1e-4));
  CHECK(measure("λ_min") == Approx(values[0]).epsilon(1e-3));
  CHECK(std::abs(measure("tr H") - h.trace()) <= 4 * measure("± of tr H"));
  CHECK(measure("share of negative eigenvalues") ==
        Approx(static_cast<double>((values.array() < -1e-6 * top).count()) /
               static_cast<double>(values.size())));
  CHECK(measure("share below −10⁻³ λₘₐₓ") ==
        Approx(static_cast<double>((values.array() < -1e-3 * top).count()) /
               static_cast<double>(values.size())));
  CHECK(std::abs(measure("mean rise, σ = 0.01") - h.trace() / 2e4) <=
        4 * measure("± of it, σ = 0.01") + 1e-6);

  // In so small a ball the loss is its second-order expansion.
  Vector g;
  c.net->gradient(c.x, g);
  const double rise = measure("largest rise within ρ = 0.001");
  const Vector uphill = radius * g.normalized();
  CHECK(measure("ρ‖∇L‖") == Approx(radius * g.norm()));
  CHECK(rise >= 0.9999 * (g.dot(uphill) + uphill.dot(h * uphill) / 2));
  CHECK(rise <= 1.0001 * (radius * g.norm() + radius * radius / 2 * top));
}

TEST_CASE("The errors of flatness are what the whole Hessian says of their draws", "[sharpness]") {
  const Case c = someCase();
  const Matrix h = hessianOf(*c.net, c.x);
  const auto task = sharpness::flatness({{0, "it", c.net, c.x, c.path, {}}}, 1e-3, 5);
  const Table table = resultOf(*task);
  // Of random signs v: var vᵀHv = 2 Σ hᵢⱼ² over i ≠ j (Hutchinson 1990), here of 100 draws.
  const double off = h.squaredNorm() - h.diagonal().squaredNorm();
  CHECK(measureOf(table, "± of tr H") == Approx(std::sqrt(2 * off / 100)).epsilon(0.3));
  // Of ξ ~ N(0, σ²I): var ½ξᵀHξ = ½σ⁴ ‖H‖_F², here of 60 draws.
  CHECK(measureOf(table, "± of it, σ = 0.01") ==
        Approx(1e-4 * h.norm() / std::sqrt(2.0 * 60)).epsilon(0.4));
}

TEST_CASE("Of a large network the share of negative eigenvalues is estimated, with its error",
          "[sharpness][long]") {
  const Case c = someCase({34, 34});
  const Table table = resultOf(*sharpness::flatness({{0, "it", c.net, c.x, c.path, {}}}, 0.1, 5));
  const double error = measureOf(table, "± of that share");
  CHECK(error > 0);
  CHECK(error < 0.01);

  Inertia inertia(hessianOf(*c.net, c.x));
  while (!inertia.isReady()) inertia.reduce();
  const double share = inertia.below(-1e-3 * measureOf(table, "λₘₐₓ")) / 1327.0;
  REQUIRE(c.x.size() == 1327);
  CHECK(share > 0.05);
  // The error is that of the draws. A basis of 80 products is off besides: it stands for many small
  // eigenvalues of either sign by a few.
  const double estimated = measureOf(table, "share of negative eigenvalues, estimated");
  CHECK(std::abs(estimated - share) <= 3 * error + 0.02);
}

TEST_CASE("The worst of a ball lies along the top eigenvector where the slope is small",
          "[sharpness]") {
  // At a minimum of a squared loss without hidden layers, which is a quadratic.
  const auto session = ran(
      "lab=sharpness&data=waves&layers=none&radius=0.5&steps=4000&every=4000&runners=sgd(lr=0.5)",
      1);
  const Table table = resultOf(*session, "flatness");
  CHECK(measureOf(table, "ρ‖∇L‖") <= 1e-9);
  CHECK(measureOf(table, "largest rise within ρ = 0.5") ==
        Approx(measureOf(table, "½ρ²λₘₐₓ")).epsilon(1e-4));
  CHECK(measureOf(table, "share of negative eigenvalues") == 0);
}

TEST_CASE("The way from slow to fast weights passes where Lookahead will be", "[sharpness]") {
  const std::string spec =
      kSmall + "every=5&steps=100&runners=sgd(lr=0.5),lookahead(sgd(lr=0.5),k=5,alpha=0.4)";
  const auto session = ran(spec, 3), later = ran(spec, 4);
  const Table table = resultOf(*session, "lookahead");
  REQUIRE(table.rows.size() == 41);  // of the one runner that looks ahead
  const auto at = [&](double alpha) {
    for (const Row& row : table.rows) {
      CHECK(row.subject == 1);
      if (std::abs(number(row, 1) - alpha) < 1e-9) return number(row, 2);
    }
    return kNaN;
  };
  CHECK(at(0) == Approx(data(*session, "loss/1").back()));
  CHECK(at(0.4) == Approx(data(*later, "loss/1").back()));

  CHECK_FALSE(ran(kSmall + "runners=sgd", 1)->startTask("lookahead"));
}

TEST_CASE("Noise on the inputs is drawn anew, alike for all runners, and makes them wrong",
          "[sharpness]") {
  const auto session = ran(kSmall + "every=100&steps=300&runners=sgd(lr=0.5),sgd(lr=0.5)", 3);
  const Table table = resultOf(*session, "corruption");
  REQUIRE(table.rows.size() == 20);
  const double error = 1 - data(*session, "validationAccuracy/0").back();
  for (std::size_t k = 0; k < 10; ++k) {
    const Row &first = table.rows[k], &second = table.rows[k + 10];
    CHECK(second.subject == 1);
    // The same network on the same draws.
    for (std::size_t c = 1; c < first.cells.size(); ++c)
      CHECK(number(first, c) == number(second, c));
    CHECK(number(first, 3) <= 0.05);
  }
  CHECK(number(table.rows[0], 1) == 0);
  CHECK(number(table.rows[0], 2) == Approx(error));
  CHECK(number(table.rows[0], 3) <= 1e-12);
  CHECK(number(table.rows[0], 4) == Approx(data(*session, "validation/0").back()));
  CHECK(number(table.rows[9], 1) == 1);
  const auto drawn = session->readTask("noisy(1)");  // sizes, means and errors of the second
  REQUIRE(drawn);
  REQUIRE(drawn->shape == std::vector<int>{10, 3});
  for (std::size_t k = 0; k < 10; ++k) {
    for (std::size_t c = 0; c < 3; ++c) {
      CHECK(drawn->data[3 * k + c] == number(table.rows[k + 10], c + 1));
    }
  }
  CHECK(number(table.rows[9], 2) > error + 5 * number(table.rows[9], 3));
  CHECK(number(table.rows[9], 3) > 0);

  // Of numbers there is a loss alone; without validation examples there is nothing to disturb.
  const std::string waves = "lab=sharpness&data=waves&every=5&steps=5&layers=4&runners=sgd&";
  CHECK(resultOf(*ran(waves + "validation=0.5", 1), "corruption").columns.size() == 4);
  CHECK_FALSE(ran(waves + "validation=0", 1)->startTask("corruption"));
}
