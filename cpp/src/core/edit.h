// Values addressed by path. A path begins with a knob of a lab and goes on through what its value
// holds: "runners/1" is the second recipe of a list, "runners/1/beta1" a knob of that one,
// "landscape/kappa" a knob of a recipe, "runners/1/schedule/steps" one of a recipe within it.
#pragma once

#include <string_view>
#include <utility>

#include "descent/catalogue.h"

namespace descent {

enum class Edit {
  kSet,     // to what a text says
  kAdd,     // the recipes of a text, at a place in a list or at its end
  kRemove,  // from a list; a knob goes back to its default
  kWrap     // a recipe in what a text names
};

// The first word of a path, and the rest.
std::pair<std::string_view, std::string_view> splitPath(std::string_view path);

// What a recipe gives to a knob of the entry that it names, or the default.
const Value& valueIn(const Recipe& recipe, const Knob& knob, bool isFirst);

// The value of a knob after an edit at a path within it, "" for all of it. Values are typed as
// their knobs ask for, and not yet judged.
Result<Value> editedValue(const Knob& knob, const Value& value, std::string_view path, Edit edit,
                          std::string_view text);

// A knob as it stands with this value, and what stands at a path within it.
Knob standing(const Knob& knob, const Value& value);
Result<Knob> standingAt(const Knob& knob, const Value& value, std::string_view path);

}  // namespace descent
