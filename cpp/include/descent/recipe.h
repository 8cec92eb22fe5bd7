// Recipes: how optimizers, schedules and landscapes are written.
//
//   recipe   = name [ "(" [ argument { "," argument } ] ")" ]
//   argument = [ key "=" ] value          what is wrapped comes first, without a key
//   value    = number | recipe | text     a word ("ema", "on") is a recipe without arguments
//   text     = '"' … '"' | "'" … "'"      whatever stands between the quotes; the same quote
//                                         within it stands twice
//
//   lookahead(sgd(lr=0.1), k=5, alpha=0.5)
//   muon(lr=0.02, schedule=warmup(cosine, steps=10))
//   custom(f="x^2 + 3*y^2")
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "descent/result.h"

namespace descent {

struct Argument;

struct Recipe {
  std::string name;
  std::vector<Argument> arguments;

  bool operator==(const Recipe& other) const;
};

// What stands between quotes.
struct Text {
  std::string text;

  bool operator==(const Text& other) const = default;
};

// A list stands alone, as a lab's knob; within a recipe none can be written.
using Value = std::variant<double, Recipe, Text, std::vector<Recipe>>;

struct Argument {
  std::string key;  // "" where none was given
  Value value;

  bool operator==(const Argument& other) const = default;
};

// Names are letters, digits, '-' and '_', and begin with a letter. Errors name the column, from 1.
Result<Recipe> parseRecipe(std::string_view text);
// A comma-separated list; an empty text is an empty list.
Result<std::vector<Recipe>> parseRecipes(std::string_view text);
// The items of a list of anything, which commas within parentheses and quotes do not part.
Result<std::vector<std::string_view>> splitList(std::string_view text);

// The value as a recipe: one in quotes is read.
Result<Recipe> recipeOf(const Value& value);
// The argument for a knob, the first of its recipe's or another; one without a key is the first's.
const Argument* argumentOf(const Recipe& recipe, std::string_view knob, bool isFirst);

std::string print(const Recipe& recipe);
std::string print(const std::vector<Recipe>& recipes);
std::string print(const Value& value);
// A value as a knob reads it: text without its quotes.
std::string plain(const Value& value);
// Text as a recipe holds it, in quotes.
std::string inQuotes(const std::string& text);

}  // namespace descent
