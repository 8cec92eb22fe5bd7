// Labs opened from text, and arrays compared bit for bit.
#pragma once

#include <cstring>
#include <memory>
#include <string>

#include "descent/session.h"
#include "support/catch.h"

namespace descent {

inline std::unique_ptr<Session> opened(const std::string& text) {
  INFO("spec " << text);
  const auto spec = Spec::parse(text);
  REQUIRE(spec);
  auto session = Session::open(*spec);
  INFO((session ? "" : session.error().message));
  REQUIRE(session);
  return std::move(*session);
}

// The message with which a spec is refused.
inline std::string refusal(const std::string& text) {
  INFO("spec " << text);
  const auto spec = Spec::parse(text);
  REQUIRE(spec);
  const auto session = Session::open(*spec);
  REQUIRE_FALSE(session);
  return session.error().message;
}

inline Array channel(const Session& session, const std::string& name) {
  auto array = session.read(name);
  INFO(name << (array ? "" : ": " + array.error().message));
  REQUIRE(array);
  return *array;
}

inline bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

// The same numbers, NaN and the sign of zero included.
inline bool sameBits(const std::vector<double>& a, const std::vector<double>& b) {
  return a.size() == b.size() &&
         (a.empty() || std::memcmp(a.data(), b.data(), a.size() * sizeof(double)) == 0);
}
inline bool sameBits(double a, double b) { return std::memcmp(&a, &b, sizeof a) == 0; }

}  // namespace descent
