// The transformer lab: any recipe trains a tiny transformer on sequences; its state and one step.
#pragma once

#include <memory>

#include "attention/language.h"
#include "descent/catalogue.h"
#include "runs/runner.h"

namespace descent::transformer {

using namespace runs;

enum class Width { k16, k32, k64 };

class TransformerLab final : public Cloneable<TransformerLab, Lab> {
 public:
  TransformerLab();

  std::vector<Recipe> runnerRecipes;
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
  // Knobs of the optimizers may be turned; other optimizers are another run.
  bool turn(const std::string& knob) override;

  int total() const override { return updates * slices_; }
  // An update that costs more than a frame has time for is taken in slices, each a step of the lab.
  std::string unit() const override { return slices_ == 1 ? "update" : "slice"; }
  std::string subtitle() const override;
  std::vector<Subject> subjects() const override { return subjectsOf(runners_); }
  std::vector<SubjectState> states() const override;
  std::vector<Channel> channels() const override;
  Result<Array> readCall(const Recipe& channel, const Record& record, int step) const override;
  std::vector<Reading> readings(const Record& record, int step) const override;
  std::vector<Table> tables(const Record& record, int step) const override;
  std::vector<Document> documents() const override;

 private:
  struct Series {
    int loss, heldOut, accuracy, previous, induction;
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
  // Sequences first … first + count − 1 of an update's batch, for runner i; at the last the update
  // is taken. The loss of the whole batch, or NaN before its end.
  double see(std::size_t i, int update, int first, int count);
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
  Vector judged(std::size_t i) const {
    return runners_[i].optimizer->evaluationPoint(runners_[i].x);
  }
  Batch example(int sequence) const;
  // Of guesses that look at no symbol: the share that is right, and what they are.
  struct Guess {
    double right;
    std::string how;
  };
  Guess guess() const;
  Array maps(std::size_t i, int sequence) const;
  Array predictions(std::size_t i, int sequence) const;
  Table exampleTable() const;

  // What it computes with is shared by all checkpoints: nothing is kept there between two steps.
  std::shared_ptr<const Language<float>> language_;
  std::shared_ptr<Vector> gradient_ = std::make_shared<Vector>();
  bool isLoaded_ = false;  // the start is from a file
  int slices_ = 1;
  std::vector<Runner> runners_;
  std::vector<Scored> scored_;
  std::vector<Series> series_;
  Pending pending_;
};

}  // namespace descent::transformer
