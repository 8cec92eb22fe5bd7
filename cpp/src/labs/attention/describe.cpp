// Attention: one layer of it on a sentence that the user types, with every number on the way, and
// what order means to it.
#include <algorithm>
#include <cmath>

#include "descent/finished.h"
#include "labs/attention/lab.h"

namespace descent::attention {
namespace {

// Of a matrix at (i, j), or of all heads' weights at (h, i, j).
double entryOf(const Finished& run, const char* channel, std::size_t i, std::size_t j,
               std::size_t h = 0) {
  const Array a = *run.session().read(channel);
  const auto columns = static_cast<std::size_t>(a.shape.back());
  const auto rows = static_cast<std::size_t>(a.shape[a.shape.size() - 2]);
  return a.data[(h * rows + i) * columns + j];
}
double weightOf(const Finished& run, std::size_t h, std::size_t i, std::size_t j) {
  return entryOf(run, "heads", i, j, h);
}

bool holds(const Finished& run, const char* quantity) {
  return run.reading(quantity, 0)->verdict() == Verdict::kHolds;
}

bool looksBefore(const Finished& run, std::size_t h) {
  for (std::size_t i = 1; i < 10; ++i) {
    if (!(weightOf(run, h, i, i - 1) > 0.4)) return false;
  }
  return true;
}

// By how much the last token's weights differ in the two of eight heads where they are most alike,
// as a share of all weight.
double leastApart(const Finished& run) {
  double least = 1;
  for (std::size_t a = 0; a < 8; ++a) {
    for (std::size_t b = 0; b < a; ++b) {
      double apart = 0;
      for (std::size_t j = 0; j < 10; ++j) {
        apart += std::abs(weightOf(run, a, 9, j) - weightOf(run, b, 9, j)) / 2;
      }
      least = std::min(least, apart);
    }
  }
  return least;
}

// The largest weight of the second token beside those of the two that it looks at, 0 and 4.
double largestOther(const Finished& run) {
  double most = 0;
  for (const std::size_t j : {1, 2, 3, 5, 6, 7, 8, 9}) {
    most = std::max(most, entryOf(run, "weights", 1, j));
  }
  return most;
}

}  // namespace
}  // namespace descent::attention

namespace descent {

void register_attention(Catalogue& catalogue) {
  using namespace attention;
  catalogue.add(
      Describe<AttentionLab>("attention", "Attention")
          .sentence(
              "Every token asks all others and takes a weighted sum of what they hold: whom it "
              "asks, and what it gets.")
          .knob("temperature", &AttentionLab::temperature, 0.01, 100,
                "Divides the scores: small ones let the largest win, large ones make all weights "
                "equal.")
          .as("Temperature")
          .usual(0.1, 10, Scale::kLog)
          .fixed()
          .flag("scaled", &AttentionLab::scaled, "Divide the scores by √d.")
          .as("Scale by 1/√d")
          .fixed()
          .flag("causal", &AttentionLab::causal, "No token sees what comes after it.")
          .as("Causal mask")
          .fixed()
          .flag("positions", &AttentionLab::positions,
                "Add the sines and cosines of its place to every token.")
          .as("Positions")
          .fixed()
          .text("tokens", &AttentionLab::tokens, &AttentionLab::setTokens,
                "The sentence: 2 to 16 words between spaces. Equal words get equal vectors.")
          .as("Tokens")
          .fixed()
          .knob("heads", &AttentionLab::heads, 1, 8, "Heads that attend side by side.")
          .as("Heads", "H")
          .fixed()
          .knob("head", &AttentionLab::head, 1, 8,
                "Head that is shown; the last where there are fewer.")
          .as("Head shown")
          .fixed()
          .knob("features", &AttentionLab::features, 1, 64,
                "Numbers of a query, a key and a value in each head.")
          .as("Features", "d")
          .usual(1, 64, Scale::kLog)
          .fixed()
          .knob("width", &AttentionLab::width, 2, 32, "Numbers of a token.")
          .as("Width", "w")
          .fixed()
          .knob("padding", &AttentionLab::padding, 0, 14,
                "Tokens that only fill up the sequence: no query sees them.")
          .as("Padding")
          .usual(0, 6)
          .fixed()
          .choice("projections", &AttentionLab::source, {"fitted", "random"},
                  "Solved for this sentence, so that heads in turn look at linked words, the word "
                  "before, equal words, and nothing in particular; or all drawn at random.")
          .as("Projections")
          .fixed()
          .text("links", &AttentionLab::links, &AttentionLab::setLinks,
                "Who looks at whom in a fitted head for linked words, as in it>ball, it>valley.")
          .as("Links")
          .fixed()
          .text("edits", &AttentionLab::edits, &AttentionLab::setEdits,
                "Entries set by hand, as in Wq(1,2)=0.5; K(3,1)=-1: row and column of Wq, Wk, Wv, "
                "Wo, "
                "or feature and token of Q, K, V.")
          .as("Entries set by hand")
          .fixed()
          .knob("seed", &AttentionLab::seed, 0, 999999,
                "Draws the words' vectors, the projections and the shuffling.")
          .as("Seed")
          .fixed()
          .preset("heads", "Four heads, four habits",
                  "One head links “it” to what it stands for, one looks at the word before, one at "
                  "equal words, and one was drawn at random.",
                  "t=7")
          .shows("the first head links it to the ball with more than 0.6 of the weight",
                 [](const Finished& run) { return weightOf(run, 0, 7, 1) > 0.6; })
          .shows("the second gives the word before more than 0.4",
                 [](const Finished& run) { return looksBefore(run, 1); })
          .shows("the third looks at both words “the” alike",
                 [](const Finished& run) {
                   return weightOf(run, 2, 4, 0) > 0.3 &&
                          std::abs(weightOf(run, 2, 4, 0) - weightOf(run, 2, 4, 4)) < 1e-9;
                 })
          .preset("unscaled", "Without 1/√d",
                  "Scores of 64 random products have a standard deviation of 8: nearly all weight "
                  "falls on one token. Divide by √d and it spreads out again.",
                  "projections=random&heads=1&features=64&scaled=off&causal=off&positions=off&t=3")
          .shows("the mean entropy is below 1 bit",
                 [](const Finished& run) { return run.cell("Heads", 0, "Entropy, bits") < 1; })
          .preset("temperature", "A hot softmax",
                  "At temperature 5 the same scores hardly tell the tokens apart; at 0.1 only the "
                  "largest counts.",
                  "temperature=5&causal=off&t=7")
          .shows("the mean entropy is above 0.9 of log₂ 10",
                 [](const Finished& run) {
                   return run.cell("Heads", 0, "Entropy, bits") > 0.9 * std::log2(10);
                 })
          .preset("orderless", "A bag of words",
                  "Without positions and mask the order of the words means nothing: shuffle the "
                  "tokens, and the outputs are shuffled alike, to rounding.",
                  "projections=random&causal=off&positions=off&t=1")
          .shows(
              "shuffled tokens give the same outputs, shuffled, and the same mean",
              [](const Finished& run) { return holds(run, "|f(PX)") && holds(run, "mean output"); })
          .preset(
              "causal", "A mask knows the order",
              "No positions, but each token sees only what came before: now a shuffled sentence "
              "gives other outputs.",
              "projections=random&positions=off&t=7")
          .shows("shuffled tokens give other outputs",
                 [](const Finished& run) { return run.measured("the same, as set", 0) > 0.01; })
          .preset(
              "positions", "So do positions",
              "No mask, but sines and cosines of the place: equal words differ, and the residual "
              "is no longer rounding.",
              "projections=random&causal=off&t=4")
          .shows("shuffled tokens give other outputs, and so do equal words",
                 [](const Finished& run) {
                   return run.measured("the same, as set", 0) > 0.01 &&
                          run.measured("equal words", 0) > 0.01;
                 })
          .preset(
              "equal", "Equal words, equal outputs",
              "Both “cat”s ask the same and get the same, wherever they stand. Switch the "
              "positions on to tell them apart.",
              "tokens=the cat saw the other cat&links=none&projections=random&heads=2&causal=off&"
              "positions=off&t=1")
          .shows("equal words have equal outputs",
                 [](const Finished& run) { return holds(run, "equal words"); })
          .preset("before", "Who came before me?",
                  "The head for the word before was fitted without positions: “ball” finds that a "
                  "“the” stood before it, cannot know which, and looks at both alike.",
                  "positions=off&causal=off&head=2&seed=1&t=1")
          .shows("“ball” looks at both words “the” alike, and at no other half as much",
                 [](const Finished& run) {
                   return std::abs(entryOf(run, "weights", 1, 0) / entryOf(run, "weights", 1, 4) -
                                   1) < 1e-12 &&
                          largestOther(run) < entryOf(run, "weights", 1, 0) / 2;
                 })
          .preset("eight", "Eight heads",
                  "Eight drawn heads of four numbers each look at eight different things.",
                  "projections=random&heads=8&features=4&t=9")
          .shows("any two heads differ in more than a tenth of their weight on the tokens",
                 [](const Finished& run) { return leastApart(run) > 0.1; })
          .preset("padding", "Padding",
                  "Three tokens only fill up the row. Their columns are masked, and the words' "
                  "weights sum to one without them.",
                  "tokens=short texts are padded&padding=3&links=none&causal=off&t=1")
          .shows("the words' weights sum to one, and the padding has none",
                 [](const Finished& run) {
                   return holds(run, "row sums") && entryOf(run, "weights", 0, 4) == 0 &&
                          entryOf(run, "weights", 3, 6) == 0;
                 })
          .preset("by-hand", "By hand",
                  "Three words, one head, two numbers each: small enough to change an entry of a "
                  "projection and follow it through.",
                  "tokens=red green blue&links=none&projections=random&heads=1&features=2&width=3&"
                  "causal=off&positions=off")
          .shows("each projection has six entries", [](const Finished& run) {
            return run.session().read("Wq")->shape == std::vector<int>{2, 3};
          }));
}

}  // namespace descent
