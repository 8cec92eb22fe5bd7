#include "labs/attention/dimensions.h"

#include <cmath>

#include "attention/self_attention.h"
#include "descent/random.h"

namespace descent::attention {
namespace {

Matrix normals(Random& random, int rows, int columns) {
  const Vector z = random.normalVector(rows * columns);
  return Eigen::Map<const Matrix>(z.data(), rows, columns);
}

}  // namespace

// Bits, over all rows of kDraws drawings of N(0, I) for queries and keys.
double Dimensions::meanEntropy(int features, bool scaled) const {
  Random random(static_cast<std::uint64_t>(seed_), "queries and keys of a dimension");
  SelfAttentionOptions options;
  options.scaled = scaled;
  options.temperature = temperature_;
  const Matrix none = Matrix::Zero(features, tokens_);
  double sum = 0;
  for (int draw = 0; draw < kDraws; ++draw) {
    const Matrix queries = normals(random, features, tokens_);
    const Matrix keys = normals(random, features, tokens_);
    const auto all = attend(queries, keys, none, Matrix::Zero(1, features), options);
    sum += entropies(all.weights[0]).mean();
  }
  return sum / (kDraws * std::log(2.0));
}

void Dimensions::advance(int units) {
  for (; units > 0 && done_ < total(); --units, ++done_) {
    const int which = done_ / kSizes, features = 1 << (done_ % kSizes);
    rows_.push_back({which,
                     {which == 0 ? "divided by √d" : "as they are", static_cast<double>(features),
                      meanEntropy(features, which == 0)}});
  }
}

Table Dimensions::result() const {
  return {"Entropy of the weights by dimension",
          {{"Scores", ""},
           {"Features d", "Numbers of a query and of a key, each from N(0, 1)."},
           {"Entropy, bits", "Mean over the rows of " + std::to_string(kDraws) + " drawings; " +
                                 std::to_string(tokens_) + " equal weights would have log₂ " +
                                 std::to_string(tokens_) + "."}},
          rows_};
}

}  // namespace descent::attention
