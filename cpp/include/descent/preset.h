// A preset: a title, a sentence and the spec that opens it, with what its finished run shows.
#pragma once

#include <string>
#include <vector>

namespace descent {

class Finished;

// Something that a preset's sentence says of its run, and how it is seen that it does.
struct Shows {
  std::string text;  // "momentum arrives first"
  bool (*holds)(const Finished& run);
};

struct Preset {
  std::string id;
  std::string title;
  std::string sentence;
  std::string spec;
  std::vector<Shows> shows = {};
};

}  // namespace descent
