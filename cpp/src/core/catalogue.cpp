#include "descent/catalogue.h"

#include <algorithm>

#include "core/values.h"
#include "descent/tally.h"
#include "descent/text.h"

namespace descent {

// Calls every register_…; written by the build from the files it finds.
void registerAll(Catalogue& catalogue);

const Catalogue& catalogue() {
  static Catalogue all;  // not const: a test may lend it a lab
  return all;
}

Catalogue::Catalogue() {
  registerAll(*this);
  auto& optimizers = std::get<std::vector<Entry<Optimizer>>>(lists_);
  std::vector<Entry<Optimizer>> sorted;
  for (const bool decorate : {false, true}) {
    for (auto& entry : optimizers) {
      const bool decorates = entry.decorates != Decorates::kNothing;
      if (decorates == decorate) sorted.push_back(std::move(entry));
    }
  }
  optimizers = std::move(sorted);
}

template <class Base>
Result<const Entry<Base>*> Catalogue::find(const std::string& id) const {
  std::vector<std::string> known;
  for (const Entry<Base>& entry : entries<Base>()) {
    if (entry.id == id) return &entry;
    known.push_back(entry.id);
  }
  return Error{notAmong(known, id, std::string("unknown ") + kKindOf<Base>.words)};
}

namespace {

// Are all keys of a recipe knobs of what it names, each given once?
Result<void> checkKeys(const std::vector<const Knob*>& knobs, const Recipe& recipe) {
  for (const Argument& argument : recipe.arguments) {
    const std::string& key = argument.key;
    const bool isFirst = &argument == &recipe.arguments.front();
    if (knobs.empty()) return noKnob(recipe.name, knobs, key.empty() ? print(argument.value) : key);
    if (key.empty() && isFirst) continue;
    if (key.empty()) {
      std::vector<std::string> known;
      for (const Knob* knob : knobs) known.push_back(knob->id);
      return Error{recipe.name + ": '" + print(argument.value) +
                   "' has no key; write key=value, with a key of " + join(known, ", ")};
    }
    const auto isIt = [&](const Knob* knob) { return knob->id == key; };
    if (std::none_of(knobs.begin(), knobs.end(), isIt)) return noKnob(recipe.name, knobs, key);
    if (isIt(knobs.front()) && recipe.arguments.front().key.empty()) {
      return Error{recipe.name + "." + key + " is given twice"};
    }
  }
  return {};
}

template <class Base>
std::vector<const Knob*> knobsIn(const Entry<Base>& entry) {
  std::vector<const Knob*> knobs;
  for (const auto& bound : entry.knobs) knobs.push_back(&bound.knob);
  return knobs;
}

// What f makes of the kind that a recipe should be of.
template <class Answer, class F>
Answer ofKind(Kind kind, const Recipe& recipe, F f) {
  Answer answer = Error{"'" + excerpt(print(recipe)) + "' names nothing in the catalogue"};
  forEachKind([&](const auto& known) {
    if (known.kind == kind) answer = f(known);
  });
  return answer;
}

}  // namespace

Result<std::vector<const Knob*>> Catalogue::knobsOf(Kind kind, const Recipe& recipe) const {
  using Knobs = Result<std::vector<const Knob*>>;
  const auto knobs = ofKind<Knobs>(kind, recipe, [&]<class Base>(const KindOf<Base>&) -> Knobs {
    const auto entry = find<Base>(recipe.name);
    if (!entry) return entry.error();
    return knobsIn(**entry);
  });
  if (!knobs) return knobs;
  const auto keys = checkKeys(*knobs, recipe);
  if (!keys) return keys.error();
  return knobs;
}

template <class Base>
Result<std::unique_ptr<Base>> Catalogue::build(const Recipe& recipe) const {
  const auto entry = find<Base>(recipe.name);
  if (!entry) return entry.error();
  auto object = (*entry)->make();
  if constexpr (std::is_same_v<Base, Optimizer>) {
    ++tally().builds;
    object->id = recipe.name;
  }
  const auto configured = configure(*object, recipe);
  if (!configured) return configured.error();
  return object;
}

template <class Base>
Result<void> Catalogue::configure(Base& object, const Recipe& recipe) const {
  const auto entry = find<Base>(recipe.name);
  if (!entry) return entry.error();
  const auto keys = checkKeys(knobsIn(**entry), recipe);
  if (!keys) return keys.error();
  for (const auto& [knob, apply] : (*entry)->knobs) {
    const Argument* given = argumentOf(**entry, recipe, knob.id);
    const auto applied = apply(object, knob, given ? given->value : knob.defaultValue);
    if (!applied) return applied.error();
  }
  return {};
}

Result<void> Catalogue::check(Kind kind, const Recipe& recipe) const {
  using Checked = Result<void>;
  return ofKind<Checked>(kind, recipe, [&]<class Base>(const KindOf<Base>&) -> Checked {
    const auto built = build<Base>(recipe);
    if (!built) return built.error();
    return {};
  });
}

Result<Recipe> Catalogue::simplify(Kind kind, const Recipe& recipe) const {
  const auto knobs = knobsOf(kind, recipe);
  if (!knobs) return knobs.error();
  Recipe simple{recipe.name, {}};
  for (const Knob* knob : *knobs) {
    const Argument* given = argumentOf(recipe, knob->id, knob == knobs->front());
    if (!given) continue;
    Argument argument{knob->id, given->value};
    const Recipe* nested = std::get_if<Recipe>(&given->value);
    if (nested && knob->kind != Kind::kNone) {
      auto inner = simplify(knob->kind, *nested);
      if (!inner) return inner.error();
      argument.value = std::move(*inner);
    }
    // What is decorated is named always, and needs no key.
    const bool isInner = knob->kind == Kind::kOptimizer && knob->id == "inner";
    if (isInner) argument.key.clear();
    if (isInner || plain(argument.value) != plain(knob->defaultValue)) {
      simple.arguments.push_back(std::move(argument));
    }
  }
  return simple;
}

#define DESCENT_KIND(Base, ...)                                                  \
  template Result<const Entry<Base>*> Catalogue::find(const std::string&) const; \
  template Result<std::unique_ptr<Base>> Catalogue::build(const Recipe&) const;  \
  template Result<void> Catalogue::configure(Base&, const Recipe&) const;
DESCENT_KINDS(DESCENT_KIND)
#undef DESCENT_KIND

std::string chain(const Optimizer& optimizer) {
  const auto* decorator = dynamic_cast<const Decorator*>(&optimizer);
  return decorator ? optimizer.id + "/" + chain(*decorator->inner) : optimizer.id;
}

std::string chain(const Recipe& optimizer) {
  const auto entry = catalogue().find<Optimizer>(optimizer.name);
  if (!entry || (*entry)->decorates == Decorates::kNothing) return optimizer.name;
  const Argument* given = argumentOf(**entry, optimizer, "inner");
  const auto inner = recipeOf(given ? given->value : (*entry)->knobs.front().knob.defaultValue);
  return optimizer.name + (inner ? "/" + chain(*inner) : "");
}

}  // namespace descent
