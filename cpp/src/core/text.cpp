#include "descent/text.h"

#include <algorithm>
#include <array>
#include <cmath>
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

std::string_view trim(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
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

}  // namespace descent
