#include "core/edit.h"

#include <algorithm>
#include <tuple>

#include "core/values.h"
#include "descent/text.h"

namespace descent {
namespace {

using Recipes = std::vector<Recipe>;

// A place in a list, which may be its end where something is added.
Result<std::size_t> placeIn(const Knob& knob, const Recipes& list, std::string_view word,
                            bool mayBeEnd) {
  const auto number = parseNumber(word);
  const std::size_t places = list.size() + (mayBeEnd ? 1 : 0);
  for (std::size_t i = 0; number && i < places; ++i) {
    if (static_cast<double>(i) == *number) return i;
  }
  return Error{knob.name + " has the places 0 to " + std::to_string(places - 1) + ", got '" +
               excerpt(word) + "'"};
}

// The recipes of a text, at least one.
Result<Recipes> readSome(const Knob& knob, std::string_view text) {
  auto read = readValue(knob, text);
  if (!read) return read.error();
  auto recipes = std::get<Recipes>(std::move(*read));
  if (recipes.empty()) return within(knob, parseRecipe(text).error());
  return recipes;
}

Error notWithin(const Knob& knob, std::string_view path) {
  return {knob.name + " has no knobs of its own, got '" + excerpt(path) + "'"};
}

// A recipe, and none of the words that stand for none.
bool hasKnobs(const Knob& knob, const Value& value) {
  return knob.type == KnobType::kRecipe && !isIn(knob.choices, plain(value));
}

Recipe wrapped(Recipe recipe, std::string_view name) {
  return {std::string(name), {{"", std::move(recipe)}}};
}

Result<Value> editedWhole(const Knob& knob, const Value& value, Edit edit, std::string_view text) {
  if (edit == Edit::kSet) return readValue(knob, text);
  if (edit == Edit::kRemove) return knob.defaultValue;
  if (edit == Edit::kAdd) return Error{knob.name + " is not a list"};
  if (knob.type != KnobType::kRecipe) return Error{knob.name + " is not a recipe"};
  auto recipe = toRecipe(knob, value);
  if (!recipe) return recipe.error();
  return Value(wrapped(std::move(*recipe), text));
}

// A recipe after an edit of one of its knobs, without what is a default.
Result<Recipe> editedRecipe(Kind kind, Recipe recipe, std::string_view path, Edit edit,
                            std::string_view text) {
  const auto knobs = catalogue().knobsOf(kind, recipe);
  if (!knobs) return knobs.error();
  const auto [id, rest] = splitPath(path);
  for (const Knob* knob : *knobs) {
    if (knob->id != id) continue;
    const bool isFirst = knob == knobs->front();
    auto value = editedValue(*knob, valueIn(recipe, *knob, isFirst), rest, edit, text);
    if (!value) return value.error();
    if (const Argument* given = argumentOf(recipe, id, isFirst)) {
      recipe.arguments[static_cast<std::size_t>(given - recipe.arguments.data())].value =
          std::move(*value);
    } else {
      recipe.arguments.push_back({knob->id, std::move(*value)});
    }
    return catalogue().simplify(kind, recipe);
  }
  return noKnob(recipe.name, *knobs, id);
}

// The recipes that stand at a place in a list after an edit there; a recipe may give way to
// several.
Result<Recipes> editedPlace(const Knob& knob, const Recipe* there, std::string_view path, Edit edit,
                            std::string_view text) {
  if (!path.empty()) {
    auto recipe = editedRecipe(knob.kind, *there, path, edit, text);
    if (!recipe) return recipe.error();
    return Recipes{std::move(*recipe)};
  }
  if (edit == Edit::kWrap) return Recipes{wrapped(*there, text)};
  if (edit == Edit::kRemove) return Recipes();
  auto fresh = readSome(knob, text);
  if (fresh && edit == Edit::kAdd && there) fresh->push_back(*there);
  return fresh;
}

Result<Value> editedList(const Knob& knob, const Recipes& list, std::string_view path, Edit edit,
                         std::string_view text) {
  const auto [word, rest] = splitPath(path);
  const bool isAdded = edit == Edit::kAdd && rest.empty();
  Result<std::size_t> at = list.size();
  if (!path.empty()) at = placeIn(knob, list, word, isAdded);
  if (!at) return at.error();
  const auto fresh = editedPlace(knob, *at < list.size() ? &list[*at] : nullptr, rest, edit, text);
  if (!fresh) return fresh.error();
  Recipes edited;
  for (std::size_t i = 0; i < std::max(list.size(), *at + 1); ++i) {
    if (i != *at) {
      edited.push_back(list[i]);
      continue;
    }
    for (const Recipe& recipe : *fresh) edited.push_back(recipe);
  }
  return Value(std::move(edited));
}

}  // namespace

std::pair<std::string_view, std::string_view> splitPath(std::string_view path) {
  const auto slash = path.find('/');
  if (slash == std::string_view::npos) return {path, {}};
  return {path.substr(0, slash), path.substr(slash + 1)};
}

const Value& valueIn(const Recipe& recipe, const Knob& knob, bool isFirst) {
  const Argument* given = argumentOf(recipe, knob.id, isFirst);
  return given ? given->value : knob.defaultValue;
}

Result<Value> editedValue(const Knob& knob, const Value& value, std::string_view path, Edit edit,
                          std::string_view text) {
  if (knob.type == KnobType::kRecipes && (!path.empty() || edit == Edit::kAdd)) {
    return editedList(knob, std::get<Recipes>(value), path, edit, text);
  }
  if (path.empty()) return editedWhole(knob, value, edit, text);
  if (!hasKnobs(knob, value)) return notWithin(knob, path);
  auto recipe = toRecipe(knob, value);
  if (!recipe) return recipe.error();
  recipe = editedRecipe(knob.kind, std::move(*recipe), path, edit, text);
  if (!recipe) return recipe.error();
  return Value(std::move(*recipe));
}

Knob standing(const Knob& knob, const Value& value) {
  Knob here = knob;
  here.value = plain(value);
  if (!hasKnobs(knob, value)) return here;
  const auto recipe = recipeOf(value);
  if (!recipe) return here;
  const auto inside = catalogue().knobsOf(knob.kind, *recipe);
  if (!inside) return here;
  here.entry = recipe->name;
  for (const Knob* inner : *inside) {
    here.knobs.push_back(standing(*inner, valueIn(*recipe, *inner, inner == inside->front())));
  }
  return here;
}

Result<Knob> standingAt(const Knob& knob, const Value& value, std::string_view path) {
  auto [word, rest] = splitPath(path);
  if (knob.type == KnobType::kRecipes && !path.empty()) {
    const auto& list = std::get<Recipes>(value);
    const auto at = placeIn(knob, list, word, false);
    if (!at) return at.error();
    Knob element = knob;
    element.id = word;
    element.type = KnobType::kRecipe;
    return standingAt(element, list[*at], rest);
  }
  Knob here = standing(knob, value);
  for (; !path.empty(); path = rest) {
    std::tie(word, rest) = splitPath(path);
    if (here.entry.empty()) return notWithin(here, path);
    std::vector<const Knob*> inside;
    const Knob* next = nullptr;
    for (const Knob& inner : here.knobs) {
      inside.push_back(&inner);
      if (inner.id == word) next = &inner;
    }
    if (!next) return noKnob(here.entry, inside, word);
    here = Knob(*next);
  }
  return here;
}

}  // namespace descent
