// Reading the text of a value for a knob, and the descriptions that bind knobs to members.
#include <algorithm>
#include <cmath>

#include "descent/catalogue.h"
#include "descent/text.h"

namespace descent {
namespace {

Error wrong(const Knob& knob, const std::string& allowed, const std::string& value) {
  const std::string shown = value.size() > 60 ? value.substr(0, 60) + "…" : value;
  return {knob.path + " must be " + allowed + ", got " + (shown.empty() ? "nothing" : shown)};
}

Result<double> readNumber(const Knob& knob, const std::string& value) {
  if (std::isinf(knob.high) && trim(value) == "inf") return knob.high;
  const auto number = parseNumber(value);
  const bool whole = knob.type != KnobType::kInteger || (number && std::floor(*number) == *number);
  if (!number || !whole || *number < knob.low || *number > knob.high) {
    return wrong(knob,
                 (knob.type == KnobType::kInteger ? "a whole number in [" : "in [") +
                     print(knob.low) + ", " + print(knob.high) + "]",
                 value);
  }
  return *number;
}

Result<int> readChoice(const Knob& knob, const std::string& value) {
  const auto found = std::find(knob.choices.begin(), knob.choices.end(), trim(value));
  if (found == knob.choices.end()) {
    return wrong(knob, "one of " + join(knob.choices, ", "), value);
  }
  return static_cast<int>(found - knob.choices.begin());
}

Result<bool> readFlag(const Knob& knob, const std::string& value) {
  if (trim(value) == "on") return true;
  if (trim(value) == "off") return false;
  return wrong(knob, "on or off", value);
}

Result<Recipe> readRecipe(const Knob& knob, const std::string& value) {
  auto recipe = parseRecipe(value);
  if (!recipe) return Error{knob.path + ", " + recipe.error().message};
  const auto checked = catalogue().check(knob.kind, *recipe);
  if (!checked) return checked.error();
  return recipe;
}

Result<std::vector<Recipe>> readRecipes(const Knob& knob, const std::string& value) {
  auto recipes = parseRecipes(value);
  if (!recipes) return Error{knob.path + ", " + recipes.error().message};
  const auto count = static_cast<double>(recipes->size());
  if (count < knob.low || count > knob.high) {
    return wrong(knob, print(knob.low) + " to " + print(knob.high) + " recipes",
                 std::to_string(recipes->size()));
  }
  for (const Recipe& recipe : *recipes) {
    const auto checked = catalogue().check(knob.kind, recipe);
    if (!checked) return checked.error();
  }
  return recipes;
}

Result<std::unique_ptr<Schedule>> readSchedule(const Knob& knob, const std::string& value) {
  const auto recipe = parseRecipe(value);
  if (!recipe) return Error{knob.path + ", " + recipe.error().message};
  return catalogue().build<Schedule>(*recipe);
}

// An inner optimizer of the same id keeps what it remembers.
Result<void> setInner(Decorator& decorator, const Knob& knob, const std::string& value) {
  const auto recipe = parseRecipe(value);
  if (!recipe) return Error{knob.path + ", " + recipe.error().message};
  if (decorator.inner && decorator.inner->id == recipe->name) {
    return catalogue().configure(*decorator.inner, *recipe);
  }
  auto inner = catalogue().build<Optimizer>(*recipe);
  if (!inner) return inner.error();
  decorator.inner = std::move(*inner);
  return {};
}

}  // namespace

Result<std::optional<Point>> readPoint(const Knob& knob, const std::string& value) {
  if (std::find(knob.choices.begin(), knob.choices.end(), trim(value)) != knob.choices.end()) {
    return std::optional<Point>();
  }
  const auto parts = split(value, ',');
  const auto x = parseNumber(parts[0]);
  const auto y = parts.size() == 2 ? parseNumber(parts[1]) : std::nullopt;
  if (!x || !y || std::max(std::abs(*x), std::abs(*y)) > kPointLimit) {
    return wrong(knob,
                 "x,y with numbers in [-" + print(kPointLimit) + ", " + print(kPointLimit) +
                     "], or one of " + join(knob.choices, ", "),
                 value);
  }
  return std::optional<Point>(Point(*x, *y));
}

template <class Base>
Knob& Description<Base>::add(const char* id, KnobType type, const char* help, std::string standard,
                             Apply apply) {
  Knob knob;
  knob.label = knob.id = id;
  knob.path = entry_.id + "." + id;
  knob.type = type;
  knob.help = help;
  knob.standard = std::move(standard);
  entry_.knobs.push_back({std::move(knob), std::move(apply)});
  return last();
}

namespace {

// Check the text of a value, then set it.
template <class Base, class Read, class Set>
auto checked(Read read, Set set) {
  return [read, set = std::move(set)](Base& base, const Knob& knob,
                                      const std::string& text) -> Result<void> {
    auto value = read(knob, text);
    if (!value) return value.error();
    set(base, std::move(*value));
    return {};
  };
}

}  // namespace

template <class Base>
void Description<Base>::addNumber(const char* id, KnobType type, double low, double high,
                                  const char* help, double standard,
                                  std::function<void(Base&, double)> set) {
  Knob& knob = add(id, type, help, print(standard), checked<Base>(readNumber, std::move(set)));
  knob.low = knob.usualLow = low;
  knob.high = knob.usualHigh = high;
}

template <class Base>
void Description<Base>::addChoice(const char* id, std::vector<std::string> choices,
                                  const char* help, int standard,
                                  std::function<void(Base&, int)> set) {
  Knob& knob = add(id, KnobType::kChoice, help, choices.at(static_cast<std::size_t>(standard)),
                   checked<Base>(readChoice, std::move(set)));
  knob.choices = std::move(choices);
}

template <class Base>
void Description<Base>::addFlag(const char* id, const char* help, bool standard,
                                std::function<void(Base&, bool)> set) {
  add(id, KnobType::kFlag, help, standard ? "on" : "off", checked<Base>(readFlag, std::move(set)));
}

template <class Base>
void Description<Base>::addRecipe(const char* id, Kind kind, const char* help,
                                  const Recipe& standard, std::function<void(Base&, Recipe)> set) {
  add(id, KnobType::kRecipe, help, print(standard), checked<Base>(readRecipe, std::move(set)))
      .kind = kind;
}

template <class Base>
void Description<Base>::addRecipes(const char* id, Kind kind, int low, int high, const char* help,
                                   const std::vector<Recipe>& standard,
                                   std::function<void(Base&, std::vector<Recipe>)> set) {
  Knob& knob = add(id, KnobType::kRecipes, help, print(standard),
                   checked<Base>(readRecipes, std::move(set)));
  knob.kind = kind;
  knob.low = knob.usualLow = low;
  knob.high = knob.usualHigh = high;
}

template <class Base>
void Description<Base>::addSchedule(const char* id, const char* standard, const char* help,
                                    std::function<void(Base&, std::unique_ptr<Schedule>)> set) {
  add(id, KnobType::kRecipe, help, standard, checked<Base>(readSchedule, std::move(set))).kind =
      Kind::kSchedule;
}

template <class Base>
void Description<Base>::addPoint(const char* id, std::vector<std::string> choices, const char* help,
                                 std::string standard,
                                 std::function<void(Base&, std::string)> set) {
  const auto apply = [set](Base& base, const Knob& knob, const std::string& text) -> Result<void> {
    const auto point = readPoint(knob, text);
    if (!point) return point.error();
    set(base, std::string(trim(text)));
    return {};
  };
  add(id, KnobType::kPoint, help, std::move(standard), apply).choices = std::move(choices);
}

template <class Base>
void Description<Base>::addInner() {
  if constexpr (std::is_same_v<Base, Optimizer>) {
    const auto apply = [](Optimizer& base, const Knob& knob, const std::string& text) {
      return setInner(static_cast<Decorator&>(base), knob, text);
    };
    Knob& knob = add("inner", KnobType::kRecipe, "The optimizer that is wrapped.", "sgd", apply);
    knob.label = "Inner";
    knob.kind = Kind::kOptimizer;
  }
}

template <class Base>
void Description<Base>::addPreset(const char* id, const char* title, const char* sentence,
                                  const char* spec) {
  entry_.presets.push_back({id, title, sentence, "lab=" + entry_.id + "&" + spec});
}

template class Description<Optimizer>;
template class Description<Schedule>;
template class Description<Landscape>;
template class Description<Lab>;

}  // namespace descent
