// A transformer on a task as a problem: what any optimizer can train.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "attention/tasks.h"
#include "attention/transformer.h"
#include "descent/objective.h"
#include "numerics/precision.h"

namespace descent {

// Mean over the places that count of −log p(target), p = softmax(logits), and the share of them at
// which the target has the largest logit.
struct LanguageScore {
  double loss = 0, accuracy = 0;
};
// With d = dLoss/dlogits unless it is null.
template <class T>
LanguageScore crossEntropy(const Rows<T>& logits, const Columns<T>& columns, const Batch& batch,
                           Rows<T>* d);

// Where a head looks, and the same of a head that looks at all it sees alike.
//   previous   mean of Aᵢ,ᵢ₋₁ over the tokens after the first
//   induction  mean, over the tokens that stood before, of the weight on what followed them there
//              (prefix matching: Olsson et al. 2022, https://arxiv.org/abs/2209.11895)
struct HeadScore {
  double previous = 0, induction = 0, uniformPrevious = 0, uniformInduction = 0;
};

struct LanguageSetup {
  TransformerSetup model;  // vocabulary and length are the task's
  SequenceTask task;
  int batch = 16;       // sequences that a step sees
  int evaluation = 64;  // sequences that a run is judged by
};

// Step t sees sequences drawn by the seed and t alone. As an objective it is the loss on
// `evaluation` other sequences of the seed; heldOut is that on windows of the text's held-out part.
//
// Computes in T; parameters, gradients and values are double for the optimizers.
template <class T>
class Language final : public Problem {
 public:
  explicit Language(const LanguageSetup& setup);

  std::unique_ptr<Problem> clone() const override { return std::make_unique<Language>(*this); }
  void prepare(std::uint64_t seed) override;

  Eigen::Index dimension() const override { return parameterCount(layout_); }
  Layout layout() const override { return layout_; }
  Vector start() const override;
  SuggestedRates rates() const override { return {0.1, 0.005}; }

  double value(const Vector& x) const override { return score(x, evaluation_).loss; }
  void gradient(const Vector& x, Vector& g) const override { valueAndGradient(x, g); }
  double valueAndGradient(const Vector& x, Vector& g) const override;
  const Objective& at(int t) const override { return seen_ = {*this, t}; }
  std::optional<double> heldOut(const Vector& x) const override;

  const LanguageSetup& setup() const { return setup_; }
  // The sequences that step t sees; valid until the next call.
  const Batch& batchOf(int t) const;
  // Those that a run is judged by, and those of the held-out text (none elsewhere).
  const Batch& evaluation() const { return evaluation_; }
  const Batch& held() const { return held_; }

  // Of the last pass of any kind, for nothing: of the step's batch after a step.
  const LanguageScore& lastScore() const { return last_; }
  LanguageScore score(const Vector& x, const Batch& batch) const;
  // The loss on any batch, and its gradient.
  double batchValueAndGradient(const Vector& x, const Batch& batch, Vector& g) const {
    return pass(x, batch, g);
  }
  // The transformer after a pass over these tokens, to read weights and logits from.
  const Transformer<T>& forward(const Vector& x, const Tokens& tokens) const;
  // Of every head, block after block, on the sequences of the last pass.
  std::vector<HeadScore> headScores() const;
  // `count` tokens that continue a prompt (of at least one), each drawn from softmax(logits /
  // temperature); temperature 0 takes the largest.
  std::vector<int> continued(const Vector& x, std::vector<int> prompt, int count,
                             double temperature, Random& random) const;

 private:
  // What step t sees.
  class Seen final : public Objective {
   public:
    Seen() = default;
    Seen(const Language& language, int t) : language_(&language), t_(t) {}

    Eigen::Index dimension() const override { return language_->dimension(); }
    double value(const Vector& x) const override {
      return language_->score(x, language_->batchOf(t_)).loss;
    }
    void gradient(const Vector& x, Vector& g) const override { valueAndGradient(x, g); }
    double valueAndGradient(const Vector& x, Vector& g) const override {
      return language_->pass(x, language_->batchOf(t_), g);
    }

   private:
    const Language* language_ = nullptr;
    int t_ = 0;
  };

  const T* parameters(const Vector& x) const { return inScalar(x, theta_); }
  double pass(const Vector& x, const Batch& batch, Vector& g) const;

  LanguageSetup setup_;
  Layout layout_;
  std::uint64_t seed_ = 0;
  Batch evaluation_, held_;

  mutable Seen seen_;
  // Working memory, which a pass fills.
  mutable Transformer<T> transformer_;
  mutable Batch batch_;
  mutable int drawn_ = 0;  // the step that batch_ is of
  mutable Tokens tokens_;  // in the last pass
  mutable LanguageScore last_;
  mutable std::vector<T> theta_, gradient_;
  mutable Rows<T> d_;
};

extern template class Language<float>;
extern template class Language<double>;

}  // namespace descent
