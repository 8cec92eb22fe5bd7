// Points that were drawn by hand.
#include <set>

#include "datasets/datasets.h"

using namespace descent;

namespace {

Recipe points(const std::string& text) { return recipeOf("drawn", "points", text); }
std::string refusedPoints(const std::string& text) { return refusalOf(points(text)); }

}  // namespace

TEST_CASE("Points come as they were drawn, in an order drawn at random", "[datasets]") {
  const auto data = catalogue().build<Dataset>(points("1,2,0; -0.5,.25,1; 3,-4,0;"));
  REQUIRE(data);
  CHECK((*data)->size() == 3);
  CHECK((*data)->inputs() == 2);
  CHECK((*data)->classes() == 2);
  std::set<std::vector<double>> orders;
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    const Examples examples = drawn(**data, 99, 0, seed);
    REQUIRE(examples.size() == 3);
    std::set<std::vector<double>> seen;
    for (Eigen::Index j = 0; j < 3; ++j) {
      seen.insert({examples.inputs(0, j), examples.inputs(1, j), double(examples.labels[j])});
    }
    CHECK(seen == std::set<std::vector<double>>{{1, 2, 0}, {-0.5, 0.25, 1}, {3, -4, 0}});
    orders.insert({examples.inputs(0, 0), examples.inputs(0, 1), examples.inputs(0, 2)});
  }
  CHECK(orders.size() == 6);
}

TEST_CASE("There are as many classes as the largest one drawn needs, and two at least",
          "[datasets]") {
  const auto classes = [](const std::string& text) {
    return (*catalogue().build<Dataset>(points(text)))->classes();
  };
  CHECK(classes("0,0,0; 1,1,0") == 2);
  CHECK(classes("0,0,1; 1,1,1") == 2);
  CHECK(classes("0,0,5; 1,1,0") == 6);
}

TEST_CASE("Points are read as tables are, and counted", "[datasets]") {
  const auto built = [](const std::string& text) {
    return std::move(*catalogue().build<Dataset>(points(text)));
  };
  const auto pasted = built("0,5\t-1\t0\n2\t\u22121,5\t1");
  CHECK(same(drawn(*pasted, 0), drawn(*built("0.5,-1,0; 2,-1.5,1"), 0)));
  CHECK(pasted->note() == "2 points; decimal commas read");
}

TEST_CASE("What is no point with a class is refused by its place", "[datasets]") {
  CHECK(refusedPoints("0,0,0; 1,1") ==
        "drawn.points, row 2: expected 3 columns as in row 1, found 2");
  CHECK(refusedPoints("0,0; 1,1") ==
        "drawn.points, expected x, y and a class in each row, found 2 columns");
  CHECK(refusedPoints("0,0,0; 1,1,6") ==
        "drawn.points, row 2, column 3: expected a class in 0 to 5, found 6");
  CHECK(refusedPoints("0,0,0; 1,1,0.5") ==
        "drawn.points, row 2, column 3: expected a class in 0 to 5, found 0.5");
  CHECK(refusedPoints("0,0,-1; 1,1,0") ==
        "drawn.points, row 1, column 3: expected a class in 0 to 5, found -1");
  CHECK(refusedPoints("0,0,0; 1,-10.5,0") ==
        "drawn.points, row 2, column 2: expected a number in [-10, 10], found -10.5");
  CHECK(refusedPoints("0,0,0; 1,y,0") ==
        "drawn.points, row 2, column 2: expected a finite number, found 'y'");
  CHECK(refusedPoints("0,0,0") == "drawn.points, expected 2 to 20000 rows of numbers, found 1");
  CHECK(refusedPoints("") == "drawn.points, expected 2 to 20000 rows of numbers, found 0");
}
