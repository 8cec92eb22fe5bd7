// Classes in the plane lie where their formulas say, as long as there is no noise.
#include <algorithm>
#include <cmath>
#include <numbers>

#include "datasets/datasets.h"

using namespace descent;

namespace {

constexpr double kPi = std::numbers::pi;

// f(point, label) for a thousand examples without noise, which stay within ±1.5.
template <class F>
void eachPoint(const std::string& recipe, F f) {
  INFO(recipe);
  const Examples examples = drawn(recipe, 1000);
  CHECK(examples.inputs.cwiseAbs().maxCoeff() <= 1.5);
  for (Eigen::Index j = 0; j < examples.size(); ++j) {
    const Point p = examples.inputs.col(j);
    INFO(p.transpose());
    f(p, examples.labels[j]);
  }
}

}  // namespace

TEST_CASE("Circles have radius one outside and the knob's inside", "[datasets]") {
  eachPoint("circles(radius=0.3)",
            [](const Point& p, int label) { CHECK(p.norm() == Approx(label == 0 ? 1 : 0.3)); });
  // Points are drawn all around.
  const Examples examples = drawn("circles", 1000);
  CHECK(examples.inputs.rowwise().mean().norm() < 0.1);
  CHECK(examples.inputs.row(0).minCoeff() < -0.99);
  CHECK(examples.inputs.row(1).maxCoeff() > 0.99);
}

TEST_CASE("Exclusive or is whether the signs differ, in all four quadrants", "[datasets]") {
  int counts[2][2] = {};
  eachPoint("xor", [&](const Point& p, int label) {
    CHECK((p.x() * p.y() < 0) == (label == 1));
    CHECK(p.cwiseAbs().minCoeff() >= 0.1);
    CHECK(p.cwiseAbs().maxCoeff() <= 1);
    ++counts[p.x() < 0][p.y() < 0];
  });
  // 250 are expected, with a deviation below 14.
  for (const auto& row : counts) {
    for (const int count : row) CHECK(std::abs(count - 250) < 70);
  }
}

TEST_CASE("Gaussians without spread are their centres on the unit circle", "[datasets]") {
  for (int classes = 2; classes <= 6; ++classes) {
    const std::string recipe = "gaussians(classes=" + std::to_string(classes) + ", spread=0)";
    CHECK(dataset(recipe)->classes() == classes);
    eachPoint(recipe, [&](const Point& p, int label) {
      const double angle = kPi / 4 + 2 * kPi * label / classes;
      CHECK((p - Point(std::cos(angle), std::sin(angle))).norm() < 1e-14);
    });
  }
}

TEST_CASE("A Gaussian cloud has the spread that it is given", "[datasets]") {
  const Examples examples = drawn("gaussians(spread=0.4)", 4000);
  // Of two classes the centres are ±(1, 1)/√2.
  double sum = 0;
  for (Eigen::Index j = 0; j < examples.size(); ++j) {
    const Point centre = Point(1, 1) / (examples.labels[j] == 0 ? std::sqrt(2) : -std::sqrt(2));
    sum += (examples.inputs.col(j) - centre).squaredNorm();
  }
  // Five standard errors of the mean of 8000 squares.
  CHECK(sum / 8000 == Approx(0.16).epsilon(5 * std::sqrt(2.0 / 8000)));
}

TEST_CASE("Spirals wind as often as the knob says, arms evenly apart", "[datasets]") {
  for (const auto& [recipe, turns, arms] :
       {std::tuple("spirals", 1.0, 2), std::tuple("spirals(turns=2.5, arms=5)", 2.5, 5),
        std::tuple("spirals(turns=0, arms=3)", 0.0, 3)}) {
    CHECK(dataset(recipe)->classes() == arms);
    const double w = turns;
    const int m = arms;
    eachPoint(recipe, [&](const Point& p, int label) {
      const double r = p.norm(), u = (r - 0.1) / 0.9;
      CHECK(u >= -1e-14);
      CHECK(u <= 1);
      const double angle = 2 * kPi * (w * u + static_cast<double>(label) / m);
      CHECK((p - r * Point(std::cos(angle), std::sin(angle))).norm() < 1e-13);
    });
  }
}

TEST_CASE("Moons are two half ellipses about the origin, each the other turned around",
          "[datasets]") {
  Point low(9, 9), high(-9, -9);
  eachPoint("moons", [&](const Point& p, int label) {
    // Class 0: cos t = x + 1/2, sin t = 2/3 y + 1/4 ≥ 0.
    const Point q = label == 0 ? p : Point(-p);
    const double c = q.x() + 0.5, s = q.y() / 1.5 + 0.25;
    CHECK(c * c + s * s == Approx(1));
    CHECK(s >= -1e-14);
    low = low.cwiseMin(p);
    high = high.cwiseMax(p);
  });
  CHECK((low - Point(-1.5, -1.125)).norm() < 0.01);
  CHECK((high - Point(1.5, 1.125)).norm() < 0.01);
}

TEST_CASE("A checkerboard's class is the parity of its cell, and every cell is used",
          "[datasets]") {
  for (const int cells : {2, 3, 4, 8}) {
    std::vector<int> counts(static_cast<std::size_t>(cells * cells));
    eachPoint("checkerboard(cells=" + std::to_string(cells) + ")", [&](const Point& p, int label) {
      const auto cell = [&](double x) { return static_cast<int>(std::floor((x + 1) * cells / 2)); };
      const int i = cell(p.x()), j = cell(p.y());
      CHECK((i + j) % 2 == label);
      ++counts.at(static_cast<std::size_t>(i * cells + j));
    });
    CHECK(*std::min_element(counts.begin(), counts.end()) > 0);
  }
}

TEST_CASE("Random labels say nothing of their Gaussian inputs", "[datasets]") {
  const auto data = dataset("random-labels(inputs=5)");
  CHECK(data->inputs() == 5);
  CHECK(dataset("random-labels")->inputs() == 2);
  const Examples examples = drawn(*data, 10000);
  Vector difference = Vector::Zero(5);
  for (Eigen::Index j = 0; j < examples.size(); ++j) {
    difference += (examples.labels[j] == 0 ? 1 : -1) * examples.inputs.col(j) / 10000;
  }
  // Five standard errors each.
  CHECK(difference.cwiseAbs().maxCoeff() < 0.05);
  CHECK(examples.inputs.rowwise().mean().cwiseAbs().maxCoeff() < 0.05);
  CHECK(examples.inputs.squaredNorm() / 50000 == Approx(1).epsilon(5 * std::sqrt(2.0 / 50000)));
}
