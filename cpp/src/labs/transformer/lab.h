// The transformer lab: any recipe trains a tiny transformer on sequences; its state and one step.
#pragma once

#include <memory>

#include "attention/language.h"
#include "descent/catalogue.h"
#include "runs/runs.h"

namespace descent::transformer {

using namespace runs;

enum class Width { k16, k32, k64 };

// Some of the sequences of a batch.
Batch part(const Batch& whole, int first, int count);

// "block 1, head 2", of all heads counted block after block.
std::string headName(int at, int heads);

class TransformerLab final : public Cloneable<TransformerLab, RunsLab> {
 public:
  TransformerLab();

  TaskKind taskKind = TaskKind::kInduction;
  std::string text;
  int length = 32;
  int vocabulary = 16;
  int blocks = 2;
  int heads = 4;
  Width width = Width::k32;
  int mlp = 0;
  Activation activation = Activation::kRelu;
  Positions positions = Positions::kLearned;
  NormKind norm = NormKind::kRms;
  bool tied = false;
  int batch = 16;
  int updates = 600;
  int seed = 7;
  std::string weights;

  Result<void> setText(const std::string& value) { return text = value, Result<void>(); }
  Result<void> setWeights(const std::string& value) { return weights = value, Result<void>(); }

  Result<void> start(Record& record) override;
  void advance(int t, Record& record) override;

  int total() const override { return updates * slices_; }
  // An update that costs more than a frame has time for is taken in slices, each a step of the lab.
  std::string unit() const override { return slices_ == 1 ? "update" : "slice"; }
  std::string subtitle() const override;
  std::vector<Channel> channels() const override;
  Result<Array> read(const Request& request, const Record& record, int step) const override;
  std::vector<Reading> readings(const Record& record, int step) const override;
  std::vector<Table> tables(const Record& record, int step) const override;
  std::vector<Document> documents() const override;

 protected:
  int stepOf(int update) const override { return update * slices_; }

 private:
  struct Series {
    int loss, judged, accuracy, previous, induction;
  };
  // How a run did when it was last looked at.
  struct Scored {
    LanguageScore score{kNaN, kNaN};
    std::vector<HeadScore> heads;
    int update = 0;
  };
  // The gradient of an update as far as it has been summed up.
  struct Pending {
    Vector sum;
    double loss = 0;
    int counted = 0;
  };

  LanguageSetup setupOf(const SequenceTask& task) const;
  Series declare(int i, Record& record) const;
  // Adds the gradient of sequences first … first + count − 1 of an update's batch, for runner i; at
  // the last the update is taken. The loss of the whole batch, or NaN before its end.
  double accumulate(std::size_t i, int update, int first, int count);
  bool isScored(std::size_t i, int update) const;
  void score(std::size_t i, int update);
  void put(Record& record, std::size_t i, int t, double loss, bool scored);

  const SequenceTask& sequenceTask() const { return language_->setup().task; }
  const TransformerSetup& model() const { return language_->setup().model; }
  // Whether runs are judged by sequences that no step sees. Of a text they are, where its last
  // tenth is longer than a window; else they are windows like those that are learnt from.
  bool isHeldOut() const { return taskKind != TaskKind::kText || sequenceTask().held > 0; }
  const Batch& judging() const {
    return language_->held().tokens.count > 0 ? language_->held() : language_->evaluation();
  }
  // The weights that a run is judged by.
  Vector judged(std::size_t i) const { return runs_[i].optimizer->evaluationPoint(runs_[i].x); }
  Batch example(int sequence) const;
  // Of a place: what follows, what is taken to follow, the probability that is given to each, and
  // whether the place counts.
  struct Prediction {
    int target, told;
    double targetProbability, toldProbability;
    bool counts;
  };
  std::vector<Prediction> predictions(std::size_t i, int sequence) const;
  Array maps(std::size_t i, int sequence) const;
  Table runsTable(const Record& record, int step) const;
  Table exampleTable() const;
  Table headsTable(std::size_t i) const;

  // What the runs compute with is shared by all checkpoints: nothing is kept there between two
  // steps.
  std::shared_ptr<const Language<float>> language_;
  std::shared_ptr<Vector> gradient_ = std::make_shared<Vector>();
  bool isLoaded_ = false;  // the start is from a file
  int slices_ = 1;
  std::vector<Scored> scored_;
  std::vector<Series> series_;
  Pending pending_;
};

}  // namespace descent::transformer
