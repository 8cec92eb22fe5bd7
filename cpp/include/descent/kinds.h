// The kinds of things in the catalogue, in one list, from which all that goes through every kind is
// made: the catalogue's own lists, its faces, messages and the reference.
#pragma once

#include <tuple>
#include <type_traits>

// DO(class, id, plural, words in a message, title of the list). A class stands before its bases: a
// landscape is a problem, too.
#define DESCENT_KINDS(DO)                                                            \
  DO(Optimizer, "optimizer", "optimizers", "optimizer", "Optimizers and decorators") \
  DO(Schedule, "schedule", "schedules", "schedule", "Schedules")                     \
  DO(Landscape, "landscape", "landscapes", "landscape", "Landscapes")                \
  DO(Problem, "problem", "problems", "problem", "Problems")                          \
  DO(Dataset, "dataset", "datasets", "data set", "Data sets")                        \
  DO(Lab, "lab", "labs", "lab", "Labs")

namespace descent {

#define DESCENT_KIND(Class, ...) class Class;
DESCENT_KINDS(DESCENT_KIND)
#undef DESCENT_KIND

#define DESCENT_KIND(Class, ...) , k##Class
enum class Kind { kNone DESCENT_KINDS(DESCENT_KIND) };
#undef DESCENT_KIND

template <class Class>
struct KindOf {
  using Base = Class;
  Kind kind;
  const char* id;
  const char* plural;
  const char* words;
  const char* title;
};

#define DESCENT_KIND(Class, ...) KindOf<Class>{Kind::k##Class, __VA_ARGS__},
inline constexpr std::tuple kKinds{DESCENT_KINDS(DESCENT_KIND)};
#undef DESCENT_KIND

// f(kind) for every kind.
template <class F>
constexpr void forEachKind(F&& f) {
  std::apply([&](const auto&... kinds) { (f(kinds), ...); }, kKinds);
}

template <class Base>
inline constexpr KindOf<Base> kKindOf = std::get<KindOf<Base>>(kKinds);

// The first of some kinds that T is of.
template <class T, class... Kinds>
struct FirstKind;
template <class T, class First, class... Others>
struct FirstKind<T, First, Others...>
    : std::conditional_t<std::is_base_of_v<typename First::Base, T>, First,
                         FirstKind<T, Others...>> {};
template <class T, class... Kinds>
FirstKind<T, Kinds...> firstKind(const std::tuple<Kinds...>&);

template <class T>
using BaseOf = typename decltype(firstKind<T>(kKinds))::Base;

}  // namespace descent
