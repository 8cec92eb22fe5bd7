// The catalogue: every optimizer, schedule, landscape and lab, described once, beside its code.
//
// A file cpp/src/optimizers/foo.cpp defines `void register_foo(Catalogue&)`, which the build finds
// and calls. Faces, documentation and contract tests are built from what stands here.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <type_traits>
#include <vector>

#include "descent/decorator.h"
#include "descent/knob.h"
#include "descent/lab.h"
#include "descent/objective.h"
#include "descent/optimizer.h"
#include "descent/recipe.h"
#include "descent/result.h"
#include "descent/schedule.h"
#include "descent/style.h"
#include "descent/text.h"

namespace descent {

class Catalogue;
const Catalogue& catalogue();

// A knob bound to the member that it sets. `apply` checks the value, which is text as in a spec.
template <class Base>
struct BoundKnob {
  Knob knob;
  std::function<Result<void>(Base&, const Knob&, const std::string&)> apply;
};

// What a decorator changes.
enum class Decorates { kNothing, kGradient, kIterate };

template <class Base>
struct Entry {
  // A lab is of no kind: no recipe names it.
  static constexpr Kind kind = std::is_same_v<Base, Optimizer>   ? Kind::kOptimizer
                               : std::is_same_v<Base, Schedule>  ? Kind::kSchedule
                               : std::is_same_v<Base, Landscape> ? Kind::kLandscape
                                                                 : Kind::kNone;
  std::string id;
  std::string title;
  std::string sentence;  // one sentence that teaches it
  std::string formula;   // LaTeX
  std::string citation;  // authors, year, title
  std::string link;
  std::string variant;  // which of the published forms this is, and where it departs
  Style style;
  Decorates decorates = Decorates::kNothing;
  std::vector<BoundKnob<Base>> knobs;
  std::vector<Preset> presets;
  std::function<std::unique_ptr<Base>()> make;

  const char* family() const {
    if (kind != Kind::kOptimizer) return "";
    if (decorates != Decorates::kNothing) return "decorator";
    return kFamilies[static_cast<std::size_t>(style.hue)];
  }
};

template <class T>
using BaseOf = std::conditional_t<
    std::is_base_of_v<Optimizer, T>, Optimizer,
    std::conditional_t<std::is_base_of_v<Schedule, T>, Schedule,
                       std::conditional_t<std::is_base_of_v<Landscape, T>, Landscape, Lab>>>;

// A point "x,y"; empty for one of the knob's choices.
Result<std::optional<Point>> readPoint(const Knob& knob, const std::string& value);

// The part of a description that does not depend on the class described: compiled once.
template <class Base>
class Description {
 protected:
  using Apply = std::function<Result<void>(Base&, const Knob&, const std::string&)>;

  Knob& add(const char* id, KnobType type, const char* help, std::string standard, Apply apply);
  void addNumber(const char* id, KnobType type, double low, double high, const char* help,
                 double standard, std::function<void(Base&, double)> set);
  void addChoice(const char* id, std::vector<std::string> choices, const char* help, int standard,
                 std::function<void(Base&, int)> set);
  void addFlag(const char* id, const char* help, bool standard,
               std::function<void(Base&, bool)> set);
  void addRecipe(const char* id, Kind kind, const char* help, const Recipe& standard,
                 std::function<void(Base&, Recipe)> set);
  void addRecipes(const char* id, Kind kind, int low, int high, const char* help,
                  const std::vector<Recipe>& standard,
                  std::function<void(Base&, std::vector<Recipe>)> set);
  void addSchedule(const char* id, const char* standard, const char* help,
                   std::function<void(Base&, std::unique_ptr<Schedule>)> set);
  void addPoint(const char* id, std::vector<std::string> choices, const char* help,
                std::string standard, std::function<void(Base&, std::string)> set);
  void addInner();
  void addPreset(const char* id, const char* title, const char* sentence, const char* spec);
  Knob& last() { return entry_.knobs.back().knob; }

  Entry<Base> entry_;
};

// Describe<Adam>("adam", "Adam").rate().knob("beta1", &Adam::beta1, 0, 0.9999, "…").as("Mean", "…")
//
// A knob is bound to a member; its default is read off a fresh object.
template <class T>
class Describe : private Description<BaseOf<T>> {
 public:
  using Base = BaseOf<T>;

  Describe(const char* id, const char* title) {
    entry_.id = id;
    entry_.title = title;
    entry_.make = [] { return std::make_unique<T>(); };
    if constexpr (std::is_base_of_v<Decorator, T>) {
      constexpr bool kSeen = std::is_base_of_v<GradientDecorator, T>;
      entry_.decorates = kSeen ? Decorates::kGradient : Decorates::kIterate;
      entry_.style.ring = true;
      this->addInner();
    }
  }

  Describe& sentence(const char* text) { return entry_.sentence = text, *this; }
  Describe& formula(const char* latex) { return entry_.formula = latex, *this; }
  Describe& variant(const char* text) { return entry_.variant = text, *this; }
  Describe& cites(const char* citation, const char* link) {
    entry_.citation = citation;
    entry_.link = link;
    return *this;
  }
  Describe& style(int hue, int slot) { return entry_.style = {hue, slot, false, false}, *this; }
  // `spec` without the lab's name: "landscape=bowl&runners=sgd".
  Describe& preset(const char* id, const char* title, const char* sentence, const char* spec) {
    this->addPreset(id, title, sentence, spec);
    return *this;
  }

  Describe& knob(const char* id, double T::*member, double low, double high, const char* help) {
    this->addNumber(id, KnobType::kNumber, low, high, help, fresh_.*member,
                    [member](Base& base, double value) { as(base).*member = value; });
    return *this;
  }
  Describe& knob(const char* id, int T::*member, int low, int high, const char* help) {
    this->addNumber(
        id, KnobType::kInteger, low, high, help, fresh_.*member,
        [member](Base& base, double value) { as(base).*member = static_cast<int>(value); });
    return *this;
  }
  Describe& flag(const char* id, bool T::*member, const char* help) {
    this->addFlag(id, help, fresh_.*member,
                  [member](Base& base, bool value) { as(base).*member = value; });
    return *this;
  }
  // An enumeration whose members stand in the order of `choices`.
  template <class E, class Owner>
  Describe& choice(const char* id, E Owner::*member, std::vector<std::string> choices,
                   const char* help) {
    this->addChoice(id, std::move(choices), help, static_cast<int>(fresh_.*member),
                    [member](Base& base, int value) { as(base).*member = static_cast<E>(value); });
    return *this;
  }
  // Recipes of a kind, kept as recipes: a lab builds what they name.
  Describe& knob(const char* id, Recipe T::*member, Kind kind, const char* help) {
    this->addRecipe(id, kind, help, fresh_.*member,
                    [member](Base& base, Recipe value) { as(base).*member = std::move(value); });
    return *this;
  }
  // A list of `low` to `high` of them.
  Describe& knob(const char* id, std::vector<Recipe> T::*member, Kind kind, int low, int high,
                 const char* help) {
    this->addRecipes(
        id, kind, low, high, help, fresh_.*member,
        [member](Base& base, std::vector<Recipe> value) { as(base).*member = std::move(value); });
    return *this;
  }
  // A schedule of which this one is made.
  Describe& knob(const char* id, Polymorphic<Schedule> T::*member, const char* standard,
                 const char* help) {
    this->addSchedule(id, standard, help, [member](Base& base, std::unique_ptr<Schedule> value) {
      as(base).*member = std::move(value);
    });
    return *this;
  }
  // A point of the plane "x,y", or one of `choices`, kept as text.
  Describe& point(const char* id, std::string T::*member, std::vector<std::string> choices,
                  const char* help) {
    this->addPoint(
        id, std::move(choices), help, fresh_.*member,
        [member](Base& base, std::string value) { as(base).*member = std::move(value); });
    return *this;
  }

  // The base learning rate and its schedule, for optimizers that have one.
  Describe& rate() {
    knob("lr", static_cast<double T::*>(&Optimizer::lr), 1e-8, 1e3,
         "Learning rate: how far a step goes.");
    as("Rate", "η").usual(1e-4, 1, Scale::kLog);
    return knob("schedule", static_cast<Polymorphic<Schedule> T::*>(&Optimizer::schedule),
                "constant", "Factor of the rate over the run.")
        .as("Schedule");
  }

  // Of the knob just added: its label and letter, its slider, and that it starts the run anew.
  Describe& as(const char* label, const char* symbol = "") {
    last().label = label;
    last().symbol = symbol;
    return *this;
  }
  Describe& usual(double low, double high, Scale scale = Scale::kLinear) {
    last().usualLow = low;
    last().usualHigh = high;
    last().scale = scale;
    return *this;
  }
  Describe& unit(const char* text) { return last().unit = text, *this; }
  Describe& fixed() { return last().live = false, *this; }

 private:
  friend class Catalogue;
  using Description<Base>::entry_;
  using Description<Base>::last;

  static T& as(Base& base) { return static_cast<T&>(base); }

  T fresh_;
};

class Catalogue {
 public:
  Catalogue();

  template <class T>
  void add(Describe<T>& description) {
    list<BaseOf<T>>().push_back(std::move(description.entry_));
  }
  template <class T>
  void add(Describe<T>&& description) {
    add(description);
  }

  // Sorted by id, except that decorators follow what they decorate.
  template <class Base>
  const std::vector<Entry<Base>>& entries() const {
    return const_cast<Catalogue*>(this)->list<Base>();
  }

  // Errors name what is unknown and what was meant.
  template <class Base>
  Result<const Entry<Base>*> find(const std::string& id) const;

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
  // the knobs.
  Result<Recipe> simplify(Kind kind, const Recipe& recipe) const;

 private:
  template <class Base>
  std::vector<Entry<Base>>& list();
  template <class Base>
  Result<Recipe> simplifyAs(const Recipe& recipe) const;

  std::vector<Entry<Optimizer>> optimizers_;
  std::vector<Entry<Schedule>> schedules_;
  std::vector<Entry<Landscape>> landscapes_;
  std::vector<Entry<Lab>> labs_;
};

// "lookahead/sgd": the ids of an optimizer and of what it decorates.
std::string chain(const Optimizer& optimizer);

}  // namespace descent
