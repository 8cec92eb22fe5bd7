// Planes through the weights of trained networks: their directions, what they show and hide.
#include "labs/sharpness_case.h"
#include "numerics/jacobi.h"

using namespace descent;
using runs::PlaneKind;

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
          "[sharpness][long][sharpness/plain][sharpness/skip]") {
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
    return kNaN;
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
  std::vector<Row> grid, path, slow, fast;
  for (const Row& row : table.rows) {
    CHECK(row.subject == 1);
    const std::string part = text(row, 1);
    (part == "grid" ? grid : part == "path" ? path : part == "slow" ? slow : fast).push_back(row);
  }
  REQUIRE(grid.size() == 31 * 31);
  REQUIRE(slow.size() == 2);
  REQUIRE(fast.size() == 2);
  const auto isAt = [](const Row& row, double a, double b) {
    CHECK(number(row, 2) == Approx(a).margin(1e-9));
    CHECK(number(row, 3) == Approx(b).margin(1e-9));
  };
  isAt(slow[0], 0, 0);
  isAt(fast[0], 1, 0);
  isAt(slow[1], 0.4, 0);
  // What lies on the plane is shown with its own loss.
  for (const auto* rows : {&slow, &fast}) {
    for (const Row& row : *rows) {
      CHECK(number(row, 6) <= 1e-9);
      CHECK(number(row, 4) == Approx(number(row, 5)));
    }
  }
  // The run goes from the slow weights to the fast ones and on from where the slow ones follow.
  REQUIRE(path.size() == 13);
  isAt(path[0], 0, 0);
  isAt(path[5], 1, 0);
  isAt(path[6], 0.4, 0);
  isAt(path[11], number(fast[1], 2), number(fast[1], 3));
  CHECK(number(fast[1], 3) > 0);
  isAt(path[12], 0.6 * 0.4 + 0.4 * number(fast[1], 2), 0.4 * number(fast[1], 3));
  CHECK(number(path[2], 6) > 0);
  CHECK(number(slow[0], 5) == Approx(data(*session, "loss/1").back()));
  CHECK(number(slow[1], 5) == Approx(data(*ran(spec, 4), "loss/1").back()));
  CHECK(number(path[12], 5) == Approx(data(*ran(spec, 5), "loss/1").back()));

  CHECK(resultOf(*ran(kSmall + "plane=lookahead&runners=sgd", 1), "surface").rows.empty());
}
