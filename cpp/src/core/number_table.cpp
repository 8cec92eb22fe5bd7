#include "core/number_table.h"

#include <algorithm>
#include <cctype>
#include <optional>

namespace descent {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF", kMinus = "\xE2\x88\x92";

// A row as it stands in the text, each byte with whether quotes protect it.
struct TableRow {
  int line;  // from 1
  std::string_view text;
  std::vector<bool> isQuoted;

  bool has(char c) const {
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text[i] == c && !isQuoted[i]) return true;
    }
    return false;
  }
};

struct TableCell {
  std::string text;  // without quotes and blanks about it
  int line;
  std::size_t column;  // from 1

  std::string place() const {
    return "row " + std::to_string(line) + ", column " + std::to_string(column);
  }
};
using CellRow = std::vector<TableCell>;

bool isDigit(char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; }

void replaceAll(std::string& text, std::string_view from, std::string_view to) {
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

// Which bytes stand between quotes, the quotes among them: a quote opens where a cell begins, and
// one that stands twice is one of the text.
Result<std::vector<bool>> quotedBytes(std::string_view text) {
  std::vector<bool> isQuoted(text.size());
  bool isInside = false, begins = true;
  std::size_t opened = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    isQuoted[i] = isInside || (begins && c == '"');
    if (!isInside && isQuoted[i]) opened = i;
    if (isInside && c == '"' && text.substr(i + 1, 1) == "\"") {
      isQuoted[++i] = true;
    } else if (isInside) {
      isInside = c != '"';
    } else {
      isInside = isQuoted[i];
      begins = c == '\t' || c == ';' || c == ',' || c == '\n' || c == '\r' || (begins && c == ' ');
    }
  }
  if (!isInside) return isQuoted;
  return Error{"a quote is opened and not closed: " + excerpt(text.substr(opened), 20)};
}

// Lines, or what ';' parts where there is one line only; blank ones left out.
std::vector<TableRow> rowsOf(std::string_view text, const std::vector<bool>& isQuoted) {
  const auto isEnd = [&](std::size_t i, bool byLines) {
    return !isQuoted[i] && (byLines ? text[i] == '\n' || text[i] == '\r' : text[i] == ';');
  };
  bool byLines = false;
  for (std::size_t i = 0; i < text.size(); ++i) byLines = byLines || isEnd(i, true);
  std::vector<TableRow> rows;
  int line = 0;
  for (std::size_t first = 0; first <= text.size();) {
    std::size_t end = first;
    while (end < text.size() && !isEnd(end, byLines)) ++end;
    std::size_t last = end;
    while (last > first && text[last - 1] == ';' && !isQuoted[last - 1]) --last;
    ++line;
    if (!trim(text.substr(first, last - first)).empty()) {
      rows.push_back({line,
                      text.substr(first, last - first),
                      {isQuoted.begin() + static_cast<std::ptrdiff_t>(first),
                       isQuoted.begin() + static_cast<std::ptrdiff_t>(last)}});
    }
    first = end + (text.substr(end, 2) == "\r\n" ? 2 : 1);
  }
  return rows;
}

char separatorOf(const std::vector<TableRow>& rows) {
  const auto count = [&](char c) {
    return std::count_if(rows.begin(), rows.end(), [c](const TableRow& row) { return row.has(c); });
  };
  if (count('\t') > 0) return '\t';
  const auto all = std::ssize(rows), semicolons = count(';');
  return semicolons == all || (semicolons > 0 && count(',') < all) ? ';' : ',';
}

CellRow cellsOf(const TableRow& row, char separator) {
  CellRow cells;
  for (std::size_t first = 0; first <= row.text.size();) {
    std::size_t end = first;
    while (end < row.text.size() && (row.text[end] != separator || row.isQuoted[end])) ++end;
    std::string_view cell = trim(row.text.substr(first, end - first));
    const bool isQuoted = cell.size() > 1 && cell.front() == '"' && cell.back() == '"';
    std::string text(isQuoted ? trim(cell.substr(1, cell.size() - 2)) : cell);
    if (isQuoted) replaceAll(text, "\"\"", "\"");
    cells.push_back({std::move(text), row.line, cells.size() + 1});
    first = end + 1;
  }
  return cells;
}

std::optional<double> numberOf(std::string text) {
  replaceAll(text, kMinus, "-");
  return parseNumber(text);
}

// A number, if its only comma is a decimal one.
std::optional<double> byComma(std::string text) {
  const auto comma = text.find(',');
  if (comma == std::string::npos || text.find('.') != std::string::npos) return {};
  text[comma] = '.';
  return numberOf(std::move(text));
}

// "12,500", whose comma may part thousands.
bool mayPartThousands(std::string text) {
  replaceAll(text, kMinus, "-");
  if (text.starts_with('-') || text.starts_with('+')) text.erase(0, 1);
  const auto comma = text.find(',');
  return comma >= 1 && comma <= 3 && text.size() == comma + 4 && text[0] != '0' &&
         std::count_if(text.begin(), text.end(), isDigit) == std::ssize(text) - 1;
}

// "012" or "000.5", which after a comma may be the end of a number whose thousands it parts.
bool mayEndThousands(std::string_view text) {
  return text.starts_with('0') && text.size() >= 3 && text.find('.') != 1 &&
         std::min(text.find('.'), text.size()) == 3;
}

// Is it, or was it meant to be, a number? "1e999", "1,234.5" and "nan" are none that can be used.
bool isLikeNumber(std::string text) {
  replaceAll(text, kMinus, "-");
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  if (text.starts_with('-') || text.starts_with('+')) text.erase(0, 1);
  if (text == "nan" || text == "inf" || text == "infinity" || text == "na") return true;
  const std::size_t first = text.starts_with('.') || text.starts_with(',') ? 1 : 0;
  return first < text.size() && isDigit(text[first]) &&
         text.find_first_not_of("0123456789.,e+-") == std::string::npos;
}

bool isHeading(const CellRow& cells) {
  return std::none_of(cells.begin(), cells.end(), [](auto& c) { return isLikeNumber(c.text); }) &&
         std::any_of(cells.begin(), cells.end(), [](auto& c) { return !c.text.empty(); });
}

std::string headingNote(const CellRow& cells) {
  constexpr std::size_t kMostNames = 12;
  std::vector<std::string> names;
  for (const TableCell& cell : cells) {
    if (names.size() == kMostNames) break;
    std::string name = cell.text;
    for (char& c : name) c = c == '\n' || c == '\r' ? ' ' : c;
    names.push_back(excerpt(name, 30));
  }
  return "; heading passed over: " + join(names, ", ") + (cells.size() > kMostNames ? ", …" : "");
}

// Whether the commas in the cells are decimal ones; an error where they could be something else.
Result<bool> hasDecimalCommas(const std::vector<CellRow>& rows) {
  const TableCell *comma = nullptr, *point = nullptr, *clear = nullptr;
  for (const CellRow& row : rows) {
    for (const TableCell& cell : row) {
      if (byComma(cell.text)) {
        if (!comma) comma = &cell;
        if (!clear && !mayPartThousands(cell.text)) clear = &cell;
      } else if (!point && cell.text.find('.') != std::string::npos && numberOf(cell.text)) {
        point = &cell;
      }
    }
  }
  if (!comma) return false;
  if (point) {
    return Error{point->place() + ": '" + excerpt(point->text) + "' has a point, but '" +
                 excerpt(comma->text) + "' in row " + std::to_string(comma->line) +
                 " a comma: write one decimal sign throughout"};
  }
  if (!clear) {
    std::string decimal = comma->text, whole = comma->text;
    replaceAll(decimal, ",", ".");
    replaceAll(whole, ",", "");
    return Error{comma->place() + ": '" + comma->text + "' may be " + decimal + " or " + whole +
                 ": write which, without a comma"};
  }
  return true;
}

}  // namespace

Result<NumberTable> readNumbers(std::string_view text) {
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  const auto isQuoted = quotedBytes(text);
  if (!isQuoted) return isQuoted.error();
  const std::vector<TableRow> lines = rowsOf(text, *isQuoted);
  const char separator = separatorOf(lines);
  std::vector<CellRow> rows;
  for (const TableRow& line : lines) rows.push_back(cellsOf(line, separator));

  NumberTable table;
  if (separator == ';' && !rows.empty()) table.note = "; columns parted by semicolons";
  std::string heading;
  if (!rows.empty() && isHeading(rows[0])) {
    heading = headingNote(rows[0]);
    rows.erase(rows.begin());
  }
  if (rows.size() < 2 || rows.size() > kMostRows) {
    return Error{"expected 2 to " + std::to_string(kMostRows) + " rows of numbers, found " +
                 std::to_string(rows.size())};
  }
  const std::size_t columns = rows[0].size();
  if (columns < 2 || columns > kMostColumns) {
    return Error{"expected 2 to " + std::to_string(kMostColumns) +
                 " columns parted by commas, semicolons or tabs, found " + std::to_string(columns)};
  }
  const auto commas = hasDecimalCommas(rows);
  if (!commas) return commas.error();
  if (*commas) table.note += "; decimal commas read";
  table.note += heading;

  table.numbers.resize(static_cast<Eigen::Index>(columns), static_cast<Eigen::Index>(rows.size()));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const CellRow& row = rows[i];
    table.lines.push_back(row[0].line);
    if (row.size() != columns) {
      return Error{"row " + std::to_string(row[0].line) + ": expected " + std::to_string(columns) +
                   " columns as in row " + std::to_string(table.lines[0]) + ", found " +
                   std::to_string(row.size())};
    }
    for (const TableCell& cell : row) {
      if (separator == ',' && cell.column > 1 && mayEndThousands(cell.text)) {
        return Error{cell.place() + ": '" + excerpt(cell.text) +
                     "' may be a number, or the end of '" +
                     excerpt(row[cell.column - 2].text + "," + cell.text) +
                     "': write numbers without commas and without zeros before them"};
      }
      auto number = numberOf(cell.text);
      if (!number && *commas) number = byComma(cell.text);
      if (!number) {
        return Error{cell.place() + ": expected a finite number, found " +
                     (cell.text.empty() ? "nothing" : "'" + excerpt(cell.text) + "'")};
      }
      table.numbers(static_cast<Eigen::Index>(cell.column) - 1, static_cast<Eigen::Index>(i)) =
          *number;
    }
  }
  return table;
}

}  // namespace descent
