// A knob: what a face needs to know to build a control for a number, a choice or a recipe.
#pragma once

#include <string>
#include <vector>

#include "descent/kinds.h"
#include "descent/recipe.h"

namespace descent {

enum class KnobType { kNumber, kInteger, kChoice, kFlag, kPoint, kText, kRecipe, kRecipes };

// How a slider spreads the usual range: by x, log x, or log(1 − x) for rates of forgetting.
enum class Scale { kLinear, kLog, kComplement };

std::string name(KnobType type);
std::string name(Scale scale);
std::string name(Kind kind);

struct Knob {
  std::string id;
  std::string name;  // "adam.beta1", in messages
  std::string label;
  std::string symbol;  // the paper's letter: "η", "β_1" (what follows _ is a subscript)
  std::string help;
  KnobType type = KnobType::kNumber;
  double low = 0;  // allowed range, inclusive
  double high = 0;
  double usualLow = 0;  // what a slider spans
  double usualHigh = 0;
  Scale scale = Scale::kLinear;
  std::vector<std::string> choices;
  std::string unit;
  Kind kind = Kind::kNone;  // of what a recipe may name
  Value defaultValue;       // read off a fresh object
  std::string note;         // what was understood of the value, where that is not plain to see
  bool lines = false;       // of a text: it may have several lines
  bool live = true;         // may be turned while running

  // As it stands somewhere: its value as text and, of a recipe, which entry it names and the knobs
  // of that one.
  std::string value = {};
  std::string entry = {};
  std::vector<Knob> knobs = {};
};

// A text as a value of this knob. Errors are those of the grammar alone: what no such knob may have
// is refused where it is set.
Result<Value> readValue(const Knob& knob, std::string_view text);

}  // namespace descent
