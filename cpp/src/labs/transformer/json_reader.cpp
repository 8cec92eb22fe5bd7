#include "labs/transformer/json_reader.h"

#include <algorithm>

#include "descent/text.h"

namespace descent::transformer {

bool JsonReader::take(char c) {
  space();
  if (failed() || at_ >= text_.size() || text_[at_] != c) return false;
  return ++at_, true;
}

void JsonReader::expect(char c) {
  if (!take(c)) fail(std::string("'") + c + "'");
}

std::string JsonReader::string() {
  expect('"');
  std::string value;
  for (; !failed() && at_ < text_.size() && text_[at_] != '"'; ++at_) {
    if (text_[at_] == '\\' && at_ + 1 < text_.size()) ++at_;
    value += text_[at_];
  }
  expect('"');
  return value;
}

double JsonReader::number() {
  space();
  const auto end = std::min(text_.find_first_of(",]} \t\r\n", at_), text_.size());
  const auto value = parseNumber(text_.substr(std::min(at_, end), end - std::min(at_, end)));
  if (!value) return fail("a finite number"), 0;
  if (!failed()) at_ = end;
  return *value;
}

void JsonReader::skip(int depth) {
  space();
  const char c = at_ < text_.size() ? text_[at_] : ' ';
  if (depth > 20) return fail("less nesting");
  if (c == '"') {
    string();
  } else if (c == '{') {
    object([&](const std::string&) { skip(depth + 1); });
  } else if (c == '[') {
    array([&] { skip(depth + 1); });
  } else {
    const auto end = std::min(text_.find_first_of(",]}", at_), text_.size());
    if (trim(text_.substr(at_, end - at_)).empty()) return fail("a value");
    at_ = end;
  }
}

void JsonReader::space() {
  while (at_ < text_.size() && std::string_view(" \t\r\n").find(text_[at_]) != text_.npos) ++at_;
}

}  // namespace descent::transformer
