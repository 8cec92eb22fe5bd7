#include "attention/language.h"

#include <algorithm>
#include <cmath>

namespace descent {
namespace {

TransformerSetup modelOf(const LanguageSetup& setup) {
  TransformerSetup model = setup.model;
  model.vocabulary = setup.task.vocabulary;
  model.length = setup.task.length;
  return model;
}

}  // namespace

template <class T>
LanguageScore crossEntropy(const Rows<T>& logits, const Columns<T>& columns, const Batch& batch,
                           Rows<T>* d) {
  using Some = Eigen::Array<T, kLanes<T>, 1>;
  using At = Eigen::Map<Some, Eigen::Aligned16>;
  using ConstAt = Eigen::Map<const Some, Eigen::Aligned16>;
  const int counted = batch.counted(), classes = logits.rows();
  const T share = T(1) / static_cast<T>(std::max(counted, 1));
  if (d) d->resize(classes, columns.total());
  double loss = 0;
  int right = 0;
  for (int s = 0; s < columns.count; ++s) {
    for (int t = 0; t < columns.length; t += kLanes<T>) {
      const int column = columns(s, t);
      Some most = ConstAt(logits.row(0) + column), sum = Some::Zero(), counts = Some::Zero();
      for (int i = 1; i < classes; ++i) most = most.max(ConstAt(logits.row(i) + column));
      for (int i = 0; i < classes; ++i) {
        const Some e = (ConstAt(logits.row(i) + column) - most).exp();
        sum += e;
        if (d) At(d->row(i) + column) = e;
      }
      for (int k = 0; k < kLanes<T> && t + k < columns.length; ++k) {
        const auto place = static_cast<std::size_t>(s * columns.length + t + k);
        if (!batch.counts[place]) continue;
        counts[k] = share / sum[k];
        const int target = batch.targets[place];
        const T own = logits(target, column + k);
        loss += static_cast<double>(std::log(sum[k]) + most[k] - own);
        bool largest = own == most[k];
        for (int i = 0; largest && i < target; ++i) largest = logits(i, column + k) < own;
        right += largest;
      }
      if (!d) continue;
      for (int i = 0; i < classes; ++i) At(d->row(i) + column) *= counts;  // (p − one-hot)/counted
      for (int k = 0; k < kLanes<T> && t + k < columns.length; ++k) {
        if (counts[k] == 0) continue;
        const auto place = static_cast<std::size_t>(s * columns.length + t + k);
        (*d)(batch.targets[place], column + k) -= share;
      }
    }
  }
  return {loss / std::max(counted, 1), static_cast<double>(right) / std::max(counted, 1)};
}

template <class T>
Language<T>::Language(const LanguageSetup& setup)
    : setup_(setup), layout_(layoutOf(modelOf(setup))), transformer_(modelOf(setup)) {
  setup_.model = modelOf(setup);
  prepare(0);
}

template <class T>
void Language<T>::prepare(std::uint64_t seed) {
  seed_ = seed;
  drawn_ = 0;
  Random random(seed, "sequences to judge by"), held(seed, "held sequences to judge by");
  draw(setup_.task, setup_.evaluation, random, evaluation_);
  if (setup_.task.held > 0) draw(setup_.task, setup_.evaluation, held, held_, true);
}

template <class T>
Vector Language<T>::start() const {
  Random random(seed_, "transformer start");
  return initialParameters(setup_.model, random);
}

template <class T>
const Batch& Language<T>::batchOf(int t) const {
  if (t != drawn_) {
    Random random(seed_, "sequences of a step", t);
    draw(setup_.task, setup_.batch, random, batch_);
    drawn_ = t;
  }
  return batch_;
}

template <class T>
const Transformer<T>& Language<T>::forward(const Vector& x, const Tokens& tokens) const {
  tokens_ = tokens;
  transformer_.forward(parameters(x), tokens);
  return transformer_;
}

template <class T>
LanguageScore Language<T>::score(const Vector& x, const Batch& batch) const {
  const Transformer<T>& after = forward(x, batch.tokens);
  last_ = crossEntropy<T>(after.logits(), after.columns(), batch, nullptr);
  return last_;
}

template <class T>
double Language<T>::pass(const Vector& x, const Batch& batch, Vector& g) const {
  const T* theta = parameters(x);
  tokens_ = batch.tokens;
  transformer_.forward(theta, tokens_);
  last_ = crossEntropy<T>(transformer_.logits(), transformer_.columns(), batch, &d_);
  fromScalar(x.size(), g, gradient_,
             [&](T* gradient) { transformer_.backward(theta, d_, gradient); });
  return last_.loss;
}

template <class T>
double Language<T>::valueAndGradient(const Vector& x, Vector& g) const {
  return pass(x, evaluation_, g);
}

template <class T>
std::optional<double> Language<T>::heldOut(const Vector& x) const {
  if (setup_.task.held == 0) return {};
  return score(x, held_).loss;
}

template <class T>
std::vector<HeadScore> Language<T>::headScores() const {
  const TransformerSetup& model = setup_.model;
  std::vector<HeadScore> scores(static_cast<std::size_t>(model.blocks * model.heads));
  std::vector<int> after;
  int previous = 0, repeated = 0;
  for (int s = 0; s < tokens_.count; ++s) {
    for (int i = 1; i < tokens_.length; ++i) {
      const double visible = model.causal ? i + 1 : tokens_.length;
      // What followed the token where it stood before.
      after.clear();
      for (int j = 0; j < i; ++j) {
        if (tokens_(s, j) == tokens_(s, i)) after.push_back(j + 1);
      }
      ++previous;
      repeated += !after.empty();
      for (std::size_t at = 0; at < scores.size(); ++at) {
        const auto& attention = transformer_.attention(static_cast<int>(at) / model.heads);
        const int head = static_cast<int>(at) % model.heads;
        const auto weight = [&](int key) {
          return static_cast<double>(attention.weight(s, head, i, key));
        };
        scores[at].previous += weight(i - 1);
        scores[at].uniformPrevious += 1 / visible;
        for (const int key : after) scores[at].induction += weight(key);
        scores[at].uniformInduction += static_cast<double>(after.size()) / visible;
      }
    }
  }
  for (HeadScore& score : scores) {
    score.previous /= std::max(previous, 1);
    score.uniformPrevious /= std::max(previous, 1);
    score.induction /= std::max(repeated, 1);
    score.uniformInduction /= std::max(repeated, 1);
  }
  return scores;
}

template <class T>
std::vector<int> Language<T>::continued(const Vector& x, std::vector<int> prompt, int count,
                                        double temperature, Random& random) const {
  std::vector<double> p(static_cast<std::size_t>(setup_.model.vocabulary));
  for (int n = 0; n < count; ++n) {
    Tokens window;
    window.count = 1;
    window.length = std::min(static_cast<int>(prompt.size()), setup_.model.length);
    window.ids.assign(prompt.end() - window.length, prompt.end());
    const Rows<T>& logits = forward(x, window).logits();
    const auto logit = [&](std::size_t i) {
      return static_cast<double>(logits(static_cast<int>(i), window.length - 1));
    };
    std::size_t next = 0;
    for (std::size_t i = 1; i < p.size(); ++i) next = logit(i) > logit(next) ? i : next;
    if (temperature > 0) {
      const double most = logit(next);
      double sum = 0;
      for (std::size_t i = 0; i < p.size(); ++i) {
        sum += p[i] = std::exp((logit(i) - most) / temperature);
      }
      double left = random.uniform() * sum;
      next = 0;
      while (next + 1 < p.size() && left >= p[next]) left -= p[next++];
    }
    prompt.push_back(static_cast<int>(next));
  }
  return {prompt.end() - count, prompt.end()};
}

template LanguageScore crossEntropy(const Rows<float>&, const Columns<float>&, const Batch&,
                                    Rows<float>*);
template LanguageScore crossEntropy(const Rows<double>&, const Columns<double>&, const Batch&,
                                    Rows<double>*);
template class Language<float>;
template class Language<double>;

}  // namespace descent
