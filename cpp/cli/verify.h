// `descent verify`: does every preset show what its sentence says, and does every prediction hold?
#pragma once

#include "output.h"

namespace descent::cli {

struct VerifyOptions {
  std::string lab;     // "" for all
  std::string preset;  // "" for all of them
  Output output;
};

// Runs presets to their ends, as many at a time as there are cores. 1 if one shows what it does not
// say or has a broken reading, 2 where there is no such lab or preset.
int verify(const VerifyOptions& options);

}  // namespace descent::cli
