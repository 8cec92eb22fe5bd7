// One schedule after another.
//
//   a(t) over a run of j steps for t < j;   b(t − j) over a run of T − j from there
//
// Two lines, join(linear(start=0, end=1), at=10, b=linear), are the slanted triangle of Howard &
// Ruder 2018, https://arxiv.org/abs/1801.06146.
// Variant: the factors need not meet at the joint. Where the run ends at or before the joint, b has
// a run of one step.
#include <algorithm>

#include "descent/catalogue.h"

namespace descent {
namespace {

class Join final : public Cloneable<Join, Schedule> {
 public:
  Polymorphic<Schedule> a;
  int at = 50;
  Polymorphic<Schedule> b;

  double factor(double t, double total) const override {
    return t < at ? a->factor(t, at) : b->factor(t - at, rest(total));
  }
  std::string python(double total) const override {
    return "(lambda t: " + a->python(at) + ")(t) if t < " + print(at) +
           " else (lambda t: " + b->python(rest(total)) + ")(t - " + print(at) + ")";
  }

 private:
  double rest(double total) const { return std::max(total - at, 1.0); }
};

}  // namespace

void register_join(Catalogue& catalogue) {
  catalogue.add(Describe<Join>("join", "One after another")
                    .sentence("Follow one schedule up to a step, then another for the rest.")
                    .formula(R"(a(t)\ \text{for}\ t < j,\quad b(t-j)\ \text{after})")
                    .cites("Howard & Ruder 2018, Universal Language Model Fine-tuning for Text "
                           "Classification",
                           "https://arxiv.org/abs/1801.06146")
                    .variant("Each has a run of its own, of j and of T − j steps; the factors need "
                             "not meet.")
                    .knob("a", &Join::a, "constant", "The schedule that comes first.")
                    .as("First")
                    .knob("at", &Join::at, 1, 1000000, "Step at which the second begins.")
                    .as("Joint", "j")
                    .usual(1, 1000, Scale::kLog)
                    .knob("b", &Join::b, "cosine", "The schedule that follows.")
                    .as("Then"));
}

}  // namespace descent
