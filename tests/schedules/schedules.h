// Schedules from recipes.
#pragma once

#include <string>

#include "descent/catalogue.h"
#include "support/catch.h"

namespace descent {

inline std::unique_ptr<Schedule> schedule(const std::string& text) {
  INFO(text);
  const auto recipe = parseRecipe(text);
  REQUIRE(recipe);
  auto built = catalogue().build<Schedule>(*recipe);
  INFO((built ? "" : built.error().message));
  REQUIRE(built);
  return std::move(*built);
}

// A few roundings of numbers in [0, 1].
inline Approx near(double value) { return Approx(value).epsilon(0).margin(4e-16); }

}  // namespace descent
