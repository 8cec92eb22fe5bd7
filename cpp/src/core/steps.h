// Steps as a face names them.
#pragma once

#include <cmath>
#include <string>
#include <string_view>

#include "descent/session.h"
#include "descent/text.h"

namespace descent {

// A whole number of steps from a face, where anything may come.
inline Result<int> readStep(const char* what, double value) {
  if (!(value >= 0 && value <= Session::kMaxSteps) || std::floor(value) != value) {
    return Error{std::string(what) + " must be a whole number in [0, " + print(Session::kMaxSteps) +
                 "], got " + print(value)};
  }
  return static_cast<int>(value);
}

inline Result<int> readStep(const char* what, std::string_view text) {
  const auto number = parseNumber(text);
  if (number) return readStep(what, *number);
  return Error{std::string(what) + " must be a whole number in [0, " + print(Session::kMaxSteps) +
               "], got " + (text.empty() ? "nothing" : excerpt(text))};
}

}  // namespace descent
