// Reading a table of numbers that somebody typed, pasted or drew.
//
// Rows are lines, or parts between ';' where there is one line only. Columns are parted by commas,
// or by tabs where the first row has one. A first row without any number is a heading. Blank rows
// are passed over, but counted in messages.
#pragma once

#include <algorithm>
#include <cctype>
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

  Error wrong(Eigen::Index row, Eigen::Index column, const std::string& expected) const {
    return {"row " + std::to_string(lines[row]) + ", column " + std::to_string(column + 1) +
            ": expected " + expected + ", found " + print(numbers(column, row))};
  }
};

inline Result<NumberTable> readNumbers(std::string_view text) {
  const bool hasLines = text.find('\n') != std::string_view::npos;
  std::vector<std::string_view> rows;
  NumberTable table;
  int line = 0;
  for (std::string_view row : split(text, hasLines ? '\n' : ';')) {
    ++line;
    while (!row.empty() && (row.back() == '\r' || row.back() == ';')) row.remove_suffix(1);
    if (trim(row).empty()) continue;
    rows.push_back(row);
    table.lines.push_back(line);
  }

  const char comma = !rows.empty() && rows[0].find('\t') != std::string_view::npos ? '\t' : ',';
  // A heading has no cell that is, or was meant to be, a number.
  const auto isNumber = [](std::string_view cell) {
    const std::string_view word = trim(cell);
    const bool begins = !word.empty() && (std::isdigit(static_cast<unsigned char>(word.front())) ||
                                          word.front() == '-' || word.front() == '+');
    std::string lower(word.substr(0, 8));
    for (char& c : lower) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return begins || lower == "nan" || lower == "inf" || lower == "infinity" || lower == "na";
  };
  const auto isHeading = [&](std::string_view row) {
    const auto cells = split(row, comma);
    return std::none_of(cells.begin(), cells.end(), isNumber) &&
           std::any_of(cells.begin(), cells.end(), [](auto cell) { return !trim(cell).empty(); });
  };
  if (!rows.empty() && isHeading(rows[0])) {
    rows.erase(rows.begin());
    table.lines.erase(table.lines.begin());
  }
  if (rows.size() < 2 || rows.size() > kMostRows) {
    return Error{"expected 2 to " + std::to_string(kMostRows) +
                 " rows of numbers parted by commas or tabs, found " + std::to_string(rows.size())};
  }

  const std::size_t columns = split(rows[0], comma).size();
  if (columns < 2 || columns > kMostColumns) {
    return Error{"expected 2 to " + std::to_string(kMostColumns) + " columns, found " +
                 std::to_string(columns)};
  }
  table.numbers.resize(static_cast<Eigen::Index>(columns), static_cast<Eigen::Index>(rows.size()));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::string row = "row " + std::to_string(table.lines[i]);
    const auto cells = split(rows[i], comma);
    if (cells.size() != columns) {
      return Error{row + ": expected " + std::to_string(columns) + " columns as in row " +
                   std::to_string(table.lines[0]) + ", found " + std::to_string(cells.size())};
    }
    for (std::size_t j = 0; j < columns; ++j) {
      const auto number = parseNumber(cells[j]);
      const std::string_view cell = trim(cells[j]);
      if (!number) {
        return Error{row + ", column " + std::to_string(j + 1) +
                     ": expected a finite number, found " +
                     (cell.empty() ? "nothing" : "'" + std::string(cell.substr(0, 60)) + "'")};
      }
      table.numbers(j, i) = *number;
    }
  }
  return table;
}

}  // namespace descent
