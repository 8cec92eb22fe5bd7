#include "attention/self_attention.h"

#include <cmath>
#include <limits>
#include <utility>

namespace descent {
namespace {

// exp of each row over its sum; a row of −∞ alone becomes zeros.
Matrix softmaxOfRows(const Matrix& scores) {
  Matrix a = Matrix::Zero(scores.rows(), scores.cols());
  for (Eigen::Index i = 0; i < a.rows(); ++i) {
    const double largest = scores.row(i).maxCoeff();
    if (!std::isfinite(largest)) continue;
    for (Eigen::Index j = 0; j < a.cols(); ++j) a(i, j) = std::exp(scores(i, j) - largest);
    a.row(i) /= a.row(i).sum();
  }
  return a;
}

}  // namespace

SelfAttention attend(Matrix queries, Matrix keys, Matrix values, const Matrix& output,
                     const SelfAttentionOptions& options) {
  SelfAttention all;
  all.queries = std::move(queries);
  all.keys = std::move(keys);
  all.values = std::move(values);
  const Eigen::Index n = all.queries.cols(), features = all.queries.rows() / options.heads;
  const double divisor =
      (options.scaled ? std::sqrt(static_cast<double>(features)) : 1) * options.temperature;
  all.heads.resize(all.values.rows(), n);
  for (int h = 0; h < options.heads; ++h) {
    const Eigen::Index from = h * features;
    Matrix scores = all.queries.middleRows(from, features).transpose() *
                    all.keys.middleRows(from, features) / divisor;
    for (Eigen::Index i = 0; i < n; ++i) {
      for (Eigen::Index j = 0; j < n; ++j) {
        const bool isHidden =
            !options.hidden.empty() && options.hidden[static_cast<std::size_t>(j)] != 0;
        if (isHidden || (options.causal && j > i)) {
          scores(i, j) = -std::numeric_limits<double>::infinity();
        }
      }
    }
    const Matrix a = softmaxOfRows(scores);
    all.heads.middleRows(from, features) = all.values.middleRows(from, features) * a.transpose();
    all.scores.push_back(scores);
    all.weights.push_back(a);
  }
  all.outputs = output * all.heads;
  return all;
}

SelfAttention selfAttention(const Matrix& x, const Projections& w,
                            const SelfAttentionOptions& options) {
  return attend(w.query * x, w.key * x, w.value * x, w.output, options);
}

Vector entropies(const Matrix& weights) {
  const auto part = [](double a) { return a > 0 ? -a * std::log(a) : 0.0; };
  return weights.unaryExpr(part).rowwise().sum();
}

double equivarianceResidual(const Matrix& x, const Projections& w,
                            const SelfAttentionOptions& options, const std::vector<int>& order) {
  const Matrix before = selfAttention(x(Eigen::all, order), w, options).outputs;
  const Matrix after = selfAttention(x, w, options).outputs(Eigen::all, order);
  return (before - after).lpNorm<Eigen::Infinity>();
}

}  // namespace descent
