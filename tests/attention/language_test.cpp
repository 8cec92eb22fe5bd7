#include "attention/language.h"

#include <algorithm>
#include <cmath>

#include "labs/labs.h"
#include "support/objectives.h"

using namespace descent;

namespace {

constexpr const char* kAdamw =
    "adamw(lr=0.005, beta2=0.99, weightDecay=0.01, schedule=warmup(constant, steps=50))";
constexpr const char* kMuon =
    "muon(lr=0.01, rest=adamw(lr=0.006, beta2=0.99, weightDecay=0.01), "
    "schedule=warmup(constant, steps=50))";

LanguageSetup setupOf(TaskKind kind, int blocks, int mlp) {
  LanguageSetup setup;
  setup.task = *makeTask(kind, 32, 16);
  setup.model.blocks = blocks;
  setup.model.mlp = mlp;
  return setup;
}

Vector trained(const Language<float>& problem, const char* recipe, int steps) {
  const auto optimizer = descent::optimizer(recipe);
  optimizer->reset(problem.layout());
  Vector x = problem.start();
  for (int t = 1; t <= steps; ++t) {
    ObjectiveOracle oracle(problem.at(t));
    optimizer->step(oracle, x, optimizer->rate(t - 1, steps));
  }
  return x;
}

}  // namespace

TEST_CASE("Steps see batches of their own, the same when they come again", "[language]") {
  Language<float> problem(setupOf(TaskKind::kInduction, 1, 0));
  problem.prepare(1);
  const auto first = problem.batchOf(1).tokens.ids;
  const auto second = problem.batchOf(2).tokens.ids;
  CHECK(first != second);
  CHECK(problem.batchOf(1).tokens.ids == first);
  CHECK(problem.evaluation().tokens.ids.size() == 64 * 32);
  CHECK(std::search(problem.evaluation().tokens.ids.begin(), problem.evaluation().tokens.ids.end(),
                    first.begin(), first.begin() + 32) == problem.evaluation().tokens.ids.end());
  problem.prepare(2);
  CHECK(problem.batchOf(1).tokens.ids != first);
  const Vector start = problem.start();
  problem.prepare(1);
  CHECK(problem.batchOf(1).tokens.ids == first);
  CHECK(problem.start() != start);
}

TEST_CASE("At the start every token is about as likely", "[language]") {
  for (const TaskKind kind : {TaskKind::kCopy, TaskKind::kInduction}) {
    Language<float> problem(setupOf(kind, 2, 128));
    problem.prepare(1);
    const LanguageScore score = problem.score(problem.start(), problem.evaluation());
    CHECK(score.loss == Approx(std::log(16)).epsilon(0.02));
    CHECK(score.accuracy < 0.2);
    CHECK(problem.value(problem.start()) == score.loss);
  }
}

TEST_CASE("Cross-entropy and accuracy are those of the places that count", "[language]") {
  Rows<double> logits, d;
  const Columns<double> columns{1, 3};
  logits.resize(2, columns.total());
  Batch batch;
  batch.tokens = {1, 3, {0, 0, 0}};
  batch.targets = {0, 1, 1};
  batch.counts = {1, 0, 1};
  logits(0, 0) = std::log(3);  // p = 3/4
  logits(0, 2) = std::log(4);  // p = 1/5, not the largest
  const LanguageScore score = crossEntropy(logits, columns, batch, &d);
  CHECK(score.loss == Approx((std::log(4.0 / 3) + std::log(5)) / 2));
  CHECK(score.accuracy == 0.5);
  CHECK(d(0, 0) == Approx(-0.125));
  CHECK(d(1, 0) == Approx(0.125));
  CHECK(d(0, 1) == 0);
  CHECK(d(1, 2) == Approx(-0.4));
  for (int i = 0; i < 2; ++i) CHECK(d(i, 3) == 0);
}

TEST_CASE("Head scores of even weights are the uniform ones", "[language]") {
  Language<double> problem(setupOf(TaskKind::kInduction, 1, 0));
  problem.prepare(1);
  Vector x = problem.start();
  for (const Block& block : problem.layout()) {
    if (block.name == "attention1.query") x.segment(block.offset, block.size()).setZero();
  }
  problem.score(x, problem.evaluation());
  for (const HeadScore& head : problem.headScores()) {
    CHECK(head.previous == Approx(head.uniformPrevious));
    CHECK(head.induction == Approx(head.uniformInduction));
    CHECK(head.previous > 0);
    CHECK(head.induction > 0);
  }
}

TEST_CASE("A transformer learns to copy", "[language]") {
  LanguageSetup setup = setupOf(TaskKind::kCopy, 2, 0);
  setup.task = *makeTask(TaskKind::kCopy, 12, 8);
  Language<float> problem(setup);
  problem.prepare(1);
  const Vector x = trained(problem, kAdamw, 150);
  CHECK(problem.score(x, problem.evaluation()).accuracy > 0.95);
  // It continues a question with its answer.
  Random random(1);
  const auto answer = problem.continued(x, {3, 1, 4, 1, 5, 6, 7}, 6, 0, random);
  CHECK(answer == std::vector<int>{3, 1, 4, 1, 5, 6});
}

TEST_CASE("A transformer learns a text by character", "[language]") {
  std::string text;
  for (int i = 0; i < 40; ++i) text += "the cat sat on the mat. ";
  LanguageSetup setup = setupOf(TaskKind::kCopy, 1, 0);
  setup.task = *textTask(text, 16);
  Language<float> problem(setup);
  problem.prepare(1);
  const auto before = problem.heldOut(problem.start());
  const Vector x = trained(problem, kAdamw, 150);
  const auto after = problem.heldOut(x);
  REQUIRE((before && after));
  CHECK(*before > 2);
  CHECK(*after < 0.5);
}

TEST_CASE("Two blocks learn induction by a head for the token before and one for what followed",
          "[language][long]") {
  for (const bool muon : {false, true}) {
    // Muon trains blocks of attention only, AdamW those with an MLP.
    INFO((muon ? kMuon : kAdamw));
    Language<float> problem(setupOf(TaskKind::kInduction, 2, muon ? 0 : 128));
    problem.prepare(1);
    const Vector x = trained(problem, muon ? kMuon : kAdamw, 400);
    CHECK(problem.score(x, problem.evaluation()).accuracy > 0.95);
    const auto heads = problem.headScores();
    const auto most = [&](std::size_t block, auto f) {
      double best = 0;
      for (std::size_t h = 0; h < 4; ++h) best = std::max(best, f(heads[4 * block + h]));
      return best;
    };
    CHECK(most(0, [](const HeadScore& h) { return h.previous / h.uniformPrevious; }) > 3);
    CHECK(most(1, [](const HeadScore& h) { return h.induction / h.uniformInduction; }) > 3);
  }
}

TEST_CASE("One block does not learn induction", "[language][long]") {
  Language<float> problem(setupOf(TaskKind::kInduction, 1, 128));
  problem.prepare(1);
  const Vector x = trained(problem, kAdamw, 600);
  CHECK(problem.score(x, problem.evaluation()).accuracy < 0.3);
}
