// What networks learn from: a data set draws examples, with labels or with targets.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "descent/random.h"
#include "descent/vector.h"

namespace descent {

// n examples. Of a classification `labels` has n entries in {0, …, classes − 1} and `targets` is
// empty; of a regression `targets` is outputs × n and `labels` is empty.
struct Examples {
  Matrix inputs;  // d × n
  std::vector<int> labels;
  Matrix targets;

  Eigen::Index size() const { return inputs.cols(); }
};

class Dataset {
 public:
  virtual ~Dataset() = default;

  // d, the numbers that an example is described by.
  virtual int inputs() const { return 2; }
  // How many classes there are; 0 for a regression.
  virtual int classes() const { return 2; }
  // How many examples there are; 0 where any number can be drawn.
  virtual int size() const { return 0; }
  // Whether the inputs are numbers of any size, to be standardised by those that are trained on;
  // else they are of the order of 1.
  virtual bool isRaw() const { return false; }
  // What was understood of a text that it was read from: "4 rows, 2 inputs, 2 classes".
  virtual std::string note() const { return ""; }
  // n examples (size() of them where that is not 0) in an order drawn at random, classes as even
  // as n allows, without noise. The same generator gives the same examples.
  virtual Examples draw(Random& random, int n) const = 0;
};

}  // namespace descent
