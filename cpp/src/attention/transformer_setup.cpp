#include "attention/transformer_setup.h"

#include <cmath>

namespace descent {
namespace {

using Index = Eigen::Index;

// f(name, role, rows, cols, the place to fill) for every block, in order.
template <class F>
void forBlocks(const TransformerSetup& s, TransformerPlaces& places, F f) {
  const auto norm = [&](const std::string& name, Index& gamma, Index& beta) {
    f(name + ".gamma", Role::kVector, s.width, 1, gamma);
    if (s.norm == NormKind::kLayer) f(name + ".beta", Role::kVector, s.width, 1, beta);
  };
  const auto matrix = [&](const std::string& name, int rows, int cols, Index& weight, Index& bias) {
    f(name, Role::kHiddenMatrix, rows, cols, weight);
    if (s.bias) f(name + "-bias", Role::kVector, rows, 1, bias);
  };
  f("embedding", Role::kEmbedding, s.width, s.vocabulary, places.embedding);
  if (s.positions == Positions::kLearned) {
    f("positions", Role::kEmbedding, s.width, s.length, places.positions);
  }
  for (int l = 1; l <= s.blocks; ++l) {
    TransformerBlockPlace& at = places.blocks.emplace_back();
    const std::string attention = "attention" + std::to_string(l), mlp = "mlp" + std::to_string(l);
    norm(attention, at.attentionGamma, at.attentionBeta);
    matrix(attention + ".query", s.width, s.width, at.attention.query, at.attention.queryBias);
    matrix(attention + ".key", s.width, s.width, at.attention.key, at.attention.keyBias);
    matrix(attention + ".value", s.width, s.width, at.attention.value, at.attention.valueBias);
    matrix(attention + ".output", s.width, s.width, at.attention.output, at.attention.outputBias);
    if (s.mlp == 0) continue;
    norm(mlp, at.mlpGamma, at.mlpBeta);
    matrix(mlp + ".up", s.mlp, s.width, at.up, at.upBias);
    matrix(mlp + ".down", s.width, s.mlp, at.down, at.downBias);
  }
  norm("final", places.gamma, places.beta);
  if (!s.tied) f("head", Role::kHead, s.vocabulary, s.width, places.head);
}

}  // namespace

Result<void> check(const TransformerSetup& s) {
  const auto atLeast = [](const char* name, int value, int least) -> Result<void> {
    if (value >= least) return {};
    return Error{std::string("a transformer's ") + name + " must be at least " +
                 std::to_string(least) + ", got " + std::to_string(value)};
  };
  for (const auto& result : {atLeast("vocabulary", s.vocabulary, 1), atLeast("length", s.length, 1),
                             atLeast("width", s.width, 1), atLeast("heads", s.heads, 1),
                             atLeast("blocks", s.blocks, 0), atLeast("mlp", s.mlp, 0)}) {
    if (!result) return result;
  }
  if (s.width % s.heads != 0) {
    return Error{"a transformer's heads must divide its width, got " + std::to_string(s.heads) +
                 " heads and width " + std::to_string(s.width)};
  }
  return {};
}

Layout layoutOf(const TransformerSetup& setup) {
  Layout layout;
  TransformerPlaces places;
  Index offset = 0;
  forBlocks(setup, places, [&](const std::string& name, Role role, int rows, int cols, Index&) {
    layout.push_back({name, role, offset, rows, cols});
    offset += layout.back().size();
  });
  return layout;
}

TransformerPlaces placesOf(const TransformerSetup& setup) {
  TransformerPlaces places;
  Index offset = 0;
  forBlocks(setup, places, [&](const std::string&, Role, int rows, int cols, Index& place) {
    place = offset;
    offset += static_cast<Index>(rows) * cols;
  });
  return places;
}

Vector initialParameters(const TransformerSetup& setup, Random& random) {
  const Layout layout = layoutOf(setup);
  const int branches = setup.blocks * (setup.mlp > 0 ? 2 : 1);
  Vector x = Vector::Zero(parameterCount(layout));
  for (const Block& block : layout) {
    auto entries = x.segment(block.offset, block.size());
    if (block.role == Role::kVector) {
      if (block.name.ends_with(".gamma")) entries.setOnes();
      continue;
    }
    double deviation = kHeadDeviation;
    if (block.role == Role::kEmbedding) deviation = 1 / std::sqrt(static_cast<double>(setup.width));
    if (block.role == Role::kHiddenMatrix) {
      deviation = kHiddenGain / std::sqrt(static_cast<double>(block.cols));
      if (block.name.ends_with(".output") || block.name.ends_with(".down")) {
        deviation /= std::sqrt(static_cast<double>(branches));
      }
    }
    for (double& entry : entries) entry = deviation * random.normal();
  }
  return x;
}

}  // namespace descent
