// A knob: what a face needs to know to build a control for a number, a choice or a recipe.
#pragma once

#include <string>
#include <vector>

namespace descent {

enum class KnobType { kNumber, kInteger, kChoice, kFlag, kPoint, kText, kRecipe, kRecipes };

// How a slider spreads the usual range: by x, log x, or log(1 − x) for rates of forgetting.
enum class Scale { kLinear, kLog, kComplement };

// What a recipe may name.
enum class Kind { kNone, kOptimizer, kSchedule, kLandscape, kProblem, kDataset };

std::string name(KnobType type);
std::string name(Scale scale);
std::string name(Kind kind);

// Values are text, as they stand in a spec.
struct Knob {
  std::string id;
  std::string path;  // "adam.beta1", as messages name it
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
  Kind kind = Kind::kNone;
  std::string standard;  // the default, read off a fresh object
  std::string value;     // now
  std::string note;      // what was understood of the value, where that is not plain to see
  bool lines = false;    // of a text: it may have several lines
  bool live = true;      // may be turned while running
};

}  // namespace descent
