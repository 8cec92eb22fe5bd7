// The core against the data beside this file, which was computed without it: see README.md there.
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "support/objectives.h"

using namespace descent;
using Json = nlohmann::json;

namespace {

Json read(const std::string& name) {
  std::ifstream file(std::string(DESCENT_REFERENCE) + "/" + name);
  INFO(name);
  REQUIRE(file);
  return Json::parse(file);
}

Vector vectorOf(const Json& numbers) {
  Vector v(static_cast<Eigen::Index>(numbers.size()));
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    v[static_cast<Eigen::Index>(i)] = numbers[i].get<double>();
  }
  return v;
}

// Largest difference of a run from the points of the reference, relative to their largest
// coordinate; where the data say so also of the points at which the run is judged.
double difference(const Json& run) {
  const std::string recipe = run["recipe"];
  const auto o = optimizer(recipe);
  const auto surface = landscape(run["landscape"]);
  const auto& points = run["points"];
  const bool judged = run.contains("evaluationPoints");
  ObjectiveOracle oracle(*surface);
  Vector x = vectorOf(points[0]);
  o->reset(vectorLayout(2));
  const double total = static_cast<double>(points.size() - 1);
  double largest = 0, apart = 0;
  for (std::size_t t = 0; t < points.size(); ++t) {
    if (t > 0) o->step(oracle, x, o->rate(static_cast<double>(t - 1), total));
    const Vector expected = vectorOf(points[t]);
    largest = std::max(largest, expected.lpNorm<Eigen::Infinity>());
    apart = std::max(apart, (x - expected).lpNorm<Eigen::Infinity>());
    if (!judged) continue;
    const Vector judge = vectorOf(run["evaluationPoints"][t]);
    apart = std::max(apart, (o->evaluationPoint(x) - judge).lpNorm<Eigen::Infinity>());
  }
  return x.allFinite() ? apart / largest : std::numeric_limits<double>::infinity();
}

std::unique_ptr<Schedule> scheduleOf(const std::string& recipe) {
  auto built = catalogue().build<Schedule>(*parseRecipe(recipe));
  INFO(recipe << (built ? "" : ": " + built.error().message));
  REQUIRE(built);
  return std::move(*built);
}

}  // namespace

TEST_CASE("Every optimizer walks the path of its reference", "[reference]") {
  std::map<std::string, std::set<std::string>> landscapes;
  const Json data = read("trajectories.json");
  for (const Json& run : data["runs"]) {
    const std::string recipe = run["recipe"];
    INFO(recipe << " on " << run["landscape"] << ", by " << run["source"]);
    CHECK(run["points"].size() >= 100);
    CHECK(difference(run) <= run["tolerance"].get<double>());
    if (run["tolerance"] > 1e-12) CHECK_FALSE(run["why"].get<std::string>().empty());
    landscapes[parseRecipe(recipe)->name].insert(run["landscape"]);
  }
  for (const auto& entry : catalogue().entries<Optimizer>()) {
    INFO(entry.id);
    CHECK(landscapes[entry.id].size() >= 3);
  }
}

TEST_CASE("The NumPy of every card, as it stands, walks the optimizer's path", "[reference]") {
  std::map<std::string, std::string> snippets;
  const Json data = read("cards.json");
  for (const Json& card : data["cards"]) {
    INFO(card["recipe"] << " on " << card["landscape"]);
    CHECK(difference(card) <= card["tolerance"].get<double>());
    snippets[card["id"]] = card["numpy"];
  }
  for (const auto& entry : catalogue().entries<Optimizer>()) {
    INFO(entry.id);
    CHECK(entry.card.numpy == snippets[entry.id]);
    CHECK_FALSE(entry.card.metric.empty());
    CHECK_FALSE(entry.card.uses.empty());
    CHECK_FALSE(entry.card.limits.empty());
  }
}

TEST_CASE("Every schedule draws the curve of its reference", "[reference]") {
  std::set<std::string> ids;
  const Json data = read("schedules.json");
  for (const Json& curve : data["schedules"]) {
    const auto schedule = scheduleOf(curve["recipe"]);
    const double total = curve["total"];
    const double tolerance = curve["tolerance"];
    ids.insert(parseRecipe(curve["recipe"].get<std::string>())->name);
    for (std::size_t t = 0; t < curve["factors"].size(); ++t) {
      INFO(curve["recipe"] << " at " << t << " of " << total << ", by " << curve["source"]);
      CHECK(std::abs(schedule->factor(static_cast<double>(t), total) -
                     curve["factors"][t].get<double>()) <= tolerance);
    }
  }
  for (const auto& entry : catalogue().entries<Schedule>()) {
    INFO(entry.id);
    CHECK(ids.count(entry.id) == 1);
  }
}

TEST_CASE("The schedules' Python and PyTorch lines are those that were executed", "[reference]") {
  std::set<std::string> ids;
  const Json data = read("lines.json");
  for (const Json& line : data) {
    const auto schedule = scheduleOf(line["recipe"]);
    INFO(line["recipe"]);
    CHECK(schedule->python(line["total"]) == line["python"]);
    CHECK(schedule->pytorch(line["total"]) == line["pytorch"]);
    ids.insert(parseRecipe(line["recipe"].get<std::string>())->name);
  }
  for (const auto& entry : catalogue().entries<Schedule>()) {
    INFO(entry.id);
    CHECK(ids.count(entry.id) == 1);
  }
}

TEST_CASE("Every landscape has the values, slopes and curvatures of its reference", "[reference]") {
  std::set<std::string> ids;
  const Json data = read("landscapes.json");
  for (const Json& at : data["landscapes"]) {
    const auto f = landscape(at["landscape"]);
    ids.insert(parseRecipe(at["landscape"].get<std::string>())->name);
    const double tolerance = at["tolerance"];
    const Vector x = vectorOf(at["point"]);
    INFO(at["landscape"] << " at " << x.transpose() << ", by " << at["source"]);
    Vector g;
    Matrix h, curvature(2, 2);
    f->gradient(x, g);
    f->hessian(x, h);
    curvature << vectorOf(at["hessian"][0]), vectorOf(at["hessian"][1]);
    const Vector slope = vectorOf(at["gradient"]);
    const double value = at["value"];
    CHECK(std::abs(f->value(x) - value) <= tolerance * std::max(1.0, std::abs(value)));
    CHECK((g - slope).norm() <= tolerance * std::max(1.0, slope.norm()));
    CHECK((h - curvature).norm() <= tolerance * std::max(1.0, curvature.norm()));
  }
  for (const auto& entry : catalogue().entries<Landscape>()) {
    INFO(entry.id);
    CHECK(ids.count(entry.id) == 1);
  }
}
