// Errors are values. Only text and numbers from outside can be wrong; whatever reads them returns
// a Result whose message names the thing, the value and what is allowed.
#pragma once

#include <cassert>
#include <optional>
#include <string>
#include <utility>
#include <variant>

namespace descent {

struct Error {
  std::string message;
};

template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : content_(std::move(value)) {}
  Result(Error error) : content_(std::move(error)) {}

  explicit operator bool() const { return std::holds_alternative<T>(content_); }
  T& operator*() { return *check(std::get_if<T>(&content_)); }
  const T& operator*() const { return *check(std::get_if<T>(&content_)); }
  T* operator->() { return &**this; }
  const T* operator->() const { return &**this; }
  Error error() const { return *check(std::get_if<Error>(&content_)); }

 private:
  template <class P>
  static P* check(P* held) {
    assert(held != nullptr);
    return held;
  }
  std::variant<T, Error> content_;
};

template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error) : error_(std::move(error)) {}

  explicit operator bool() const { return !error_; }
  Error error() const { return *error_; }

 private:
  std::optional<Error> error_;
};

}  // namespace descent
