// `descent run`: a lab from its spec to a step, and what is read from it there.
#pragma once

#include "output.h"

namespace descent::cli {

struct RunOptions {
  std::string lab;
  std::vector<std::string> settings;
  int steps = -1;
  std::string read;
  std::string task;
  Output output;
};

int run(const RunOptions& options);

}  // namespace descent::cli
