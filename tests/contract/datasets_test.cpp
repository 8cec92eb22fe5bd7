// What every data set keeps.
#include "datasets/datasets.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "contract/entries.h"

using namespace descent;

namespace {

const std::vector<Entry<Dataset>>& datasets() { return catalogue().entries<Dataset>(); }

// Every data set as it comes, and with each number at the ends of its range.
std::vector<std::string> datasetRecipes() {
  std::vector<std::string> all;
  for (const auto& entry : datasets()) {
    all.push_back(entry.id);
    for (const auto& [knob, apply] : entry.knobs) {
      if (isNumber(knob)) {
        for (const double end : {knob.low, knob.high}) {
          all.push_back(entry.id + "(" + knob.id + "=" + print(end) + ")");
        }
      }
      for (const std::string& choice : knob.choices) {
        all.push_back(entry.id + "(" + knob.id + "=" + choice + ")");
      }
    }
  }
  return all;
}

// What noise is added to.
const Matrix& noisy(const Examples& examples) {
  return examples.labels.empty() ? examples.targets : examples.inputs;
}

}  // namespace

TEST_CASE("Every promised data set is there", "[contract][datasets]") {
  std::set<std::string> ids;
  for (const auto& entry : datasets()) ids.insert(entry.id);
  for (const char* id : {"circles", "xor", "gaussians", "spirals", "moons", "checkerboard", "waves",
                         "plane", "bump", "random-labels", "drawn", "csv"}) {
    INFO(id);
    CHECK(ids.count(id) == 1);
  }
  CHECK(ids.size() == datasets().size());
}

TEST_CASE("Every data set says what it is and what its knobs do", "[contract][datasets]") {
  for (const auto& entry : datasets()) {
    INFO(entry.id);
    CHECK_FALSE(entry.title.empty());
    REQUIRE_FALSE(entry.sentence.empty());
    CHECK(entry.sentence.back() == '.');
    CHECK(entry.citation.empty() == entry.link.empty());
    if (!entry.link.empty()) CHECK(entry.link.rfind("https://", 0) == 0);
    for (const auto& [knob, apply] : entry.knobs) {
      INFO(knob.id);
      CHECK_FALSE(knob.label.empty());
      CHECK(knob.label != knob.id);
      REQUIRE_FALSE(knob.help.empty());
      CHECK(knob.help.back() == '.');
      CHECK(apply(*entry.make(), knob, knob.defaultValue));
      if (!isNumber(knob)) continue;
      for (const double beyond : {knob.low - 1, knob.high + 1}) {
        const auto refused = apply(*entry.make(), knob, beyond);
        REQUIRE_FALSE(refused);
        CHECK(contains(refused.error().message, knob.name));
        CHECK(contains(refused.error().message, print(beyond)));
      }
    }
  }
}

TEST_CASE("Every data set draws as many finite examples as it is asked for",
          "[contract][datasets]") {
  for (const std::string& recipe : datasetRecipes()) {
    const auto data = dataset(recipe);
    for (const int n : {1, 2, 7, 100, 1001}) {
      INFO(recipe << ", n = " << n);
      const Examples examples = drawn(*data, n, 0.1);
      const int expected = data->size() > 0 ? data->size() : n;
      CHECK(examples.size() == expected);
      CHECK(examples.inputs.rows() == data->inputs());
      CHECK(examples.inputs.allFinite());
      CHECK(examples.targets.allFinite());
      const bool isRegression = data->classes() == 0;
      CHECK(examples.labels.size() == static_cast<std::size_t>(isRegression ? 0 : expected));
      CHECK(examples.targets.cols() == (isRegression ? expected : 0));
      CHECK((examples.targets.rows() > 0) == isRegression);
    }
  }
}

TEST_CASE("Every data set's labels are of its classes, and these as even as their number allows",
          "[contract][datasets]") {
  for (const std::string& recipe : datasetRecipes()) {
    const auto data = dataset(recipe);
    if (data->classes() == 0) continue;
    CHECK(data->classes() >= 2);
    for (const int n : {1, 6, 7, 100, 1001}) {
      INFO(recipe << ", n = " << n);
      std::vector<int> counts(static_cast<std::size_t>(data->classes()));
      for (const int label : drawn(*data, n).labels) ++counts.at(static_cast<std::size_t>(label));
      if (data->size() > 0) continue;
      const auto [least, most] = std::minmax_element(counts.begin(), counts.end());
      CHECK(*most - *least <= 1);
    }
  }
}

TEST_CASE(
    "Every data set draws the same from the same generator, and in another order from another",
    "[contract][datasets]") {
  for (const std::string& recipe : datasetRecipes()) {
    INFO(recipe);
    const auto data = dataset(recipe);
    const Examples examples = drawn(*data, 100, 0.1, 7);
    CHECK(same(drawn(*data, 100, 0.1, 7), examples));
    CHECK(same(drawn(recipe, 100, 0.1, 7), examples));
    for (const std::uint64_t seed : {std::uint64_t{0}, std::uint64_t{8}}) {
      const Examples others = drawn(*data, 100, 0, seed), before = drawn(*data, 100, 0, 7);
      CHECK_FALSE(same(others, before));
      // The order itself is drawn, of labels or of equally spaced points.
      if (data->classes() > 0) {
        CHECK(others.labels != before.labels);
      } else {
        CHECK(others.inputs != before.inputs);
      }
    }
  }
}

TEST_CASE("Noise moves every data set's examples by its deviation, and the same way for any",
          "[contract][datasets]") {
  for (const std::string& recipe : datasetRecipes()) {
    INFO(recipe);
    const auto data = dataset(recipe);
    const Examples still = drawn(*data, 2000, 0), moved = drawn(*data, 2000, 0.5),
                   far = drawn(*data, 2000, 1);
    CHECK(moved.labels == still.labels);
    if (data->classes() == 0) CHECK(moved.inputs == still.inputs);
    const Matrix once = noisy(moved) - noisy(still), twice = noisy(far) - noisy(still);
    CHECK((twice - 2 * once).cwiseAbs().maxCoeff() < 1e-12);
    // Five standard errors of the mean and of the variance.
    const double count = static_cast<double>(once.size());
    CHECK(std::abs(once.mean()) < 5 * 0.5 / std::sqrt(count));
    CHECK(std::abs(once.squaredNorm() / count - 0.25) < 5 * 0.25 * std::sqrt(2 / count));
  }
}

TEST_CASE("Every data set's inputs are of the order of one", "[contract][datasets]") {
  for (const auto& entry : datasets()) {
    INFO(entry.id);
    const Examples examples = drawn(entry.id, 1000);
    const double size =
        std::sqrt(examples.inputs.squaredNorm() / static_cast<double>(examples.inputs.size()));
    CHECK(size > 0.3);
    CHECK(size < 1.5);
  }
}

TEST_CASE("Every data set's recipe reads back as it was printed", "[contract][datasets]") {
  for (const auto& entry : datasets()) {
    Recipe full{entry.id, {}};
    for (const auto& [knob, apply] : entry.knobs) {
      full.arguments.push_back({knob.id, knob.defaultValue});
    }
    INFO(print(full));
    const auto back = parseRecipe(print(full));
    REQUIRE(back);
    CHECK(*back == full);
    const auto simple = catalogue().simplify(Kind::kDataset, full);
    REQUIRE(simple);
    CHECK(print(*simple) == entry.id);
  }
}
