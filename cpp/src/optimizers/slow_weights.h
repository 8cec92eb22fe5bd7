// Weights that follow the run's own and by which it is judged: shared by EMA, SWA and Lookahead.
#pragma once

#include "descent/decorator.h"

namespace descent {

class SlowWeights : public IterateDecorator {
 public:
  explicit SlowWeights(const char* name) : name_(name) {}

  void reset(const Layout& layout) override {
    IterateDecorator::reset(layout);
    slow_.resize(0);
  }
  Vector evaluationPoint(const Vector& x) const final { return slow_.size() > 0 ? slow_ : x; }
  std::vector<Memory> memory() const final {
    auto all = inner->memory();
    all.push_back({name_, &slow_});
    return all;
  }

 protected:
  void begin(const Vector& x) final { slow_ = x; }

  Vector slow_;

 private:
  const char* name_;  // among what is remembered
};

}  // namespace descent
