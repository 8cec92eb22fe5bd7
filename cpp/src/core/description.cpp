// Descriptions bind knobs to members.
#include <algorithm>
#include <cstring>

#include "core/values.h"
#include "descent/catalogue.h"
#include "descent/text.h"

namespace descent {
template <class Base>
Knob& Description<Base>::add(const char* id, KnobType type, const char* help, Value defaultValue,
                             Apply apply) {
  Knob knob;
  knob.label = knob.id = id;
  knob.name = entry_.id + "." + id;
  knob.type = type;
  knob.help = help;
  knob.defaultValue = std::move(defaultValue);
  entry_.knobs.push_back({std::move(knob), std::move(apply)});
  return last();
}

namespace {

// Check a value, then set it.
template <class Base, class Check, class Set>
auto checked(Check check, Set set) {
  return [check, set = std::move(set)](Base& base, const Knob& knob,
                                       const Value& given) -> Result<void> {
    auto value = check(knob, given);
    if (!value) return value.error();
    set(base, std::move(*value));
    return {};
  };
}

Value asWord(const std::string& text) { return Recipe{text, {}}; }

}  // namespace

template <class Base>
Description<Base>::Description(const char* id, const char* title) {
  entry_.id = id;
  entry_.title = title;
}

template <class Base>
Description<Base>::~Description() = default;

template <class Base>
void Description<Base>::sentence(const char* text) {
  entry_.sentence = text;
}

template <class Base>
void Description<Base>::as(const char* label, const char* symbol) {
  last().label = label;
  last().symbol = symbol;
}

template <class Base>
void Description<Base>::usual(double low, double high, Scale scale) {
  last().usualLow = low;
  last().usualHigh = high;
  last().scale = scale;
}

template <class Base>
void Description<Base>::unit(const char* text) {
  last().unit = text;
}

template <class Base>
void Description<Base>::orElse(Words words) {
  last().choices.assign(words.begin(), words.end());
}

template <class Base>
void Description<Base>::cites(const char* citation, const char* link) {
  entry_.citation = citation;
  entry_.link = link;
}

template <class Base>
void Description<Base>::card(const char* numpy, const char* metric, const char* uses,
                             const char* limits) {
  entry_.card = {numpy, metric, uses, limits};
}

template <class Base>
void Description<Base>::preset(const char* id, const char* title, const char* sentence,
                               const char* spec) {
  entry_.presets.push_back({id, title, sentence, "lab=" + entry_.id + (*spec ? "&" : "") + spec});
}

namespace {

// Number knobs differ only in what they are set to.
template <class Base, class Number>
auto numberSetter(Number Base::*member) {
  return checked<Base>(
      toNumber, [member](Base& base, double value) { base.*member = static_cast<Number>(value); });
}

void span(Knob& knob, double low, double high) {
  knob.low = knob.usualLow = low;
  knob.high = knob.usualHigh = high;
}

}  // namespace

template <class Base>
void Description<Base>::add(const char* id, double Base::*member, double low, double high,
                            const char* help, double defaultValue) {
  span(add(id, KnobType::kNumber, help, defaultValue, numberSetter(member)), low, high);
}

template <class Base>
void Description<Base>::add(const char* id, int Base::*member, int low, int high, const char* help,
                            int defaultValue) {
  span(add(id, KnobType::kInteger, help, static_cast<double>(defaultValue), numberSetter(member)),
       low, high);
}

template <class Base>
void Description<Base>::add(const char* id, bool Base::*member, const char* help,
                            bool defaultValue) {
  add(id, KnobType::kFlag, help, asWord(defaultValue ? "on" : "off"),
      checked<Base>(toFlag, [member](Base& base, bool value) { base.*member = value; }));
}

template <class Base>
void Description<Base>::addChoice(const char* id, std::ptrdiff_t offset, Words choices,
                                  const char* help, int defaultValue) {
  const auto set = [offset](Base& base, int value) {
    std::memcpy(reinterpret_cast<char*>(&base) + offset, &value, sizeof value);
  };
  add(id, KnobType::kChoice, help, asWord(choices.begin()[defaultValue]),
      checked<Base>(toChoice, set))
      .choices.assign(choices.begin(), choices.end());
}

template <class Base>
void Description<Base>::add(const char* id, Result<void> (Base::*set)(const std::string&),
                            const char* help, const std::string& defaultValue) {
  const auto apply = [set](Base& base, const Knob& knob, const Value& value) -> Result<void> {
    const auto done = (base.*set)(std::string(trim(plain(value))));
    if (!done) return within(knob, done.error());
    return {};
  };
  add(id, KnobType::kText, help, Text{defaultValue}, apply);
}

// What stands there already has been checked: it is not built again.
template <class Base>
void Description<Base>::add(const char* id, Recipe Base::*member, Kind kind, const char* help,
                            const Recipe& defaultValue) {
  const auto apply = [member](Base& base, const Knob& knob, const Value& value) -> Result<void> {
    auto recipe = toRecipe(knob, value);
    if (!recipe) return recipe.error();
    if (!(*recipe == base.*member) && !isIn(knob.choices, print(*recipe))) {
      const auto checked = catalogue().check(knob.kind, *recipe);
      if (!checked) return checked.error();
    }
    base.*member = std::move(*recipe);
    return {};
  };
  add(id, KnobType::kRecipe, help, defaultValue, apply).kind = kind;
}

template <class Base>
void Description<Base>::add(const char* id, std::vector<Recipe> Base::*member, Kind kind, int low,
                            int high, const char* help, const std::vector<Recipe>& defaultValue) {
  const auto apply = [member](Base& base, const Knob& knob, const Value& value) -> Result<void> {
    const auto* recipes = std::get_if<std::vector<Recipe>>(&value);
    const auto count = recipes ? static_cast<double>(recipes->size()) : 0;
    if (!recipes || count < knob.low || count > knob.high) {
      return wrong(knob, print(knob.low) + " to " + print(knob.high) + " recipes",
                   recipes ? print(count) : plain(value));
    }
    std::vector<Recipe>& there = base.*member;
    for (const Recipe& recipe : *recipes) {
      if (std::find(there.begin(), there.end(), recipe) != there.end()) continue;
      const auto checked = catalogue().check(knob.kind, recipe);
      if (!checked) return checked.error();
    }
    there = *recipes;
    return {};
  };
  Knob& knob = add(id, KnobType::kRecipes, help, defaultValue, apply);
  knob.kind = kind;
  span(knob, low, high);
}

template <class Base>
void Description<Base>::add(const char* id, Polymorphic<Schedule> Base::*member,
                            const char* defaultValue, const char* help) {
  const auto set = [member](Base& base, std::unique_ptr<Schedule> value) {
    base.*member = std::move(value);
  };
  add(id, KnobType::kRecipe, help, *parseRecipe(defaultValue), checked<Base>(toSchedule, set))
      .kind = Kind::kSchedule;
}

template <class Base>
void Description<Base>::add(const char* id, Polymorphic<Optimizer> Base::*member,
                            const char* defaultValue, const char* help) {
  const auto apply = [member](Base& base, const Knob& knob, const Value& value) {
    Polymorphic<Optimizer> trial = base.*member;
    auto set = setInner(trial, knob, value);
    if (set && !dynamic_cast<const GradientOptimizer*>(&*trial)) {
      return Result<void>(wrong(
          knob, "an optimizer that takes one gradient a step and wraps no other", plain(value)));
    }
    if (set) base.*member = std::move(trial);
    return set;
  };
  add(id, KnobType::kRecipe, help, *parseRecipe(defaultValue), apply).kind = Kind::kOptimizer;
}

template <class Base>
void Description<Base>::add(const char* id, std::string Base::*member, Words choices,
                            const char* help, const std::string& defaultValue) {
  const auto apply = [member](Base& base, const Knob& knob, const Value& value) -> Result<void> {
    const std::string text = plain(value);
    const auto point = readPoint(knob, text);
    if (!point) return point.error();
    base.*member = std::string(trim(text));
    return {};
  };
  add(id, KnobType::kPoint, help, Text{defaultValue}, apply)
      .choices.assign(choices.begin(), choices.end());
}

template <class Base>
void Description<Base>::addInner() {
  if constexpr (std::is_same_v<Base, Optimizer>) {
    const auto apply = [](Optimizer& base, const Knob& knob, const Value& value) {
      return setInner(static_cast<Decorator&>(base).inner, knob, value);
    };
    Knob& knob =
        add("inner", KnobType::kRecipe, "The optimizer that is wrapped.", asWord("sgd"), apply);
    knob.label = "Inner";
    knob.kind = Kind::kOptimizer;
  }
}

template <class Base>
void Description<Base>::addRate() {
  if constexpr (std::is_same_v<Base, Optimizer>) {
    add("lr", &Optimizer::lr, 1e-8, 1e3, "Learning rate: how far a step goes.", entry_.make()->lr);
    as("Rate", "η");
    usual(1e-4, 1, Scale::kLog);
    add("schedule", &Optimizer::schedule, "constant", "Factor of the rate over the run.");
    as("Schedule", "");
  }
}

#define DESCENT_KIND(Base, ...) template class Description<Base>;
DESCENT_KINDS(DESCENT_KIND)
#undef DESCENT_KIND

}  // namespace descent
