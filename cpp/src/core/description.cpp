// Reading the text of a value for a knob, and the descriptions that bind knobs to members.
#include <algorithm>
#include <cmath>
#include <cstring>

#include "descent/catalogue.h"
#include "descent/text.h"

namespace descent {
namespace {

Error wrong(const Knob& knob, const std::string& allowed, const std::string& value) {
  const std::string shown = excerpt(value);
  return {knob.path + " must be " + allowed + ", got " + (shown.empty() ? "nothing" : shown)};
}

Result<double> readNumber(const Knob& knob, const std::string& value) {
  if (std::isinf(knob.high) && trim(value) == "inf") return knob.high;
  const auto number = parseNumber(value);
  const bool whole = knob.type != KnobType::kInteger || (number && std::floor(*number) == *number);
  if (!number || !whole || *number < knob.low || *number > knob.high) {
    return wrong(knob,
                 (knob.type == KnobType::kInteger ? "a whole number in [" : "in [") +
                     print(knob.low) + ", " + print(knob.high) + "]",
                 value);
  }
  return *number;
}

Result<int> readChoice(const Knob& knob, const std::string& value) {
  const auto found = std::find(knob.choices.begin(), knob.choices.end(), trim(value));
  if (found == knob.choices.end()) {
    return wrong(knob, "one of " + join(knob.choices, ", "), value);
  }
  return static_cast<int>(found - knob.choices.begin());
}

Result<bool> readFlag(const Knob& knob, const std::string& value) {
  if (trim(value) == "on") return true;
  if (trim(value) == "off") return false;
  return wrong(knob, "on or off", value);
}

Result<Recipe> readRecipe(const Knob& knob, const std::string& value) {
  auto recipe = parseRecipe(value);
  if (!recipe) return Error{knob.path + ", " + recipe.error().message};
  if (std::find(knob.choices.begin(), knob.choices.end(), print(*recipe)) != knob.choices.end()) {
    return recipe;
  }
  const auto checked = catalogue().check(knob.kind, *recipe);
  if (!checked) return checked.error();
  return recipe;
}

Result<std::vector<Recipe>> readRecipes(const Knob& knob, const std::string& value) {
  auto recipes = parseRecipes(value);
  if (!recipes) return Error{knob.path + ", " + recipes.error().message};
  const auto count = static_cast<double>(recipes->size());
  if (count < knob.low || count > knob.high) {
    return wrong(knob, print(knob.low) + " to " + print(knob.high) + " recipes",
                 std::to_string(recipes->size()));
  }
  for (const Recipe& recipe : *recipes) {
    const auto checked = catalogue().check(knob.kind, recipe);
    if (!checked) return checked.error();
  }
  return recipes;
}

Result<std::unique_ptr<Schedule>> readSchedule(const Knob& knob, const std::string& value) {
  const auto recipe = parseRecipe(value);
  if (!recipe) return Error{knob.path + ", " + recipe.error().message};
  return catalogue().build<Schedule>(*recipe);
}

// An inner optimizer of the same id keeps what it remembers.
Result<void> setInner(Polymorphic<Optimizer>& inner, const Knob& knob, const std::string& value) {
  const auto recipe = parseRecipe(value);
  if (!recipe) return Error{knob.path + ", " + recipe.error().message};
  if (inner && inner->id == recipe->name) return catalogue().configure(*inner, *recipe);
  auto fresh = catalogue().build<Optimizer>(*recipe);
  if (!fresh) return fresh.error();
  inner = std::move(*fresh);
  return {};
}

}  // namespace

Result<std::optional<Point>> readPoint(const Knob& knob, const std::string& value) {
  if (std::find(knob.choices.begin(), knob.choices.end(), trim(value)) != knob.choices.end()) {
    return std::optional<Point>();
  }
  const auto parts = split(value, ',');
  const auto x = parseNumber(parts[0]);
  const auto y = parts.size() == 2 ? parseNumber(parts[1]) : std::nullopt;
  if (!x || !y || std::max(std::abs(*x), std::abs(*y)) > kPointLimit) {
    return wrong(knob,
                 "x,y with numbers in [-" + print(kPointLimit) + ", " + print(kPointLimit) +
                     "], or one of " + join(knob.choices, ", "),
                 value);
  }
  return std::optional<Point>(Point(*x, *y));
}

template <class Base>
Knob& Description<Base>::add(const char* id, KnobType type, const char* help, std::string standard,
                             Apply apply) {
  Knob knob;
  knob.label = knob.id = id;
  knob.path = entry_.id + "." + id;
  knob.type = type;
  knob.help = help;
  knob.standard = std::move(standard);
  entry_.knobs.push_back({std::move(knob), std::move(apply)});
  return last();
}

namespace {

// Check the text of a value, then set it.
template <class Base, class Read, class Set>
auto checked(Read read, Set set) {
  return [read, set = std::move(set)](Base& base, const Knob& knob,
                                      const std::string& text) -> Result<void> {
    auto value = read(knob, text);
    if (!value) return value.error();
    set(base, std::move(*value));
    return {};
  };
}

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
  return checked<Base>(readNumber, [member](Base& base, double value) {
    base.*member = static_cast<Number>(value);
  });
}

void span(Knob& knob, double low, double high) {
  knob.low = knob.usualLow = low;
  knob.high = knob.usualHigh = high;
}

}  // namespace

template <class Base>
void Description<Base>::add(const char* id, double Base::*member, double low, double high,
                            const char* help, double standard) {
  span(add(id, KnobType::kNumber, help, print(standard), numberSetter(member)), low, high);
}

template <class Base>
void Description<Base>::add(const char* id, int Base::*member, int low, int high, const char* help,
                            int standard) {
  span(add(id, KnobType::kInteger, help, std::to_string(standard), numberSetter(member)), low,
       high);
}

template <class Base>
void Description<Base>::add(const char* id, bool Base::*member, const char* help, bool standard) {
  add(id, KnobType::kFlag, help, standard ? "on" : "off",
      checked<Base>(readFlag, [member](Base& base, bool value) { base.*member = value; }));
}

template <class Base>
void Description<Base>::addChoice(const char* id, std::ptrdiff_t offset, Words choices,
                                  const char* help, int standard) {
  const auto set = [offset](Base& base, int value) {
    std::memcpy(reinterpret_cast<char*>(&base) + offset, &value, sizeof value);
  };
  add(id, KnobType::kChoice, help, choices.begin()[standard], checked<Base>(readChoice, set))
      .choices.assign(choices.begin(), choices.end());
}

template <class Base>
void Description<Base>::add(const char* id, Result<void> (Base::*set)(const std::string&),
                            const char* help, const std::string& standard) {
  const auto apply = [set](Base& base, const Knob& knob, const std::string& text) -> Result<void> {
    const auto done = (base.*set)(std::string(trim(text)));
    if (!done) return Error{knob.path + ", " + done.error().message};
    return {};
  };
  add(id, KnobType::kText, help, standard, apply);
}

template <class Base>
void Description<Base>::add(const char* id, Recipe Base::*member, Kind kind, const char* help,
                            const Recipe& standard) {
  const auto set = [member](Base& base, Recipe value) { base.*member = std::move(value); };
  add(id, KnobType::kRecipe, help, print(standard), checked<Base>(readRecipe, set)).kind = kind;
}

template <class Base>
void Description<Base>::add(const char* id, std::vector<Recipe> Base::*member, Kind kind, int low,
                            int high, const char* help, const std::vector<Recipe>& standard) {
  const auto set = [member](Base& base, std::vector<Recipe> value) {
    base.*member = std::move(value);
  };
  Knob& knob = add(id, KnobType::kRecipes, help, print(standard), checked<Base>(readRecipes, set));
  knob.kind = kind;
  span(knob, low, high);
}

template <class Base>
void Description<Base>::add(const char* id, Polymorphic<Schedule> Base::*member,
                            const char* standard, const char* help) {
  const auto set = [member](Base& base, std::unique_ptr<Schedule> value) {
    base.*member = std::move(value);
  };
  add(id, KnobType::kRecipe, help, standard, checked<Base>(readSchedule, set)).kind =
      Kind::kSchedule;
}

template <class Base>
void Description<Base>::add(const char* id, Polymorphic<Optimizer> Base::*member,
                            const char* standard, const char* help) {
  const auto apply = [member](Base& base, const Knob& knob, const std::string& text) {
    Polymorphic<Optimizer> trial = base.*member;
    auto set = setInner(trial, knob, text);
    if (set && !dynamic_cast<const GradientOptimizer*>(&*trial)) {
      return Result<void>(
          wrong(knob, "an optimizer that takes one gradient a step and wraps no other", text));
    }
    if (set) base.*member = std::move(trial);
    return set;
  };
  add(id, KnobType::kRecipe, help, standard, apply).kind = Kind::kOptimizer;
}

template <class Base>
void Description<Base>::add(const char* id, std::string Base::*member, Words choices,
                            const char* help, const std::string& standard) {
  const auto apply = [member](Base& base, const Knob& knob,
                              const std::string& text) -> Result<void> {
    const auto point = readPoint(knob, text);
    if (!point) return point.error();
    base.*member = std::string(trim(text));
    return {};
  };
  add(id, KnobType::kPoint, help, standard, apply).choices.assign(choices.begin(), choices.end());
}

template <class Base>
void Description<Base>::addInner() {
  if constexpr (std::is_same_v<Base, Optimizer>) {
    const auto apply = [](Optimizer& base, const Knob& knob, const std::string& text) {
      return setInner(static_cast<Decorator&>(base).inner, knob, text);
    };
    Knob& knob = add("inner", KnobType::kRecipe, "The optimizer that is wrapped.", "sgd", apply);
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

template class Description<Optimizer>;
template class Description<Schedule>;
template class Description<Landscape>;
template class Description<Problem>;
template class Description<Dataset>;
template class Description<Lab>;

}  // namespace descent
