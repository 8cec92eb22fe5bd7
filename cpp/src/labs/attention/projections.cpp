#include "labs/attention/projections.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "descent/random.h"
#include "numerics/jacobi.h"
#include "numerics/products.h"

namespace descent::attention {
namespace {

Matrix normalMatrix(Random& random, Eigen::Index rows, Eigen::Index columns, double variance) {
  const Vector z = std::sqrt(variance) * random.normalVector(rows * columns);
  return Eigen::Map<const Matrix>(z.data(), rows, columns);
}

// X⁺, where singular values below rounding count as none.
Matrix pseudoInverse(const Matrix& x) {
  constexpr double kRounding = 1e-10;
  const SingularValues svd = singularValues(x);
  const Vector inverse =
      svd.values.unaryExpr([&](double s) { return s > kRounding * svd.values[0] ? 1 / s : 0.0; });
  return timesTranspose(svd.v * inverse.asDiagonal(), svd.u);
}

// The codes that token i of a head should look for, by their tokens. A word has one code wherever
// it stands: that of its first token.
std::vector<std::size_t> targetsOf(Aim aim, std::size_t i, const std::vector<std::string>& words,
                                   const std::vector<Link>& links) {
  if (aim == Aim::kPrevious) return {i > 0 ? i - 1 : 0};
  std::vector<std::size_t> targets;
  for (std::size_t j = 0; j < words.size(); ++j) {
    if (aim == Aim::kSame && words[j] == words[i]) return {j};
    const bool isLinked = std::any_of(links.begin(), links.end(), [&](const Link& link) {
      return link.from == words[i] && link.to == words[j];
    });
    if (aim == Aim::kLinked && isLinked) targets.push_back(j);
  }
  return targets;
}

}  // namespace

const char* nameOf(Aim aim, const std::vector<std::string>& words, const std::vector<Link>& links) {
  constexpr std::array kNames = {"linked word", "word before", "equal words"};
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (!targetsOf(aim, i, words, links).empty()) return kNames[static_cast<std::size_t>(aim)];
  }
  return "drawn";
}

Matrix embeddings(const std::vector<std::string>& words, int width, std::uint64_t seed) {
  Matrix x(width, static_cast<Eigen::Index>(words.size()));
  for (std::size_t i = 0; i < words.size(); ++i) {
    // By the word, so that it has the same wherever it stands.
    Random random(seed, "embedding of the word " + words[i]);
    x.col(static_cast<Eigen::Index>(i)) = random.normalVector(width);
  }
  return x;
}

Matrix normalised(Matrix x) {
  const double size = std::sqrt(static_cast<double>(x.rows()));
  for (Eigen::Index i = 0; i < x.cols(); ++i) x.col(i) *= size / x.col(i).norm();
  return x;
}

Projections drawProjections(const Shape& shape, std::uint64_t seed) {
  Random random(seed, "attention projections");
  const int all = shape.heads * shape.features;
  const double variance = 1.0 / shape.width;
  Projections w;
  w.query = normalMatrix(random, all, shape.width, variance);
  w.key = normalMatrix(random, all, shape.width, variance);
  w.value = normalMatrix(random, all, shape.width, variance);
  w.output = normalMatrix(random, shape.width, all, 1.0 / all);
  return w;
}

void fitProjections(Projections& w, const Shape& shape, const Matrix& x,
                    const std::vector<std::string>& words, const std::vector<Link>& links,
                    std::uint64_t seed) {
  const Matrix inverse = pseudoInverse(x);
  const Eigen::Index d = shape.features, n = x.cols();
  Random random(seed, "codes of fitted heads");
  for (int h = 0; h < shape.heads; ++h) {
    const Aim aim = aimOf(static_cast<std::size_t>(h));
    Matrix codes = normalMatrix(random, d, n, 1), queries = normalMatrix(random, d, n, 1);
    if (aim == Aim::kNothing) continue;
    codes = normalised(std::move(codes));
    for (Eigen::Index i = 0; i < n; ++i) {
      const auto targets = targetsOf(aim, static_cast<std::size_t>(i), words, links);
      if (targets.empty()) continue;
      if (aim == Aim::kSame) codes.col(i) = codes.col(static_cast<Eigen::Index>(targets[0]));
      queries.col(i).setZero();
      for (const std::size_t j : targets) queries.col(i) += codes.col(static_cast<Eigen::Index>(j));
      queries.col(i) *= kStrength / std::sqrt(static_cast<double>(d));
    }
    w.key.middleRows(h * d, d) = times(codes, inverse);
    w.query.middleRows(h * d, d) = times(queries, inverse);
  }
}

}  // namespace descent::attention
