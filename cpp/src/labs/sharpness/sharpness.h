// The sharpness lab: runners that train one network, the curvature that each meets measured every
// few steps; its state and one step of it, which is a measurement.
#pragma once

#include "descent/catalogue.h"
#include "labs/sharpness/tasks.h"
#include "runs/network_lab.h"

namespace descent::sharpness {

using namespace runs;

class Sharpness final : public Cloneable<Sharpness, NetworkLab> {
 public:
  int steps = 5000;
  int every = 10;
  PlaneKind plane = PlaneKind::kPath;
  double zoom = 1;
  double radius = 0.1;

  // Gradient descent on the edge of stability.
  Sharpness() {
    runnerRecipes = *parseRecipes("sgd(lr=0.1)");
    dataRecipe = *parseRecipe("waves");
    size = 40;
    noise = 0;
    validation = 0;
    layers = "32, 32";
    initialiser = Initialiser::kLecun;
    firstBias = 0.5;
    loss = Loss::kSquared;
    batch = 0;
  }

  Result<void> start(Record& record) override;
  void advance(int t, Record& record) override;

  int total() const override { return (steps + every - 1) / every; }
  std::string unit() const override { return every == 1 ? "step" : "measurement"; }
  std::vector<Mark> marks() const override;
  std::vector<Reading> readings(const Record& record, int step) const override;
  std::vector<Table> tables(const Record& record, int step) const override;
  std::vector<TaskDescription> tasks() const override;
  std::unique_ptr<Task> task(const std::string& id) const override;

 private:
  // In the record; −1 where a runner has no such quantity.
  struct Series {
    int loss, accuracy, validation, validationAccuracy, sharpness, preconditioned, edge, limit,
        relative, evaluations;
  };
  // What is remembered of a runner besides its own state.
  struct Watched {
    Vector top, preconditionedTop;  // eigenvectors found last
    double curvature = kNaN;        // found last: preconditioned where its limit is of that
    Trail path;
  };

  // Updates that `t` steps of the lab have taken.
  int updatesAt(int t) const { return t < total() ? t * every : steps + (t - total()) * every; }
  int stepOf(int update) const override;
  bool hasClasses() const { return data()->classes > 0; }
  bool hasValidation() const { return data()->validation.size() > 0; }
  bool isFullBatch() const { return net_->epoch() == 1 && dropout == 0; }
  // What has to stay below the limit.
  std::string edgeName(std::size_t i) const;

  Series declare(Record& record, int i) const;
  void put(Record& record, std::size_t i, int t);
  // Whether runner i's rate has been the same up to a step.
  bool isRateConstant(std::size_t i, int step) const;
  // How λₘₐₓ hovers about its limit once it has reached it.
  std::vector<Reading> edge(std::size_t i, const Record& record, int step) const;
  std::vector<Trained> trained() const;

  Net net_;
  std::vector<Watched> watched_;
  std::vector<Series> series_;
  int updates_ = 0;
};

}  // namespace descent::sharpness
