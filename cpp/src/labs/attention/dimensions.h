// The task Dimensions: how far from even the weights are, by the length of queries and keys, with
// and without the division by √d.
#pragma once

#include "descent/lab.h"

namespace descent::attention {

class Dimensions final : public Task {
 public:
  Dimensions(int tokens, double temperature, int seed)
      : tokens_(tokens), temperature_(temperature), seed_(seed) {}

  int total() const override { return 2 * kSizes; }
  int done() const override { return done_; }
  void advance(int units) override;
  Table result() const override;

 private:
  static constexpr int kSizes = 9;  // 1, 2, 4, …, 256
  static constexpr int kDraws = 50;

  double meanEntropy(int features, bool scaled) const;

  int tokens_;
  double temperature_;
  int seed_;
  int done_ = 0;
  std::vector<Row> rows_;
};

}  // namespace descent::attention
