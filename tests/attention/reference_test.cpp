// Attention and small transformers against PyTorch's in double precision: see
// tests/reference/README.md, attention.py there for the formulas of data and parameters.
#include <cstdint>
#include <fstream>
#include <nlohmann/json.hpp>

#include "attention/language.h"
#include "attention/self_attention.h"
#include "support/catch.h"

using namespace descent;
using Json = nlohmann::json;

namespace {

// A permutation of [−1, 1] in steps of 1/506 for each stream.
double number(Eigen::Index i, int stream) {
  const std::int64_t k = i + 10 + 137 * stream;
  return static_cast<double>(k * k * k % 1013) / 506 - 1;
}
Vector numbers(Eigen::Index n, int stream) {
  return Vector::NullaryExpr(n, [&](Eigen::Index i) { return number(i, stream); });
}
enum Stream { kParameters, kInputs, kTargets, kV, kW };

// f(row) for every row of a kind.
template <class F>
void forEvery(const char* kind, int cases, F f) {
  std::ifstream file(std::string(DESCENT_REFERENCE) + "/attention.json");
  REQUIRE(file);
  int seen = 0;
  const Json data = Json::parse(file);
  for (const Json& row : data["rows"]) {
    if (row["kind"] != kind) continue;
    INFO(row["name"].get<std::string>());
    f(row);
    ++seen;
  }
  CHECK(seen == cases);
}

template <class Enum>
Enum choice(std::initializer_list<const char*> names, const std::string& name) {
  const auto found = std::find(names.begin(), names.end(), name);
  REQUIRE(found != names.end());
  return static_cast<Enum>(found - names.begin());
}

// Parameters of multi-head attention alone, in order.
struct Case {
  explicit Case(const Json& row) {
    setup.width = row["width"];
    setup.heads = row["heads"];
    setup.bias = row["bias"];
    setup.causal = row["causal"];
    padding = row["padding"];
    count = row["sequences"];
    length = row["length"];
    Eigen::Index n = 0;
    const auto add = [&](Eigen::Index& weight, Eigen::Index& bias) {
      weight = n;
      n += setup.width * setup.width;
      if (setup.bias) bias = n, n += setup.width;
    };
    add(place.query, place.queryBias);
    add(place.key, place.keyBias);
    add(place.value, place.valueBias);
    add(place.output, place.outputBias);
    theta = 0.7 * numbers(n, kParameters);
  }
  bool isHidden(int sequence, int t) const {
    return sequence == count - 1 && t >= length - padding;
  }
  // Feature i of token t.
  double feature(int sequence, int t, int i, Stream stream) const {
    return number((static_cast<Eigen::Index>(sequence) * length + t) * setup.width + i, stream);
  }

  AttentionSetup setup;
  AttentionPlace place;
  int padding, count, length;
  Vector theta;
};

double entry(const Json& all, int i) { return all[static_cast<std::size_t>(i)]; }

template <class T>
double multiheadDifference(const Json& row) {
  const Case one(row);
  const int d = one.setup.width;
  const Columns<T> columns{one.count, one.length};
  const Eigen::Matrix<T, Eigen::Dynamic, 1> theta = one.theta.cast<T>();
  Eigen::Matrix<T, Eigen::Dynamic, 1> gradient = theta;
  gradient.setZero();
  Rows<T> x, dy, dx;
  x.resize(d, columns.total());
  dy.resize(d, columns.total());
  std::vector<char> hidden(static_cast<std::size_t>(columns.total()));
  const auto forAll = [&](auto f) {
    for (int s = 0, k = 0; s < one.count; ++s) {
      for (int t = 0; t < one.length; ++t) {
        for (int i = 0; i < d; ++i) f(s, t, i, columns(s, t), k++);
      }
    }
  };
  forAll([&](int s, int t, int i, int j, int) {
    x(i, j) = static_cast<T>(one.feature(s, t, i, kInputs));
    dy(i, j) = static_cast<T>(one.feature(s, t, i, kTargets));
    hidden[static_cast<std::size_t>(j)] = one.isHidden(s, t);
  });
  MultiHeadAttention<T> attention(one.setup, one.place);
  const Rows<T>& y = attention.forward(theta.data(), x, columns, hidden);
  attention.backward(theta.data(), x, dy, gradient.data(), dx);

  double most = 0;
  const auto compare = [&](T found, const Json& expected, int at) {
    most = std::max(most, std::abs(static_cast<double>(found) - entry(expected, at)));
  };
  forAll([&](int, int, int i, int j, int k) {
    compare(y(i, j), row["outputs"], k);
    compare(dx(i, j), row["inputGradient"], k);
  });
  int k = 0;
  for (int s = 0; s < one.count; ++s) {
    for (int h = 0; h < one.setup.heads; ++h) {
      for (int i = 0; i < one.length; ++i) {
        for (int j = 0; j < one.length; ++j) {
          compare(attention.weight(s, h, i, j), row["weights"], k++);
        }
      }
    }
  }
  REQUIRE(k == static_cast<int>(row["weights"].size()));
  REQUIRE(gradient.size() == static_cast<Eigen::Index>(row["gradient"].size()));
  for (int i = 0; i < static_cast<int>(gradient.size()); ++i) {
    compare(gradient[i], row["gradient"], i);
  }
  return most;
}

struct Model {
  explicit Model(const Json& row) {
    setup.vocabulary = row["vocabulary"];
    setup.length = row["length"];
    setup.width = row["width"];
    setup.heads = row["heads"];
    setup.blocks = row["blocks"];
    setup.mlp = row["mlp"];
    setup.activation = choice<Activation>(kActivations, row["activation"]);
    setup.norm = choice<NormKind>(kNorms, row["norm"]);
    setup.positions = choice<Positions>(kPositions, row["positions"]);
    setup.tied = row["tied"];
    setup.bias = row["bias"];
    setup.causal = row["causal"];
    const int count = row["sequences"], padding = row["padding"], vocabulary = setup.vocabulary;
    batch.tokens.count = count;
    batch.tokens.length = setup.length - 1;
    for (int s = 0; s < count; ++s) {
      for (int t = 0; t < batch.tokens.length; ++t) {
        const bool isHidden = s == count - 1 && t >= batch.tokens.length - padding;
        batch.tokens.ids.push_back(isHidden ? kPadding
                                            : (7 * s + t * t + 3 * (t % 4)) % vocabulary);
        batch.targets.push_back((3 * s + 5 * t) % vocabulary);
        batch.counts.push_back((s + t) % 3 != 0 && !isHidden);
      }
    }
    const Layout layout = layoutOf(setup);
    theta = 0.7 * numbers(parameterCount(layout), kParameters);
    for (const Block& block : layout) {
      if (block.name.ends_with("gamma")) {
        theta.segment(block.offset, block.size()).array() += 1;
      }
    }
  }

  TransformerSetup setup;
  Batch batch;
  Vector theta;
};

// Largest difference, of the gradient relative to its length.
template <class T>
double transformerDifference(const Json& row) {
  const Model one(row);
  Transformer<T> transformer(one.setup);
  const Eigen::Matrix<T, Eigen::Dynamic, 1> theta = one.theta.cast<T>();
  Eigen::Matrix<T, Eigen::Dynamic, 1> gradient = theta;
  Rows<T> d;
  const Rows<T>& logits = transformer.forward(theta.data(), one.batch.tokens);
  const double loss = crossEntropy(logits, transformer.columns(), one.batch, &d).loss;
  transformer.backward(theta.data(), d, gradient.data());

  double most = std::abs(loss - row["loss"].get<double>());
  int k = 0;
  for (int s = 0; s < one.batch.tokens.count; ++s) {
    for (int t = 0; t < one.batch.tokens.length; ++t) {
      if (one.batch.tokens(s, t) == kPadding) continue;
      for (int i = 0; i < one.setup.vocabulary; ++i) {
        const double found = static_cast<double>(logits(i, transformer.columns()(s, t)));
        most = std::max(most, std::abs(found - entry(row["logits"], k++)));
      }
    }
  }
  REQUIRE(k == static_cast<int>(row["logits"].size()));
  const Vector g = gradient.template cast<double>();
  const Vector v = numbers(g.size(), kV), w = numbers(g.size(), kW);
  const Json& expected = row["gradient"];
  const double length = expected[0];
  for (const double apart : {g.norm() - length, (g.dot(v) - entry(expected, 1)) / v.norm(),
                             (g.dot(w) - entry(expected, 2)) / w.norm()}) {
    most = std::max(most, std::isfinite(apart) ? std::abs(apart) / length : HUGE_VAL);
  }
  return most;
}

}  // namespace

TEST_CASE("Outputs, weights and gradients of multi-head attention are PyTorch's",
          "[attention][reference]") {
  forEvery("attention", 16, [](const Json& row) {
    CHECK(multiheadDifference<double>(row) <= row["tolerance"].get<double>());
    CHECK(multiheadDifference<float>(row) <= 1e-5);
  });
}

TEST_CASE("Self-attention shown step by step has PyTorch's outputs and weights",
          "[attention][reference]") {
  forEvery("attention", 16, [](const Json& row) {
    const Case one(row);
    if (one.setup.bias) return;
    const int d = one.setup.width, n = one.length;
    const auto matrix = [&](Eigen::Index at) {
      return Matrix(Eigen::Map<const Matrix>(one.theta.data() + at, d, d));
    };
    const Projections w{matrix(one.place.query), matrix(one.place.key), matrix(one.place.value),
                        matrix(one.place.output)};
    SelfAttentionOptions options;
    options.heads = one.setup.heads;
    options.causal = one.setup.causal;
    for (int s = 0; s < one.count; ++s) {
      const Matrix x = Matrix::NullaryExpr(d, n, [&](Eigen::Index i, Eigen::Index t) {
        return one.feature(s, static_cast<int>(t), static_cast<int>(i), kInputs);
      });
      options.hidden.clear();
      for (int t = 0; t < n; ++t) options.hidden.push_back(one.isHidden(s, t));
      const SelfAttention found = selfAttention(x, w, options);
      double most = 0;
      for (int t = 0; t < n; ++t) {
        for (int i = 0; i < d; ++i) {
          const double expected = entry(row["outputs"], (s * n + t) * d + i);
          most = std::max(most, std::abs(found.outputs(i, t) - expected));
        }
      }
      for (int h = 0; h < options.heads; ++h) {
        for (int i = 0; i < n; ++i) {
          for (int j = 0; j < n; ++j) {
            const double expected =
                entry(row["weights"], ((s * options.heads + h) * n + i) * n + j);
            const Matrix& weights = found.weights[static_cast<std::size_t>(h)];
            most = std::max(most, std::abs(weights(i, j) - expected));
          }
        }
      }
      CHECK(most <= row["tolerance"].get<double>());
    }
  });
}

TEST_CASE("Loss, logits and gradient of every kind of small transformer are PyTorch's",
          "[attention][reference]") {
  forEvery("transformer", 9, [](const Json& row) {
    CHECK(transformerDifference<double>(row) <= row["tolerance"].get<double>());
    CHECK(transformerDifference<float>(row) <= 1e-4);
  });
}
