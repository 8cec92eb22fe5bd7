// Attention: one layer of it on a sentence that the user types, with every number on the way, and
// what order means to it.
#include "labs/attention/attention.h"

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
          .knob("heads", &AttentionLab::heads, 1, 8, "How many attend side by side.")
          .as("Heads", "H")
          .fixed()
          .knob("head", &AttentionLab::head, 1, 8,
                "Which is shown; the last where there are fewer.")
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
          .preset("unscaled", "Without 1/√d",
                  "Scores of 64 random products have a standard deviation of 8: nearly all weight "
                  "falls on one token. Divide by √d and it spreads out again.",
                  "projections=random&heads=1&features=64&scaled=off&causal=off&positions=off&t=3")
          .preset("temperature", "A hot softmax",
                  "At temperature 5 the same scores hardly tell the tokens apart; at 0.1 only the "
                  "largest counts.",
                  "temperature=5&causal=off&t=7")
          .preset("orderless", "A bag of words",
                  "Without positions and mask the order of the words means nothing: shuffle the "
                  "tokens, and the outputs are shuffled alike, to rounding.",
                  "projections=random&causal=off&positions=off&t=1")
          .preset(
              "causal", "A mask knows the order",
              "No positions, but each token sees only what came before: now a shuffled sentence "
              "gives other outputs.",
              "projections=random&positions=off&t=7")
          .preset(
              "positions", "So do positions",
              "No mask, but sines and cosines of the place: equal words differ, and the residual "
              "is no longer rounding.",
              "projections=random&causal=off&t=4")
          .preset(
              "equal", "Equal words, equal outputs",
              "Both “cat”s ask the same and get the same, wherever they stand. Switch the "
              "positions on to tell them apart.",
              "tokens=the cat saw the other cat&links=none&projections=random&heads=2&causal=off&"
              "positions=off&t=1")
          .preset("before", "Who came before me?",
                  "The head for the word before was fitted without positions: “ball” finds that a "
                  "“the” stood before it, cannot know which, and looks at both alike.",
                  "positions=off&causal=off&head=2&seed=1&t=1")
          .preset("eight", "Eight heads",
                  "Eight drawn heads of four numbers each look at eight different things.",
                  "projections=random&heads=8&features=4&t=9")
          .preset("padding", "Padding",
                  "Three tokens only fill up the row. Their columns are masked, and the words' "
                  "weights sum to one without them.",
                  "tokens=short texts are padded&padding=3&links=none&causal=off&t=1")
          .preset("by-hand", "By hand",
                  "Three words, one head, two numbers each: small enough to change an entry of a "
                  "projection and follow it through.",
                  "tokens=red green blue&links=none&projections=random&heads=1&features=2&width=3&"
                  "causal=off&positions=off"));
}

}  // namespace descent
