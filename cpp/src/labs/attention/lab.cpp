#include "labs/attention/lab.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <optional>

#include "attention/positions.h"
#include "descent/random.h"
#include "labs/attention/dimensions.h"
#include "numerics/products.h"

namespace descent::attention {
namespace {

// Column i of the result is column order[i] of m.
Matrix inOrder(const Matrix& m, const std::vector<int>& order) {
  Matrix all(m.rows(), m.cols());
  for (std::size_t i = 0; i < order.size(); ++i) {
    all.col(static_cast<Eigen::Index>(i)) = m.col(order[i]);
  }
  return all;
}

// The other way round.
Matrix fromOrder(const Matrix& m, const std::vector<int>& order) {
  Matrix all(m.rows(), m.cols());
  for (std::size_t i = 0; i < order.size(); ++i) {
    all.col(order[i]) = m.col(static_cast<Eigen::Index>(i));
  }
  return all;
}

// What rounding may change of the outputs: a weight by a share that is the size of its score, an
// output by a share of the terms that it is the sum of.
double roundingOf(const SelfAttention& all, const Matrix& output) {
  double score = 0;
  for (const Matrix& scores : all.scores) {
    for (const double s : scores.reshaped())
      score = std::max(score, std::isfinite(s) ? std::abs(s) : 0);
  }
  const double terms = times(output.cwiseAbs(), all.heads.cwiseAbs()).maxCoeff();
  return 16 * std::numeric_limits<double>::epsilon() * (1 + score) * terms;
}

}  // namespace

std::string AttentionLab::subtitle() const {
  return std::to_string(heads) + (heads == 1 ? " head" : " heads") + " of " +
         std::to_string(features) + (scaled ? "" : ", not scaled") + (causal ? ", causal" : "") +
         (positions ? "" : ", without positions");
}

std::vector<Subject> AttentionLab::subjects() const {
  return {{shownName(), "", {2, 1, false, false}}};
}

Result<void> AttentionLab::setTokens(const std::string& text) {
  auto words = readTokens(text);
  if (!words) return words.error();
  typed_ = std::move(*words);
  tokens = text;
  return {};
}

Result<void> AttentionLab::setLinks(const std::string& text) {
  auto read = readLinks(text);
  if (!read) return read.error();
  links_ = std::move(*read);
  links = text;
  return {};
}

Result<void> AttentionLab::setEdits(const std::string& text) {
  auto read = readEdits(text);
  if (!read) return read.error();
  edits_ = std::move(*read);
  edits = text;
  return {};
}

Result<void> AttentionLab::start(Record& record) {
  words_ = typed_;
  words_.resize(typed_.size() + static_cast<std::size_t>(padding), kPad);
  if (words_.size() > kMostTokens) {
    return Error{"attention.padding must be at most " +
                 std::to_string(kMostTokens - static_cast<int>(typed_.size())) + " beside " +
                 counted(std::ssize(typed_), "word") + ", for a sequence of at most " +
                 std::to_string(kMostTokens) + " tokens, got " + std::to_string(padding)};
  }
  const auto checked = checkEdits();
  if (!checked) return checked.error();

  straight_.resize(words_.size());
  std::iota(straight_.begin(), straight_.end(), 0);
  Random random(static_cast<std::uint64_t>(seed), "order of shuffled words");
  shuffled_ = straight_;
  random.shuffle(shuffled_);
  if (shuffled_ == straight_)
    std::rotate(shuffled_.begin(), shuffled_.begin() + 1, shuffled_.end());

  const Shape shape{width, features, heads};
  embedded_ = embeddings(words_, width, static_cast<std::uint64_t>(seed));
  x_ = tokensOf(straight_, positions);
  w_ = drawProjections(shape, static_cast<std::uint64_t>(seed));
  if (source == Source::kFitted) {
    fitProjections(w_, shape, x_, words_, links_, static_cast<std::uint64_t>(seed));
  }
  edit(w_.query, Part::kWq);
  edit(w_.key, Part::kWk);
  edit(w_.value, Part::kWv);
  edit(w_.output, Part::kWo);
  now_ = attendTo(straight_, order());
  orderless_ = shuffle({false, false});
  asSet_ = shuffle(order());
  query_ = 0;
  record.put(record.declare({"query", ChannelKind::kSeries, "Query"}), 0, {0});
  return {};
}

Result<void> AttentionLab::checkEdits() const {
  const int all = heads * features, n = static_cast<int>(words_.size());
  for (const Edit& e : edits_) {
    const bool isOutput = e.part == Part::kWo, isProjection = e.part <= Part::kWo;
    const int rows = isOutput ? width : all;
    const int columns = isOutput ? all : isProjection ? width : n;
    if (e.row < rows && e.column < columns) continue;
    return Error{"attention.edits has " + nameOf(e) + ", but " + nameOf(e.part) + " is now " +
                 std::to_string(rows) + " × " + std::to_string(columns)};
  }
  return {};
}

// Embedding and position added, then scaled.
Matrix AttentionLab::tokensOf(const std::vector<int>& order, bool withPositions) const {
  Matrix x = inOrder(embedded_, order);
  if (withPositions) x += sinusoidalPositions(width, static_cast<int>(order.size()));
  return normalised(std::move(x));
}

void AttentionLab::edit(Matrix& matrix, Part part) const {
  for (const Edit& e : edits_) {
    if (e.part == part) matrix(e.row, e.column) = e.value;
  }
}

// An entry of Q, K or V belongs to its token, and so does its padding: both go where it goes.
SelfAttention AttentionLab::attendTo(const std::vector<int>& order, Order known) const {
  const Matrix x = tokensOf(order, known.positions);
  const auto project = [&](const Matrix& w, Part part) {
    Matrix straight = fromOrder(times(w, x), order);
    edit(straight, part);
    return inOrder(straight, order);
  };
  SelfAttentionOptions options{heads, scaled, temperature, known.causal, {}};
  for (const int i : order) {
    options.hidden.push_back(static_cast<std::size_t>(i) >= typed_.size());
  }
  return attend(project(w_.query, Part::kQ), project(w_.key, Part::kK), project(w_.value, Part::kV),
                w_.output, options);
}

AttentionLab::Shuffled AttentionLab::shuffle(Order known) const {
  const Matrix after = attendTo(shuffled_, known).outputs;
  const Matrix back = fromOrder(after, shuffled_);
  const SelfAttention straight = attendTo(straight_, known);
  const Matrix& before = straight.outputs;
  const auto words = static_cast<Eigen::Index>(typed_.size());
  // The mean in the order in which the tokens come.
  Vector pooled = Vector::Zero(after.rows());
  for (std::size_t i = 0; i < shuffled_.size(); ++i) {
    if (shuffled_[i] < words) pooled += after.col(static_cast<Eigen::Index>(i));
  }
  const Vector mean = before.leftCols(words).rowwise().sum() / static_cast<double>(words);
  const Vector apart = pooled / static_cast<double>(words) - mean;
  return {(back - before).cwiseAbs().maxCoeff<Eigen::PropagateNaN>(),
          apart.cwiseAbs().maxCoeff<Eigen::PropagateNaN>(), roundingOf(straight, w_.output)};
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

std::string AttentionLab::roleOf(std::size_t h) const {
  return source == Source::kRandom ? "drawn" : nameOf(aimOf(h), words_, links_);
}

int AttentionLab::visible(int i) const {
  const int words = static_cast<int>(typed_.size());
  return causal ? std::min(i + 1, words) : words;
}

double AttentionLab::entropyAt(int i) const { return entropies(weights())[i] / std::log(2.0); }

// The largest difference between the outputs of equal words; NaN where there are none.
double AttentionLab::sameWordsDiffer() const {
  std::optional<double> largest;
  for (std::size_t i = 0; i < typed_.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (typed_[i] != typed_[j]) continue;
      const Vector gap = now_.outputs.col(static_cast<Eigen::Index>(i)) -
                         now_.outputs.col(static_cast<Eigen::Index>(j));
      largest = larger(largest.value_or(0), gap.cwiseAbs().maxCoeff<Eigen::PropagateNaN>());
    }
  }
  return largest.value_or(kNaN);
}

// Of all rows of all heads, over what the query sees, the sum that is farthest from 1.
double AttentionLab::worstRowSum() const {
  double worst = 1;
  for (const Matrix& a : now_.weights) {
    for (Eigen::Index i = 0; i < a.rows(); ++i) {
      const double sum = a.row(i).head(visible(static_cast<int>(i))).sum();
      if (!(std::abs(sum - 1) <= std::abs(worst - 1))) worst = sum;
    }
  }
  return worst;
}

// Over all heads and all pairs of tokens, masked or not.
double AttentionLab::meanSquareOfScores() const {
  const double divisor = (scaled ? std::sqrt(static_cast<double>(features)) : 1.0) * temperature;
  double sum = 0;
  for (Eigen::Index h = 0; h < heads; ++h) {
    const Matrix scores = transposeTimes(now_.queries.middleRows(h * features, features),
                                         now_.keys.middleRows(h * features, features));
    sum += (scores / divisor).squaredNorm();
  }
  const auto n = static_cast<double>(words_.size());
  return sum / (heads * n * n);
}

// With G = XᵀX/w the numbers of a query are N(0, G) over the tokens and independent of each other,
// and so are those of a key. Of a head of d features S = ‖QᵀK‖² = tr(QQᵀ KKᵀ) has by the moments of
// Wishart matrices, with g = tr G² and tr G = n,
//
//   E S = d n²,   var S = 4 d n² g + 2 d g² + 2 d² g²
double AttentionLab::relativeVarianceOfScores() const {
  const double d = features, n = static_cast<double>(words_.size());
  const double g = (transposeTimes(x_, x_) / width).squaredNorm() / (n * n);
  return (4 * g / d + 2 * g * g / d + 2 * g * g) / heads;
}

}  // namespace descent::attention
