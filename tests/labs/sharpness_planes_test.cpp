// Planes through the weights of trained networks: their directions, what they show and hide.
#include "labs/sharpness_case.h"
#include "numerics/jacobi.h"

using namespace descent;
using runs::PlaneKind;

namespace {

// A channel of the task that has been done, by runner, and its columns.
std::vector<double> taskData(const Session& session, const std::string& name, int runner) {
  const auto array = session.readTask(name + "(" + std::to_string(runner) + ")");
  REQUIRE(array);
  return array->data;
}
struct Passed {
  double x, y, seen, loss, off;
};
std::vector<Passed> passed(const Session& session, const std::string& part, int runner) {
  const auto all = taskData(session, part, runner);
  std::vector<Passed> points;
  for (std::size_t i = 0; i < all.size(); i += 5) {
    points.push_back({all[i], all[i + 1], all[i + 2], all[i + 3], all[i + 4]});
  }
  return points;
}

}  // namespace

TEST_CASE("A path keeps a bounded number of its points, evenly", "[sharpness]") {
  runs::Trail path;
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
    return runs::layPlane(kind, c.net, c.x, c.path, 3).directions;
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
  const auto plane = runs::layPlane(PlaneKind::kPath, c.net, c.x, c.path, 3);
  Matrix m(c.x.size(), 7);
  for (int t = 0; t < 7; ++t) {
    m.col(t) = *c.path.points()[static_cast<std::size_t>(t)].x - c.x;
  }
  const Vector s = singularValues(m).values.cwiseAbs2();
  CHECK(runs::explainedBy(plane, c.path) == Approx((s[0] + s[1]) / s.sum()));
  CHECK((plane.directions.transpose() * plane.directions - Matrix::Identity(2, 2)).norm() <= 1e-9);

  // The shadow of a point of the plane is the point, though directions be askew.
  auto askew = plane;
  askew.directions.col(1) += 0.7 * askew.directions.col(0);
  const auto shadow = runs::shadowOf(askew, askew.at(0.3, -1.2));
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
    for (const Row& row : table.rows) CHECK(row.cells.size() == table.columns.size());
    REQUIRE(table.rows.size() == 22);
    for (const int subject : {0, 1}) {
      const auto grid = taskData(*session, "surface", subject);
      const auto path = passed(*session, "path", subject);
      REQUIRE(grid.size() == 31 * 31);
      REQUIRE(path.size() == 11);
      const double loss = data(*session, "loss/" + std::to_string(subject)).back();
      // The run ends on the plane, at its origin.
      CHECK(std::abs(path.back().x) + std::abs(path.back().y) <= 1e-12);
      CHECK(path.back().seen == Approx(loss));
      CHECK(path.back().loss == Approx(loss));
      CHECK(path.back().off <= 1e-9);
      if (std::string(kind) != "path") {
        CHECK(grid[15 * 31 + 15] == Approx(loss));
        CHECK(taskData(*session, "window", subject)[0] == Approx(-1));
      }
      // Elsewhere the plane is not where the run was, and it is said how far off.
      CHECK(path.front().off > (std::string(kind) == "path" ? 0 : 0.01));
      CHECK(path.front().loss == Approx(data(*session, "loss/" + std::to_string(subject)).front()));
      const Row& row = table.rows[static_cast<std::size_t>(11 * subject)];
      CHECK(row.subject == subject);
      CHECK(number(row, 1) == path.front().x);
      CHECK(number(row, 5) == path.front().off);
    }
    CHECK(table.title.find("% of the path's variance") != std::string::npos);
  }
}

TEST_CASE("With skips the loss rises less over most of a filter-normalised plane",
          "[sharpness][long]") {
  const auto median = [](const std::string& id) {
    const auto session = finished("sharpness", id);
    resultOf(*session, "surface");
    auto losses = taskData(*session, "surface", 0);
    std::nth_element(losses.begin(), losses.begin() + 480, losses.end());
    return losses[480];
  };
  CHECK(median("skip") < 0.5 * median("plain"));
}

TEST_CASE("Lookahead's plane holds two rounds of it", "[sharpness]") {
  const std::string spec = kSmall +
                           "every=5&steps=100&plane=lookahead&runners=sgd(lr=0.5),"
                           "lookahead(momentum(lr=0.3),k=5,alpha=0.4)";
  const auto session = ran(spec, 3);
  const Table table = resultOf(*session, "surface");
  CHECK(table.title.find("sgd has no slow weights") != std::string::npos);
  for (const Row& row : table.rows) CHECK(row.subject == 1);
  const auto path = passed(*session, "path", 1), slow = passed(*session, "slow", 1),
             fast = passed(*session, "fast", 1);
  CHECK(taskData(*session, "surface", 0).empty());
  REQUIRE(taskData(*session, "surface", 1).size() == 31 * 31);
  REQUIRE(slow.size() == 2);
  REQUIRE(fast.size() == 2);
  REQUIRE(table.rows.size() == 4 + path.size());
  CHECK(text(table.rows[0], 1) == "path");
  CHECK(text(table.rows.back(), 1) == "fast");
  const auto isAt = [](const Passed& point, double a, double b) {
    CHECK(point.x == Approx(a).margin(1e-9));
    CHECK(point.y == Approx(b).margin(1e-9));
  };
  isAt(slow[0], 0, 0);
  isAt(fast[0], 1, 0);
  isAt(slow[1], 0.4, 0);
  // What lies on the plane is shown with its own loss.
  for (const auto* points : {&slow, &fast}) {
    for (const Passed& point : *points) {
      CHECK(point.off <= 1e-9);
      CHECK(point.seen == Approx(point.loss));
    }
  }
  // The run goes from the slow weights to the fast ones and on from where the slow ones follow.
  REQUIRE(path.size() == 13);
  isAt(path[0], 0, 0);
  isAt(path[5], 1, 0);
  isAt(path[6], 0.4, 0);
  isAt(path[11], fast[1].x, fast[1].y);
  CHECK(fast[1].y > 0);
  isAt(path[12], 0.6 * 0.4 + 0.4 * fast[1].x, 0.4 * fast[1].y);
  CHECK(path[2].off > 0);
  CHECK(slow[0].loss == Approx(data(*session, "loss/1").back()));
  CHECK(slow[1].loss == Approx(data(*ran(spec, 4), "loss/1").back()));
  CHECK(path[12].loss == Approx(data(*ran(spec, 5), "loss/1").back()));

  CHECK(resultOf(*ran(kSmall + "plane=lookahead&runners=sgd", 1), "surface").rows.empty());
}
