// Reading a table of numbers that somebody typed, pasted or drew.
//
// Rows are lines, ended by LF, CR LF or CR; a text without line ends has its rows parted by ';'.
// What parts the cells is decided on the text as a whole: tabs where there are any, else semicolons
// where every line has one or not every line has a comma, else commas. A cell may stand in double
// quotes, which protect all of these (RFC 4180, https://www.rfc-editor.org/rfc/rfc4180).
//
// Where a comma parts no cells it is a decimal comma. A table that could be read in two ways, by
// points and commas both or by commas that may part thousands ("1,234"), is refused.
//
// A first row of which no cell is a number is a heading: ".5", "−2" with U+2212, and what stands
// between quotes or behind a byte order mark are numbers. Blank rows are passed over, but counted
// in messages.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "descent/result.h"
#include "descent/text.h"
#include "descent/vector.h"

namespace descent {

inline constexpr std::size_t kMostRows = 20000, kMostColumns = 64;

struct NumberTable {
  Matrix numbers;          // columns × rows
  std::vector<int> lines;  // where each row stands in the text, from 1
  // What was decided in reading it, each after "; ": "; decimal commas read", and so on.
  std::string note;

  Error wrong(Eigen::Index row, Eigen::Index column, const std::string& expected) const {
    return {"row " + std::to_string(lines[row]) + ", column " + std::to_string(column + 1) +
            ": expected " + expected + ", found " + print(numbers(column, row))};
  }
};

Result<NumberTable> readNumbers(std::string_view text);

}  // namespace descent
