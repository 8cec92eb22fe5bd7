// What the tests of the sharpness lab's tasks have in common: a small network somewhere, and
// tables.
#pragma once

#include "labs/labs.h"
#include "labs/sharpness/tasks.h"

namespace descent {

inline const std::string kSmall =
    "lab=sharpness&data=moons&size=40&validation=0.5&layers=5&loss=logistic&batch=0&";

// A network, of 21 parameters if nothing else is said, on 20 points, somewhere.
struct Case {
  runs::Net net;
  Vector x;
  runs::Trail path;
};
inline Case someCase(std::vector<int> hidden = {5}) {
  auto split = std::make_shared<Split>();
  Random random(4);
  split->training.inputs = Matrix(2, 20);
  for (double& entry : split->training.inputs.reshaped()) entry = random.normal();
  for (int i = 0; i < 20; ++i) split->training.labels.push_back(i % 2);
  split->validation.inputs = Matrix(2, 0);
  TrainingSetup setup;
  setup.architecture.hidden = std::move(hidden);
  auto net = std::make_shared<Training<double>>(setup, split);
  Case c{net, random.normalVector(net->dimension()), {}};
  for (int t = 0; t < 6; ++t) {
    c.path.offer(t, c.x + (5 - t) * 0.3 * random.normalVector(c.x.size()));
  }
  c.path.offer(6, c.x);
  return c;
}

inline Matrix hessianOf(const Training<double>& net, const Vector& x) {
  Matrix h(x.size(), x.size());
  Vector column;
  for (Eigen::Index j = 0; j < x.size(); ++j) {
    net.hessianVector(x, Vector::Unit(x.size(), j), column);
    h.col(j) = column;
  }
  return (h + h.transpose()) / 2;
}

inline Table resultOf(Task& task) {
  while (task.done() < task.total()) task.advance(7);
  return task.result();
}
inline Table resultOf(Session& session, const std::string& id) {
  REQUIRE(session.startTask(id));
  return resultOf(*session.task());
}

}  // namespace descent
