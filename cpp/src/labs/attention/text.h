// What is typed into the attention lab: tokens, links between words, and single entries of its
// matrices.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "descent/result.h"

namespace descent::attention {

inline constexpr int kMostTokens = 16;

// How a token that only fills up the sequence is shown; no word may be this.
inline constexpr const char* kPad = "[pad]";

// Words between spaces, tabs and ends of lines, 2 to kMostTokens of them.
Result<std::vector<std::string>> readTokens(const std::string& text);

// The characters of a word by number.
std::vector<int> codePointsOf(std::string_view word);

// That one word looks at another, "it>ball".
struct Link {
  std::string from, to;
};
// As in "it>ball, it>valley"; or none.
Result<std::vector<Link>> readLinks(const std::string& text);

// A matrix that may be edited, the four projections first.
enum class Part { kWq, kWk, kWv, kWo, kQ, kK, kV };
const char* nameOf(Part part);

struct Edit {
  Part part;
  int row, column;  // from 0
  double value;
};
// As in "Wq(1,2)=0.5; K(3,1)=-1", counted from 1; or none.
Result<std::vector<Edit>> readEdits(const std::string& text);
// "Wq(1,2)"
std::string nameOf(const Edit& edit);

}  // namespace descent::attention
