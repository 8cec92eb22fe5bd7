#include "labs/attention/text.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "attention/tasks.h"
#include "descent/text.h"

namespace descent::attention {
namespace {

constexpr std::size_t kMostCharacters = 20;
constexpr std::array kParts = {"Wq", "Wk", "Wv", "Wo", "Q", "K", "V"};

std::string quoted(std::string_view text) { return "'" + excerpt(text) + "'"; }

std::optional<int> readPlace(std::string_view text) {
  const auto number = parseNumber(trim(text));
  if (!number || !(*number >= 1 && *number <= 10000) || std::floor(*number) != *number) return {};
  return static_cast<int>(*number) - 1;
}

std::optional<Edit> readEdit(std::string_view text) {
  const auto open = text.find('('), comma = text.find(','), close = text.find(')'),
             equals = text.find('=');
  if (equals == std::string_view::npos || !(open < comma && comma < close && close < equals) ||
      !trim(text.substr(close + 1, equals - close - 1)).empty()) {
    return {};
  }
  const auto part = std::find(kParts.begin(), kParts.end(), trim(text.substr(0, open)));
  const auto row = readPlace(text.substr(open + 1, comma - open - 1));
  const auto column = readPlace(text.substr(comma + 1, close - comma - 1));
  const auto value = parseNumber(trim(text.substr(equals + 1)));
  if (part == kParts.end() || !row || !column || !value || std::abs(*value) > 1000) return {};
  return Edit{static_cast<Part>(part - kParts.begin()), *row, *column, *value};
}

}  // namespace

Result<std::vector<std::string>> readTokens(const std::string& text) {
  std::vector<std::string> words;
  std::string spaced = text;
  for (char& c : spaced) c = std::string_view("\t\n\v\f\r").find(c) == std::string::npos ? c : ' ';
  for (const auto word : split(spaced, ' ')) {
    if (word.empty()) continue;
    if (word == kPad) {
      return Error{"a word must not be " + std::string(kPad) +
                   ", which is what the knob padding adds"};
    }
    if (codePointsOf(word).size() > kMostCharacters) {
      return Error{"a word must have at most " + std::to_string(kMostCharacters) +
                   " characters, got " + quoted(word)};
    }
    words.emplace_back(word);
  }
  if (words.size() < 2 || words.size() > kMostTokens) {
    return Error{"there must be 2 to " + std::to_string(kMostTokens) +
                 " words between spaces, got " + std::to_string(words.size())};
  }
  return words;
}

// In UTF-8 every character has one byte that does not go on from the last.
std::vector<int> codePointsOf(std::string_view word) {
  const auto goesOn = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; };
  std::vector<int> codes;
  for (std::size_t begin = 0, end = 1; begin < word.size(); begin = end++) {
    while (end < word.size() && goesOn(word[end])) ++end;
    codes.push_back(codePoint(word.substr(begin, end - begin)));
  }
  return codes;
}

Result<std::vector<Link>> readLinks(const std::string& text) {
  std::vector<Link> links;
  if (trim(text).empty() || trim(text) == "none") return links;
  for (const auto part : split(text, ',')) {
    const auto arrow = part.find('>');
    const auto from = trim(part.substr(0, arrow));
    const auto to = arrow == std::string_view::npos ? "" : trim(part.substr(arrow + 1));
    if (from.empty() || to.empty()) {
      return Error{"a link must be one word > another, as in it>ball, got " + quoted(trim(part))};
    }
    links.push_back({std::string(from), std::string(to)});
  }
  return links;
}

const char* nameOf(Part part) { return kParts[static_cast<std::size_t>(part)]; }

std::string nameOf(const Edit& edit) {
  return std::string(nameOf(edit.part)) + "(" + std::to_string(edit.row + 1) + "," +
         std::to_string(edit.column + 1) + ")";
}

Result<std::vector<Edit>> readEdits(const std::string& text) {
  std::vector<Edit> edits;
  if (trim(text).empty() || trim(text) == "none") return edits;
  for (const auto part : split(text, ';')) {
    if (trim(part).empty()) continue;
    const auto edit = readEdit(part);
    if (!edit) {
      return Error{
          "an entry must be one of Wq, Wk, Wv, Wo, Q, K, V with its row and column from 1 and a "
          "number in [-1000, 1000], as in Wq(1,2)=0.5, got " +
          quoted(trim(part))};
    }
    edits.push_back(*edit);
  }
  return edits;
}

}  // namespace descent::attention
