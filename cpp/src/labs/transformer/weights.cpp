#include "labs/transformer/weights.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <vector>

#include "descent/text.h"
#include "labs/transformer/json_reader.h"

namespace descent::transformer {
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

struct Stored {
  std::string name;
  double rows = 0, cols = 0;
  std::vector<double> values;
};

Stored storedAt(JsonReader& reader) {
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

// What the blocks alone do not tell, and the lab's knob for it.
struct Setting {
  std::string name;
  std::string json;   // its value in the file
  std::string value;  // and for people
};
using Settings = std::vector<Setting>;

std::string quoted(const std::string& text) { return "\"" + text + "\""; }

Settings settingsOf(const LanguageSetup& setup) {
  const TransformerSetup& m = setup.model;
  Settings all;
  const auto word = [&](const char* name, const std::string& value) {
    all.push_back({name, quoted(value), value});
  };
  const auto number = [&](const char* name, int value) {
    all.push_back({name, std::to_string(value), std::to_string(value)});
  };
  const auto choice = [&](const char* name, std::initializer_list<const char*> names, auto value) {
    word(name, names.begin()[static_cast<int>(value)]);
  };
  choice("task", kTasks, setup.task.kind);
  std::vector<std::string> codes;
  for (const std::string& one : setup.task.alphabet) codes.push_back(print(codePoint(one)));
  all.push_back({"alphabet", "[" + join(codes, ",") + "]", quoted(join(setup.task.alphabet, ""))});
  number("vocabulary", m.vocabulary);
  number("length", m.length);
  number("width", m.width);
  number("heads", m.heads);
  number("blocks", m.blocks);
  number("mlp", m.mlp);
  choice("activation", kActivations, m.activation);
  choice("positions", kPositions, m.positions);
  choice("norm", kNorms, m.norm);
  word("tied", m.tied ? "on" : "off");
  return all;
}

// In the same words.
Settings settingsAt(JsonReader& reader) {
  Settings all;
  reader.object([&](const std::string& name) {
    if (reader.isAt('"')) {
      all.push_back({name, "", reader.string()});
    } else if (reader.isAt('[')) {
      std::string characters;
      reader.array([&] {
        const double code = reader.number();
        characters += code >= 0 && code <= 0x10ffff ? utf8(static_cast<int>(code)) : "?";
      });
      all.push_back({name, "", quoted(characters)});
    } else {
      all.push_back({name, "", print(reader.number())});
    }
  });
  return all;
}

std::string shortened(const std::string& text) {
  constexpr std::size_t kMost = 600;
  return text.size() > kMost ? text.substr(0, kMost) + "…" : text;
}

// Is a file with these settings one for this transformer?
Result<void> compare(const Settings& file, const LanguageSetup& setup) {
  for (const Setting& own : settingsOf(setup)) {
    const auto other = std::find_if(file.begin(), file.end(),
                                    [&](const Setting& s) { return s.name == own.name; });
    if (other == file.end()) {
      return Error{"the weights must be a file that this lab exports: its \"shape\" has no " +
                   own.name};
    }
    if (other->value == own.value) continue;
    return Error{"the weights are of a transformer whose " + own.name + " is " +
                 shortened(other->value) + ", but here it is " + own.value};
  }
  return {};
}

}  // namespace

std::string weightsJson(const LanguageSetup& setup, const Vector& x) {
  std::string text = "{\"shape\":{";
  for (const Setting& setting : settingsOf(setup)) {
    text += quoted(setting.name) + ":" + setting.json + ",";
  }
  text.back() = '}';
  text += ",\"order\":\"column-major\",\"blocks\":[";
  for (const Block& block : layoutOf(setup.model)) {
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

Result<Vector> readWeights(std::string_view json, const LanguageSetup& setup) {
  const std::string file = "the weights must be a file that this lab exports: ";
  JsonReader reader(json);
  Settings settings;
  std::vector<Stored> all;
  reader.object([&](const std::string& key) {
    if (key == "shape") {
      settings = settingsAt(reader);
    } else if (key == "blocks") {
      reader.array([&] { all.push_back(storedAt(reader)); });
    } else {
      reader.skip();
    }
  });
  if (reader.failed()) return Error{file + reader.complaint()};
  if (!reader.isAtEnd()) return Error{file + "more follows after its end"};
  if (all.empty()) return Error{file + "it has no \"blocks\""};
  if (const auto fits = compare(settings, setup); !fits) return fits.error();

  const Layout layout = layoutOf(setup.model);
  Vector x = Vector::Constant(parameterCount(layout), std::nan(""));
  for (const Stored& stored : all) {
    const auto block = std::find_if(layout.begin(), layout.end(),
                                    [&](const Block& b) { return b.name == stored.name; });
    const std::string name = "the weights' block " + excerpt(stored.name);
    if (block == layout.end()) return Error{name + " is none of this transformer's"};
    if (!std::isnan(x[block->offset])) return Error{name + " is there twice"};
    if (stored.rows != static_cast<double>(block->rows) ||
        stored.cols != static_cast<double>(block->cols)) {
      return Error{name + " must be " +
                   shapeText(static_cast<double>(block->rows), static_cast<double>(block->cols)) +
                   " for this transformer, got " + shapeText(stored.rows, stored.cols)};
    }
    if (static_cast<Eigen::Index>(stored.values.size()) != block->size()) {
      return Error{name + " must have " + std::to_string(block->size()) + " values, got " +
                   std::to_string(stored.values.size())};
    }
    for (const double value : stored.values) {
      if (std::abs(value) <= static_cast<double>(std::numeric_limits<float>::max())) continue;
      return Error{name + " has " + print(value) + ", which is beyond a float"};
    }
    x.segment(block->offset, block->size()) =
        Eigen::Map<const Vector>(stored.values.data(), block->size());
  }
  for (const Block& block : layout) {
    if (std::isnan(x[block.offset])) return Error{"the weights have no block " + block.name};
  }
  return x;
}

}  // namespace descent::transformer
