// Value semantics for a class hierarchy: a Polymorphic<Base> copies what it holds by clone(), so
// that whatever contains one (a lab's runner, a decorator) is copied by its compiler-made copy.
#pragma once

#include <memory>
#include <utility>

namespace descent {

template <class Base>
class Polymorphic {
 public:
  Polymorphic() = default;
  Polymorphic(std::unique_ptr<Base> held) : held_(std::move(held)) {}
  Polymorphic(const Polymorphic& other) : held_(other.held_ ? other.held_->clone() : nullptr) {}
  Polymorphic(Polymorphic&&) noexcept = default;
  Polymorphic& operator=(Polymorphic other) noexcept {
    held_ = std::move(other.held_);
    return *this;
  }

  explicit operator bool() const { return held_ != nullptr; }
  Base& operator*() const { return *held_; }
  Base* operator->() const { return held_.get(); }

 private:
  std::unique_ptr<Base> held_;
};

// class Adam final : public Cloneable<Adam, GradientOptimizer> has its clone() from its copy
// constructor.
template <class Derived, class Base>
class Cloneable : public Base {
 public:
  using Base::Base;
  auto clone() const -> decltype(std::declval<const Base&>().clone()) override {
    return std::make_unique<Derived>(static_cast<const Derived&>(*this));
  }
};

}  // namespace descent
