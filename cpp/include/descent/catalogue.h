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

// Checked readings of a knob's value; errors name the knob, the value and what is allowed.
Result<double> readNumber(const Knob& knob, const std::string& value);
Result<int> readChoice(const Knob& knob, const std::string& value);
Result<bool> readFlag(const Knob& knob, const std::string& value);
// A point "x,y"; empty for one of the knob's choices.
Result<std::optional<Point>> readPoint(const Knob& knob, const std::string& value);
// Recipes that the catalogue can build.
Result<Recipe> readRecipe(const Knob& knob, const std::string& value);
Result<std::vector<Recipe>> readRecipes(const Knob& knob, const std::string& value);
Result<std::unique_ptr<Schedule>> readSchedule(const Knob& knob, const std::string& value);
// A change of an inner optimizer; one of the same id keeps what it remembers.
Result<void> setInner(Decorator& decorator, const Knob& knob, const std::string& value);

// Describe<Adam>("adam", "Adam").rate().knob("beta1", &Adam::beta1, 0, 0.9999, "…").as("Mean", "β_1")
template <class T>
class Describe {
 public:
  using Base = BaseOf<T>;

  Describe(std::string id, std::string title) {
    entry_.id = std::move(id);
    entry_.title = std::move(title);
    entry_.make = [] { return std::make_unique<T>(); };
    if constexpr (std::is_base_of_v<GradientDecorator, T>) {
      entry_.decorates = Decorates::kGradient;
    } else if constexpr (std::is_base_of_v<Decorator, T>) {
      entry_.decorates = Decorates::kIterate;
    }
    if constexpr (std::is_base_of_v<Decorator, T>) addInner();
  }

  Describe& sentence(std::string text) { return with(entry_.sentence, text); }
  Describe& formula(std::string latex) { return with(entry_.formula, latex); }
  Describe& variant(std::string text) { return with(entry_.variant, text); }
  Describe& cites(std::string citation, std::string link) {
    entry_.citation = std::move(citation);
    entry_.link = std::move(link);
    return *this;
  }
  Describe& style(int hue, int slot) {
    entry_.style.hue = hue;
    entry_.style.slot = slot;
    return *this;
  }
  Describe& preset(std::string id, std::string title, std::string sentence,
                   const std::string& spec) {
    entry_.presets.push_back({std::move(id), std::move(title), std::move(sentence),
                              "lab=" + entry_.id + "&" + spec});
    return *this;
  }

  Describe& knob(std::string id, double T::* member, double low, double high, std::string help) {
    return number(std::move(id), member, KnobType::kNumber, low, high, std::move(help));
  }
  Describe& knob(std::string id, int T::* member, int low, int high, std::string help) {
    return number(std::move(id), member, KnobType::kInteger, low, high, std::move(help));
  }
  Describe& flag(std::string id, bool T::* member, std::string help) {
    Knob& knob = add(std::move(id), KnobType::kFlag, std::move(help));
    knob.standard = fresh_.*member ? "on" : "off";
    bind(readFlag, [member](T& object, bool value) { object.*member = value; });
    return *this;
  }
  // An enumeration whose members stand in the order of `choices`.
  template <class E, class Owner>
  Describe& choice(std::string id, E Owner::* member, std::vector<std::string> choices,
                   std::string help) {
    Knob& knob = add(std::move(id), KnobType::kChoice, std::move(help));
    knob.standard = choices.at(static_cast<std::size_t>(fresh_.*member));
    knob.choices = std::move(choices);
    bind(readChoice, [member](T& object, int value) { object.*member = static_cast<E>(value); });
    return *this;
  }
  // Recipes of a kind, kept as recipes: a lab builds what they name.
  Describe& knob(std::string id, Recipe T::* member, Kind kind, std::string help) {
    Knob& knob = add(std::move(id), KnobType::kRecipe, std::move(help));
    knob.kind = kind;
    knob.standard = print(fresh_.*member);
    bind(readRecipe, [member](T& object, Recipe value) { object.*member = std::move(value); });
    return *this;
  }
  // A list of `low` to `high` of them.
  Describe& knob(std::string id, std::vector<Recipe> T::* member, Kind kind, int low, int high,
                 std::string help) {
    Knob& knob = add(std::move(id), KnobType::kRecipes, std::move(help));
    knob.kind = kind;
    knob.low = knob.usualLow = low;
    knob.high = knob.usualHigh = high;
    knob.standard = print(fresh_.*member);
    bind(readRecipes,
         [member](T& object, std::vector<Recipe> value) { object.*member = std::move(value); });
    return *this;
  }
  // A schedule of which this one is made.
  Describe& knob(std::string id, Polymorphic<Schedule> T::* member, std::string standard,
                 std::string help) {
    Knob& knob = add(std::move(id), KnobType::kRecipe, std::move(help));
    knob.kind = Kind::kSchedule;
    knob.standard = std::move(standard);
    bind(readSchedule, [member](T& object, std::unique_ptr<Schedule> value) {
      object.*member = std::move(value);
    });
    return *this;
  }
  // A point of the plane "x,y", or one of `choices`, kept as text.
  Describe& point(std::string id, std::string T::* member, std::vector<std::string> choices,
                  std::string help) {
    Knob& knob = add(std::move(id), KnobType::kPoint, std::move(help));
    knob.standard = fresh_.*member;
    knob.choices = std::move(choices);
    entry_.knobs.back().apply = [member](Base& base, const Knob& point,
                                         const std::string& value) -> Result<void> {
      const auto checked = readPoint(point, value);
      if (!checked) return checked.error();
      static_cast<T&>(base).*member = value;
      return {};
    };
    return *this;
  }

  // The base learning rate and its schedule, for optimizers that have one.
  Describe& rate();

  // Of the knob just added: its label and letter, slider, and whether it may be turned live.
  Describe& as(std::string label, std::string symbol = "") {
    last().label = std::move(label);
    last().symbol = std::move(symbol);
    return *this;
  }
  Describe& usual(double low, double high, Scale scale = Scale::kLinear) {
    last().usualLow = low;
    last().usualHigh = high;
    last().scale = scale;
    return *this;
  }
  Describe& unit(std::string text) { return with(last().unit, text); }
  Describe& fixed() {
    last().live = false;
    return *this;
  }

 private:
  friend class Catalogue;

  Describe& with(std::string& field, std::string& text) {
    field = std::move(text);
    return *this;
  }
  Knob& last() { return entry_.knobs.back().knob; }
  Knob& add(std::string id, KnobType type, std::string help) {
    Knob knob;
    knob.label = knob.id = std::move(id);
    knob.path = entry_.id + "." + knob.id;
    knob.type = type;
    knob.help = std::move(help);
    entry_.knobs.push_back({std::move(knob), {}});
    return last();
  }
  template <class Read, class Set>
  void bind(Read read, Set set) {
    entry_.knobs.back().apply = [read, set](Base& base, const Knob& knob,
                                            const std::string& value) -> Result<void> {
      auto checked = read(knob, value);
      if (!checked) return checked.error();
      set(static_cast<T&>(base), std::move(*checked));
      return {};
    };
  }
  template <class N>
  Describe& number(std::string id, N T::* member, KnobType type, N low, N high,
                   std::string help) {
    Knob& knob = add(std::move(id), type, std::move(help));
    knob.low = knob.usualLow = low;
    knob.high = knob.usualHigh = high;
    knob.standard = print(static_cast<double>(fresh_.*member));
    bind(readNumber, [member](T& object, double value) { object.*member = static_cast<N>(value); });
    return *this;
  }
  void addInner();

  T fresh_;
  Entry<Base> entry_;
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

template <class T>
Describe<T>& Describe<T>::rate() {
  static_assert(std::is_base_of_v<Optimizer, T>);
  knob("lr", static_cast<double T::*>(&Optimizer::lr), 1e-8, 1e3,
       "Learning rate: how far a step goes.");
  as("Rate", "η").usual(1e-4, 1, Scale::kLog);
  return knob("schedule", static_cast<Polymorphic<Schedule> T::*>(&Optimizer::schedule),
              "constant", "Factor of the rate over the run.")
      .as("Schedule");
}

template <class T>
void Describe<T>::addInner() {
  Knob& knob = add("inner", KnobType::kRecipe, "The optimizer that is wrapped.");
  knob.label = "Inner";
  knob.kind = Kind::kOptimizer;
  knob.standard = "sgd";
  entry_.knobs.back().apply = [](Optimizer& base, const Knob& inner, const std::string& value) {
    return setInner(static_cast<Decorator&>(base), inner, value);
  };
}

}  // namespace descent
