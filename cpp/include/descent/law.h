// A function that may be missing: of a class that holds little more than a pointer to what it
// speaks of. It allocates nothing and costs a page far less than std::function, which keeps a table
// and a name of every lambda.
#pragma once

#include <cstddef>
#include <new>
#include <type_traits>

namespace descent {

template <class F>
class Law;

template <class Result, class... Arguments>
class Law<Result(Arguments...)> {
 public:
  Law() = default;
  template <class F>
  requires std::is_invocable_r_v<Result, const F&, Arguments...> Law(F f)
      : call_([](const std::byte* held, Arguments... arguments) -> Result {
          return (*std::launder(reinterpret_cast<const F*>(held)))(arguments...);
        }) {
    static_assert(sizeof(F) <= kSize && std::is_trivially_copyable_v<F>);
    new (held_) F(f);
  }

  explicit operator bool() const { return call_ != nullptr; }
  Result operator()(Arguments... arguments) const { return call_(held_, arguments...); }

 private:
  static constexpr std::size_t kSize = 2 * sizeof(void*);

  alignas(void*) std::byte held_[kSize] = {};
  Result (*call_)(const std::byte*, Arguments...) = nullptr;
};

}  // namespace descent
