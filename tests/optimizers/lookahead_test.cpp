#include "support/objectives.h"

using namespace descent;

// Throughout, inner SGD at rate 1 on f = x: a fast step takes off 1.

TEST_CASE("Lookahead's slow weights follow the fast ones half of the way", "[lookahead]") {
  // k = 2 from 3: the fast weights go 3 → 2 → 1, the slow ones from 3 half of the way to 1: 2.
  // From there 2 → 1 → 0, half of the way: 1.
  const Linear f{1};
  ObjectiveOracle oracle(f);
  auto lookahead = optimizer("lookahead(sgd(lr=1), k=2, alpha=0.5)");
  lookahead->reset(vectorLayout(1));
  Vector x = vec({3});
  CHECK(lookahead->evaluationPoint(x) == x);
  const double fast[] = {2, 2, 1, 1, 0, 0}, slow[] = {3, 2, 2, 1, 1, 0};
  for (int t = 0; t < 6; ++t) {
    INFO("step " << t + 1);
    lookahead->step(oracle, x, lookahead->rate(t, 6));
    CHECK(x[0] == fast[t]);
    CHECK(lookahead->evaluationPoint(x)[0] == slow[t]);
  }
  CHECK(oracle.counts().gradients == 6);
}

TEST_CASE("Lookahead synchronises every five steps, half of the way, unless told", "[lookahead]") {
  checkSteps("lookahead(sgd(lr=1))", Linear{1}, 10, {9, 8, 7, 6, 7.5, 6.5, 5.5, 4.5, 3.5, 5});
}

TEST_CASE("Lookahead's alpha is the share of the way", "[lookahead]") {
  // k = 2 from 3: 3 − ¼·2 = 2.5, then 2.
  checkSteps("lookahead(sgd(lr=1), k=2, alpha=0.25)", Linear{1}, 3, {2, 2.5, 1.5, 2});
  // The slow weights stay where they began.
  checkSteps("lookahead(sgd(lr=1), k=2, alpha=0)", Linear{1}, 3, {2, 3, 2, 3});
  checkSteps("lookahead(sgd(lr=1), k=1, alpha=0.5)", Linear{1}, 3, {2.5, 2, 1.5});
}

TEST_CASE("The inner optimizer keeps its state when Lookahead synchronises", "[lookahead]") {
  // Momentum β = ½: v = 1, 3/2, 7/4, 15/8. 3 → 2 → ½, slow 3 − 2.5/2 = 1.75;
  // 1.75 → 0 → −1.875, slow 1.75 − 3.625/2 = −0.0625.
  checkSteps("lookahead(momentum(lr=1, beta=0.5), k=2)", Linear{1}, 3, {2, 1.75, 0, -0.0625});
}

TEST_CASE("Lookahead remembers the slow weights beside the inner state", "[lookahead]") {
  const Linear f{1};
  ObjectiveOracle oracle(f);
  auto lookahead = optimizer("lookahead(momentum(lr=1, beta=0.5), k=2)");
  path(*lookahead, oracle, vec({3}), 2);
  const auto memory = lookahead->memory();
  REQUIRE(memory.size() == 2);
  CHECK((*memory[0].values)[0] == 1.5);
  CHECK((*memory[1].values)[0] == 1.75);
}

TEST_CASE("Lookahead runs at its inner optimizer's rate", "[lookahead]") {
  // Factors ½, 1, 1, 1: 3 → 2.5 → 1.5, slow 2.25 → 1.25 → 0.25, slow 1.25.
  checkSteps("lookahead(sgd(lr=1, schedule=warmup(constant, steps=2)), k=2)", Linear{1}, 3,
             {2.5, 2.25, 1.25, 1.25});
}

TEST_CASE("A reset in the middle of Lookahead's round begins a new one", "[lookahead]") {
  const Linear f{1};
  ObjectiveOracle oracle(f);
  auto lookahead = optimizer("lookahead(sgd(lr=1), k=3)");
  const auto first = path(*lookahead, oracle, vec({3}), 4);
  CHECK(path(*lookahead, oracle, vec({3}), 4) == first);
  // Also from another start: 10 → 9 → 8 → slow 10 − 3/2.
  CHECK(path(*lookahead, oracle, vec({10}), 3)[3][0] == 8.5);
}

TEST_CASE("A copy in the middle of Lookahead's round goes on alike", "[lookahead]") {
  const Linear f{1};
  ObjectiveOracle oracle(f);
  auto lookahead = optimizer("lookahead(momentum(lr=1), k=3)");
  Vector x = path(*lookahead, oracle, vec({3}), 2).back(), y = x;
  const auto copy = lookahead->clone();
  for (int t = 0; t < 5; ++t) {
    lookahead->step(oracle, x, 1);
    copy->step(oracle, y, 1);
    CHECK(x == y);
    CHECK(lookahead->evaluationPoint(x) == copy->evaluationPoint(y));
  }
}
