#include "attention/transformer.h"

#include <cmath>
#include <set>

#include "attention/language.h"
#include "contract/derivatives.h"

using namespace descent;

namespace {

LanguageSetup smallSetup(TaskKind kind = TaskKind::kInduction, int length = 8) {
  LanguageSetup setup;
  setup.task = *makeTask(kind, length, 6);
  setup.model.width = 6;
  setup.model.heads = 3;
  setup.model.mlp = 5;
  setup.batch = 3;
  setup.evaluation = 4;
  return setup;
}

Vector drawParameters(Eigen::Index n) {
  Random random(4);
  return 0.7 * random.normalVector(n);
}

// Every entry of the gradient within 1e-6 of a central difference.
void checkGradient(const LanguageSetup& setup) {
  Language<double> problem(setup);
  problem.prepare(1);  // which puts no ReLU within a difference of its kink
  const Vector x = drawParameters(problem.dimension());
  Vector g;
  const double value = problem.at(1).valueAndGradient(x, g);
  CHECK(value == problem.at(1).value(x));
  for (const Block& block : problem.layout()) {
    INFO(block.name);
    double most = 0;
    for (Eigen::Index i = block.offset; i < block.offset + block.size(); ++i) {
      const auto at = [&](const Vector& moved) { return problem.at(1).value(moved); };
      most = std::max(most, std::abs(centralDifference(at, x, i) - g[i]));
    }
    CHECK(most < 1e-6);
  }
}

}  // namespace

TEST_CASE("The gradient of every part of a transformer is that of differences", "[transformer]") {
  for (const Positions positions :
       {Positions::kLearned, Positions::kSinusoidal, Positions::kNone}) {
    for (const NormKind norm : {NormKind::kLayer, NormKind::kRms}) {
      LanguageSetup setup = smallSetup(TaskKind::kInduction, positions == Positions::kNone ? 7 : 8);
      setup.model.positions = positions;
      setup.model.norm = norm;
      setup.model.activation = Activation::kGelu;
      setup.model.bias = norm == NormKind::kLayer;
      setup.model.tied = positions == Positions::kSinusoidal;
      setup.model.causal = positions != Positions::kNone;
      checkGradient(setup);
    }
  }
  LanguageSetup setup = smallSetup(TaskKind::kSort);
  checkGradient(setup);
  setup.model.mlp = 0;
  checkGradient(setup);
  setup.model.blocks = 0;
  checkGradient(setup);
}

TEST_CASE("Blocks of parameters are named, in order, without gaps", "[transformer]") {
  TransformerSetup setup;
  setup.blocks = 1;
  setup.norm = NormKind::kLayer;
  setup.bias = true;
  std::vector<std::string> names;
  Eigen::Index offset = 0;
  for (const Block& block : layoutOf(setup)) {
    names.push_back(block.name);
    CHECK(block.offset == offset);
    offset += block.size();
    const bool matrix = block.cols > 1;
    CHECK((block.role == Role::kVector) == !matrix);
    CHECK((block.role == Role::kHead) == (block.name == "head"));
    CHECK((block.role == Role::kEmbedding) ==
          (block.name == "embedding" || block.name == "positions"));
  }
  CHECK(names == std::vector<std::string>{"embedding",
                                          "positions",
                                          "attention1.gamma",
                                          "attention1.beta",
                                          "attention1.query",
                                          "attention1.query-bias",
                                          "attention1.key",
                                          "attention1.key-bias",
                                          "attention1.value",
                                          "attention1.value-bias",
                                          "attention1.output",
                                          "attention1.output-bias",
                                          "mlp1.gamma",
                                          "mlp1.beta",
                                          "mlp1.up",
                                          "mlp1.up-bias",
                                          "mlp1.down",
                                          "mlp1.down-bias",
                                          "final.gamma",
                                          "final.beta",
                                          "head"});
  // Two blocks of width 32 with an MLP of 128, as it comes.
  CHECK(parameterCount(layoutOf({})) == 26784);
}

TEST_CASE("A causal transformer does not see what comes later, one that is not does",
          "[transformer]") {
  for (const bool causal : {true, false}) {
    LanguageSetup setup = smallSetup();
    setup.model.causal = causal;
    Language<double> problem(setup);
    const Vector x = drawParameters(problem.dimension());
    Tokens tokens{1, 8, {0, 1, 2, 3, 0, 1, 2, 3}};
    const Rows<double> before = problem.forward(x, tokens).logits();
    tokens.ids[5] = 4;
    const Rows<double> after = problem.forward(x, tokens).logits();
    for (int t = 0; t < 8; ++t) {
      INFO(t);
      CHECK((before.flat() == after.flat()).all() == false);
      const bool same = before(0, t) == after(0, t);
      CHECK(same == (causal && t < 5));
    }
  }
}

TEST_CASE("Sequences of a batch do not see each other, nor padding", "[transformer]") {
  for (const bool causal : {true, false}) {
    LanguageSetup setup = smallSetup();
    setup.model.causal = causal;
    Language<float> problem(setup);
    const Vector x = drawParameters(problem.dimension());
    const Tokens alone{1, 5, {2, 0, 1, 3, 3}};
    const Tokens both{2, 7, {5, 4, 3, 2, 1, 0, 1, 2, 0, 1, 3, 3, kPadding, kPadding}};
    const Rows<float> short_ = problem.forward(x, alone).logits();
    const auto& transformer = problem.forward(x, both);
    for (int t = 0; t < 5; ++t) {
      for (int i = 0; i < 6; ++i) {
        CHECK(transformer.logits()(i, transformer.columns()(1, t)) ==
              Approx(short_(i, t)).epsilon(1e-5));
      }
      CHECK(transformer.attention(1).weight(1, 2, t, 5) == 0);
    }
  }
}

TEST_CASE("Of any pass the weights of a query sum to one and see no later key", "[transformer]") {
  LanguageSetup setup = smallSetup();
  Language<float> problem(setup);
  const Vector x = drawParameters(problem.dimension());
  // Long, then short, then long: nothing is left over.
  for (const int length : {8, 3, 7}) {
    Tokens tokens{2, length, {}};
    for (int i = 0; i < 2 * length; ++i) tokens.ids.push_back(i % 5);
    const auto& transformer = problem.forward(x, tokens);
    for (int s = 0; s < 2; ++s) {
      for (int i = 0; i < length; ++i) {
        float sum = 0;
        for (int j = 0; j < length; ++j) {
          const float weight = transformer.attention(0).weight(s, 1, i, j);
          CHECK((j > i ? weight == 0 : weight > 0));
          sum += weight;
        }
        CHECK(sum == Approx(1).epsilon(1e-6));
      }
    }
  }
}

TEST_CASE("A transformer that diverges says so", "[transformer]") {
  Language<float> problem(smallSetup());
  Vector x = drawParameters(problem.dimension());
  for (const Block& block : problem.layout()) {
    if (block.name == "attention1.query") x[block.offset] = NAN;
  }
  Vector g;
  CHECK_FALSE(std::isfinite(problem.at(1).valueAndGradient(x, g)));
}

TEST_CASE("Transformers that cannot be are named", "[transformer]") {
  CHECK(check({}));
  TransformerSetup setup;
  setup.heads = 5;
  REQUIRE_FALSE(check(setup));
  CHECK(check(setup).error().message ==
        "a transformer's heads must divide its width, got 5 heads and width 32");
  setup.heads = 0;
  REQUIRE_FALSE(check(setup));
  CHECK(check(setup).error().message == "a transformer's heads must be at least 1, got 0");
}
