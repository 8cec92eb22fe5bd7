// An entry of the catalogue: what is said of an optimizer, a schedule, … and the knobs that it has.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <type_traits>
#include <vector>

#include "descent/kinds.h"
#include "descent/knob.h"
#include "descent/lab.h"
#include "descent/result.h"
#include "descent/style.h"

namespace descent {

// A knob bound to the member that it sets. `apply` checks the value; on an error nothing is set.
template <class Base>
struct BoundKnob {
  using Apply = std::function<Result<void>(Base&, const Knob&, const Value&)>;
  Knob knob;
  Apply apply;
};

// What the reference says of an optimizer besides. The reference is made while the site is built;
// a module for the page is compiled with DESCENT_BRIEF, which leaves these and the formula, the
// citation and the variant out of it.
struct Card {
  std::string
      numpy;  // the step of the default variant in NumPy: state `s` (a dict), `x`, `g`, `eta`
  std::string metric;  // the norm under which the step is steepest descent
  std::string uses;    // where it is used
  std::string limits;  // what it is weak at
};

// What a decorator changes.
enum class Decorates { kNothing, kGradient, kIterate };

template <class Base>
struct Entry {
  static constexpr Kind kind = kKindOf<Base>.kind;
  std::string id;
  std::string title;
  std::string sentence;  // one sentence that teaches it
  std::string formula;   // LaTeX
  std::string citation;  // authors, year, title
  std::string link;
  std::string variant;  // which of the published forms this is, and where it departs
  Card card;
  Style style;
  Decorates decorates = Decorates::kNothing;
  std::vector<BoundKnob<Base>> knobs;
  std::vector<Preset> presets;
  std::unique_ptr<Base> (*make)() = nullptr;

  const char* family() const {
    if (kind != Kind::kOptimizer) return "";
    if (decorates != Decorates::kNothing) return "decorator";
    return kFamilies[static_cast<std::size_t>(style.hue)];
  }
};

// The argument that a recipe gives for a knob of the entry that it names.
template <class Base>
const Argument* argumentOf(const Entry<Base>& entry, const Recipe& recipe, const std::string& id) {
  return argumentOf(recipe, id, !entry.knobs.empty() && entry.knobs.front().knob.id == id);
}

}  // namespace descent
