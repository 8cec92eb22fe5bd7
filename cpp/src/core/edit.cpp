#include "core/edit.h"

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
  if (edit == Edit::kAdd && knob.type == KnobType::kRecipes) {
    const auto fresh = readSome(knob, text);
    if (!fresh) return fresh.error();
    auto list = std::get<Recipes>(value);
    list.insert(list.end(), fresh->begin(), fresh->end());
    return Value(std::move(list));
  }
  if (edit == Edit::kWrap && knob.type == KnobType::kRecipe) {
    auto recipe = toRecipe(knob, value);
    if (!recipe) return recipe.error();
    return Value(wrapped(std::move(*recipe), text));
  }
  return Error{knob.name + (edit == Edit::kAdd ? " is not a list" : " is not a recipe")};
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

Result<Value> editedList(const Knob& knob, Recipes list, std::string_view path, Edit edit,
                         std::string_view text) {
  const auto [word, rest] = splitPath(path);
  const auto at = placeIn(knob, list, word, edit == Edit::kAdd && rest.empty());
  if (!at) return at.error();
  const auto place = list.begin() + static_cast<std::ptrdiff_t>(*at);
  if (!rest.empty()) {
    auto recipe = editedRecipe(knob.kind, *place, rest, edit, text);
    if (!recipe) return recipe.error();
    *place = std::move(*recipe);
  } else if (edit == Edit::kWrap) {
    *place = wrapped(std::move(*place), text);
  } else if (edit == Edit::kRemove) {
    list.erase(place);
  } else {
    // A recipe may give way to several.
    const auto fresh = readSome(knob, text);
    if (!fresh) return fresh.error();
    const auto next = edit == Edit::kSet ? list.erase(place) : place;
    list.insert(next, fresh->begin(), fresh->end());
  }
  return Value(std::move(list));
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
  if (path.empty()) return editedWhole(knob, value, edit, text);
  if (knob.type == KnobType::kRecipes) {
    return editedList(knob, std::get<Recipes>(value), path, edit, text);
  }
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
  if (path.empty()) return standing(knob, value);
  const auto [word, rest] = splitPath(path);
  if (knob.type == KnobType::kRecipes) {
    const auto& list = std::get<Recipes>(value);
    const auto at = placeIn(knob, list, word, false);
    if (!at) return at.error();
    Knob element = knob;
    element.id = word;
    element.type = KnobType::kRecipe;
    return standingAt(element, list[*at], rest);
  }
  if (!hasKnobs(knob, value)) return notWithin(knob, path);
  const auto recipe = toRecipe(knob, value);
  if (!recipe) return recipe.error();
  const auto inside = catalogue().knobsOf(knob.kind, *recipe);
  if (!inside) return inside.error();
  for (const Knob* inner : *inside) {
    if (inner->id != word) continue;
    return standingAt(*inner, valueIn(*recipe, *inner, inner == inside->front()), rest);
  }
  return noKnob(recipe->name, *inside, word);
}

}  // namespace descent
