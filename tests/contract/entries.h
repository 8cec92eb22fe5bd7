// Entries of the catalogue and their knobs.
#pragma once

#include "descent/catalogue.h"
#include "support/catch.h"

namespace descent {

// f(entry) for every entry of a kind.
template <class Base, class F>
void eachEntry(F f) {
  for (const Entry<Base>& entry : catalogue().entries<Base>()) {
    INFO(entry.id);
    f(entry);
  }
}

inline bool isNumber(const Knob& knob) {
  return knob.type == KnobType::kNumber || knob.type == KnobType::kInteger;
}

}  // namespace descent
