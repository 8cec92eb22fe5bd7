#include "descent/knob.h"

#include <array>

namespace descent {

std::string name(KnobType type) {
  constexpr std::array kNames = {"number", "integer", "choice", "flag",
                                 "point",  "text",    "recipe", "recipes"};
  return kNames[static_cast<std::size_t>(type)];
}

std::string name(Scale scale) {
  constexpr std::array kNames = {"linear", "log", "complement"};
  return kNames[static_cast<std::size_t>(scale)];
}

std::string name(Kind kind) {
  std::string id;
  forEachKind([&](const auto& known) {
    if (known.kind == kind) id = known.id;
  });
  return id;
}

}  // namespace descent
