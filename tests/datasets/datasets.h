// Data sets from recipes, and what they draw.
#pragma once

#include <string>

#include "core/open.h"
#include "descent/catalogue.h"
#include "network/training.h"

namespace descent {

inline std::unique_ptr<Dataset> dataset(const std::string& text) {
  INFO(text.substr(0, 200));
  const auto recipe = parseRecipe(text);
  REQUIRE(recipe);
  auto built = catalogue().build<Dataset>(*recipe);
  INFO((built ? "" : built.error().message));
  REQUIRE(built);
  return std::move(*built);
}

// All of them, to be trained on.
inline Examples drawn(const Dataset& data, int n, double noise = 0, std::uint64_t seed = 7) {
  return drawSplit(data, n, noise, {0, 0}, seed).training;
}
inline Examples drawn(const std::string& text, int n, double noise = 0, std::uint64_t seed = 7) {
  return drawn(*dataset(text), n, noise, seed);
}

// A data set that reads text: id(knob="text").
inline Recipe recipeOf(const std::string& id, const std::string& knob, const std::string& text) {
  return {id, {{knob, Text{text}}}};
}

inline std::string refusalOf(const Recipe& recipe) {
  const auto built = catalogue().build<Dataset>(recipe);
  REQUIRE_FALSE(built);
  return built.error().message;
}

inline bool same(const Examples& a, const Examples& b) {
  return a.inputs == b.inputs && a.labels == b.labels && a.targets == b.targets;
}

}  // namespace descent
