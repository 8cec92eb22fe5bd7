// The transformer lab: any recipe trains a tiny transformer, update by update, its heads in view.
#include "labs/transformer/transformer.h"

namespace descent {

void register_transformer(Catalogue& catalogue) {
  using namespace transformer;
  Describe<TransformerLab> lab("transformer", "Transformer");
  lab.sentence("A tiny transformer learns in front of you: every head's attention while it learns.")
      .knob("runners", &TransformerLab::runnerRecipes, Kind::kOptimizer, 1, 4,
            "Who trains a copy of the transformer, all from the same first weights.")
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
              "How a token's place is told: a learned vector, sines and cosines, or not at all.")
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
      .preset("one-block", "One block cannot",
              "The same task with a single block: what a head finds by its token, nobody has told "
              "what stood before it. It gets a quarter to a third right, little above what the "
              "place alone tells.",
              "blocks=1&view.speed=max")
      .preset("fixed-period", "A fixed period needs none",
              "Where the period is always the same, one block learns the distance: stripes, and no "
              "induction head.",
              "task=repeat&blocks=1&updates=200&view.speed=max")
      .preset("sort", "Sort: Muon ahead of AdamW",
              "Muon for the hidden matrices with AdamW for the rest, against AdamW alone, from the "
              "same weights on the same sequences.",
              "task=sort&mlp=128&updates=450&view.speed=max&runners="
              "muon(lr=0.02,rest=adamw(lr=0.006,beta2=0.99,weightDecay=0.01),"
              "schedule=warmup(steps=30)),"
              "adamw(lr=0.005,beta2=0.99,weightDecay=0.01,schedule=warmup(steps=30))")
      .preset("reverse", "Reverse",
              "The answer is read backwards: a head's map turns into the other diagonal. At this "
              "rate AdamW keeps pace with Muon.",
              "task=reverse&mlp=128&updates=200&view.speed=max&runners="
              "muon(lr=0.02,rest=adamw(lr=0.006,beta2=0.99,weightDecay=0.01),"
              "schedule=warmup(steps=30)),"
              "adamw(lr=0.01,beta2=0.99,weightDecay=0.01,schedule=warmup(steps=30))")
      .preset("copy", "Copy",
              "The easiest: every answer stands a fixed way back, behind the separator.",
              "task=copy&mlp=128&updates=200&view.speed=max&runners="
              "adamw(lr=0.005,beta2=0.99,weightDecay=0.01,schedule=warmup(steps=30))")
      .preset("text", "A text, by character",
              "Paste one of your own. What it has learnt is read as text it writes itself.",
              "task=text&length=48&mlp=128&updates=300&view.speed=max&runners="
              "muon(lr=0.02,rest=adamw(lr=0.006,beta2=0.99,weightDecay=0.01),"
              "schedule=warmup(linear,steps=30)),"
              "adamw(lr=0.005,beta2=0.99,weightDecay=0.01,schedule=warmup(linear,steps=30))");
  catalogue.add(lab);
}

}  // namespace descent
