#include "labs/transformer/weights.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <vector>

#include "descent/text.h"

namespace descent::transformers {
namespace {

// The shortest of 6 to 9 digits that reads back as the same float.
std::string printFloat(float value) {
  if (!std::isfinite(value)) return "null";
  char text[32];
  for (int digits = 6; digits <= 9; ++digits) {
    std::snprintf(text, sizeof text, "%.*g", digits, static_cast<double>(value));
    if (std::strtof(text, nullptr) == value) break;
  }
  return text;
}

// What stands at a place of a JSON text, read piece by piece; once something is not as it should
// be, the place stays there.
class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  bool failed() const { return !wanted_.empty(); }
  std::string complaint() const {
    return "expected " + wanted_ + " at character " + std::to_string(at_ + 1);
  }
  bool isAtEnd() { return space(), at_ == text_.size(); }

  // Takes this character if it is next.
  bool take(char c) {
    space();
    if (failed() || at_ >= text_.size() || text_[at_] != c) return false;
    return ++at_, true;
  }
  void expect(char c) {
    if (!take(c)) fail(std::string("'") + c + "'");
  }
  std::string string() {
    expect('"');
    std::string value;
    for (; !failed() && at_ < text_.size() && text_[at_] != '"'; ++at_) {
      if (text_[at_] == '\\' && at_ + 1 < text_.size()) ++at_;
      value += text_[at_];
    }
    expect('"');
    return value;
  }
  double number() {
    space();
    const auto end = std::min(text_.find_first_of(",]} \t\r\n", at_), text_.size());
    const auto value = parseNumber(text_.substr(std::min(at_, end), end - std::min(at_, end)));
    if (!value) return fail("a finite number"), 0;
    if (!failed()) at_ = end;
    return *value;
  }
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
  void skip(int depth = 0) {
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

 private:
  void space() {
    while (at_ < text_.size() && std::string_view(" \t\r\n").find(text_[at_]) != text_.npos) ++at_;
  }
  void fail(const std::string& wanted) {
    if (!failed()) wanted_ = wanted;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::string wanted_;
};

struct Stored {
  std::string name;
  double rows = 0, cols = 0;
  std::vector<double> values;
};

Stored storedAt(Reader& reader) {
  Stored stored;
  reader.object([&](const std::string& key) {
    if (key == "name") {
      stored.name = reader.string();
    } else if (key == "rows") {
      stored.rows = reader.number();
    } else if (key == "cols") {
      stored.cols = reader.number();
    } else if (key == "values") {
      reader.array([&] { stored.values.push_back(reader.number()); });
    } else {
      reader.skip();
    }
  });
  return stored;
}

std::string shapeText(double rows, double cols) { return print(rows) + " × " + print(cols); }

}  // namespace

std::string weightsJson(const TransformerSetup& s, const Vector& x) {
  std::string text = "{\"shape\":{";
  const std::pair<const char*, int> shape[] = {{"vocabulary", s.vocabulary}, {"length", s.length},
                                               {"width", s.width},           {"heads", s.heads},
                                               {"blocks", s.blocks},         {"mlp", s.mlp}};
  for (const auto& [name, value] : shape) {
    text += std::string("\"") + name + "\":" + std::to_string(value) + ",";
  }
  text.back() = '}';
  text += ",\"order\":\"column-major\",\"blocks\":[";
  for (const Block& block : layoutOf(s)) {
    text += "{\"name\":\"" + block.name + "\",\"rows\":" + std::to_string(block.rows) +
            ",\"cols\":" + std::to_string(block.cols) + ",\"values\":[";
    for (const double value : x.segment(block.offset, block.size())) {
      text += printFloat(static_cast<float>(value)) + ",";
    }
    text.back() = ']';
    text += "},";
  }
  text.back() = ']';
  return text + "}\n";
}

Result<Vector> readWeights(std::string_view json, const TransformerSetup& setup) {
  const std::string file = "the weights must be a file that this lab exports: ";
  Reader reader(json);
  std::vector<Stored> all;
  reader.object([&](const std::string& key) {
    if (key != "blocks") return reader.skip();
    reader.array([&] { all.push_back(storedAt(reader)); });
  });
  if (reader.failed()) return Error{file + reader.complaint()};
  if (!reader.isAtEnd()) return Error{file + "more follows after its end"};
  if (all.empty()) return Error{file + "it has no \"blocks\""};

  const Layout layout = layoutOf(setup);
  Vector x = Vector::Constant(parameterCount(layout), std::nan(""));
  for (const Stored& stored : all) {
    const auto block = std::find_if(layout.begin(), layout.end(),
                                    [&](const Block& b) { return b.name == stored.name; });
    const std::string name = "the weights' block " + stored.name.substr(0, 60);
    if (block == layout.end()) return Error{name + " is none of this transformer's"};
    if (stored.rows != static_cast<double>(block->rows) ||
        stored.cols != static_cast<double>(block->cols)) {
      return Error{name + " must be " +
                   shapeText(static_cast<double>(block->rows), static_cast<double>(block->cols)) +
                   " for this transformer, got " + shapeText(stored.rows, stored.cols) +
                   ": set the blocks, the heads and the widths as they were"};
    }
    if (static_cast<Eigen::Index>(stored.values.size()) != block->size()) {
      return Error{name + " must have " + std::to_string(block->size()) + " values, got " +
                   std::to_string(stored.values.size())};
    }
    x.segment(block->offset, block->size()) =
        Eigen::Map<const Vector>(stored.values.data(), block->size());
  }
  for (const Block& block : layout) {
    if (std::isnan(x[block.offset])) return Error{"the weights have no block " + block.name};
  }
  return x;
}

}  // namespace descent::transformers
