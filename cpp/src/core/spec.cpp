#include "descent/spec.h"

#include <algorithm>
#include <cctype>

#include "descent/text.h"

namespace descent {
namespace {

constexpr std::string_view kHex = "0123456789ABCDEF";
constexpr std::size_t kMaxEntries = 256;

Result<std::string> decode(std::string_view text) {
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      decoded += text[i];
      continue;
    }
    const auto digit = [&](std::size_t at) {
      return at < text.size()
                 ? kHex.find(static_cast<char>(std::toupper(static_cast<unsigned char>(text[at]))))
                 : std::string_view::npos;
    };
    const auto high = digit(i + 1), low = digit(i + 2);
    if (high == std::string_view::npos || low == std::string_view::npos) {
      return Error{"the spec has '" + excerpt(text.substr(i, 3)) +
                   "', which is no percent-encoded byte; write %25 for a percent sign"};
    }
    decoded += static_cast<char>(high * 16 + low);
    i += 2;
  }
  return decoded;
}

// Leaves readable what a URL's fragment may hold; in a key, '=' would end it.
std::string encode(std::string_view text, bool isKey) {
  const std::string_view plain = isKey ? "-_.~(),:;/!*'" : "-_.~()=,:;/!*'";
  std::string encoded;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 128 && (std::isalnum(byte) || plain.find(c) != std::string_view::npos)) {
      encoded += c;
    } else {
      encoded += {'%', kHex[byte / 16], kHex[byte % 16]};
    }
  }
  return encoded;
}

}  // namespace

Result<Spec> Spec::parse(std::string_view text) {
  if (!text.empty() && (text.front() == '#' || text.front() == '?')) text.remove_prefix(1);
  Spec spec;
  for (const std::string_view pair : split(text, '&')) {
    if (pair.empty()) continue;
    const auto equals = pair.find('=');
    if (equals == std::string_view::npos || equals == 0) {
      return Error{"'" + excerpt(pair) + "' in the spec is not key=value"};
    }
    auto key = decode(pair.substr(0, equals));
    if (!key) return key.error();
    auto value = decode(pair.substr(equals + 1));
    if (!value) return value.error();
    const auto added = spec.add(std::move(*key), std::move(*value));
    if (!added) return added.error();
  }
  return spec;
}

std::string Spec::print() const {
  std::vector<std::string> pairs;
  for (const auto& [key, value] : entries_) {
    pairs.push_back(encode(key, true) + "=" + encode(value, false));
  }
  return join(pairs, "&");
}

Result<void> Spec::add(std::string key, std::string value) {
  if (find(key)) return Error{"'" + excerpt(key) + "' is given twice"};
  if (entries_.size() == kMaxEntries) {
    return Error{"a spec has at most " + std::to_string(kMaxEntries) + " keys"};
  }
  entries_.emplace_back(std::move(key), std::move(value));
  return {};
}

const std::string* Spec::find(std::string_view key) const {
  const auto found = std::find_if(entries_.begin(), entries_.end(),
                                  [&](const auto& entry) { return entry.first == key; });
  return found == entries_.end() ? nullptr : &found->second;
}

}  // namespace descent
