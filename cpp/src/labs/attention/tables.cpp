// What the attention lab says in words and tables of the query, the weights and the heads.
#include <algorithm>
#include <cmath>

#include "descent/text.h"
#include "labs/attention/lab.h"

namespace descent::attention {
namespace {

// ".80", as it stands in the picture.
std::string share(double weight) {
  const int hundredths = static_cast<int>(std::lround(100 * weight));
  if (hundredths >= 100) return "1.00";
  return (hundredths < 10 ? ".0" : ".") + std::to_string(hundredths);
}

}  // namespace

// Where the query looks: at the one or two tokens that have most of its weight.
std::vector<SubjectState> AttentionLab::states() const {
  const Vector row = weights().row(query_);
  Eigen::Index first = 0, second = 0;
  const double most = row.maxCoeff(&first);
  Vector others = row;
  others[first] = 0;
  const double next = others.maxCoeff(&second);
  const auto word = [this](Eigen::Index i) {
    return "“" + words_[static_cast<std::size_t>(i)] + "”";
  };
  std::string text =
      word(query_) + " takes " + share(most) + " of " + (first == query_ ? "itself" : word(first));
  if (next >= 0.05) {
    text += " and " + share(next) + " of " + (second == query_ ? "itself" : word(second));
  }
  text += "; entropy " + printShort(entropyAt(query_)) + " of at most " +
          printShort(std::log2(visible(query_))) + " bits";
  return {{"running", query_, text}};
}

std::vector<Table> AttentionLab::tables(const Record&, int) const {
  return {queryTable(), weightsTable(), headsTable()};
}

Table AttentionLab::queryTable() const {
  const auto place = static_cast<Eigen::Index>(query_);
  const Matrix values = ofHead(now_.values);
  const auto numbers = [](const Vector& v) {
    constexpr Eigen::Index kMost = 16;
    std::vector<std::string> parts;
    for (const double x : v.head(std::min(v.size(), kMost))) parts.push_back(printShort(x));
    return join(parts, ", ") + (v.size() > kMost ? ", …" : "");
  };

  Table table{"Query “" + words_[static_cast<std::size_t>(query_)] + "”, " + shownName(),
              {{"Token", ""},
               {"Score", "Divided as set; none where it is masked."},
               {"Weight", "Softmax of the scores."},
               {"Value", "Its vector; the output is their sum by weight."}},
              {}};
  for (Eigen::Index j = 0; j < weights().cols(); ++j) {
    const double score = now_.scores[shown()](place, j);
    table.rows.push_back({-1,
                          {words_[static_cast<std::size_t>(j)], std::isfinite(score) ? score : kNaN,
                           weights()(place, j), numbers(values.col(j))}});
  }
  table.rows.push_back(
      {-1, {"sum", kNaN, weights().row(place).sum(), numbers(ofHead(now_.heads).col(place))}});
  return table;
}

Table AttentionLab::weightsTable() const {
  Table table{"Weights, " + shownName(), {{"Query", ""}}, {}};
  for (const std::string& word : words_) table.columns.push_back({word, "Key."});
  for (std::size_t i = 0; i < words_.size(); ++i) {
    table.rows.push_back({-1, {words_[i]}});
    for (const double a : weights().row(static_cast<Eigen::Index>(i))) {
      table.rows.back().cells.push_back(a);
    }
  }
  return table;
}

Table AttentionLab::headsTable() const {
  Table table{"Heads",
              {{"Head", ""},
               {"Made for", "What it was fitted to look at."},
               {"Entropy, bits", "Mean over the words as queries."},
               {"On itself", "Mean weight of the query's own token."},
               {"On the one before", "Mean over all words but the first."},
               {"On the first", "Mean weight of the first token."}},
              {}};
  const auto n = static_cast<Eigen::Index>(typed_.size());
  for (std::size_t h = 0; h < now_.weights.size(); ++h) {
    const Matrix a = now_.weights[h].topRows(n);
    table.rows.push_back(
        {-1,
         {"head " + std::to_string(h + 1), roleOf(h), entropies(a).mean() / std::log(2.0),
          a.leftCols(n).diagonal().mean(), a.leftCols(n).diagonal<-1>().mean(), a.col(0).mean()}});
  }
  return table;
}

}  // namespace descent::attention
