// The transformer lab's theory beside measurement, and its tables.
#include <algorithm>
#include <cmath>

#include "labs/transformer/transformer.h"
#include "labs/transformer/weights.h"

namespace descent::transformer {
namespace {

std::string headName(int at, int heads) {
  return "block " + std::to_string(at / heads + 1) + ", head " + std::to_string(at % heads + 1);
}

// The share that is right when the token some distance back is told, the best distance at each
// place. Periods p from T/4 to T/2 are alike likely, and what follows place t counts if t ≥ p; the
// token d before it is right if p divides d.
double bestByPlace(int length) {
  int right = 0, all = 0;
  for (int next = 1; next <= length; ++next) {
    int most = 0;
    for (int d = 1; d <= next; ++d) {
      int periods = 0;
      for (int p = length / 4; p <= length / 2; ++p) periods += p < next && d % p == 0;
      most = std::max(most, periods);
    }
    right += most;
    for (int p = length / 4; p <= length / 2; ++p) all += p < next;
  }
  return static_cast<double>(right) / all;
}

// The share that is right when at each place of a sorted row of n symbols, each drawn from m alike
// likely ones, the likeliest is told. The symbol at place j is v or less if j of the n are:
// P(Bin(n, (v + 1)/m) ≥ j).
double bestSorted(int n, int m) {
  const auto atLeast = [n](int j, double p) {
    double sum = 0, ways = 1;  // C(n, k)
    for (int k = 0; k <= n; ++k) {
      if (k >= j) sum += ways * std::pow(p, k) * std::pow(1 - p, n - k);
      ways *= static_cast<double>(n - k) / (k + 1);
    }
    return sum;
  };
  double right = 0;
  for (int j = 1; j <= n; ++j) {
    double most = 0, below = 0;
    for (int v = 0; v < m; ++v) {
      const double here = atLeast(j, static_cast<double>(v + 1) / m);
      most = std::max(most, here - below);
      below = here;
    }
    right += most / n;
  }
  return right;
}

// The share of the commonest among the tokens that count.
double commonest(const Batch& batch, int vocabulary) {
  std::vector<double> times(static_cast<std::size_t>(vocabulary), 0);
  for (std::size_t at = 0; at < batch.targets.size(); ++at) {
    times[static_cast<std::size_t>(batch.targets[at])] += batch.counts[at];
  }
  return *std::max_element(times.begin(), times.end()) / std::max(batch.counted(), 1);
}

}  // namespace

TransformerLab::Guess TransformerLab::guess() const {
  switch (taskKind) {
    case TaskKind::kCopy:
    case TaskKind::kReverse:
      return {1.0 / (model().vocabulary - 1), "one of the symbols is drawn at random"};
    case TaskKind::kSort:
      return {bestSorted(model().length / 2, model().vocabulary - 1),
              "at each place of the answer the symbol that is likeliest there, small ones at first "
              "and large ones at the end; more takes a look at the symbols"};
    case TaskKind::kRepeat:
      return {1, "places alone are looked at, the distance being the same in every sequence"};
    case TaskKind::kInduction:
      return {bestByPlace(model().length),
              "what a guess by the place alone can reach; more takes a look at what stood before"};
    case TaskKind::kText:
      return {commonest(judging(), model().vocabulary),
              "the commonest character of the windows looked at is told at every place"};
  }
  return {kNaN, ""};
}

std::vector<Reading> TransformerLab::readings(const Record& record, int) const {
  std::vector<Reading> all;
  // What is reached without learning has no residual.
  const auto baseline = [&all](int subject, std::string quantity, double value, double measured,
                               std::string assumption) {
    all.push_back({subject, std::move(quantity), value, measured, kNaN, std::move(assumption)});
  };
  if (!isLoaded_) {
    baseline(-1, "loss at the start, by chance", std::log(static_cast<double>(model().vocabulary)),
             record.at(series_[0].heldOut, 0),
             "all logits are 0, so that every token is as likely; first weights give others");
  }
  const Guess guess = this->guess();
  for (std::size_t i = 0; i < runners_.size(); ++i) {
    const int subject = static_cast<int>(i);
    const Scored& now = scored_[i];
    baseline(subject, "accuracy, by chance", guess.right, now.score.accuracy, guess.how);
    if (now.heads.empty()) continue;
    const auto strongest = [&](double HeadScore::*value) {
      return static_cast<std::size_t>(std::max_element(now.heads.begin(), now.heads.end(),
                                                       [&](const HeadScore& a, const HeadScore& b) {
                                                         return a.*value < b.*value;
                                                       }) -
                                      now.heads.begin());
    };
    const auto previous = strongest(&HeadScore::previous);
    const auto induction = strongest(&HeadScore::induction);
    const auto name = [&](std::size_t at) { return headName(static_cast<int>(at), model().heads); };
    baseline(subject, "previous token, by chance", now.heads[previous].uniformPrevious,
             now.heads[previous].previous,
             "a head looks at all it sees alike: its mean weight on the token before; measured " +
                 name(previous) + ", the strongest");
    baseline(
        subject, "induction, by chance", now.heads[induction].uniformInduction,
        now.heads[induction].induction,
        "a head looks at all it sees alike: its mean weight on what followed a token where that "
        "stood before; measured " +
            name(induction) + ", the strongest");
  }
  return all;
}

std::vector<Table> TransformerLab::tables(const Record& record, int step) const {
  Table runs{"Runs",
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
  std::vector<Table> all;
  const auto states = this->states();
  for (std::size_t i = 0; i < runners_.size(); ++i) {
    const Scored& now = scored_[i];
    const Vector x = judged(i);
    const int subject = static_cast<int>(i);
    double loss = kNaN;
    for (int t = step; t > step - slices_ && t >= 0 && std::isnan(loss); --t) {
      loss = record.at(series_[i].loss, t);
    }
    runs.rows.push_back({subject,
                         {runners_[i].label, loss, now.score.loss, now.score.accuracy,
                          static_cast<double>(now.update), x.norm(), static_cast<double>(x.size()),
                          states[i].status}});
    Table scores{"Heads of " + runners_[i].label,
                 {{"Head", ""},
                  {"Previous token", "Mean weight on the token before."},
                  {"× uniform", "Over that of a head that looks at all it sees alike."},
                  {"Induction", "Mean weight on what followed the token where it stood before."},
                  {"× uniform", "Over that of a head that looks at all it sees alike."}},
                 {}};
    for (std::size_t at = 0; at < now.heads.size(); ++at) {
      const HeadScore& h = now.heads[at];
      scores.rows.push_back(
          {subject,
           {headName(static_cast<int>(at), model().heads), h.previous,
            h.previous / h.uniformPrevious, h.induction, h.induction / h.uniformInduction}});
    }
    all.push_back(std::move(scores));
  }
  all.insert(all.begin(), std::move(runs));
  all.insert(all.begin() + 1, exampleTable());
  return all;
}

std::vector<Document> TransformerLab::documents() const {
  std::vector<Document> all;
  for (std::size_t i = 0; i < runners_.size(); ++i) {
    all.push_back({"weights.json", "Weights of " + runners_[i].label + " (JSON)",
                   weightsJson(language_->setup(), judged(i))});
  }
  return all;
}

Table TransformerLab::exampleTable() const {
  Table table{"A sequence", {{"Place", ""}, {"Token", ""}, {"Next", "What follows."}}, {}};
  const Batch shown = example(0);
  for (int t = 0; t < model().length; ++t) {
    const auto at = static_cast<std::size_t>(t);
    table.rows.push_back({-1,
                          {static_cast<double>(t), tokenName(sequenceTask(), shown.tokens.ids[at]),
                           tokenName(sequenceTask(), shown.targets[at])}});
  }
  for (std::size_t i = 0; i < runners_.size(); ++i) {
    table.columns.push_back({runners_[i].label, "What it takes to follow."});
    table.columns.push_back({"p(next), " + runners_[i].label, "What it gives to what follows."});
    const Array told = predictions(i, 0);
    for (std::size_t t = 0; t < table.rows.size(); ++t) {
      table.rows[t].cells.emplace_back(
          tokenName(sequenceTask(), static_cast<int>(told.data[5 * t + 1])));
      table.rows[t].cells.emplace_back(told.data[5 * t + 2]);
    }
  }
  return table;
}

}  // namespace descent::transformer
