// Where a run has been: a bounded number of its points, thinned as it grows.
#pragma once

#include <memory>
#include <vector>

#include "descent/vector.h"

namespace descent::runs {

class Trail {
 public:
  struct Point {
    int step;
    std::shared_ptr<const Vector> x;  // shared by the copies of the path
  };

  // Steps are offered in order, from 0 on.
  void offer(int step, const Vector& x) {
    if (step % stride_ != 0) return;
    points_.push_back({step, std::make_shared<const Vector>(x)});
    if (points_.size() <= kMost) return;
    stride_ *= 2;
    std::erase_if(points_, [this](const Point& p) { return p.step % stride_ != 0; });
  }

  const std::vector<Point>& points() const { return points_; }

 private:
  static constexpr std::size_t kMost = 64;
  std::vector<Point> points_;
  int stride_ = 1;
};

}  // namespace descent::runs
