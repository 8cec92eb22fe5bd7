#include "core/values.h"

#include <algorithm>
#include <cmath>

#include "descent/tally.h"
#include "descent/text.h"

namespace descent {

Error wrong(const Knob& knob, const std::string& allowed, const std::string& value) {
  const std::string shown = excerpt(value);
  return {knob.name + " must be " + allowed + ", got " + (shown.empty() ? "nothing" : shown)};
}

Error within(const Knob& knob, const Error& error) { return {knob.name + ", " + error.message}; }

Error noKnob(const std::string& owner, const std::vector<const Knob*>& knobs, std::string_view id) {
  if (knobs.empty()) return {owner + " takes no knobs, got '" + excerpt(id) + "'"};
  std::vector<std::string> known;
  for (const Knob* knob : knobs) known.push_back(knob->id);
  return {notAmong(known, id, owner + " has no knob")};
}

bool isIn(const std::vector<std::string>& choices, std::string_view word) {
  return std::find(choices.begin(), choices.end(), word) != choices.end();
}

Result<double> toNumber(const Knob& knob, const Value& value) {
  const double* typed = std::get_if<double>(&value);
  if (!typed && std::isinf(knob.high) && trim(plain(value)) == "inf") return knob.high;
  const auto number = typed ? std::optional(*typed) : parseNumber(plain(value));
  const bool whole = knob.type != KnobType::kInteger || (number && std::floor(*number) == *number);
  if (!number || !whole || *number < knob.low || *number > knob.high) {
    return wrong(knob,
                 (knob.type == KnobType::kInteger ? "a whole number in [" : "in [") +
                     print(knob.low) + ", " + print(knob.high) + "]",
                 plain(value));
  }
  return *number;
}

Result<int> toChoice(const Knob& knob, const Value& value) {
  const std::string word = plain(value);
  const auto found = std::find(knob.choices.begin(), knob.choices.end(), trim(word));
  if (found == knob.choices.end()) {
    return wrong(knob, "one of " + join(knob.choices, ", "), word);
  }
  return static_cast<int>(found - knob.choices.begin());
}

Result<bool> toFlag(const Knob& knob, const Value& value) {
  const std::string word = plain(value);
  if (trim(word) == "on") return true;
  if (trim(word) == "off") return false;
  return wrong(knob, "on or off", word);
}

Result<Recipe> toRecipe(const Knob& knob, const Value& value) {
  auto recipe = recipeOf(value);
  if (!recipe) return within(knob, recipe.error());
  return recipe;
}

Result<std::unique_ptr<Schedule>> toSchedule(const Knob& knob, const Value& value) {
  const auto recipe = toRecipe(knob, value);
  if (!recipe) return recipe.error();
  return catalogue().build<Schedule>(*recipe);
}

Result<void> setInner(Polymorphic<Optimizer>& inner, const Knob& knob, const Value& value) {
  const auto recipe = toRecipe(knob, value);
  if (!recipe) return recipe.error();
  if (inner && inner->id == recipe->name) return catalogue().configure(*inner, *recipe);
  auto fresh = catalogue().build<Optimizer>(*recipe);
  if (!fresh) return fresh.error();
  inner = std::move(*fresh);
  return {};
}

Result<Value> readValue(const Knob& knob, std::string_view text) {
  if (knob.type == KnobType::kRecipe) {
    auto recipe = parseRecipe(text);
    if (!recipe) return within(knob, recipe.error());
    return Value(std::move(*recipe));
  }
  if (knob.type == KnobType::kRecipes) {
    auto recipes = parseRecipes(text);
    if (!recipes) return within(knob, recipes.error());
    return Value(std::move(*recipes));
  }
  ++tally().parses;
  const std::string word(trim(text));
  const bool isNumber = knob.type == KnobType::kNumber || knob.type == KnobType::kInteger;
  const auto number = isNumber ? parseNumber(text) : std::nullopt;
  if (number) return Value(*number);
  const bool isWord = (knob.type == KnobType::kFlag && (word == "on" || word == "off")) ||
                      (knob.type == KnobType::kChoice && isIn(knob.choices, word)) ||
                      (isNumber && word == "inf");
  if (isWord) return Value(Recipe{word, {}});
  return Value(Text{std::string(text)});
}

Result<std::optional<Point>> readPoint(const Knob& knob, const std::string& value) {
  if (isIn(knob.choices, trim(value))) return std::optional<Point>();
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

}  // namespace descent
