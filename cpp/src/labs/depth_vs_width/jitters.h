// A task of the lab of depth against width: how much a construction bears.
#pragma once

#include <memory>
#include <vector>

#include "approximation/sawtooth.h"
#include "descent/lab.h"

namespace descent::depth_vs_width {

// Jitters a network by more and more. A unit of work is one draw. A row a deviation for each of two
// lines: how far its function moved, measured, and to first order; and, beside what was measured,
// how many pieces it has then. Each is the median over the draws.
class Jitters final : public Task {
 public:
  Jitters(std::shared_ptr<const Construction> network, std::shared_ptr<const Pieces> pieces,
          std::uint64_t seed)
      : network_(std::move(network)), pieces_(std::move(pieces)), seed_(seed) {}

  static constexpr int kDraws = 20, kPerDecade = 2, kDecades = 6;

  int total() const override { return (kDecades * kPerDecade + 1) * kDraws; }
  int done() const override { return done_; }
  void advance(int units) override;
  Table result() const override;

 private:
  std::shared_ptr<const Construction> network_;
  std::shared_ptr<const Pieces> pieces_;
  std::uint64_t seed_;
  int done_ = 0;
  std::vector<double> gaps_, firstOrders_, counts_;  // of the deviation that is being tried
  std::vector<Row> measured_, predicted_;
};

}  // namespace descent::depth_vs_width
