#include "labs/transformer/lab.h"

#include <algorithm>
#include <cmath>

#include "labs/transformer/known_update.h"
#include "labs/transformer/weights.h"

namespace descent::transformer {
namespace {

constexpr int kEvery = 10;       // updates from one look at a run to the next
constexpr int kLeastJudged = 8;  // sequences that a run is judged by
constexpr int kMostJudged = 32;
// Operations that a step of the lab may take: between 10 and 15 ms of a fast computer as
// WebAssembly, and not more than a frame or two of a slow one.
constexpr double kMostOperations = 3.5e8;
constexpr int kMostSteps = 100000;  // of a session

// Operations of a forward pass over one sequence; with the backward pass three times as many.
double forwardOperations(const TransformerSetup& m) {
  const double t = m.length, w = m.width;
  const double products = m.blocks * (4 * w * w + 2 * w * m.mlp) + w * m.vocabulary;
  const double weighing = m.blocks * t * t * (4 * w + 20 * m.heads);
  return 2 * t * products + weighing;
}

// Of an optimizer's own step, as dear as they come: five Newton–Schulz steps on every matrix, in
// double.
double updateOperations(const TransformerSetup& m) {
  const double w = m.width, least = std::min(m.width, m.mlp), most = std::max(m.width, m.mlp);
  return 90.0 * m.blocks * (4 * w * w * w + 2 * least * least * most);
}

}  // namespace

Batch part(const Batch& whole, int first, int count) {
  const int length = whole.tokens.length;
  const auto cut = [&](const auto& all, int stride) {
    return std::decay_t<decltype(all)>(all.begin() + first * stride,
                                       all.begin() + (first + count) * stride);
  };
  Batch some;
  some.tokens.count = count;
  some.tokens.length = length;
  some.tokens.ids = cut(whole.tokens.ids, length);
  some.targets = cut(whole.targets, length);
  some.counts = cut(whole.counts, length);
  some.periods = cut(whole.periods, 1);
  return some;
}

TransformerLab::TransformerLab()
    : text(
          "The ball rolls down the hill. At the foot of the hill the ball slows down. The slope "
          "turns and the ball rolls on. On the slope of the hill the ball is slow; at the foot of "
          "the slope the ball is fast. A fast ball rolls past the foot of the hill and up the "
          "next slope. A slow ball stops at the foot of the hill. The hill is steep and the slope "
          "is long. The steep hill makes the ball fast; the long slope makes the ball slow. Down "
          "the steep hill and on to the long slope the ball rolls, and at the foot of the slope "
          "it turns, slows down and stops. The next ball rolls down the hill, past the ball that "
          "stops, and up the slope. ") {
  runnerRecipes = *parseRecipes(
      "muon(lr=0.01,rest=adamw(lr=0.006,beta2=0.99,weightDecay=0.01),schedule=warmup(steps=50)),"
      "adamw(lr=0.005,beta2=0.99,weightDecay=0.01,schedule=warmup(steps=50))");
}

LanguageSetup TransformerLab::setupOf(const SequenceTask& sequences) const {
  LanguageSetup setup;
  setup.task = sequences;
  setup.batch = batch;
  setup.model.vocabulary = sequences.vocabulary;
  setup.model.length = length;
  setup.model.width = 16 << static_cast<int>(width);
  setup.model.heads = heads;
  setup.model.blocks = blocks;
  setup.model.mlp = mlp;
  setup.model.activation = activation;
  setup.model.positions = positions;
  setup.model.norm = norm;
  setup.model.tied = tied;
  const double judged = kMostOperations / 3 / forwardOperations(setup.model);
  setup.evaluation = static_cast<int>(std::clamp<double>(judged, kLeastJudged, kMostJudged));
  return setup;
}

Result<void> TransformerLab::start(Record& record) {
  const auto sequences =
      taskKind == TaskKind::kText ? textTask(text, length) : makeTask(taskKind, length, vocabulary);
  if (!sequences) return sequences.error();
  const LanguageSetup setup = setupOf(*sequences);
  if (const auto checked = check(setup.model); !checked) return checked.error();
  auto language = std::make_shared<Language<float>>(setup);
  language->prepare(static_cast<std::uint64_t>(seed));
  language_ = std::move(language);
  Vector first = language_->start();
  isLoaded_ = !trim(weights).empty();
  if (isLoaded_) {
    auto read = readWeights(weights, language_->setup());
    if (!read) return read.error();
    first = std::move(*read);
    weights = "";  // not once more in every checkpoint
  }
  const auto runs = static_cast<int>(runnerRecipes.size());
  const double operations =
      runs * (3.0 * batch * forwardOperations(model()) + updateOperations(model()));
  const int most = std::min(runs * batch, kMostSteps / updates);
  slices_ = std::clamp(static_cast<int>(std::ceil(operations / kMostOperations)), 1, most);

  if (const auto begun = runs_.begin(runnerRecipes, *language_, first); !begun) {
    return begun.error();
  }
  series_.clear();
  scored_.assign(runs_.size(), {});
  for (std::size_t i = 0; i < runs_.size(); ++i) {
    runs_[i].start.resize(0);  // not once more in every checkpoint
    series_.push_back(declare(static_cast<int>(i), record));
    score(i, 0);
    put(record, i, 0, scored_[i].score.loss, true);
  }
  return {};
}

TransformerLab::Series TransformerLab::declare(int i, Record& record) const {
  const auto series = [&](const char* quantity, const char* label, bool log = false) {
    return record.declare({i, quantity, ChannelKind::kSeries, label, log});
  };
  const bool held = isHeldOut();
  Series s;
  s.loss = record.declare({i, "loss", ChannelKind::kTrace, "Loss of the batch", true});
  s.judged = held ? series("heldOut", "Held-out loss", true)
                  : series("windows", "Loss on windows of the text", true);
  s.accuracy = series("accuracy", held ? "Held-out accuracy" : "Accuracy on windows of the text");
  s.previous = series("previous", "Previous-token score, best head");
  s.induction = series("induction", "Induction score, best head");
  return s;
}

// Work is a sequence of a runner's batch; a step takes its share of an update's work.
void TransformerLab::advance(int t, Record& record) {
  const int update = (t - 1) / slices_ + 1, slice = (t - 1) % slices_;
  const auto runs = static_cast<int>(runs_.size());
  const int work = runs * batch, end = (slice + 1) * work / slices_;
  std::vector<double> losses(runs_.size(), kNaN);
  std::vector<char> looked(runs_.size(), 0);
  for (int at = slice * work / slices_; at < end;) {
    const auto i = static_cast<std::size_t>(at / batch);
    const int first = at % batch, count = std::min(batch - first, end - at);
    losses[i] = accumulate(i, update, first, count);
    looked[i] = first + count == batch && isScored(i, update);
    if (looked[i]) score(i, update);
    at += count;
  }
  for (std::size_t i = 0; i < runs_.size(); ++i) {
    put(record, i, t, losses[i], looked[i] != 0);
  }
}

// Mean over what counts in the batch = Σ over parts (counted in the part · mean there) / counted.
double TransformerLab::accumulate(std::size_t i, int update, int first, int count) {
  Runner& runner = runs_[i];
  if (runner.status != Status::kRunning) return kNaN;
  const Batch& whole = language_->batchOf(update);
  if (first == 0) pending_ = {Vector::Zero(runner.x.size()), 0, 0};
  const auto add = [&](const Batch& some) {
    Vector& g = *gradient_;
    const int counted = some.counted();
    pending_.loss += counted * language_->batchValueAndGradient(runner.x, some, g);
    pending_.sum += counted * g;
    pending_.counted += counted;
  };
  if (count == batch) {
    add(whole);
  } else {
    add(part(whole, first, count));
  }
  if (first + count < batch) return kNaN;
  const int counted = std::max(pending_.counted, 1);
  Vector& g = *gradient_;
  g = pending_.sum / counted;
  const double loss = pending_.loss / counted;
  pending_ = {};
  runner.update(KnownUpdate(*language_, update, runner.x, loss, g), update, updates);
  return loss;
}

// Not every run in the same step.
bool TransformerLab::isScored(std::size_t i, int update) const {
  return (update + static_cast<int>(i)) % kEvery == 0 || update == updates ||
         runs_[i].status != Status::kRunning;
}

void TransformerLab::score(std::size_t i, int update) {
  Scored& now = scored_[i];
  now.update = update;
  if (runs_[i].status == Status::kDiverged) {
    now = {{kNaN, kNaN}, {}, update};
    return;
  }
  now.score = language_->score(judged(i), judging());
  now.heads = language_->headScores();
}

void TransformerLab::put(Record& record, std::size_t i, int t, double loss, bool scored) {
  const Series& s = series_[i];
  const Scored& now = scored_[i];
  const auto row = [&](int series, double value) {
    record.put(series, t, {scored ? value : kNaN});
  };
  double previous = now.heads.empty() ? kNaN : 0, induction = previous;
  for (const HeadScore& head : now.heads) {
    previous = std::max(previous, head.previous);
    induction = std::max(induction, head.induction);
  }
  record.put(s.loss, t, {loss});
  row(s.judged, now.score.loss);
  row(s.accuracy, now.score.accuracy);
  row(s.previous, previous);
  row(s.induction, induction);
}

std::string TransformerLab::subtitle() const {
  return counted(model().blocks, "block") + ", " + counted(model().heads, "head") + ", width " +
         std::to_string(model().width) +
         (model().mlp > 0 ? ", MLP " + std::to_string(model().mlp) : ", attention only") + ", " +
         kTasks.begin()[static_cast<int>(taskKind)];
}

}  // namespace descent::transformer
