// How something is told apart in every picture: hue is the family, slot (dash and marker) the
// member, a ring marks a decorator and a hollow marker a second copy.
#pragma once

#include <array>

namespace descent {

struct Style {
  int hue = 0;   // 0 … 7
  int slot = 0;  // 0 … 5
  bool ring = false;
  bool hollow = false;
};

inline constexpr std::array<const char*, 8> kFamilies = {
    "plain gradient",  "Adam",         "momentum", "per coordinate", "matrix",
    "decoupled decay", "second order", "sign"};

}  // namespace descent
