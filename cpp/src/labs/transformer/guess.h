// What is right without a look at the symbols: the baseline of a task's accuracy.
#pragma once

#include <string>

#include "attention/tasks.h"

namespace descent::transformer {

struct Guess {
  double right;  // share of what counts
  std::string source, assumption;
};
// `judging` are the sequences on which accuracy is measured.
Guess guessOf(const SequenceTask& task, const Batch& judging);

}  // namespace descent::transformer
