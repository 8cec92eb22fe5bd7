#include "labs/transformer/guess.h"

#include <algorithm>
#include <cmath>

#include "descent/vector.h"

namespace descent::transformer {
namespace {

// The share that is right when the token some distance back is told, the best distance at each
// place. Periods p from T/4 to T/2 are alike likely, and what follows place t counts if t ≥ p; the
// token d before it is right if p divides d.
double bestByPlace(int length) {
  int right = 0, all = 0;
  for (int next = 1; next <= length; ++next) {
    int most = 0;
    for (int d = 1; d <= next; ++d) {
      int periods = 0;
      for (int p = length / 4; p <= length / 2; ++p) periods += p < next && d % p == 0;
      most = std::max(most, periods);
    }
    right += most;
    for (int p = length / 4; p <= length / 2; ++p) all += p < next;
  }
  return static_cast<double>(right) / all;
}

// The share that is right when at each place of a sorted row of n symbols, each drawn from m alike
// likely ones, the likeliest is told. The symbol at place j is v or less if j of the n are:
// P(Bin(n, (v + 1)/m) ≥ j).
double bestSorted(int n, int m) {
  const auto atLeast = [n](int j, double p) {
    double sum = 0, ways = 1;  // C(n, k)
    for (int k = 0; k <= n; ++k) {
      if (k >= j) sum += ways * std::pow(p, k) * std::pow(1 - p, n - k);
      ways *= static_cast<double>(n - k) / (k + 1);
    }
    return sum;
  };
  double right = 0;
  for (int j = 1; j <= n; ++j) {
    double most = 0, below = 0;
    for (int v = 0; v < m; ++v) {
      const double here = atLeast(j, static_cast<double>(v + 1) / m);
      most = std::max(most, here - below);
      below = here;
    }
    right += most / n;
  }
  return right;
}

// The share of the commonest among the tokens that count.
double commonestOf(const Batch& batch, int vocabulary) {
  std::vector<double> times(static_cast<std::size_t>(vocabulary), 0);
  for (std::size_t at = 0; at < batch.targets.size(); ++at) {
    times[static_cast<std::size_t>(batch.targets[at])] += batch.counts[at];
  }
  return *std::max_element(times.begin(), times.end()) / std::max(batch.counted(), 1);
}

}  // namespace

Guess guessOf(const SequenceTask& task, const Batch& judging) {
  switch (task.kind) {
    case TaskKind::kCopy:
    case TaskKind::kReverse:
      return {1.0 / (task.vocabulary - 1), "by chance", "one of the symbols is drawn at random"};
    case TaskKind::kSort:
      return {bestSorted(task.length / 2, task.vocabulary - 1), "place alone",
              "at each place of the answer the symbol that is likeliest there, small ones at first "
              "and large ones at the end; more takes a look at the symbols"};
    case TaskKind::kRepeat:
      return {1, "place alone",
              "the distance is the same in every sequence, so that places alone tell all"};
    case TaskKind::kInduction:
      return {bestByPlace(task.length), "place alone",
              "at each place the token at the best distance before it; more takes a look at what "
              "stood before"};
    case TaskKind::kText:
      return {commonestOf(judging, task.vocabulary), "commonest character",
              "it is told at every place of the windows looked at"};
  }
  return {kNaN, "", ""};
}

}  // namespace descent::transformer
