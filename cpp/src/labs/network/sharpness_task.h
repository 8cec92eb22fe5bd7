// How sharp the loss is where networks stand: the top of the Hessian's spectrum, and its trace.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "descent/lab.h"
#include "network/spectrum.h"
#include "network/training.h"

namespace descent::network {

// A unit of work is one product with the Hessian of one network's loss over all its training
// examples, in double: first Lanczos' method, then Hutchinson's samples.
class SharpnessTask final : public Task {
 public:
  SharpnessTask(const TrainingSetup& setup, std::shared_ptr<const Split> data);
  // Another network of this setup to look at.
  void add(std::string label, const Vector& x);

  int total() const override { return static_cast<int>(cases_.size()) * (kLanczos + kProbes); }
  int done() const override { return done_; }
  void advance(int units) override;
  Table result() const override;

 private:
  struct Case {
    std::string label;
    Vector x;
    TopEigen top;
    Trace trace;
  };
  static constexpr int kLanczos = 40, kProbes = 24;

  Product hessianAt(const Vector& x) const;

  Training<double> problem_;
  std::vector<Case> cases_;
  int done_ = 0;
  std::unique_ptr<Krylov> krylov_;
  std::vector<double> samples_;
  Random random_{1, "probes of a network's Hessian"};
};

}  // namespace descent::network
