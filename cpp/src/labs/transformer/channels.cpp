// What may be read from the transformer lab: attention maps, heads' scores, predictions.
#include <cmath>

#include "labs/transformer/lab.h"

namespace descent::transformer {
namespace {

constexpr int kMostSampled = 400;
constexpr double kSampleTemperature = 0.8;

}  // namespace

std::vector<Channel> TransformerLab::channels() const {
  const ChannelArgument runner{"runner", 0, static_cast<double>(runs_.size()) - 1};
  const ChannelArgument sequence{"sequence", 0, static_cast<double>(judging().tokens.count) - 1};
  std::vector<Channel> all;
  all.push_back(Channel("shape", ChannelKind::kRow, "Shape")
                    .named({"blocks", "heads", "length", "vocabulary", "slices", "sequences"}));
  all.push_back(
      Channel("alphabet", ChannelKind::kRows, "Tokens' names as code points").named({"codePoint"}));
  all.push_back(Channel("tokens", ChannelKind::kRows, "Tokens of a sequence")
                    .named({"token"})
                    .takes({sequence}));
  all.push_back(Channel("maps", ChannelKind::kMatrix, "Attention of every head by query and key")
                    .takes({runner, sequence}));
  all.push_back(Channel("heads", ChannelKind::kRows, "Where every head looks")
                    .named({"previous", "induction", "uniformPrevious", "uniformInduction"})
                    .takes({runner}));
  all.push_back(Channel("predictions", ChannelKind::kRows, "What is taken to follow")
                    .named({"target", "told", "targetProbability", "toldProbability", "counts"})
                    .takes({runner, sequence}));
  if (taskKind == TaskKind::kText) {
    all.push_back(Channel("sample", ChannelKind::kRows, "What a run writes, as code points")
                      .named({"codePoint"})
                      .takes({runner, {"characters", 1, kMostSampled}}));
  }
  return all;
}

Result<Array> TransformerLab::read(const Request& request, const Record&, int) const {
  const TransformerSetup& m = model();
  if (request.name == "shape") {
    return Array{{6},
                 {static_cast<double>(m.blocks), static_cast<double>(m.heads),
                  static_cast<double>(m.length), static_cast<double>(m.vocabulary),
                  static_cast<double>(slices_), static_cast<double>(judging().tokens.count)}};
  }
  if (request.name == "alphabet") {
    Array names{{m.vocabulary}, {}};
    for (int id = 0; id < m.vocabulary; ++id) {
      names.data.push_back(codePoint(tokenName(sequenceTask(), id)));
    }
    return names;
  }
  if (request.name == "tokens") {
    const std::vector<int> ids = example(request.whole(0)).tokens.ids;
    return Array{{m.length}, {ids.begin(), ids.end()}};
  }
  const std::size_t i = request.index(0);
  if (request.name == "maps") return maps(i, request.whole(1));
  if (request.name == "heads") {
    Array rows{{m.blocks * m.heads, 4}, {}};
    for (const HeadScore& head : scored_[i].heads) {
      rows.data.insert(rows.data.end(), {head.previous, head.induction, head.uniformPrevious,
                                         head.uniformInduction});
    }
    rows.data.resize(static_cast<std::size_t>(4 * m.blocks * m.heads), kNaN);
    return rows;
  }
  if (request.name == "sample") {
    Random random(static_cast<std::uint64_t>(seed), "sampled text");
    const std::vector<int> prompt = {example(0).tokens.ids.front()};
    Array codes{{request.whole(1)}, {}};
    for (const int id :
         language_->continued(judged(i), prompt, request.whole(1), kSampleTemperature, random)) {
      codes.data.push_back(codePoint(tokenName(sequenceTask(), id)));
    }
    return codes;
  }
  Array rows{{m.length, 5}, {}};
  for (const Prediction& p : predictions(i, request.whole(1))) {
    rows.data.insert(rows.data.end(),
                     {static_cast<double>(p.target), static_cast<double>(p.told),
                      p.targetProbability, p.toldProbability, static_cast<double>(p.counts)});
  }
  return rows;
}

Batch TransformerLab::example(int sequence) const { return part(judging(), sequence, 1); }

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

std::vector<TransformerLab::Prediction> TransformerLab::predictions(std::size_t i,
                                                                    int sequence) const {
  const Batch shown = example(sequence);
  const Rows<float>& logits = language_->forward(judged(i), shown.tokens).logits();
  std::vector<Prediction> all;
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
    all.push_back({target, best, own, 1 / sum, shown.counts[at] != 0});
  }
  return all;
}

}  // namespace descent::transformer
