// Values as the knobs that they are given to take them. Errors name the knob, the value and what is
// allowed.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "descent/catalogue.h"

namespace descent {

Error wrong(const Knob& knob, const std::string& allowed, const std::string& value);
// An error of the grammar, with the knob in front of it.
Error within(const Knob& knob, const Error& error);
// An id that is none of the knobs of an owner.
Error noKnob(const std::string& owner, const std::vector<const Knob*>& knobs, std::string_view id);
bool isIn(const std::vector<std::string>& choices, std::string_view word);

Result<double> toNumber(const Knob& knob, const Value& value);
// The place among the choices.
Result<int> toChoice(const Knob& knob, const Value& value);
Result<bool> toFlag(const Knob& knob, const Value& value);
Result<Recipe> toRecipe(const Knob& knob, const Value& value);
Result<std::unique_ptr<Schedule>> toSchedule(const Knob& knob, const Value& value);
// An inner optimizer of the same id keeps what it remembers.
Result<void> setInner(Polymorphic<Optimizer>& inner, const Knob& knob, const Value& value);

}  // namespace descent
