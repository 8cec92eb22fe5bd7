// What may be read from the attention lab, and what theory says beside it.
#include <algorithm>
#include <cmath>

#include "descent/text.h"
#include "labs/attention/attention.h"
#include "labs/attention/dimensions.h"
#include "numerics/products.h"

namespace descent::attention {
namespace {

// Row by row; what is masked is no number.
Array arrayOf(const Matrix& m) {
  Array all{{static_cast<int>(m.rows()), static_cast<int>(m.cols())}, {}};
  for (Eigen::Index i = 0; i < m.rows(); ++i) {
    for (Eigen::Index j = 0; j < m.cols(); ++j) {
      all.data.push_back(std::isfinite(m(i, j)) ? m(i, j) : kNaN);
    }
  }
  return all;
}

// ".80", as it stands in the picture.
std::string share(double weight) {
  const int hundredths = static_cast<int>(std::lround(100 * weight));
  if (hundredths >= 100) return "1.00";
  return (hundredths < 10 ? ".0" : ".") + std::to_string(hundredths);
}

constexpr const char* kOrderless = "without positions and causal mask";

}  // namespace

std::string AttentionLab::subtitle() const {
  return std::to_string(heads) + (heads == 1 ? " head" : " heads") + " of " +
         std::to_string(features) + (scaled ? "" : ", not scaled") + (causal ? ", causal" : "") +
         (positions ? "" : ", without positions");
}

std::vector<Subject> AttentionLab::subjects() const {
  return {{"head " + std::to_string(shown() + 1), "", {2, 1, false, false}}};
}

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

std::vector<Channel> AttentionLab::channels() const {
  std::vector<Channel> all = {{"entropy", "curve", "entropy", "entropy", "bits"},
                              {"entropyMost", "curve", "entropyMost", "equal weights", "bits"}};
  for (const char* name : {"tokens", "queries", "keys", "values", "scores", "weights", "heads",
                           "sums", "outputs", "Wq", "Wk", "Wv", "Wo"}) {
    all.push_back({name, "row", name, name, ""});
  }
  return all;
}

// Of the head shown, but for `heads`, the weights of all, and `outputs`.
Result<Array> AttentionLab::readCall(const Recipe& channel, const Record&, int) const {
  const std::string& name = channel.name;
  const int n = static_cast<int>(words_.size());
  if (name == "entropy" || name == "entropyMost") {
    Array all{{n}, {}};
    for (int i = 0; i < n; ++i) {
      all.data.push_back(name == "entropy" ? entropyAt(i) : std::log2(visible(i)));
    }
    return all;
  }
  if (name == "heads") {
    Array all{{heads, n, n}, {}};
    for (const Matrix& a : now_.weights) {
      const Array one = arrayOf(a);
      all.data.insert(all.data.end(), one.data.begin(), one.data.end());
    }
    return all;
  }
  if (name == "tokens") return arrayOf(x_.transpose());
  if (name == "queries") return arrayOf(ofHead(now_.queries).transpose());
  if (name == "keys") return arrayOf(ofHead(now_.keys).transpose());
  if (name == "values") return arrayOf(ofHead(now_.values).transpose());
  if (name == "scores") return arrayOf(now_.scores[shown()]);
  if (name == "weights") return arrayOf(weights());
  if (name == "sums") return arrayOf(ofHead(now_.heads).transpose());
  if (name == "outputs") return arrayOf(now_.outputs.transpose());
  if (name == "Wq") return arrayOf(ofHead(w_.query));
  if (name == "Wk") return arrayOf(ofHead(w_.key));
  if (name == "Wv") return arrayOf(ofHead(w_.value));
  if (name == "Wo") {
    return arrayOf(w_.output.middleCols(static_cast<Eigen::Index>(shown()) * features, features));
  }
  return Error{"attention has no channel " + print(channel)};
}

std::vector<Reading> AttentionLab::readings(const Record&, int) const {
  std::vector<Reading> all;
  const auto add = [&](std::string quantity, double predicted, double measured,
                       std::string assumption) {
    all.push_back(
        {0, std::move(quantity), predicted, measured, measured - predicted, std::move(assumption)});
  };
  const Order set = order();
  const double zero = set.none() ? 0 : kNaN;
  const std::string known = set.none()      ? kOrderless
                            : set.positions ? "with positions nothing is predicted"
                                            : "under a causal mask nothing is predicted";
  add("row sums", 1, worstRowSum(), "of all rows in all heads the one that is farthest off");
  add("|f(PX) − Pf(X)|", 0, without_.outputs,
      std::string(kOrderless) +
          ", whatever is set; f is the attention, P shuffles the tokens, the largest difference");
  if (!set.none()) {
    add("the same, as set", kNaN, asSet_.outputs, known);
  }
  add("mean output", zero, asSet_.pooled, "the change by shuffling the tokens; " + known);
  if (const double gap = sameWordsDiffer(); !std::isnan(gap)) {
    add("equal words", hasEditedToken() ? kNaN : zero, gap,
        "the largest difference of their outputs; " +
            (hasEditedToken() ? "where a token's own entry is set by hand nothing is predicted"
                              : known));
  }
  all.push_back({0, "entropy, bits, at most", std::log2(visible(query_)), entropyAt(query_), kNaN,
                 "log₂ of how many tokens the query sees, for equal weights"});
  const double variance =
      (scaled ? 1.0 : static_cast<double>(features)) / (temperature * temperature);
  add("mean score²", isDrawn() ? variance : kNaN, meanSquareOfScores(),
      isDrawn() ? "on average over drawn projections; a single drawing scatters"
                : "predicted for drawn projections only");
  return all;
}

std::vector<Table> AttentionLab::tables(const Record&, int) const {
  const std::string name = "head " + std::to_string(shown() + 1);
  const auto place = static_cast<Eigen::Index>(query_);
  const Matrix values = ofHead(now_.values);
  const auto numbers = [](const Vector& v) {
    constexpr Eigen::Index kMost = 16;
    std::vector<std::string> parts;
    for (const double x : v.head(std::min(v.size(), kMost))) parts.push_back(printShort(x));
    return join(parts, ", ") + (v.size() > kMost ? ", …" : "");
  };

  Table from{"Query “" + words_[static_cast<std::size_t>(query_)] + "”, " + name,
             {{"Token", ""},
              {"Score", "Divided as set; none where it is masked."},
              {"Weight", "Softmax of the scores."},
              {"Value", "Its vector; the output is their sum by weight."}},
             {}};
  for (Eigen::Index j = 0; j < weights().cols(); ++j) {
    const double score = now_.scores[shown()](place, j);
    from.rows.push_back({-1,
                         {words_[static_cast<std::size_t>(j)], std::isfinite(score) ? score : kNaN,
                          weights()(place, j), numbers(values.col(j))}});
  }
  from.rows.push_back(
      {-1, {"sum", kNaN, weights().row(place).sum(), numbers(ofHead(now_.heads).col(place))}});

  Table map{"Weights, " + name, {{"Query", ""}}, {}};
  for (const std::string& word : words_) map.columns.push_back({word, "Key."});
  for (std::size_t i = 0; i < words_.size(); ++i) {
    map.rows.push_back({-1, {words_[i]}});
    for (const double a : weights().row(static_cast<Eigen::Index>(i))) {
      map.rows.back().cells.push_back(a);
    }
  }

  Table byHead{"Heads",
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
    byHead.rows.push_back({-1,
                           {"head " + std::to_string(h + 1),
                            source == Source::kRandom ? "drawn" : nameOf(aimOf(h), words_, links_),
                            entropies(a).mean() / std::log(2.0), a.leftCols(n).diagonal().mean(),
                            a.leftCols(n).diagonal<-1>().mean(), a.col(0).mean()}});
  }
  return {from, map, byHead};
}

std::vector<TaskDescription> AttentionLab::tasks() const {
  return {{"dimensions", "Dimensions",
           "Draw queries and keys of 1 to 256 numbers: the entropy of the weights with the scores "
           "divided by √d, and as they are."}};
}

std::unique_ptr<Task> AttentionLab::task(const std::string& id) const {
  if (id != "dimensions") return nullptr;
  return std::make_unique<Dimensions>(static_cast<int>(words_.size()), temperature, seed);
}

}  // namespace descent::attention
