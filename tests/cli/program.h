// Runs the built `descent` program.
#pragma once

#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "support/catch.h"

namespace descent {

inline std::string contents(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

// A folder of this process's own, gone with it.
class Folder {
 public:
  Folder()
      : path(std::filesystem::temp_directory_path() / ("descent-cli-" + std::to_string(getpid()))) {
    std::filesystem::create_directories(path);
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
  }
  const std::filesystem::path path;
};

struct Outcome {
  int status;
  std::string out, err;
};

inline std::string quoted(const std::string& text) {
  std::string shell = "'";
  for (const char c : text) shell += c == '\'' ? "'\\''" : std::string(1, c);
  return shell + "'";
}

inline Outcome run(const std::vector<std::string>& arguments) {
  const Folder folder;
  const auto out = folder.path / "out", err = folder.path / "err";
  const char* program = std::getenv("DESCENT_PROGRAM");
  INFO("DESCENT_PROGRAM names the program to be tested");
  REQUIRE(program);
  std::string command = quoted(program);
  for (const std::string& argument : arguments) command += " " + quoted(argument);
  command += " >" + quoted(out.string()) + " 2>" + quoted(err.string()) + " </dev/null";
  const int status = std::system(command.c_str());
  REQUIRE(WIFEXITED(status));
  return {WEXITSTATUS(status), contents(out), contents(err)};
}

}  // namespace descent
