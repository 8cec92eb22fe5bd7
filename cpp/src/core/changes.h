// What a turned knob changed, in words: "rate of sgd 0.05 → 0.15", and "rate of sgd in lookahead …"
// where one is wrapped; "" where it stands as it stood.
#pragma once

#include <string>

#include "descent/knob.h"

namespace descent {

std::string changeOf(const Knob& knob, const Value& from, const Value& to);

}  // namespace descent
