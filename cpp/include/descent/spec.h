// A spec: the flat text `key=value&key=value` that opens a lab. The URL's hash, an element's
// attributes, the command line and the tests all carry this.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "descent/result.h"

namespace descent {

class Spec {
 public:
  Spec() = default;

  // Percent-encoded text; a leading '#' or '?' is passed over.
  static Result<Spec> parse(std::string_view text);
  std::string print() const;

  // Errors if the key is there already.
  Result<void> add(std::string key, std::string value);
  const std::string* find(std::string_view key) const;
  const std::vector<std::pair<std::string, std::string>>& entries() const { return entries_; }

 private:
  std::vector<std::pair<std::string, std::string>> entries_;
};

}  // namespace descent
