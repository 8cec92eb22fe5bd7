// The transformer lab: any recipe trains a tiny transformer, update by update, its heads in view.
#include <algorithm>

#include "descent/finished.h"
#include "labs/transformer/lab.h"

namespace descent::transformer {
namespace {

double accuracyOf(const Finished& run, int runner) { return run.measured("accuracy", runner); }
double leastAccuracy(const Finished& run) {
  return std::min(accuracyOf(run, 0), accuracyOf(run, 1));
}

// The first update after which 95 % are right.
int learntAt(const Finished& run, int runner) {
  int t = 0;
  while (t <= run.steps() && !(run.at("accuracy/" + std::to_string(runner), t) >= 0.95)) ++t;
  return t;
}

// In both runs the best head has more than 3 times the uniform weight, and is in this block.
bool isHeadIn(const Finished& run, int block, const char* quantity) {
  const auto isIn = [&](int runner) {
    const Reading& best = *run.reading(quantity, runner);
    return best.measured > 3 * best.predicted &&
           best.assumption.find("block " + std::to_string(block)) != std::string::npos;
  };
  return isIn(0) && isIn(1);
}

// 60 characters that the first runner's transformer writes.
std::string writtenIn(const Finished& run) {
  std::string text;
  const Array codes = *run.session().read("sample(0, 60)");
  for (const double code : codes.data) {
    text += utf8(static_cast<int>(code));
  }
  return text;
}

}  // namespace
}  // namespace descent::transformer

namespace descent {

void register_transformer(Catalogue& catalogue) {
  using namespace transformer;
  Describe<TransformerLab> lab("transformer", "Transformer");
  lab.sentence("A tiny transformer learns in front of you: every head's attention while it learns.")
      .knob(
          "runners", &TransformerLab::runnerRecipes, Kind::kOptimizer, 1, 4,
          "Optimizers to compare, 1 to 4; each trains the transformer from the same first weights.")
      .as("Optimizers")
      .choice("task", &TransformerLab::taskKind, kTasks,
              "copy, reverse and sort: symbols, a separator, and the symbols again as they were, "
              "backwards or in order. repeat: a pattern over and over. induction: the same with a "
              "period drawn for each sequence. text: the text by character.")
      .as("Task")
      .fixed()
      .knob("blocks", &TransformerLab::blocks, 1, 3, "Blocks, one after another.")
      .as("Blocks")
      .usual(1, 2)
      .fixed()
      .knob("heads", &TransformerLab::heads, 1, 4, "Heads of each block: they share its width.")
      .as("Heads")
      .fixed()
      .knob("length", &TransformerLab::length, 8, 96, "Tokens that it reads at once.")
      .as("Length", "T")
      .usual(8, 64)
      .fixed()
      .knob("vocabulary", &TransformerLab::vocabulary, 3, 52,
            "Different tokens, the separator among them; a text brings its own. A pattern of "
            "distinct ones needs half the length.")
      .as("Vocabulary", "V")
      .usual(4, 52)
      .fixed()
      .choice("width", &TransformerLab::width, {"16", "32", "64"},
              "Numbers that stand for a token; each head has its share of them.")
      .as("Width", "d")
      .fixed()
      .knob("mlp", &TransformerLab::mlp, 0, 256,
            "Units of the layer that follows the heads in each block; 0 for attention only.")
      .as("MLP units")
      .fixed()
      .choice("activation", &TransformerLab::activation, kActivations,
              "What a unit of that layer does with its sum.")
      .as("Activation", "φ")
      .fixed()
      .choice("positions", &TransformerLab::positions, kPositions,
              "What marks a token's place: a learned vector, sines and cosines, or nothing.")
      .as("Positions")
      .fixed()
      .choice("norm", &TransformerLab::norm, kNorms, "What stands before every branch.")
      .as("Norm")
      .fixed()
      .flag("tied", &TransformerLab::tied, "The last matrix is the embedding's transpose.")
      .as("Tied head")
      .fixed()
      .knob("batch", &TransformerLab::batch, 1, 64, "Sequences that an update sees.")
      .as("Batch size", "B")
      .fixed()
      .knob("updates", &TransformerLab::updates, 1, 4000,
            "Length of the run, which schedules follow. A large update is taken in slices.")
      .as("Updates", "T")
      .usual(100, 2000, Scale::kLog)
      .fixed()
      .knob("seed", &TransformerLab::seed, 0, 999999, "Draws the first weights and the sequences.")
      .as("Seed")
      .fixed()
      .text("text", &TransformerLab::text, &TransformerLab::setText,
            "What the task text is about: more than a window of it, at most 128 different "
            "characters. Its last tenth is held out where that is longer than a window; else runs "
            "are judged on windows of the text that they learn.")
      .as("Text")
      .fixed()
      .text("weights", &TransformerLab::weights, &TransformerLab::setWeights,
            "Weights to begin with, as this lab exports them (JSON); empty for fresh ones.")
      .as("Weights")
      .fixed()
      .preset("induction", "An induction head forms",
              "Two blocks learn to look back for the token that they see, and to say what followed "
              "it. A head of the first block looks one token back; one of the second finds the "
              "place.",
              "view.speed=max")
      .shows("both transformers get more than 95 % right",
             [](const Finished& run) { return leastAccuracy(run) > 0.95; })
      .shows(
          "a head of the first block looks back one token more than 3 times as much as uniform "
          "attention",
          [](const Finished& run) { return isHeadIn(run, 1, "previous token"); })
      .shows("a head of the second finds what followed the token as clearly",
             [](const Finished& run) { return isHeadIn(run, 2, "induction"); })
      .preset(
          "one-block", "One block cannot",
          "The same task with a single block: no place knows yet which token stood before it, so "
          "that no head can look for that. A quarter to a third is right, little above what "
          "the place alone tells.",
          "blocks=1&view.speed=max")
      .shows("both get more right than by the place alone, but less than a third",
             [](const Finished& run) {
               return leastAccuracy(run) > run.reading("accuracy", 0)->predicted &&
                      std::max(accuracyOf(run, 0), accuracyOf(run, 1)) < 1.0 / 3;
             })
      .preset("fixed-period", "A fixed period needs none",
              "Where the period is always the same, one block learns the distance: stripes, and no "
              "induction head.",
              "task=repeat&blocks=1&updates=200&view.speed=max")
      .shows("one block gets more than 95 % right with both optimizers",
             [](const Finished& run) { return leastAccuracy(run) > 0.95; })
      .preset("sort", "Sort: Muon ahead of AdamW",
              "Muon for the hidden matrices with AdamW for the rest, against AdamW alone, from the "
              "same weights on the same sequences.",
              "task=sort&mlp=128&updates=450&view.speed=max&runners="
              "muon(lr=0.02,rest=adamw(lr=0.006,beta2=0.99,weightDecay=0.01),"
              "schedule=warmup(steps=30)),"
              "adamw(lr=0.005,beta2=0.99,weightDecay=0.01,schedule=warmup(steps=30))")
      .shows("both begin at the same loss",
             [](const Finished& run) { return run.first("loss/0") == run.first("loss/1"); })
      .shows("Muon is the first to sort 95 % right, and ends above that",
             [](const Finished& run) {
               return learntAt(run, 0) < learntAt(run, 1) && accuracyOf(run, 0) > 0.95;
             })
      .preset("reverse", "Reverse",
              "The answer is read backwards: a head's map turns into the other diagonal. At this "
              "rate AdamW keeps pace with Muon.",
              "task=reverse&mlp=128&updates=200&view.speed=max&runners="
              "muon(lr=0.02,rest=adamw(lr=0.006,beta2=0.99,weightDecay=0.01),"
              "schedule=warmup(steps=30)),"
              "adamw(lr=0.01,beta2=0.99,weightDecay=0.01,schedule=warmup(steps=30))")
      .shows("both get more than 99 % right, AdamW no later than Muon",
             [](const Finished& run) {
               return leastAccuracy(run) > 0.99 && learntAt(run, 1) <= learntAt(run, 0);
             })
      .preset("copy", "Copy",
              "The easiest: every answer stands a fixed way back, behind the separator.",
              "task=copy&mlp=128&updates=200&view.speed=max&runners="
              "adamw(lr=0.005,beta2=0.99,weightDecay=0.01,schedule=warmup(steps=30))")
      .shows(
          "95 % are right within 110 updates, and over 99 % at the end",
          [](const Finished& run) { return learntAt(run, 0) <= 110 && accuracyOf(run, 0) > 0.99; })
      .preset("text", "A text, by character",
              "Paste one of your own. What it has learnt is read as text it writes itself.",
              "task=text&length=48&mlp=128&updates=300&view.speed=max&runners="
              "muon(lr=0.02,rest=adamw(lr=0.006,beta2=0.99,weightDecay=0.01),"
              "schedule=warmup(linear,steps=30)),"
              "adamw(lr=0.005,beta2=0.99,weightDecay=0.01,schedule=warmup(linear,steps=30))")
      .shows("both get more than 45 % of the held-out characters right",
             [](const Finished& run) { return leastAccuracy(run) > 0.45; })
      .shows("what Muon's transformer writes has the word \"the\" in it",
             [](const Finished& run) { return writtenIn(run).find(" the ") != std::string::npos; });
  catalogue.add(lab);
}

}  // namespace descent
