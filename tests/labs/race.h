// The race, opened and run.
#pragma once

#include <cmath>

#include "core/open.h"
#include "descent/random.h"

namespace descent {

// Runs `spec` for so many steps.
inline std::unique_ptr<Session> raced(const std::string& spec, int steps) {
  auto session = opened("lab=race&" + spec);
  REQUIRE(session->advance(steps));
  return session;
}

inline std::vector<double> data(const Session& session, const std::string& name) {
  return channel(session, name).data;
}

// The one reading whose quantity begins so, of a subject.
inline Reading readingOf(const Session& session, const std::string& quantity, int subject = 0) {
  std::vector<Reading> found;
  for (const Reading& r : session.readings()) {
    if (r.subject == subject && r.quantity.rfind(quantity, 0) == 0) found.push_back(r);
  }
  INFO(quantity);
  REQUIRE(found.size() == 1);
  return found[0];
}

inline std::unique_ptr<Landscape> surface(const std::string& text) {
  auto built = catalogue().build<Landscape>(*parseRecipe(text));
  REQUIRE(built);
  return std::move(*built);
}

inline bool allNaN(const std::vector<double>& values, std::size_t from) {
  for (std::size_t i = from; i < values.size(); ++i) {
    if (!std::isnan(values[i])) return false;
  }
  return from < values.size();
}

}  // namespace descent
