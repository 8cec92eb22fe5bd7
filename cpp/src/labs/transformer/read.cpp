// What may be read from the transformer lab: attention maps, heads' scores, predictions.
#include <algorithm>
#include <cmath>

#include "labs/transformer/transformer.h"

namespace descent::transformer {
namespace {

constexpr int kMostSampled = 400;
constexpr double kSampleTemperature = 0.8;

// The numbers of a call; empty where one is none.
std::vector<double> numbersOf(const Recipe& call) {
  std::vector<double> numbers;
  for (const Argument& argument : call.arguments) {
    const double* number = std::get_if<double>(&argument.value);
    if (!number || !argument.key.empty()) return {};
    numbers.push_back(*number);
  }
  return numbers;
}

}  // namespace

std::vector<Channel> TransformerLab::channels() const {
  std::vector<Channel> all = {{"shape", "row", "shape", "Shape", "", -1},
                              {"alphabet", "row", "alphabet", "Tokens' names", "", -1}};
  for (const char* name : {"tokens", "maps", "map", "heads", "predictions"}) {
    all.push_back({name, "call", name, name, "", -1});
  }
  if (taskKind == TaskKind::kText) all.push_back({"sample", "call", "sample", "Sample", "", -1});
  for (std::size_t i = 0; i < runners_.size(); ++i) {
    const auto add = [&](const char* kind, const char* quantity, const char* label, bool log) {
      all.push_back({quantity + ("/" + std::to_string(i)), kind, quantity, label, "",
                     static_cast<int>(i), log});
    };
    add("trace", "loss", "Loss of the batch", true);
    add("series", "heldOut", isHeldOut() ? "Held-out loss" : "Loss on windows of the text", true);
    add("series", "accuracy", isHeldOut() ? "Held-out accuracy" : "Accuracy on windows of the text",
        false);
    add("series", "previous", "Previous-token score, best head", false);
    add("series", "induction", "Induction score, best head", false);
  }
  return all;
}

Result<Array> TransformerLab::readCall(const Recipe& call, const Record&, int) const {
  const TransformerSetup& m = model();
  if (call.name == "shape") {
    return Array{{6},
                 {static_cast<double>(m.blocks), static_cast<double>(m.heads),
                  static_cast<double>(m.length), static_cast<double>(m.vocabulary),
                  static_cast<double>(slices_), static_cast<double>(judging().tokens.count)}};
  }
  if (call.name == "alphabet") {
    Array names{{m.vocabulary}, {}};
    for (int id = 0; id < m.vocabulary; ++id) {
      names.data.push_back(codePoint(tokenName(sequenceTask(), id)));
    }
    return names;
  }
  const auto a = numbersOf(call);
  const auto isIndex = [&](std::size_t at, double below) {
    return a.size() > at && a[at] >= 0 && a[at] < below && std::floor(a[at]) == a[at];
  };
  const int sequences = judging().tokens.count;
  // The sequence comes last and may be left out.
  const auto refused = [&](const char* takes) {
    return Error{call.name + " takes (" + takes + "), of " + std::to_string(runners_.size()) +
                 " runners, " + std::to_string(m.blocks) + " blocks, " + std::to_string(m.heads) +
                 " heads and " + std::to_string(sequences) + " sequences, got " + print(call)};
  };
  const auto sequenceAt = [&](std::size_t at) {
    return a.size() == at ? 0 : a.size() == at + 1 && isIndex(at, sequences) ? int(a[at]) : -1;
  };
  if (call.name == "tokens") {
    const int sequence = sequenceAt(0);
    if (sequence < 0) return refused("sequence");
    const Batch shown = example(sequence);
    Array row{{m.length}, {}};
    row.data.assign(shown.tokens.ids.begin(), shown.tokens.ids.end());
    return row;
  }
  const bool hasRunner = isIndex(0, static_cast<double>(runners_.size()));
  const std::size_t i = hasRunner ? static_cast<std::size_t>(a[0]) : 0;
  if (call.name == "heads") {
    if (!hasRunner || a.size() != 1) return refused("runner");
    Array rows{{m.blocks * m.heads, 4}, {}};
    rows.data.assign(static_cast<std::size_t>(4 * m.blocks * m.heads), kNaN);
    for (std::size_t at = 0; at < scored_[i].heads.size(); ++at) {
      const HeadScore& head = scored_[i].heads[at];
      const double row[] = {head.previous, head.induction, head.uniformPrevious,
                            head.uniformInduction};
      std::copy(std::begin(row), std::end(row), rows.data.begin() + 4 * std::ptrdiff_t(at));
    }
    return rows;
  }
  if (call.name == "sample") {
    if (!hasRunner || a.size() != 2 || !isIndex(1, kMostSampled + 1.0)) {
      return refused("runner, characters up to 400");
    }
    Random random(static_cast<std::uint64_t>(seed), "sampled text");
    const std::vector<int> prompt = {example(0).tokens.ids.front()};
    Array codes{{static_cast<int>(a[1])}, {}};
    for (const int id : language_->continued(judged(i), prompt, static_cast<int>(a[1]),
                                             kSampleTemperature, random)) {
      codes.data.push_back(codePoint(tokenName(sequenceTask(), id)));
    }
    return codes;
  }
  if (call.name == "map") {
    const int sequence = sequenceAt(3);
    if (!hasRunner || !isIndex(1, m.blocks) || !isIndex(2, m.heads) || sequence < 0) {
      return refused("runner, block, head, sequence");
    }
    const Array all = maps(i, sequence);
    const auto size = static_cast<std::ptrdiff_t>(m.length) * m.length;
    const auto from = all.data.begin() + static_cast<int>(a[1] * m.heads + a[2]) * size;
    return Array{{m.length, m.length}, std::vector<double>(from, from + size)};
  }
  const int sequence = sequenceAt(1);
  if (!hasRunner || sequence < 0) return refused("runner, sequence");
  return call.name == "maps" ? maps(i, sequence) : predictions(i, sequence);
}

Batch TransformerLab::example(int sequence) const {
  const Batch& all = judging();
  const std::ptrdiff_t from = static_cast<std::ptrdiff_t>(sequence) * all.tokens.length;
  const std::ptrdiff_t to = from + all.tokens.length;
  Batch one;
  one.tokens.count = 1;
  one.tokens.length = all.tokens.length;
  one.tokens.ids.assign(all.tokens.ids.begin() + from, all.tokens.ids.begin() + to);
  one.targets.assign(all.targets.begin() + from, all.targets.begin() + to);
  one.counts.assign(all.counts.begin() + from, all.counts.begin() + to);
  return one;
}

// blocks × heads × queries × keys.
Array TransformerLab::maps(std::size_t i, int sequence) const {
  const TransformerSetup& m = model();
  const Transformer<float>& after = language_->forward(judged(i), example(sequence).tokens);
  Array all{{m.blocks, m.heads, m.length, m.length}, {}};
  all.data.reserve(static_cast<std::size_t>(m.blocks * m.heads * m.length * m.length));
  for (int l = 0; l < m.blocks; ++l) {
    for (int head = 0; head < m.heads; ++head) {
      for (int query = 0; query < m.length; ++query) {
        for (int key = 0; key < m.length; ++key) {
          all.data.push_back(static_cast<double>(after.attention(l).weight(0, head, query, key)));
        }
      }
    }
  }
  return all;
}

// Of every place: what follows, what is taken to follow, with which probability each, and whether
// it counts.
Array TransformerLab::predictions(std::size_t i, int sequence) const {
  const Batch shown = example(sequence);
  const Rows<float>& logits = language_->forward(judged(i), shown.tokens).logits();
  Array all{{model().length, 5}, {}};
  for (int t = 0; t < model().length; ++t) {
    int best = 0;
    for (int id = 1; id < logits.rows(); ++id) best = logits(id, t) > logits(best, t) ? id : best;
    double sum = 0;
    for (int id = 0; id < logits.rows(); ++id) {
      sum += std::exp(static_cast<double>(logits(id, t) - logits(best, t)));
    }
    const auto at = static_cast<std::size_t>(t);
    const int target = shown.targets[at];
    const double own = std::exp(static_cast<double>(logits(target, t) - logits(best, t))) / sum;
    all.data.insert(all.data.end(), {static_cast<double>(target), static_cast<double>(best), own,
                                     1 / sum, static_cast<double>(shown.counts[at])});
  }
  return all;
}

}  // namespace descent::transformer
