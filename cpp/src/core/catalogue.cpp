#include "descent/catalogue.h"

#include <algorithm>
#include <cmath>

#include "descent/text.h"

namespace descent {

// Calls every register_…; written by the build from the files it finds.
void registerAll(Catalogue& catalogue);

const Catalogue& catalogue() {
  static Catalogue all;  // not const: a test may lend it a lab
  return all;
}

template <>
std::vector<Entry<Optimizer>>& Catalogue::list() {
  return optimizers_;
}
template <>
std::vector<Entry<Schedule>>& Catalogue::list() {
  return schedules_;
}
template <>
std::vector<Entry<Landscape>>& Catalogue::list() {
  return landscapes_;
}
template <>
std::vector<Entry<Problem>>& Catalogue::list() {
  return problems_;
}
template <>
std::vector<Entry<Dataset>>& Catalogue::list() {
  return datasets_;
}
template <>
std::vector<Entry<Lab>>& Catalogue::list() {
  return labs_;
}

Catalogue::Catalogue() {
  registerAll(*this);
  std::stable_sort(optimizers_.begin(), optimizers_.end(), [](const auto& a, const auto& b) {
    return (a.decorates == Decorates::kNothing) > (b.decorates == Decorates::kNothing);
  });
}

namespace {

template <class Base>
const char* kindName() {
  if constexpr (std::is_same_v<Base, Optimizer>) return "optimizer";
  if constexpr (std::is_same_v<Base, Schedule>) return "schedule";
  if constexpr (std::is_same_v<Base, Landscape>) return "landscape";
  if constexpr (std::is_same_v<Base, Problem>) return "problem";
  if constexpr (std::is_same_v<Base, Dataset>) return "data set";
  if constexpr (std::is_same_v<Base, Lab>) return "lab";
}

// "unknown optimizer 'adm'; did you mean adam? known: …"
Error unknown(const std::string& what, const std::string& word,
              const std::vector<std::string>& known) {
  const std::string near = nearest(word, known);
  return {what + " '" + excerpt(word) + "'; " +
          (near.empty() ? "" : "did you mean " + near + "? ") +
          (known.empty() ? "there is none" : "known: " + join(known, ", "))};
}

std::vector<std::string> ids(const auto& items, auto id) {
  std::vector<std::string> all;
  for (const auto& item : items) all.push_back(id(item));
  return all;
}

}  // namespace

template <class Base>
void Catalogue::add(Entry<Base>&& entry) {
  list<Base>().push_back(std::move(entry));
}
template void Catalogue::add(Entry<Optimizer>&&);
template void Catalogue::add(Entry<Schedule>&&);
template void Catalogue::add(Entry<Landscape>&&);
template void Catalogue::add(Entry<Problem>&&);
template void Catalogue::add(Entry<Dataset>&&);
template void Catalogue::add(Entry<Lab>&&);

template <class Base>
Result<const Entry<Base>*> Catalogue::find(const std::string& id) const {
  for (const Entry<Base>& entry : entries<Base>()) {
    if (entry.id == id) return &entry;
  }
  return unknown(std::string("unknown ") + kindName<Base>(), id,
                 ids(entries<Base>(), [](const auto& entry) { return entry.id; }));
}

template <class Base>
Result<std::unique_ptr<Base>> Catalogue::build(const Recipe& recipe) const {
  const auto entry = find<Base>(recipe.name);
  if (!entry) return entry.error();
  auto object = (*entry)->make();
  if constexpr (std::is_same_v<Base, Optimizer>) object->id = recipe.name;
  const auto configured = configure(*object, recipe);
  if (!configured) return configured.error();
  return object;
}

namespace {

// The argument that a recipe gives for knob i of an entry: by key, or the first without one.
const Value* given(const Recipe& recipe, const Knob& knob, std::size_t i) {
  for (const auto& [key, value] : recipe.arguments) {
    if (key == knob.id || (key.empty() && i == 0)) return &value;
  }
  return nullptr;
}

template <class Base>
Result<void> checkKeys(const Entry<Base>& entry, const Recipe& recipe) {
  const auto known = ids(entry.knobs, [](const auto& bound) { return bound.knob.id; });
  for (const auto& argument : recipe.arguments) {
    if (!argument.key.empty()) {
      if (std::find(known.begin(), known.end(), argument.key) == known.end()) {
        return unknown(entry.id + " has no knob", argument.key, known);
      }
      if (argument.key == known.front() && recipe.arguments.front().key.empty()) {
        return Error{entry.id + "." + argument.key + " is given twice"};
      }
    } else if (&argument != &recipe.arguments.front() || known.empty()) {
      return Error{entry.id + ": '" + print(argument.value) + "' has no key; " +
                   (known.empty() ? "there are no knobs"
                                  : "write key=value, with a key of " + join(known, ", "))};
    }
  }
  return {};
}

}  // namespace

template <class Base>
Result<void> Catalogue::configure(Base& object, const Recipe& recipe) const {
  const auto entry = find<Base>(recipe.name);
  if (!entry) return entry.error();
  const auto keys = checkKeys(**entry, recipe);
  if (!keys) return keys.error();
  for (std::size_t i = 0; i < (*entry)->knobs.size(); ++i) {
    const auto& [knob, apply] = (*entry)->knobs[i];
    const Value* value = given(recipe, knob, i);
    const auto applied = apply(object, knob, value ? plain(*value) : knob.standard);
    if (!applied) return applied.error();
  }
  return {};
}

Result<void> Catalogue::check(Kind kind, const Recipe& recipe) const {
  const auto tried = [](const auto& built) -> Result<void> {
    if (!built) return built.error();
    return {};
  };
  switch (kind) {
    case Kind::kOptimizer:
      return tried(build<Optimizer>(recipe));
    case Kind::kSchedule:
      return tried(build<Schedule>(recipe));
    case Kind::kLandscape:
      return tried(build<Landscape>(recipe));
    case Kind::kProblem:
      return tried(build<Problem>(recipe));
    case Kind::kDataset:
      return tried(build<Dataset>(recipe));
    case Kind::kNone:
      break;
  }
  return Error{"'" + print(recipe) + "' is no recipe of any kind"};
}

template <class Base>
Result<Recipe> Catalogue::simplifyAs(const Recipe& recipe) const {
  const auto entry = find<Base>(recipe.name);
  if (!entry) return entry.error();
  const auto keys = checkKeys(**entry, recipe);
  if (!keys) return keys.error();
  Recipe simple{recipe.name, {}};
  for (std::size_t i = 0; i < (*entry)->knobs.size(); ++i) {
    const Knob& knob = (*entry)->knobs[i].knob;
    const Value* value = given(recipe, knob, i);
    if (!value) continue;
    Argument argument{knob.id, *value};
    if (const Recipe* nested = std::get_if<Recipe>(value); nested && knob.kind != Kind::kNone) {
      auto inner = simplify(knob.kind, *nested);
      if (!inner) return inner.error();
      argument.value = std::move(*inner);
    }
    const bool isInner = knob.kind == Kind::kOptimizer && knob.id == "inner";
    if (isInner) argument.key.clear();
    if (isInner || plain(argument.value) != knob.standard) {
      simple.arguments.push_back(std::move(argument));
    }
  }
  return simple;
}

Result<Recipe> Catalogue::simplify(Kind kind, const Recipe& recipe) const {
  const auto checked = check(kind, recipe);
  if (!checked) return checked.error();
  if (kind == Kind::kSchedule) return simplifyAs<Schedule>(recipe);
  if (kind == Kind::kLandscape) return simplifyAs<Landscape>(recipe);
  if (kind == Kind::kProblem) return simplifyAs<Problem>(recipe);
  if (kind == Kind::kDataset) return simplifyAs<Dataset>(recipe);
  return simplifyAs<Optimizer>(recipe);
}

template Result<const Entry<Optimizer>*> Catalogue::find(const std::string&) const;
template Result<const Entry<Schedule>*> Catalogue::find(const std::string&) const;
template Result<const Entry<Landscape>*> Catalogue::find(const std::string&) const;
template Result<const Entry<Problem>*> Catalogue::find(const std::string&) const;
template Result<const Entry<Dataset>*> Catalogue::find(const std::string&) const;
template Result<const Entry<Lab>*> Catalogue::find(const std::string&) const;
template Result<std::unique_ptr<Optimizer>> Catalogue::build(const Recipe&) const;
template Result<std::unique_ptr<Schedule>> Catalogue::build(const Recipe&) const;
template Result<std::unique_ptr<Landscape>> Catalogue::build(const Recipe&) const;
template Result<std::unique_ptr<Problem>> Catalogue::build(const Recipe&) const;
template Result<std::unique_ptr<Dataset>> Catalogue::build(const Recipe&) const;
template Result<void> Catalogue::configure(Optimizer&, const Recipe&) const;

std::string chain(const Optimizer& optimizer) {
  const auto* decorator = dynamic_cast<const Decorator*>(&optimizer);
  return decorator ? optimizer.id + "/" + chain(*decorator->inner) : optimizer.id;
}

}  // namespace descent
