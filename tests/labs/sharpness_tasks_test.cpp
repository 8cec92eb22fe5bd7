// What the lab of sharpness does on demand: planes, flatness, the way from slow to fast weights.
#include "core/jacobi.h"
#include "labs/labs.h"
#include "labs/sharpness/inertia.h"
#include "labs/sharpness/tasks.h"

using namespace descent;
using sharpness::PlaneKind;

namespace {

const std::string kSmall =
    "lab=sharpness&data=moons&size=40&validation=0.5&layers=5&loss=logistic&batch=0&";

// A network of 21 parameters on 20 points, somewhere.
struct Case {
  sharpness::Net net;
  Vector x;
  sharpness::Path path;
};
Case someCase() {
  auto split = std::make_shared<Split>();
  Random random(4);
  split->training.inputs = Matrix(2, 20);
  for (double& entry : split->training.inputs.reshaped()) entry = random.normal();
  for (int i = 0; i < 20; ++i) split->training.labels.push_back(i % 2);
  split->validation.inputs = Matrix(2, 0);
  TrainingSetup setup;
  setup.architecture.hidden = {5};
  auto net = std::make_shared<Training<double>>(setup, split);
  Case c{net, random.normalVector(net->dimension()), {}};
  for (int t = 0; t < 6; ++t) {
    c.path.offer(t, c.x + (5 - t) * 0.3 * random.normalVector(c.x.size()));
  }
  c.path.offer(6, c.x);
  return c;
}

Matrix hessianOf(const Training<double>& net, const Vector& x) {
  Matrix h(x.size(), x.size());
  Vector column;
  for (Eigen::Index j = 0; j < x.size(); ++j) {
    net.hessianVector(x, Vector::Unit(x.size(), j), column);
    h.col(j) = column;
  }
  return (h + h.transpose()) / 2;
}

Table resultOf(Task& task) {
  while (task.done() < task.total()) task.advance(7);
  return task.result();
}
Table resultOf(Session& session, const std::string& id) {
  REQUIRE(session.startTask(id));
  return resultOf(*session.task());
}

double number(const Row& row, std::size_t k) { return std::get<double>(row.cells[k]); }
std::string text(const Row& row, std::size_t k) { return std::get<std::string>(row.cells[k]); }

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
    sharpness::Inertia inertia(a);
    while (!inertia.isReady()) inertia.reduce();
    for (const double x : {-3.0, -0.1, 0.0, 0.4, 5.0}) {
      INFO(n << " below " << x);
      CHECK(inertia.below(x) == (values.array() < x).count());
    }
  }
}

TEST_CASE("A path keeps a bounded number of its points, evenly", "[sharpness]") {
  sharpness::Path path;
  for (int t = 0; t <= 1000; ++t) path.offer(t, Vector::Constant(2, t));
  const auto& points = path.points();
  CHECK(points.size() <= 64);
  CHECK(points.size() > 30);
  for (std::size_t i = 0; i < points.size(); ++i) {
    CHECK(points[i].step == static_cast<int>(i) * points[1].step);
    CHECK((*points[i].x)[0] == points[i].step);
  }
}

TEST_CASE("Directions are as long as they say", "[sharpness]") {
  const Case c = someCase();
  const auto plane = [&](PlaneKind kind) {
    return sharpness::layPlane(kind, c.net, c.x, c.path, 3).directions;
  };
  const Matrix random = plane(PlaneKind::kRandom), filter = plane(PlaneKind::kFilter);
  for (const int k : {0, 1}) {
    CHECK(random.col(k).norm() == Approx(c.x.norm()));
    const Vector d = filter.col(k);
    for (const Block& block : c.net->layout()) {
      for (Eigen::Index unit = 0; unit < block.rows; ++unit) {
        const double length = asMatrix(d, block).row(unit).norm();
        const double weights = asMatrix(c.x, block).row(unit).norm();
        CHECK(length == Approx(block.role == Role::kVector ? 0 : weights).margin(1e-12));
      }
    }
  }
  const Matrix top = plane(PlaneKind::kHessian), h = hessianOf(*c.net, c.x);
  const Vector values = symmetricEigen(h).values;
  for (const int k : {0, 1}) {
    const Vector v = top.col(k);
    CHECK(v.norm() == Approx(1));
    CHECK((h * v - values[values.size() - 1 - k] * v).norm() <=
          1e-7 * values.cwiseAbs().maxCoeff());
  }
}

TEST_CASE("The path's plane holds what its two largest singular values hold", "[sharpness]") {
  const Case c = someCase();
  const auto plane = sharpness::layPlane(PlaneKind::kPath, c.net, c.x, c.path, 3);
  Matrix m(c.x.size(), 7);
  for (int t = 0; t < 7; ++t) {
    m.col(t) = *c.path.points()[static_cast<std::size_t>(t)].x - c.x;
  }
  const Vector s = singularValues(m).values.cwiseAbs2();
  CHECK(sharpness::explainedBy(plane, c.path) == Approx((s[0] + s[1]) / s.sum()));
  CHECK((plane.directions.transpose() * plane.directions - Matrix::Identity(2, 2)).norm() <= 1e-9);

  // The shadow of a point of the plane is the point, though directions be askew.
  auto askew = plane;
  askew.directions.col(1) += 0.7 * askew.directions.col(0);
  const auto shadow = sharpness::shadowOf(askew, askew.at(0.3, -1.2));
  CHECK(shadow.a == Approx(0.3));
  CHECK(shadow.b == Approx(-1.2));
  CHECK(shadow.off <= 1e-12);
}

TEST_CASE("A surface shows the run's own loss in its middle, and says what it hides",
          "[sharpness]") {
  for (const char* kind : {"random", "filter", "hessian", "path"}) {
    INFO(kind);
    const auto session =
        ran(kSmall + "every=5&steps=50&runners=sgd(lr=0.5),adam(lr=0.05)&plane=" + kind, 10);
    const Table table = resultOf(*session, "surface");
    for (const int subject : {0, 1}) {
      std::vector<Row> grid, path;
      for (const Row& row : table.rows) {
        CHECK(row.cells.size() == table.columns.size());
        if (row.subject == subject) (text(row, 1) == "grid" ? grid : path).push_back(row);
      }
      REQUIRE(grid.size() == 31 * 31);
      REQUIRE(path.size() == 11);
      const double loss = data(*session, "loss/" + std::to_string(subject)).back();
      // The run ends on the plane, at its origin.
      CHECK(std::abs(number(path.back(), 2)) + std::abs(number(path.back(), 3)) <= 1e-12);
      CHECK(number(path.back(), 4) == Approx(loss));
      CHECK(number(path.back(), 5) == Approx(loss));
      CHECK(number(path.back(), 6) <= 1e-9);
      if (std::string(kind) != "path") {
        CHECK(number(grid[15 * 31 + 15], 4) == Approx(loss));
        CHECK(number(grid[0], 2) == Approx(-1));
      }
      // Elsewhere the plane is not where the run was, and the row says how far off.
      CHECK(number(path.front(), 6) > (std::string(kind) == "path" ? 0 : 0.01));
      CHECK(number(path.front(), 5) ==
            Approx(data(*session, "loss/" + std::to_string(subject)).front()));
    }
    CHECK(table.title.find("% of the path's variance") != std::string::npos);
  }
}

TEST_CASE("With skips the loss rises less over most of a filter-normalised plane",
          "[sharpness]" DESCENT_LONG) {
  const auto median = [](const std::string& id) {
    for (const Preset& p : (*catalogue().find<Lab>("sharpness"))->presets) {
      if (p.id != id) continue;
      const auto session = opened(p.spec);
      REQUIRE(session->advance(session->lab().total()));
      std::vector<double> losses;
      for (const Row& row : resultOf(*session, "surface").rows) {
        if (text(row, 1) == "grid") losses.push_back(number(row, 4));
      }
      std::nth_element(losses.begin(), losses.begin() + 480, losses.end());
      return losses[480];
    }
    return race::kNaN;
  };
  CHECK(median("skip") < 0.5 * median("plain"));
}

TEST_CASE("Flatness measures what the whole Hessian says", "[sharpness]") {
  const Case c = someCase();
  const Matrix h = hessianOf(*c.net, c.x);
  const Vector values = symmetricEigen(h).values;
  const double radius = 1e-3, top = values[values.size() - 1];
  const auto task = sharpness::flatness(c.net, {{0, "it", c.x, c.path}}, radius, 5);
  const Table table = resultOf(*task);
  const auto measure = [&](const std::string& name) { return measureOf(table, name); };

  CHECK(measure("loss") == Approx(c.net->value(c.x)));
  CHECK(measure("λₘₐₓ") == Approx(top).epsilon(1e-4));
  CHECK(measure("λ_min") == Approx(values[0]).epsilon(1e-3));
  CHECK(std::abs(measure("tr H") - h.trace()) <= 4 * measure("± of tr H"));
  CHECK(measure("share of negative eigenvalues") ==
        Approx(static_cast<double>((values.array() < -1e-6 * top).count()) /
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
    return race::kNaN;
  };
  CHECK(at(0) == Approx(data(*session, "loss/1").back()));
  CHECK(at(0.4) == Approx(data(*later, "loss/1").back()));

  CHECK_FALSE(ran(kSmall + "runners=sgd", 1)->startTask("lookahead"));
}
