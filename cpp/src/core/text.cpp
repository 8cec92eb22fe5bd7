#include "descent/text.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <numeric>
#include <utility>

namespace descent {

namespace {

// `digits` significant digits: plain up to 10^largest, else like 1e-8.
std::string format(double value, int digits, int largest) {
  std::array<char, 40> text;
  const auto write = [&](const char* pattern, int precision) {
    std::snprintf(text.data(), text.size(), pattern, precision, value);
    return std::string(text.data());
  };
  std::string scientific = write("%.*e", digits - 1);
  const auto e = scientific.find('e');
  const int exponent = std::atoi(scientific.c_str() + e + 1);
  if (exponent >= -4 && exponent <= largest)
    return write("%.*f", std::max(0, digits - 1 - exponent));
  return scientific.substr(0, e + 1) + std::to_string(exponent);
}

std::string withoutTrailingZeros(const std::string& text) {
  const auto e = std::min(text.find('e'), text.size());
  std::string digits = text.substr(0, e);
  if (digits.find('.') == std::string::npos) return text;
  digits.erase(digits.find_last_not_of('0') + 1);
  if (digits.back() == '.') digits.pop_back();
  return digits + text.substr(e);
}

}  // namespace

std::string print(double value) {
  if (std::isnan(value)) return "nan";
  if (std::isinf(value)) return value > 0 ? "inf" : "-inf";
  for (int digits = 1; digits < 17; ++digits) {
    const std::string text = format(value, digits, 9);
    if (std::strtod(text.c_str(), nullptr) == value) return text;
  }
  return format(value, 17, 9);
}

std::string printShort(double value, int digits) {
  if (!std::isfinite(value)) return print(value);
  return withoutTrailingZeros(format(value, digits, 4));
}

std::string counted(long long n, std::string_view thing, std::string_view things) {
  std::string text = std::to_string(n) + " ";
  if (n == 1 || things.empty()) return text.append(thing) + (n == 1 ? "" : "s");
  return text.append(things);
}

std::optional<double> parseNumber(std::string_view text) {
  text = trim(text);
  const bool plain = std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '+' || c == 'e' || c == 'E';
  });
  if (text.empty() || !plain) return {};
  const std::string copy(text);
  char* end = nullptr;
  const double value = std::strtod(copy.c_str(), &end);
  if (end != copy.c_str() + copy.size() || !std::isfinite(value)) return {};
  return value;
}

namespace {

// A character of a text: its code point, and how many bytes it takes.
struct Character {
  static constexpr std::uint32_t kNone = 0xFFFFFFFF;  // of a byte that is no UTF-8
  std::uint32_t code;
  std::size_t size;
};

Character characterAt(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned lead = byte(at);
  if (lead < 0x80) return {lead, 1};
  const std::size_t size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || at + size > text.size()) return {Character::kNone, 1};
  std::uint32_t code = lead & (0x7Fu >> size);
  for (std::size_t i = 1; i < size; ++i) {
    if ((byte(at + i) & 0xC0) != 0x80) return {Character::kNone, 1};
    code = code << 6 | (byte(at + i) & 0x3F);
  }
  return {code, size};
}

bool isBlank(std::uint32_t c) {
  return c == ' ' || (c >= '\t' && c <= '\r') || c == 0x85 || c == 0xA0 || c == 0x1680 ||
         (c >= 0x2000 && c <= 0x200B) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F ||
         c == 0x2060 || c == 0x3000 || c == 0xFEFF;
}

// Blanks but the common one, controls, and what joins, directs or varies other characters.
bool isUnseen(std::uint32_t c) {
  return (isBlank(c) && c != ' ') || c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0xAD ||
         c == 0x61C || c == 0x180E || (c >= 0x200C && c <= 0x200F) ||
         (c >= 0x202A && c <= 0x202E) || (c >= 0x2061 && c <= 0x206F) ||
         (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xFFF9 && c <= 0xFFFB) ||
         (c >= 0xE0000 && c <= 0xE0FFF) || (c >= 0xD800 && c <= 0xDFFF);
}

}  // namespace

std::size_t blankAt(std::string_view text, std::size_t at) {
  const Character c = characterAt(text, at);
  return isBlank(c.code) ? c.size : 0;
}

std::string_view trim(std::string_view text) {
  while (!text.empty() && blankAt(text, 0) > 0) text.remove_prefix(blankAt(text, 0));
  while (!text.empty()) {
    std::size_t last = text.size() - 1;
    while (last > 0 && (static_cast<unsigned char>(text[last]) & 0xC0) == 0x80) --last;
    if (last + blankAt(text, last) != text.size()) break;
    text.remove_suffix(text.size() - last);
  }
  return text;
}

std::string columnAt(std::string_view text, std::size_t at) {
  const auto begins = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; };
  const auto before = text.substr(0, at);
  return "column " + std::to_string(std::count_if(before.begin(), before.end(), begins) + 1) + ": ";
}

std::string excerpt(std::string_view text, std::size_t most) {
  std::string shown;
  for (std::size_t at = 0, count = 0; at < text.size(); ++count) {
    if (count == most) return shown + "…";
    const auto [code, size] = characterAt(text, at);
    const bool isNone = code == Character::kNone;
    if (isNone || isUnseen(code)) {
      std::array<char, 16> number;
      std::snprintf(number.data(), number.size(), isNone ? "<0x%02X>" : "<U+%04X>",
                    isNone ? static_cast<unsigned>(static_cast<unsigned char>(text[at]))
                           : static_cast<unsigned>(code));
      shown += number.data();
    } else {
      shown += text.substr(at, size);
    }
    at += size;
  }
  return shown;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  while (true) {
    const auto at = text.find(separator);
    parts.push_back(text.substr(0, at));
    if (at == std::string_view::npos) return parts;
    text.remove_prefix(at + 1);
  }
}

std::string join(const std::vector<std::string>& parts, std::string_view separator) {
  std::string text;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) text += separator;
    text += parts[i];
  }
  return text;
}

namespace {

// Levenshtein's distance: insertions, deletions and substitutions from a to b.
std::size_t editDistance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), 0);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t substituted = diagonal + (a[i - 1] != b[j - 1]);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, substituted});
    }
  }
  return row.back();
}

}  // namespace

std::string nearest(std::string_view word, const std::vector<std::string>& candidates) {
  std::string best;
  std::size_t bestDistance = std::max<std::size_t>(2, word.size() / 3) + 1;
  if (word.size() > 64) return best;
  for (const std::string& candidate : candidates) {
    const std::size_t distance = editDistance(word, candidate);
    if (distance < bestDistance) {
      bestDistance = distance;
      best = candidate;
    }
  }
  return best;
}

std::string notAmong(const std::vector<std::string>& known, std::string_view word,
                     const std::string& what) {
  const std::string near = nearest(word, known);
  return what + " '" + excerpt(word) + "'; " + (near.empty() ? "" : "did you mean " + near + "? ") +
         "known: " + join(known, ", ");
}

}  // namespace descent
