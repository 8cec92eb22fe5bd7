// The catalogue: every optimizer, schedule, landscape, problem, data set and lab, described once,
// beside its code.
//
// A file cpp/src/optimizers/foo.cpp defines `void register_foo(Catalogue&)`, which the build finds
// and calls. Faces, documentation and contract tests are built from what stands here.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "descent/description.h"
#include "descent/text.h"

namespace descent {

class Catalogue {
 public:
  Catalogue();

  template <class T>
  void add(Describe<T>& description) {
    add(std::move(description.entry_));
  }
  template <class T>
  void add(Describe<T>&& description) {
    add(description);
  }

  // Sorted by id, except that decorators follow what they decorate.
  template <class Base>
  const std::vector<Entry<Base>>& entries() const {
    return std::get<std::vector<Entry<Base>>>(lists_);
  }

  // Errors name what is unknown and what was meant.
  template <class Base>
  Result<const Entry<Base>*> find(const std::string& id) const;
  // The knobs of the entry that a recipe names; errors name a key that is none of theirs.
  Result<std::vector<const Knob*>> knobsOf(Kind kind, const Recipe& recipe) const;

  // A fresh object with every knob as the recipe says.
  template <class Base>
  Result<std::unique_ptr<Base>> build(const Recipe& recipe) const;

  // Set every knob of an object of this id: as the recipe says, else to its default. What an
  // optimizer remembers is kept.
  template <class Base>
  Result<void> configure(Base& object, const Recipe& recipe) const;

  // Is this a recipe that `build` would accept?
  Result<void> check(Kind kind, const Recipe& recipe) const;

  // The recipe without the arguments that equal their defaults, keys spelled out in the order of
  // the knobs. Values are not judged.
  Result<Recipe> simplify(Kind kind, const Recipe& recipe) const;

 private:
  template <class Base>
  void add(Entry<Base>&& entry) {
    std::get<std::vector<Entry<Base>>>(lists_).push_back(std::move(entry));
  }
  template <class... Kinds>
  static std::tuple<std::vector<Entry<typename Kinds::Base>>...> listsOf(
      const std::tuple<Kinds...>&);

  decltype(listsOf(kKinds)) lists_;
};

const Catalogue& catalogue();

// "lookahead/sgd": the ids of an optimizer and of what it decorates.
std::string chain(const Optimizer& optimizer);
std::string chain(const Recipe& optimizer);

// A point "x,y"; empty for one of the knob's choices.
Result<std::optional<Point>> readPoint(const Knob& knob, const std::string& value);

}  // namespace descent
