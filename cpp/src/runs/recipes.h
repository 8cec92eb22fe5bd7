// Recipes changed by a lab: a rate to tune, a schedule to follow, a decay to leave out.
#pragma once

#include <cmath>
#include <functional>

#include "descent/catalogue.h"

namespace descent::runs {

inline bool hasKnob(const Entry<Optimizer>& entry, const std::string& id) {
  for (const auto& bound : entry.knobs) {
    if (bound.knob.id == id) return true;
  }
  return false;
}

// What an optimizer of this recipe has for a knob: given, or by default; "" where there is none.
inline std::string wordOf(const Entry<Optimizer>& entry, const Recipe& recipe,
                          const std::string& id) {
  if (const Argument* given = argumentOf(entry, recipe, id)) return plain(given->value);
  for (const auto& bound : entry.knobs) {
    if (bound.knob.id == id) return plain(bound.knob.defaultValue);
  }
  return "";
}

inline void setArgument(const Entry<Optimizer>& entry, Recipe& recipe, const std::string& id,
                        Value value) {
  if (const Argument* old = argumentOf(entry, recipe, id)) {
    recipe.arguments.erase(recipe.arguments.begin() + (old - recipe.arguments.data()));
  }
  // The rate is named first.
  const auto place = id == "lr" ? recipe.arguments.begin() : recipe.arguments.end();
  recipe.arguments.insert(place, {id, std::move(value)});
}

// The recipe after f(entry, recipe) for the optimizer that it names and for all that it decorates,
// the outermost first; what is decorated by default is spelled out.
inline Recipe edited(Recipe recipe,
                     const std::function<void(const Entry<Optimizer>&, Recipe&)>& f) {
  const Entry<Optimizer>& entry = **catalogue().find<Optimizer>(recipe.name);
  f(entry, recipe);
  if (entry.decorates == Decorates::kNothing) return recipe;
  Recipe inner = *recipeOf(entry.knobs.front().knob.defaultValue);
  if (const Argument* given = argumentOf(entry, recipe, "inner")) {
    inner = *recipeOf(given->value);
    recipe.arguments.erase(recipe.arguments.begin() + (given - recipe.arguments.data()));
  }
  recipe.arguments.insert(recipe.arguments.begin(), {"", edited(std::move(inner), f)});
  return recipe;
}

// Does the innermost optimizer have this knob?
inline bool innermostHas(const Recipe& recipe, const std::string& id) {
  bool has = false;
  edited(recipe, [&](const Entry<Optimizer>& entry, Recipe&) {
    if (entry.decorates == Decorates::kNothing) has = hasKnob(entry, id);
  });
  return has;
}

// The recipe with a knob of its innermost optimizer set.
inline Recipe withInnermost(const Recipe& recipe, const std::string& id, const Value& value) {
  return edited(recipe, [&](const Entry<Optimizer>& entry, Recipe& at) {
    if (entry.decorates == Decorates::kNothing) setArgument(entry, at, id, value);
  });
}

// The recipe with its outermost weight decay set; 0 leaves out every decay that it has.
inline Recipe withDecay(const Recipe& recipe, double decay) {
  bool done = false;
  return edited(recipe, [&](const Entry<Optimizer>& entry, Recipe& at) {
    for (const char* id : {"weightDecay", "lambda"}) {
      if (!hasKnob(entry, id) || (done && decay != 0)) continue;
      setArgument(entry, at, id, decay);
      done = true;
    }
  });
}

// Is there any weight decay?
inline bool hasDecay(const Recipe& recipe) {
  bool has = false;
  edited(recipe, [&](const Entry<Optimizer>& entry, Recipe& at) {
    for (const char* id : {"weightDecay", "lambda"}) {
      has = has || parseNumber(wordOf(entry, at, id)).value_or(0) != 0;
    }
  });
  return has;
}

// ε over what it stands beside, or within the root of, where gradients have this size; above
// kGuard it is more than a guard.
inline constexpr double kGuard = 1e-3;
inline double epsilonShare(const Recipe& recipe, double size) {
  double share = 0;
  edited(recipe, [&](const Entry<Optimizer>& entry, Recipe& at) {
    const double epsilon = parseNumber(wordOf(entry, at, "epsilon")).value_or(0);
    if (epsilon == 0) return;
    const std::string placement = wordOf(entry, at, "epsilonPlacement");
    const double beta2 = parseNumber(wordOf(entry, at, "beta2")).value_or(0);
    share = epsilon / (placement == "inside" ? size * size
                       : placement == "hat"  ? size * std::sqrt(1 - beta2)
                                             : size);
  });
  return share;
}

}  // namespace descent::runs
