// What the recipes of every optimizer, schedule and landscape keep.
#include "contract/entries.h"
#include "core/open.h"

using namespace descent;

namespace {

// f(entry) for whatever a recipe can name.
template <class F>
void eachRecipe(F f) {
  eachEntry<Optimizer>(f);
  eachEntry<Schedule>(f);
  eachEntry<Landscape>(f);
  eachEntry<Problem>(f);
  eachEntry<Dataset>(f);
}

// "id(knob=value, …)" with every knob spelled out.
template <class Base, class F>
Recipe spelled(const Entry<Base>& entry, F value) {
  std::vector<std::string> arguments;
  for (const auto& bound : entry.knobs) {
    const std::string text = value(bound.knob);
    arguments.push_back(bound.knob.id + "=" +
                        (bound.knob.type == KnobType::kText ? inQuotes(text) : text));
  }
  const std::string text = entry.id + "(" + join(arguments, ", ") + ")";
  const auto recipe = parseRecipe(text);
  INFO(text << (recipe ? "" : ": " + recipe.error().message));
  REQUIRE(recipe);
  return *recipe;
}

std::string printedAgain(const Recipe& recipe) {
  const auto parsed = parseRecipe(print(recipe));
  INFO(print(recipe));
  REQUIRE(parsed);
  CHECK(*parsed == recipe);
  return print(*parsed);
}

}  // namespace

TEST_CASE("A recipe with every default spelled out simplifies to its name", "[contract][recipes]") {
  eachRecipe([](const auto& entry) {
    const Recipe full = spelled(entry, [](const Knob& knob) { return plain(knob.defaultValue); });
    const auto simple = catalogue().simplify(entry.kind, full);
    INFO(print(full) << (simple ? "" : ": " + simple.error().message));
    REQUIRE(simple);
    // What is decorated is always named.
    const bool decorates = entry.decorates != Decorates::kNothing;
    CHECK(print(*simple) == (decorates ? entry.id + "(sgd)" : entry.id));
    CHECK(printedAgain(full) == print(full));
    CHECK(printedAgain(*simple) == print(*simple));
  });
}

TEST_CASE("A recipe at the ends of its sliders reads back as it was printed",
          "[contract][recipes]") {
  eachRecipe([](const auto& entry) {
    for (double Knob::*end : {&Knob::usualLow, &Knob::usualHigh, &Knob::low, &Knob::high}) {
      const Recipe recipe = spelled(entry, [end](const Knob& knob) {
        const bool number = knob.type == KnobType::kNumber || knob.type == KnobType::kInteger;
        return number ? print(knob.*end) : plain(knob.defaultValue);
      });
      CHECK(printedAgain(recipe) == print(recipe));
      CHECK(catalogue().check(entry.kind, recipe));
    }
  });
}
