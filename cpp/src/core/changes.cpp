#include "core/changes.h"

#include <algorithm>
#include <cctype>

#include "core/edit.h"
#include "descent/text.h"

namespace descent {
namespace {

// A label within a sentence: "Rate" becomes "rate".
std::string inSentence(std::string label) {
  if (label.size() > 1 && std::islower(static_cast<unsigned char>(label[1]))) {
    label[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(label[0])));
  }
  return label;
}

using Changes = std::vector<std::string>;

// The arguments that differ, "rate of sgd 0.05 → 0.15"; inside what is wrapped, "rate of sgd in
// lookahead …".
void compareRecipes(Kind kind, const Recipe& from, const Recipe& to, const std::string& whose,
                    Changes& changes) {
  if (from == to) return;
  const auto knobs = catalogue().knobsOf(kind, from);
  if (from.name != to.name || !knobs || knobs->empty()) {
    changes.push_back(print(from) + " → " + print(to));
    return;
  }
  for (const Knob* knob : *knobs) {
    const bool isFirst = knob == knobs->front();
    const Value &before = valueIn(from, *knob, isFirst), &after = valueIn(to, *knob, isFirst);
    if (plain(before) == plain(after)) continue;
    const Recipe *inner = std::get_if<Recipe>(&before), *next = std::get_if<Recipe>(&after);
    if (knob->type == KnobType::kRecipe && inner && next && inner->name == next->name) {
      compareRecipes(knob->kind, *inner, *next, inner->name + " in " + whose, changes);
    } else {
      changes.push_back(inSentence(knob->label) + " of " + whose + " " + plain(before) + " → " +
                        plain(after));
    }
  }
}

std::string changesOf(Kind kind, const std::vector<Recipe>& from, const std::vector<Recipe>& to) {
  Changes changes;
  for (std::size_t i = 0; i < from.size(); ++i) {
    const std::string& name = from[i].name;
    const auto namesakes =
        std::count_if(from.begin(), from.end(), [&](const Recipe& r) { return r.name == name; });
    const std::string number = namesakes > 1 ? " (runner " + std::to_string(i + 1) + ")" : "";
    compareRecipes(kind, from[i], to[i], name + number, changes);
  }
  return join(changes, ", ");
}

}  // namespace

std::string changeOf(const Knob& knob, const Value& from, const Value& to) {
  if (from == to) return "";
  using Recipes = std::vector<Recipe>;
  if (knob.type == KnobType::kRecipe) {
    return changesOf(knob.kind, {std::get<Recipe>(from)}, {std::get<Recipe>(to)});
  }
  const Recipes *before = std::get_if<Recipes>(&from), *after = std::get_if<Recipes>(&to);
  if (before && after && before->size() == after->size()) {
    return changesOf(knob.kind, *before, *after);
  }
  return inSentence(knob.label) + " " + plain(from) + " → " + plain(to);
}

}  // namespace descent
