// The attention lab: one layer of self-attention on a typed sentence, in double precision. Step t
// makes token t the query; everything else is there from the start.
#pragma once

#include <algorithm>

#include "attention/self_attention.h"
#include "descent/catalogue.h"
#include "labs/attention/projections.h"
#include "labs/attention/text.h"

namespace descent::attention {

enum class Source { kFitted, kRandom };

class AttentionLab final : public Cloneable<AttentionLab, Lab> {
 public:
  std::string tokens = "the ball rolled into the valley because it was heavy";
  double temperature = 1;
  bool scaled = true;
  bool causal = true;
  bool positions = true;
  int padding = 0;
  int heads = 4;
  int head = 1;
  int features = 8;
  int width = 16;
  Source source = Source::kFitted;
  std::string links = "it>ball";
  std::string edits;
  int seed = 7;

  AttentionLab() { (void)setTokens(tokens), (void)setLinks(links); }
  Result<void> setTokens(const std::string& text);
  Result<void> setLinks(const std::string& text);
  Result<void> setEdits(const std::string& text);

  Result<void> start(Record& record) override;
  void advance(int t, Record& record) override {
    query_ = std::min(t, total());
    record.put(0, t, {static_cast<double>(t)});
  }
  bool turn(const std::string&) override { return false; }

  int total() const override { return static_cast<int>(words_.size()) - 1; }
  std::string unit() const override { return "query"; }
  std::string subtitle() const override;
  std::vector<Subject> subjects() const override;
  std::vector<SubjectState> states() const override;
  std::vector<Channel> channels() const override;
  Result<Array> read(const Request& request, const Record& record, int step) const override;
  std::vector<Reading> readings(const Record& record, int step) const override;
  std::vector<Table> tables(const Record& record, int step) const override;
  std::vector<TaskDescription> tasks() const override;
  std::unique_ptr<Task> task(const std::string& id) const override;

 private:
  // How the order of the tokens can be known.
  struct Order {
    bool positions, causal;
    bool none() const { return !positions && !causal; }
  };
  // What a shuffling of the tokens changes beyond the order of the outputs.
  struct Shuffled {
    double outputs;   // max |f(PX) − P f(X)|
    double pooled;    // max |mean f(PX) − mean f(X)|, over the words
    double rounding;  // what either may be off by rounding alone
  };

  Result<void> checkEdits() const;
  Matrix tokensOf(const std::vector<int>& order, bool withPositions) const;
  void edit(Matrix& matrix, Part part) const;
  // Of the tokens in this order.
  SelfAttention attendTo(const std::vector<int>& order, Order known) const;
  Shuffled shuffle(Order known) const;

  Order order() const { return {positions, causal}; }
  // Whether what is predicted of drawn projections holds.
  bool isDrawn() const { return source == Source::kRandom && edits_.empty(); }
  // Whether an entry of Q, K or V stands, which belongs to one token.
  bool hasEditedToken() const {
    return std::any_of(edits_.begin(), edits_.end(),
                       [](const Edit& e) { return e.part >= Part::kQ; });
  }
  // The head shown, from 0; the last where there are fewer.
  std::size_t shown() const { return static_cast<std::size_t>(std::min(head, heads)) - 1; }
  std::string shownName() const { return "head " + std::to_string(shown() + 1); }
  // Rows of the head shown in what stands head below head.
  Matrix ofHead(const Matrix& all) const {
    return all.middleRows(static_cast<Eigen::Index>(shown()) * features, features);
  }
  const Matrix& weights() const { return now_.weights[shown()]; }
  // How many tokens query i may look at.
  int visible(int i) const;
  double entropyAt(int i) const;  // bits
  double sameWordsDiffer() const;
  double worstRowSum() const;
  double meanSquareOfScores() const;
  // Its variance over drawn projections, over the square of its mean.
  double relativeVarianceOfScores() const;
  std::string roleOf(std::size_t h) const;
  Table queryTable() const;
  Table weightsTable() const;
  Table headsTable() const;

  std::vector<std::string> typed_, words_;  // without and with padding
  std::vector<Link> links_;
  std::vector<Edit> edits_;
  std::vector<int> straight_, shuffled_;  // orders
  Matrix embedded_, x_;
  Projections w_;
  SelfAttention now_;
  Shuffled orderless_ = {}, asSet_ = {};  // without mask and positions, and as they are set
  int query_ = 0;
};

}  // namespace descent::attention
