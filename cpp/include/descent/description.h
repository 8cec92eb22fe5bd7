// Describing an entry beside its code:
//
//   Describe<Adam>("adam", "Adam").rate().knob("beta1", &Adam::beta1, 0, 0.9999, "…").as("Mean",
//   "…")
//
// A knob is bound to a member; its default is read off a fresh object.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <memory>
#include <string>
#include <type_traits>
#include <vector>

#include "descent/dataset.h"
#include "descent/decorator.h"
#include "descent/entry.h"
#include "descent/objective.h"
#include "descent/optimizer.h"
#include "descent/schedule.h"

namespace descent {

// The part of a description that does not depend on the class described: compiled once. A member of
// the class described is held as a member of its base.
template <class Base>
class Description {
 protected:
  using Apply = typename BoundKnob<Base>::Apply;
  using Words = std::initializer_list<const char*>;

  Description(const char* id, const char* title);
  ~Description();
  void sentence(const char* text);
  void cites(const char* citation, const char* link);
  void card(const char* numpy, const char* metric, const char* uses, const char* limits);
  void preset(const char* id, const char* title, const char* sentence, const char* spec);

  Knob& add(const char* id, KnobType type, const char* help, Value defaultValue, Apply apply);
  void add(const char* id, double Base::*member, double low, double high, const char* help,
           double defaultValue);
  void add(const char* id, int Base::*member, int low, int high, const char* help,
           int defaultValue);
  void add(const char* id, bool Base::*member, const char* help, bool defaultValue);
  void add(const char* id, std::string Base::*member, Words choices, const char* help,
           const std::string& defaultValue);
  void add(const char* id, Result<void> (Base::*set)(const std::string&), const char* help,
           const std::string& defaultValue);
  void add(const char* id, Recipe Base::*member, Kind kind, const char* help,
           const Recipe& defaultValue);
  void add(const char* id, std::vector<Recipe> Base::*member, Kind kind, int low, int high,
           const char* help, const std::vector<Recipe>& defaultValue);
  void add(const char* id, Polymorphic<Schedule> Base::*member, const char* defaultValue,
           const char* help);
  void add(const char* id, Polymorphic<Optimizer> Base::*member, const char* defaultValue,
           const char* help);
  // An enumeration of int's size, so many bytes into the object.
  void addChoice(const char* id, std::ptrdiff_t offset, Words choices, const char* help,
                 int defaultValue);
  void addInner();
  void addRate();
  void as(const char* label, const char* symbol);
  void usual(double low, double high, Scale scale);
  void unit(const char* text);
  void orElse(Words words);
  Knob& last() { return entry_.knobs.back().knob; }

  Entry<Base> entry_;
};

template <class T>
class Describe : private Description<BaseOf<T>> {
 public:
  using Base = BaseOf<T>;
  using Words = typename Description<Base>::Words;

  Describe(const char* id, const char* title) : Description<Base>(id, title) {
    entry_.make = []() -> std::unique_ptr<Base> { return std::make_unique<T>(); };
    if constexpr (std::is_base_of_v<Decorator, T>) {
      constexpr bool kSeen = std::is_base_of_v<GradientDecorator, T>;
      entry_.decorates = kSeen ? Decorates::kGradient : Decorates::kIterate;
      entry_.style.ring = true;
      this->addInner();
    }
  }

  Describe& sentence(const char* text) { return Description<Base>::sentence(text), *this; }
  Describe& style(int hue, int slot) { return entry_.style = {hue, slot, false, false}, *this; }
  // `spec` without the lab's name: "landscape=bowl&runners=sgd".
  Describe& preset(const char* id, const char* title, const char* text, const char* spec) {
    return Description<Base>::preset(id, title, text, spec), *this;
  }
  // Of the preset just added: something that its sentence says of the finished run.
  Describe& shows(const char* text, bool (*holds)(const Finished& run)) {
    return entry_.presets.back().shows.push_back({text, holds}), *this;
  }
#ifdef DESCENT_BRIEF
  Describe& formula(const char*) { return *this; }
  Describe& variant(const char*) { return *this; }
  Describe& cites(const char*, const char*) { return *this; }
  Describe& card(const char*, const char*, const char*, const char*) { return *this; }
#else
  Describe& formula(const char* latex) { return entry_.formula = latex, *this; }
  Describe& variant(const char* text) { return entry_.variant = text, *this; }
  Describe& cites(const char* citation, const char* link) {
    return Description<Base>::cites(citation, link), *this;
  }
  // The four parts of an optimizer's Card, in its order.
  Describe& card(const char* numpy, const char* metric, const char* uses, const char* limits) {
    return Description<Base>::card(numpy, metric, uses, limits), *this;
  }
#endif

  Describe& knob(const char* id, double T::*member, double low, double high, const char* help) {
    this->add(id, static_cast<double Base::*>(member), low, high, help, fresh_.*member);
    return *this;
  }
  Describe& knob(const char* id, int T::*member, int low, int high, const char* help) {
    this->add(id, static_cast<int Base::*>(member), low, high, help, fresh_.*member);
    return *this;
  }
  Describe& flag(const char* id, bool T::*member, const char* help) {
    this->add(id, static_cast<bool Base::*>(member), help, fresh_.*member);
    return *this;
  }
  // An enumeration whose members stand in the order of `choices`.
  template <class E, class Owner>
  Describe& choice(const char* id, E Owner::*member, Words choices, const char* help) {
    static_assert(std::is_enum_v<E> && sizeof(E) == sizeof(int));
    const auto* begin = reinterpret_cast<const char*>(static_cast<const Base*>(&fresh_));
    const auto* place = reinterpret_cast<const char*>(&(fresh_.*member));
    this->addChoice(id, place - begin, choices, help, static_cast<int>(fresh_.*member));
    return *this;
  }
  // Text that the object itself reads: `set` refuses it by a message that the knob's path precedes.
  Describe& text(const char* id, std::string T::*member, Result<void> (T::*set)(const std::string&),
                 const char* help) {
    this->add(id, static_cast<Result<void> (Base::*)(const std::string&)>(set), help,
              fresh_.*member);
    return *this;
  }
  // Recipes of a kind, kept as recipes: a lab builds what they name.
  Describe& knob(const char* id, Recipe T::*member, Kind kind, const char* help) {
    this->add(id, static_cast<Recipe Base::*>(member), kind, help, fresh_.*member);
    return *this;
  }
  // A list of `low` to `high` of them.
  Describe& knob(const char* id, std::vector<Recipe> T::*member, Kind kind, int low, int high,
                 const char* help) {
    this->add(id, static_cast<std::vector<Recipe> Base::*>(member), kind, low, high, help,
              fresh_.*member);
    return *this;
  }
  // A schedule of which this one is made.
  Describe& knob(const char* id, Polymorphic<Schedule> T::*member, const char* defaultValue,
                 const char* help) {
    this->add(id, static_cast<Polymorphic<Schedule> Base::*>(member), defaultValue, help);
    return *this;
  }
  // An optimizer that this one leaves a part of the work to.
  Describe& knob(const char* id, Polymorphic<Optimizer> T::*member, const char* defaultValue,
                 const char* help) {
    this->add(id, static_cast<Polymorphic<Optimizer> Base::*>(member), defaultValue, help);
    return *this;
  }
  // A point of the plane "x,y", or one of `choices`, kept as text.
  Describe& point(const char* id, std::string T::*member, Words choices, const char* help) {
    this->add(id, static_cast<std::string Base::*>(member), choices, help, fresh_.*member);
    return *this;
  }

  // The base learning rate and its schedule, for optimizers that have one.
  Describe& rate() { return this->addRate(), *this; }

  // Of the knob just added: its label and letter, its slider, and that it starts the run anew.
  Describe& as(const char* label, const char* symbol = "") {
    return Description<Base>::as(label, symbol), *this;
  }
  Describe& usual(double low, double high, Scale scale = Scale::kLinear) {
    return Description<Base>::usual(low, high, scale), *this;
  }
  // Of a text: it may have several lines.
  Describe& lines() { return this->last().lines = true, *this; }
  Describe& unit(const char* text) { return Description<Base>::unit(text), *this; }
  // Of a recipe: words that stand for none.
  Describe& orElse(Words words) { return Description<Base>::orElse(words), *this; }
  Describe& fixed() { return last().live = false, *this; }

 private:
  friend class Catalogue;
  using Description<Base>::entry_;
  using Description<Base>::last;

  // Read while describing, and then gone with the description.
  T fresh_;
};

}  // namespace descent
