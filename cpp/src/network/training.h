// A network on its data as a problem: what any optimizer can train.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "descent/dataset.h"
#include "descent/objective.h"
#include "network/loss.h"
#include "network/mlp.h"
#include "numerics/precision.h"

namespace descent {

// Examples as a network takes them.
template <class T>
struct Portion {
  Rows<T> inputs;           // d × n
  Rows<T> targets;          // outputs × n: ±1, one-hot for softmax, or numbers
  std::vector<int> labels;  // of a classification

  int size() const { return inputs.cols(); }
};

// What is held back from training is the first of the examples, which come in random order.
struct Holdout {
  double share = 0.25;  // of the examples, held back for validation
  double flipped = 0;   // share of the training examples whose label is another one
};

// A data set as it is trained on: the part that is seen and the part that is not. Labels of the
// training part may be flipped; those of the validation part never are. Raw inputs are standardised
// by the training part alone, x ← (x − μ)/σ; what is constant there becomes 0 in both.
struct Split {
  Examples training;
  Examples validation;
  std::vector<int> cleanLabels;  // of the training part, before any was flipped
  int inputs = 2;
  int classes = 2;  // 0 for a regression
};

// `noise` is the standard deviation of what is added to the inputs of a classification, to the
// targets of a regression. The same seed gives the same split.
Split drawSplit(const Dataset& dataset, int n, double noise, const Holdout& holdout,
                std::uint64_t seed);

// How many outputs a loss needs for so many classes (0: a regression on `targets` numbers): one
// where a sign is enough, else one a class.
int outputsFor(Loss loss, int classes, int targets = 1);

template <class T>
Portion<T> portionOf(const Examples& examples, Loss loss, int classes);

// What is trained and how, besides the optimizer.
struct TrainingSetup {
  Architecture architecture;
  Initialisation initialisation;
  Loss loss = Loss::kLogistic;
  int batch = 0;  // examples that a step sees; 0 for all of them
  double l1 = 0;  // l1 ‖W‖₁ + ½ l2 ‖W‖² over all matrices W is added to the loss
  double l2 = 0;
};

struct Score {
  double loss;      // mean over the examples, without the penalties
  double accuracy;  // share of right classes; NaN for a regression
};

// The mean loss over the training examples, plus penalties. As an objective it is the whole sum
// without dropout, and with batch normalisation by the whole sum's statistics, by which the
// validation examples are normalised, too: those of the population in Ioffe & Szegedy 2015,
// Algorithm 2, with all training examples as its one batch, but for the variance, which divides by
// n where theirs has n/(n − 1) of that. Step t sees the examples of its batch, drawn without
// replacement in epochs, with their own statistics and its own dropout mask.
//
// Computes in T; parameters, gradients and values are double for the optimizers. Copies share the
// data. prepare(seed) sets what start(), batches and masks are drawn by.
template <class T>
class Training final : public Problem {
 public:
  Training(const TrainingSetup& setup, std::shared_ptr<const Split> data);

  std::unique_ptr<Problem> clone() const override { return std::make_unique<Training>(*this); }
  void prepare(std::uint64_t seed) override;

  Eigen::Index dimension() const override { return parameterCount(layout_); }
  Layout layout() const override { return layout_; }
  Vector start() const override;
  SuggestedRates rates() const override { return {0.1, 0.01}; }

  double value(const Vector& x) const override;
  void gradient(const Vector& x, Vector& g) const override { valueAndGradient(x, g); }
  double valueAndGradient(const Vector& x, Vector& g) const override;
  bool hessianVector(const Vector& x, const Vector& v, Vector& out) const override;

  const Objective& at(int t) const override { return seen_ = {*this, t}; }

  std::optional<double> heldOut(const Vector& x) const override;

  const TrainingSetup& setup() const { return setup_; }
  const Split& data() const { return *data_; }
  const Portion<T>& training() const { return parts_->training; }
  const Portion<T>& validation() const { return parts_->validation; }
  // Steps of an epoch.
  int epoch() const;

  // Of the training examples and of the validation examples (NaN where there is none), and of any
  // others, in evaluation mode.
  struct Scores {
    Score training, validation;
  };
  Scores scores(const Vector& x) const;
  Score score(const Vector& x, const Portion<T>& portion) const;
  // counts[i · classes + j]: examples of class i that are taken for class j.
  std::vector<int> confusion(const Vector& x, const Portion<T>& portion) const;

  // The network after a pass over inputs (d × n) in evaluation mode, to read its units from. Where
  // passes at one x follow each other, normalise(x) once and forward() do for less.
  const Mlp<T>& evaluate(const Vector& x, const Rows<T>& inputs) const {
    normalise(x);
    return forward(x, inputs);
  }
  // Find the population's statistics at x.
  void normalise(const Vector& x) const;
  const Mlp<T>& forward(const Vector& x, const Rows<T>& inputs) const;

 private:
  struct Parts {
    Portion<T> training, validation;
  };

  const T* parameters(const Vector& x) const { return inScalar(x, theta_); }
  // What step t sees. Its batch is gathered anew for every pass: others may have used the memory.
  class Seen final : public Objective {
   public:
    Seen() = default;
    Seen(const Training& training, int t) : training_(&training), t_(t) {}

    Eigen::Index dimension() const override { return training_->dimension(); }
    double value(const Vector& x) const override {
      return training_->pass(x, training_->batchOf(t_), Mode::kTraining, nullptr);
    }
    void gradient(const Vector& x, Vector& g) const override { valueAndGradient(x, g); }
    double valueAndGradient(const Vector& x, Vector& g) const override {
      return training_->pass(x, training_->batchOf(t_), Mode::kTraining, &g);
    }
    bool hessianVector(const Vector& x, const Vector& v, Vector& out) const override {
      return training_->product(x, v, training_->batchOf(t_), Mode::kTraining, out), true;
    }

   private:
    const Training* training_ = nullptr;
    int t_ = 0;
  };

  // The examples that step t sees, and its mask drawn.
  const Portion<T>& batchOf(int t) const;
  double pass(const Vector& x, const Portion<T>& portion, Mode mode, Vector* g) const;
  void product(const Vector& x, const Vector& v, const Portion<T>& portion, Mode mode,
               Vector& out) const;
  double penalty(const Vector& x, Vector* g) const;
  Score scoreOf(const Rows<T>& f, const Portion<T>& portion) const;

  TrainingSetup setup_;
  Layout layout_;
  std::shared_ptr<const Split> data_;
  std::shared_ptr<const Parts> parts_;
  std::uint64_t seed_ = 0;

  mutable Seen seen_;
  // Working memory, which a pass fills and no result depends on afterwards.
  mutable Mlp<T> mlp_;
  mutable std::vector<T> theta_, gradient_, direction_, product_;
  mutable Rows<T> d_, rd_;
  mutable Portion<T> batch_;
  mutable std::vector<int> order_;
  mutable int shuffled_ = -1;  // the epoch that order_ is of
};

extern template class Training<float>;
extern template class Training<double>;

}  // namespace descent
