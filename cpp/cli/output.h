// Where a command writes, in which form, and how it fails.
#pragma once

#include <CLI/CLI.hpp>
#include <algorithm>
#include <fstream>
#include <iostream>

#include "json.h"

namespace descent::cli {

constexpr int kBadInput = 2;

// One line, whatever the text that it quotes.
// What was typed may hold anything; nothing unseen reaches the terminal.
inline int fail(std::string message) {
  std::replace(message.begin(), message.end(), '\n', ' ');
  std::cerr << "descent: " << descent::excerpt(message, message.size()) << "\n";
  return kBadInput;
}

enum class Format { kText, kJson, kCsv };
inline const std::map<std::string, Format> kFormats = {
    {"text", Format::kText}, {"json", Format::kJson}, {"csv", Format::kCsv}};

struct Output {
  Format format = Format::kText;
  std::string file = "-";

  int write(const std::string& text) const {
    if (file == "-") {
      std::cout << text << std::flush;
      return std::cout ? 0 : kBadInput;
    }
    std::ofstream out(file, std::ios::binary);
    out << text << std::flush;
    if (out) return 0;
    return fail("cannot write " + file);
  }
  int write(const Json& json) const { return write(json.dump(1) + "\n"); }
};

inline void addOutput(CLI::App* command, Output& output, Format standard) {
  output.format = standard;
  command
      ->add_option_function<std::string>(
          "--format", [&output](const std::string& name) { output.format = kFormats.at(name); },
          "json, csv or text")
      ->check(CLI::IsMember({"json", "csv", "text"}));
  command->add_option("-o,--output", output.file, "file to write, - for standard output")
      ->capture_default_str();
}

// A field of a CSV file, quoted where it has to be.
inline std::string csvField(const std::string& text) {
  if (text.find_first_of(",\"\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? "\"\"" : std::string(1, c);
  return quoted + "\"";
}
inline std::string csvField(double value) {
  if (!std::isfinite(value)) return "";
  std::ostringstream text;
  text << std::setprecision(17) << value;
  return text.str();
}

}  // namespace descent::cli
