// The transformer lab's tables, and the weights to take away.
#include <cmath>

#include "labs/transformer/lab.h"
#include "labs/transformer/weights.h"

namespace descent::transformer {

std::string headName(int at, int heads) {
  return "block " + std::to_string(at / heads + 1) + ", head " + std::to_string(at % heads + 1);
}

std::vector<Table> TransformerLab::tables(const Record& record, int step) const {
  std::vector<Table> all = {runsTable(record, step), exampleTable()};
  for (std::size_t i = 0; i < runs_.size(); ++i) all.push_back(headsTable(i));
  return all;
}

std::vector<Document> TransformerLab::documents() const {
  std::vector<Document> all;
  for (std::size_t i = 0; i < runs_.size(); ++i) {
    all.push_back({"weights.json", "Weights of " + runs_[i].label + " (JSON)",
                   weightsJson(language_->setup(), judged(i))});
  }
  return all;
}

Table TransformerLab::runsTable(const Record& record, int step) const {
  Table table{"Runs",
              {{"Optimizer", ""},
               {"Loss", "Of the last batch."},
               {isHeldOut() ? "Held-out loss" : "Loss on windows of the text",
                isHeldOut() ? "On sequences that no step sees."
                            : "The text is too short to hold some of it back."},
               {isHeldOut() ? "Held-out accuracy" : "Accuracy on windows of the text",
                "Share of right symbols among those that count."},
               {"Looked at", "The update after which loss and accuracy were last taken."},
               {"‖θ‖", "Length of the parameter vector."},
               {"Parameters", ""},
               {"Status", ""}},
              {}};
  const auto states = this->states();
  for (std::size_t i = 0; i < runs_.size(); ++i) {
    const Scored& now = scored_[i];
    const Vector x = judged(i);
    double loss = kNaN;
    for (int t = step; t > step - slices_ && t >= 0 && std::isnan(loss); --t) {
      loss = record.at(series_[i].loss, t);
    }
    table.rows.push_back(
        {static_cast<int>(i),
         {runs_[i].label, loss, now.score.loss, now.score.accuracy, static_cast<double>(now.update),
          x.norm(), static_cast<double>(x.size()), states[i].status}});
  }
  return table;
}

Table TransformerLab::exampleTable() const {
  Table table{"A sequence", {{"Place", ""}, {"Token", ""}, {"Next", "What follows."}}, {}};
  const auto name = [this](int token) { return tokenName(sequenceTask(), token); };
  const Batch shown = example(0);
  for (int t = 0; t < model().length; ++t) {
    const auto at = static_cast<std::size_t>(t);
    table.rows.push_back(
        {-1, {static_cast<double>(t), name(shown.tokens.ids[at]), name(shown.targets[at])}});
  }
  for (std::size_t i = 0; i < runs_.size(); ++i) {
    table.columns.push_back({runs_[i].label, "What it takes to follow."});
    table.columns.push_back({"p(next), " + runs_[i].label, "What it gives to what follows."});
    const std::vector<Prediction> all = predictions(i, 0);
    for (std::size_t t = 0; t < all.size(); ++t) {
      table.rows[t].cells.emplace_back(name(all[t].told));
      table.rows[t].cells.emplace_back(all[t].targetProbability);
    }
  }
  return table;
}

Table TransformerLab::headsTable(std::size_t i) const {
  Table table{"Heads of " + runs_[i].label,
              {{"Head", ""},
               {"Previous token", "Mean weight on the token before."},
               {"× uniform", "Over that of a head that looks at all it sees alike."},
               {"Induction", "Mean weight on what followed the token where it stood before."},
               {"× uniform", "Over that of a head that looks at all it sees alike."}},
              {}};
  int at = 0;
  for (const HeadScore& h : scored_[i].heads) {
    table.rows.push_back(
        {static_cast<int>(i),
         {headName(at++, model().heads), h.previous, h.previous / h.uniformPrevious, h.induction,
          h.induction / h.uniformInduction}});
  }
  return table;
}

}  // namespace descent::transformer
