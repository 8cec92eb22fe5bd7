// A JSON text read piece by piece, without a tree of it in memory.
#pragma once

#include <string>
#include <string_view>

namespace descent::transformer {

// Once something is not as it should be the place stays there, and complaint() names it.
class JsonReader {
 public:
  explicit JsonReader(std::string_view text) : text_(text) {}

  bool failed() const { return !wanted_.empty(); }
  std::string complaint() const {
    return "expected " + wanted_ + " at character " + std::to_string(at_ + 1);
  }
  bool isAtEnd() { return space(), at_ == text_.size(); }
  bool isAt(char c) { return space(), at_ < text_.size() && text_[at_] == c; }

  // Takes this character if it is next.
  bool take(char c);
  void expect(char c);
  std::string string();
  double number();
  // item() for every item of an array.
  template <class F>
  void array(F item) {
    expect('[');
    if (failed() || take(']')) return;
    do item();
    while (take(','));
    expect(']');
  }
  // member(key) for every member of an object, which reads or skips its value.
  template <class F>
  void object(F member) {
    expect('{');
    if (failed() || take('}')) return;
    do {
      const std::string key = string();
      expect(':');
      if (!failed()) member(key);
    } while (take(','));
    expect('}');
  }
  void skip(int depth = 0);

 private:
  void space();
  void fail(const std::string& wanted) {
    if (!failed()) wanted_ = wanted;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::string wanted_;
};

}  // namespace descent::transformer
