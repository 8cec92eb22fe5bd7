// Decay: the two ways of shrinking weights, L2 inside the gradient and decoupled from it, on
// problems where theory says what each comes to.
#pragma once

#include "runs/ground_lab.h"

namespace descent::decay {

using namespace runs;

class Decay final : public Cloneable<Decay, GroundLab> {
 public:
  double factor = 1;
  int steps = 2000;

  Decay() {
    problemRecipe = *parseRecipe("two-scales");
    runnerRecipes =
        *parseRecipes("adam(lr=0.01, beta2=0.99, weightDecay=0.01), adamw(lr=0.01, beta2=0.99)");
  }

  Result<void> start(Record& record) override;
  void advance(int t, Record& record) override;
  bool turn(const std::string&) override { return false; }
  int total() const override { return steps; }
  std::string subtitle() const override {
    return print(groundRecipe()) + (factor == 1 ? "" : ", loss times " + printShort(factor));
  }

  std::vector<Reading> readings(const Record& record, int step) const override;
  std::vector<Table> tables(const Record& record, int step) const override;
  std::vector<TaskDescription> tasks() const override;
  std::unique_ptr<Task> task(const std::string& id) const override;

 private:
  // Indices in the record; −1 where a series is not recorded.
  struct Series {
    int weight0, weight1, norm, loss, heldOut, apart;
  };
  // What is measured of a runner as it is.
  struct Numbers {
    Vector x;
    double norm, loss, heldOut, apart;
  };
  Series declare(Record& record, int subject) const;
  Numbers numbersOf(std::size_t i, int t) const;
  void put(Record& record, std::size_t i, int t) const;

  bool isTwoScales() const { return groundRecipe().name == "two-scales"; }
  bool decaysAtOnce(Runner with, Runner without) const;
  void carry(std::size_t i, int t, const Vector& move);
  std::string whyNotShrunk(std::size_t i, int k, double size, double left, double least,
                           double rate) const;
  void addShrinking(std::vector<Reading>& all, std::size_t i, int step) const;
  void addRidge(std::vector<Reading>& all, std::size_t i, const Record& record, int step) const;

  Polymorphic<Problem> plain_;  // with its loss as it is
  Runs twins_;                  // on the plain problem
  Runs withoutDecay_;
  std::vector<bool> decaysAtOnce_;
  std::vector<Vector> carried_;  // by gradients alone
  std::vector<Series> series_;
};

}  // namespace descent::decay
