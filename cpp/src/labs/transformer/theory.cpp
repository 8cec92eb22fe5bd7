// The transformer lab's theory beside measurement: what is reached without learning.
#include <algorithm>
#include <cmath>

#include "labs/transformer/guess.h"
#include "labs/transformer/lab.h"

namespace descent::transformer {

std::vector<Reading> TransformerLab::readings(const Record& record, int) const {
  std::vector<Reading> all;
  if (!isLoaded_) {
    all.push_back(baseline(-1, "loss at the start", "by chance",
                           std::log(static_cast<double>(model().vocabulary)),
                           record.at(series_[0].judged, 0))
                      .where("every token is as likely; first weights favour some a little"));
  }
  const Guess guess = guessOf(sequenceTask(), judging());
  for (std::size_t i = 0; i < runs_.size(); ++i) {
    const int subject = static_cast<int>(i);
    const Scored& now = scored_[i];
    all.push_back(baseline(subject, "accuracy", guess.source, guess.right, now.score.accuracy)
                      .where(guess.assumption));
    const auto strongest = [&](const char* quantity, double HeadScore::*weight,
                               double HeadScore::*uniform, const std::string& where) {
      const auto head = std::max_element(
          now.heads.begin(), now.heads.end(),
          [&](const HeadScore& a, const HeadScore& b) { return a.*weight < b.*weight; });
      all.push_back(
          baseline(subject, quantity, "uniform attention", (*head).*uniform, (*head).*weight)
              .where(where + "; measured " +
                     headName(static_cast<int>(head - now.heads.begin()), model().heads) +
                     ", the strongest"));
    };
    if (now.heads.empty()) continue;
    strongest("previous token", &HeadScore::previous, &HeadScore::uniformPrevious,
              "a head's mean weight on the token before");
    strongest("induction", &HeadScore::induction, &HeadScore::uniformInduction,
              "a head's mean weight on what followed a token where that stood before");
  }
  return all;
}

}  // namespace descent::transformer
