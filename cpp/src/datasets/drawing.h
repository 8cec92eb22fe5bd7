// How examples are drawn: classes evenly, their order at random.
#pragma once

#include <numeric>
#include <vector>

#include "descent/catalogue.h"
#include "descent/dataset.h"

namespace descent {

// n labels, classes as even as n allows, in an order drawn at random.
inline std::vector<int> evenLabels(Random& random, int n, int classes) {
  std::vector<int> labels;
  for (int i = 0; i < n; ++i) labels.push_back(i % classes);
  random.shuffle(labels);
  return labels;
}

// The same examples in an order drawn at random.
inline Examples shuffled(Random& random, const Examples& examples) {
  std::vector<Eigen::Index> order(static_cast<std::size_t>(examples.size()));
  std::iota(order.begin(), order.end(), 0);
  random.shuffle(order);
  Examples result = examples;
  for (Eigen::Index j = 0; j < examples.size(); ++j) {
    const Eigen::Index from = order[j];
    result.inputs.col(j) = examples.inputs.col(from);
    if (!examples.labels.empty()) result.labels[j] = examples.labels[from];
    if (examples.targets.size() > 0) result.targets.col(j) = examples.targets.col(from);
  }
  return result;
}

// Classes that are shapes in the plane.
class PlanarClasses : public Dataset {
 public:
  Examples draw(Random& random, int n) const final {
    Examples examples{Matrix(2, n), evenLabels(random, n, classes()), {}};
    for (int j = 0; j < n; ++j) examples.inputs.col(j) = point(random, examples.labels[j]);
    return examples;
  }

 protected:
  // A point of a class.
  virtual Point point(Random& random, int label) const = 0;
};

// A number for every point of the square [−1, 1]², from which points are drawn evenly.
class PlanarTarget : public Dataset {
 public:
  int classes() const final { return 0; }
  Examples draw(Random& random, int n) const final {
    Examples examples{Matrix(2, n), {}, Matrix(1, n)};
    for (double& entry : examples.inputs.reshaped()) entry = random.uniform(-1, 1);
    for (int j = 0; j < n; ++j) examples.targets(0, j) = target(examples.inputs.col(j));
    return examples;
  }

 protected:
  virtual double target(const Point& p) const = 0;
};

}  // namespace descent
